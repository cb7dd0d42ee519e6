/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "image-frames.h"
#include "base/text.h"
#include "layer-stack.h"
#include "loaded-frame.h"
#include "photos/photo-file.h"
#include "plugin-survey.h"

#include <stdio.h>
#include <string.h>

/* How far from its end a PNG may have its last chunk: some writers append bytes of their own. */
#define PNG_END_BYTES ((gsize) 65536)

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

      if (is_result (layers[i]) || gimp_layer_is_floating_sel (layers[i])
          || (!hidden && !gimp_item_get_visible (GIMP_ITEM (layers[i]))))
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

/* Whether a file begins but does not end as a PNG. GIMP 2.10 loads such a file as if it were whole. */
static gboolean
is_cut_png (const gchar *path)
{
  static const gchar signature[8] = { '\x89', 'P', 'N', 'G', '\r', '\n', '\x1a', '\n' };
  FILE *stream = hotpix_photo_file_open (path, NULL, NULL);
  g_autofree gchar *end = g_malloc (PNG_END_BYTES);
  gchar start[sizeof signature];
  gboolean is_png, is_whole = FALSE;

  if (stream == NULL)
    return FALSE;
  is_png = fread (start, sizeof start, 1, stream) == 1
           && memcmp (start, signature, sizeof start) == 0;
  if (is_png)
    {
      /* In a shorter file this fails, and reading goes on after the signature. */
      (void) fseek (stream, -(glong) PNG_END_BYTES, SEEK_END);
      is_whole = memmem (end, fread (end, 1, PNG_END_BYTES, stream), "IEND", 4) != NULL;
    }
  fclose (stream);
  return is_png && !is_whole;
}

/* The only layer of an image, copied, because the layer goes with its image. */
static GeglBuffer *
copy_only_layer (HostImage image, GError **error)
{
  guint n;
  g_autofree HostLayer *layers = host_image_get_layers (image, &n);
  g_autoptr (GeglBuffer) buffer = NULL;

  if (n != 1)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                   _ ("has several pages or layers: only single pictures count"));
      return NULL;
    }
  buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layers[0]));
  return gegl_buffer_dup (buffer);
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
  HostImage image;

  if (is_cut_png (path))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED, _ ("is cut short"));
      return NULL;
    }
  image = host_load (path);
  if (image == HOST_NONE)
    {
      set_load_error (error);
      return NULL;
    }
  copy = copy_only_layer (image, error);
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
