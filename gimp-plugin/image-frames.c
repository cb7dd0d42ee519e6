/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "image-frames.h"
#include "jpeg-frame.h"
#include "layer-stack.h"
#include "loaded-frame.h"
#include "plugin-job.h"
#include "plugin-text.h"

static gboolean
is_result (HostLayer layer)
{
  GimpParasite *parasite = gimp_item_get_parasite (GIMP_ITEM (layer), PLUGIN_RESULT_PARASITE);
  gboolean found = parasite != NULL;

  if (found)
    gimp_parasite_free (parasite);
  return found;
}

static void
add_layer (LayerStack *stack, HostLayer layer)
{
  g_autofree gchar *name = gimp_item_get_name (GIMP_ITEM (layer));
  gint x, y;

  host_layer_get_offsets (layer, &x, &y);
  layer_stack_add (stack, name, gimp_drawable_get_buffer (GIMP_DRAWABLE (layer)), x, y);
}

static void
add_layers (LayerStack *stack, const HostLayer *layers, guint n, gboolean hidden)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree HostLayer *inner = NULL;
      guint n_inner;

      if (is_result (layers[i]) || (!hidden && !gimp_item_get_visible (GIMP_ITEM (layers[i]))))
        continue;
      if (!gimp_item_is_group (GIMP_ITEM (layers[i])))
        {
          add_layer (stack, layers[i]);
          continue;
        }
      inner = host_group_get_layers (layers[i], &n_inner);
      add_layers (stack, inner, n_inner, hidden);
    }
}

void
image_frames_add_layers (HotpixFrameSet *set, HostImage image, gboolean hidden, gint *x,
                         gint *y)
{
  g_autoptr (LayerStack) stack = layer_stack_new ();
  guint n;
  g_autofree HostLayer *layers = host_image_get_layers (image, &n);

  add_layers (stack, layers, n, hidden);
  layer_stack_make_frames (stack, set, x, y);
}

/* What an image shows, as one layer. */
static HostLayer
flatten (HostImage image)
{
  guint n;
  g_autofree HostLayer *layers = host_image_get_layers (image, &n);

  return n == 1 ? layers[0] : gimp_image_merge_visible_layers (image, GIMP_CLIP_TO_IMAGE);
}

/* GIMP's own loaders know more formats than GEGL's, and end on what is broken. */
static GeglBuffer *
load_photo (const gchar *path, GError **error)
{
  HostImage image = host_load (path);
  HostLayer layer;
  GeglBuffer *copy = NULL;

  if (image == HOST_NONE)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot be loaded: %s"),
                   host_get_last_error ());
      return NULL;
    }
  layer = flatten (image);
  if (layer != HOST_NONE)
    {
      g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));

      /* The layer goes with its image. */
      copy = gegl_buffer_dup (buffer);
    }
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED, _ ("shows nothing"));
  gimp_image_delete (image);
  return copy;
}

void
image_frames_add_photo (HotpixFrameSet *set, const gchar *path)
{
  g_autoptr (GError) error = NULL;
  HotpixFrame *frame = hotpix_jpeg_frame_new (path, &error);

  if (g_error_matches (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT))
    {
      g_clear_error (&error);
      frame = hotpix_loaded_frame_new (path, load_photo, &error);
    }
  if (frame != NULL)
    hotpix_frame_set_add (set, frame);
  else
    hotpix_frame_set_add_failed (set, path, error);
}
