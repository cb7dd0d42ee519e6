/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "image-frames.h"
#include "base/error.h"
#include "base/text.h"
#include "layer-stack.h"
#include "loaded-frame.h"
#include "loaded-turn.h"
#include "result-layers.h"
#include "turned-buffer.h"

#include <string.h>

static void
add_layer (HostLayer layer, gpointer stack)
{
  g_autofree gchar *name = gimp_item_get_name (GIMP_ITEM (layer));
  gint x, y;

  host_layer_get_offsets (layer, &x, &y);
  layer_stack_add (stack, name, gimp_drawable_get_buffer (GIMP_DRAWABLE (layer)), x, y);
}

void
image_frames_add_layers (HotpixFrameSet *set, HostImage image, gboolean hidden, gint *x,
                         gint *y)
{
  g_autoptr (LayerStack) stack = layer_stack_new ();

  result_layers_visit_photos (image, hidden, add_layer, stack);
  layer_stack_make_frames (stack, set, x, y);
}

/* The only layer of an image, as the file has it stored, copied, because the layer goes with its image. */
static GeglBuffer *
copy_only_layer (HostImage image, const gchar *path, GError **error)
{
  guint n, orientation;
  g_autofree HostLayer *layers = host_image_get_layers (image, &n);
  g_autoptr (GeglBuffer) buffer = NULL;

  if (n != 1)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                   _ ("has several pages or layers: only single pictures count"));
      return NULL;
    }
  if (!loaded_turn_find (image, path, &orientation, error))
    return NULL;
  buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layers[0]));
  return orientation == 1 ? gegl_buffer_dup (buffer)
                          : hotpix_turned_buffer_undo (buffer, orientation, error);
}

static void
set_load_error (GError **error)
{
  const gchar *told = host_get_last_error ();
  g_autofree gchar *reason = g_strdup (told != NULL ? told : "");
  gsize length = strlen (reason);

  /* It becomes part of a sentence. */
  while (length > 0 && strchr (". \n", reason[length - 1]) != NULL)
    reason[--length] = '\0';
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot be loaded by GIMP: %s"),
               reason);
}

/* GIMP's own loaders know more formats than GEGL's, which never end on some broken files. */
static GeglBuffer *
load_photo (const gchar *path, GError **error)
{
  GeglBuffer *copy;
  HostImage image = host_load (path);

  if (image == HOST_NONE)
    {
      set_load_error (error);
      return NULL;
    }
  copy = copy_only_layer (image, path, error);
  gimp_image_delete (image);
  return copy;
}

/* Loads through GIMP what the core does not read. */
static gboolean
make_by_gimp (const gchar *path, GPtrArray *frames, gpointer user_data, GError **error)
{
  HotpixFrame *frame = hotpix_loaded_frame_new (path, load_photo, error);

  if (frame != NULL)
    g_ptr_array_add (frames, frame);
  return frame != NULL;
}

HotpixFrameMakers *
image_frames_makers_new (void)
{
  HotpixFrameMakers *makers = hotpix_frame_makers_new ();

  hotpix_frame_makers_add (makers, make_by_gimp, NULL);
  return makers;
}
