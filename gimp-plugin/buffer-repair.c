/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "buffer-repair.h"
#include "buffer-frame.h"
#include "sample-format.h"
#include "turned-places.h"

#include <string.h>

#define SIDE HOTPIX_REPAIR_WINDOW
#define N_PIXELS (SIDE * SIDE)
#define MOST_CHANNELS 3

/* A window's samples of 8 or 16 bits, without and with alpha, before and after the repair. */
typedef struct
{
  HotpixShape shape;
  guint16 samples[N_PIXELS * MOST_CHANNELS];
  guint16 before[N_PIXELS * (MOST_CHANNELS + 1)];
  guint16 after[N_PIXELS * (MOST_CHANNELS + 1)];
} Window;

static gboolean
find_shape (GeglBuffer *buffer, HotpixShape *shape, GError **error)
{
  g_autoptr (HotpixFrame) frame = hotpix_buffer_frame_new (buffer, "", error);

  if (frame == NULL)
    return FALSE;
  *shape = frame->shape;
  return TRUE;
}

/* Copies the channels' samples of all pixels, alpha being left out or left as it is. */
static void
copy_samples (const HotpixShape *shape, gconstpointer from, guint from_step, gpointer to,
              guint to_step)
{
  gsize bytes = shape->bits / 8;

  for (guint i = 0; i < N_PIXELS; i++)
    memcpy ((guint8 *) to + i * to_step * bytes, (const guint8 *) from + i * from_step * bytes,
            shape->channels * bytes);
}

/* A pixel that is not opaque has its old samples back. Returns whether it changed. */
static gboolean
keep_or_change (Window *window, guint pixel)
{
  gsize bytes = window->shape.bits / 8, step = (window->shape.channels + 1) * bytes;
  guint8 *before = (guint8 *) window->before + pixel * step;
  guint8 *after = (guint8 *) window->after + pixel * step;
  gboolean is_opaque = TRUE;

  for (gsize i = window->shape.channels * bytes; i < step; i++)
    is_opaque &= before[i] == 255;
  if (!is_opaque)
    memcpy (after, before, step);
  return memcmp (after, before, step) != 0;
}

/* The largest change of a sample, where white is 1. */
static gdouble
find_change (const Window *window)
{
  guint n = N_PIXELS * (window->shape.channels + 1), most = 0;

  for (guint i = 0; i < n; i++)
    {
      gint before
          = window->shape.bits == 8 ? ((const guint8 *) window->before)[i] : window->before[i];
      gint after
          = window->shape.bits == 8 ? ((const guint8 *) window->after)[i] : window->after[i];

      most = MAX (most, (guint) ABS (after - before));
    }
  return (gdouble) most / hotpix_shape_white (&window->shape);
}

static void
note_pixel (GArray *pixels, GHashTable *seen, guint x, guint y)
{
  HotpixRepairWindow pixel = { x, y };

  /* One more than the index, as it must not be NULL. */
  if (g_hash_table_add (seen, GSIZE_TO_POINTER (((gsize) y << 20 | x) + 1)))
    g_array_append_val (pixels, pixel);
}

/* Returns whether any pixel changed. */
static gboolean
repair_window (HotpixBufferRepair *repair, const HotpixRepairer *repairer, guint index,
               Window *window, GHashTable *seen)
{
  const GeglRectangle *extent = gegl_buffer_get_extent (repair->buffer);
  guint channels = window->shape.channels;
  const Babl *format
      = hotpix_sample_format (repair->buffer, channels, window->shape.bits, TRUE);
  HotpixRepairWindow place;
  GeglRectangle rectangle = { 0, 0, SIDE, SIDE };
  gboolean changed = FALSE;

  if (!hotpix_repairer_get_window (repairer, index, &place))
    return FALSE;
  rectangle.x = extent->x + (gint) place.x;
  rectangle.y = extent->y + (gint) place.y;
  gegl_buffer_get (repair->buffer, &rectangle, 1, format, window->before, GEGL_AUTO_ROWSTRIDE,
                   GEGL_ABYSS_NONE);
  copy_samples (&window->shape, window->before, channels + 1, window->samples, channels);
  if (!hotpix_repairer_repair (repairer, index, &window->shape, window->samples))
    return FALSE;
  memcpy (window->after, window->before, sizeof window->after);
  copy_samples (&window->shape, window->samples, channels, window->after, channels + 1);
  for (guint i = 0; i < N_PIXELS; i++)
    if (keep_or_change (window, i))
      {
        gsize step = (channels + 1) * (gsize) window->shape.bits / 8;
        GeglRectangle one
            = { rectangle.x + (gint) (i % SIDE), rectangle.y + (gint) (i / SIDE), 1, 1 };

        gegl_buffer_set (repair->buffer, &one, 0, format, (guint8 *) window->after + i * step,
                         GEGL_AUTO_ROWSTRIDE);
        note_pixel (repair->pixels, seen, place.x + i % SIDE, place.y + i / SIDE);
        changed = TRUE;
      }
  repair->damage += find_change (window);
  return changed;
}

HotpixBufferRepair *
hotpix_buffer_repair_new (GeglBuffer *buffer, const HotpixRepairer *repairer, GError **error)
{
  g_autoptr (HotpixBufferRepair) repair = g_new0 (HotpixBufferRepair, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autofree Window *window = g_new (Window, 1);

  if (!find_shape (buffer, &window->shape, error))
    return NULL;
  repair->buffer = gegl_buffer_dup (buffer);
  repair->pixels = g_array_new (FALSE, FALSE, sizeof (HotpixRepairWindow));
  for (guint i = 0; i < hotpix_repairer_count (repairer); i++)
    repair->n_repaired += repair_window (repair, repairer, i, window, seen);
  return g_steal_pointer (&repair);
}

/* Where the JPEG's changed pixels are in the buffer. Returns (transfer full): as many as
 * there are pixels; or NULL where the buffer has another size. */
static HotpixListedDefects *
turn_pixels (const HotpixDecodedJpeg *jpeg, const GeglRectangle *extent, guint orientation)
{
  gboolean is_swapped = hotpix_turned_places_are_swapped (orientation);
  guint width = is_swapped ? jpeg->shape.height : jpeg->shape.width;
  guint height = is_swapped ? jpeg->shape.width : jpeg->shape.height;
  HotpixListedDefects stored = { .list = NULL }, *turned;

  if ((guint) extent->width != width || (guint) extent->height != height)
    return NULL;
  stored.list = g_array_new (FALSE, TRUE, sizeof (HotpixDefect));
  g_array_set_size (stored.list, jpeg->pixels->len);
  for (guint i = 0; i < jpeg->pixels->len; i++)
    {
      const HotpixChangedPixel *pixel = &g_array_index (jpeg->pixels, HotpixChangedPixel, i);

      g_array_index (stored.list, HotpixDefect, i).x = pixel->x;
      g_array_index (stored.list, HotpixDefect, i).y = pixel->y;
    }
  turned = hotpix_turned_places_new (&stored, orientation, width, height);
  g_array_unref (stored.list);
  return turned;
}

/* Sets the pixels that are as the JPEG has them before its repair. Returns how many these are. */
static guint
take_pixels (HotpixBufferRepair *repair, const HotpixDecodedJpeg *jpeg,
             const HotpixListedDefects *places)
{
  const GeglRectangle *extent = gegl_buffer_get_extent (repair->buffer);
  guint channels = jpeg->shape.channels, n = 0;
  const Babl *format = hotpix_sample_format (repair->buffer, channels, 8, TRUE);

  for (guint i = 0; i < jpeg->pixels->len; i++)
    {
      const HotpixChangedPixel *changed = &g_array_index (jpeg->pixels, HotpixChangedPixel, i);
      const HotpixDefect *place = &g_array_index (places->list, HotpixDefect, i);
      HotpixRepairWindow pixel = { place->x, place->y };
      GeglRectangle one = { extent->x + (gint) place->x, extent->y + (gint) place->y, 1, 1 };
      guint8 samples[MOST_CHANNELS + 1];

      gegl_buffer_get (repair->buffer, &one, 1, format, samples, GEGL_AUTO_ROWSTRIDE,
                       GEGL_ABYSS_NONE);
      if (samples[channels] != 255 || !hotpix_decoded_jpeg_repair (jpeg, changed, samples))
        continue;
      gegl_buffer_set (repair->buffer, &one, 0, format, samples, GEGL_AUTO_ROWSTRIDE);
      g_array_append_val (repair->pixels, pixel);
      n++;
    }
  return n;
}

HotpixBufferRepair *
hotpix_buffer_repair_new_from_jpeg (GeglBuffer *buffer, const HotpixDecodedJpeg *jpeg,
                                    guint orientation)
{
  g_autoptr (HotpixBufferRepair) repair = g_new0 (HotpixBufferRepair, 1);
  g_autoptr (HotpixListedDefects) places
      = turn_pixels (jpeg, gegl_buffer_get_extent (buffer), orientation);
  HotpixShape shape;

  if (places == NULL || !find_shape (buffer, &shape, NULL)
      || shape.channels != jpeg->shape.channels)
    return NULL;
  repair->buffer = gegl_buffer_dup (buffer);
  repair->pixels = g_array_new (FALSE, FALSE, sizeof (HotpixRepairWindow));
  repair->n_repaired = jpeg->n_repaired;
  return hotpix_decoded_jpeg_is_own (jpeg, take_pixels (repair, jpeg, places))
             ? g_steal_pointer (&repair)
             : NULL;
}

void
hotpix_buffer_repair_free (HotpixBufferRepair *repair)
{
  if (repair == NULL)
    return;
  g_clear_object (&repair->buffer);
  g_clear_pointer (&repair->pixels, g_array_unref);
  g_free (repair);
}

void
hotpix_buffer_repair_copy_pixels (const HotpixBufferRepair *repair, GeglBuffer *target,
                                  GeglBuffer *mask, gint x, gint y)
{
  const GeglRectangle *from = gegl_buffer_get_extent (repair->buffer);
  const Babl *format
      = babl_format_with_space ("R'G'B'A float", gegl_buffer_get_format (repair->buffer));

  for (guint i = 0; i < repair->pixels->len; i++)
    {
      const HotpixRepairWindow *pixel = &g_array_index (repair->pixels, HotpixRepairWindow, i);
      GeglRectangle source = { from->x + (gint) pixel->x, from->y + (gint) pixel->y, 1, 1 };
      GeglRectangle place = { (gint) pixel->x, (gint) pixel->y, 1, 1 };
      GeglRectangle in_mask = { place.x + x, place.y + y, 1, 1 };
      gfloat samples[4], opacity = 1;

      if (mask != NULL)
        gegl_buffer_get (mask, &in_mask, 1, babl_format ("Y float"), &opacity,
                         GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
      if (opacity <= 0)
        continue;
      gegl_buffer_get (repair->buffer, &source, 1, format, samples, GEGL_AUTO_ROWSTRIDE,
                       GEGL_ABYSS_NONE);
      samples[3] = opacity;
      gegl_buffer_set (target, &place, 0, format, samples, GEGL_AUTO_ROWSTRIDE);
    }
}
