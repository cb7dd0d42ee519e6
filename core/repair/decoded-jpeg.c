/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/decoded-jpeg.h"
#include "base/text.h"
#include "photos/jpeg-reader-private.h"
#include "photos/photo-file.h"
#include "repair/jpeg-repair.h"

#include <string.h>

/* No photo is longer. */
#define MAX_PHOTO_BYTES ((gsize) 1 << 30)

#define ROWS_AT_A_TIME 16

/* Pixels that may have been changed since the JPEG was decoded: one in so many. */
#define MOST_CHANGED 10

/* By which the samples of two decoders can differ that round in other ways. */
#define DECODERS_DIFFER 3

static void
compare_row (HotpixDecodedJpeg *jpeg, guint y, const guint8 *before, const guint8 *after)
{
  guint channels = jpeg->shape.channels;

  if (memcmp (before, after, hotpix_shape_row_bytes (&jpeg->shape)) == 0)
    return;
  for (guint x = 0; x < jpeg->shape.width; x++, before += channels, after += channels)
    if (memcmp (before, after, channels) != 0)
      {
        HotpixChangedPixel pixel = { .x = x, .y = y };

        memcpy (pixel.before, before, channels);
        memcpy (pixel.after, after, channels);
        g_array_append_val (jpeg->pixels, pixel);
      }
}

static gboolean
compare (HotpixDecodedJpeg *jpeg, HotpixJpegReader *before, HotpixJpegReader *after,
         GError **error)
{
  gsize row_bytes = hotpix_shape_row_bytes (&jpeg->shape);
  g_autofree guint8 *rows = g_try_malloc_n (row_bytes, (gsize) 2 * ROWS_AT_A_TIME);
  guint8 *others;

  if (rows == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("needs more memory to repair than is free"));
      return FALSE;
    }
  others = rows + row_bytes * ROWS_AT_A_TIME;
  for (guint y = 0; y < jpeg->shape.height; y += ROWS_AT_A_TIME)
    {
      guint n = MIN (jpeg->shape.height - y, ROWS_AT_A_TIME);

      if (!hotpix_jpeg_reader_read (before, n, rows, error)
          || !hotpix_jpeg_reader_read (after, n, others, error))
        return FALSE;
      for (guint i = 0; i < n; i++)
        compare_row (jpeg, y + i, rows + i * row_bytes, others + i * row_bytes);
    }
  return TRUE;
}

HotpixDecodedJpeg *
hotpix_decoded_jpeg_new (const HotpixRepairer *repairer, const gchar *path, GError **error)
{
  g_autoptr (GBytes) old = hotpix_photo_file_load (path, MAX_PHOTO_BYTES, NULL, error);
  g_autoptr (HotpixDecodedJpeg) jpeg = g_new0 (HotpixDecodedJpeg, 1);
  g_autoptr (HotpixJpegReader) before = NULL, after = NULL;
  g_autoptr (GBytes) repaired = NULL;

  jpeg->pixels = g_array_new (FALSE, FALSE, sizeof (HotpixChangedPixel));
  if (old == NULL)
    return NULL;
  repaired = hotpix_jpeg_repair (repairer, old, &jpeg->n_repaired, error);
  if (repaired == NULL)
    return NULL;
  before = hotpix_jpeg_reader_new_from_bytes (old, error);
  if (before == NULL)
    return NULL;
  jpeg->shape = *hotpix_jpeg_reader_get_shape (before);
  if (jpeg->n_repaired == 0)
    return g_steal_pointer (&jpeg);
  after = hotpix_jpeg_reader_new_from_bytes (repaired, error);
  if (after == NULL || !compare (jpeg, before, after, error))
    return NULL;
  return g_steal_pointer (&jpeg);
}

void
hotpix_decoded_jpeg_free (HotpixDecodedJpeg *jpeg)
{
  if (jpeg == NULL)
    return;
  g_array_unref (jpeg->pixels);
  g_free (jpeg);
}

gboolean
hotpix_decoded_jpeg_repair (const HotpixDecodedJpeg *jpeg, const HotpixChangedPixel *pixel,
                            guint8 *samples)
{
  for (guint i = 0; i < jpeg->shape.channels; i++)
    if (ABS (samples[i] - pixel->before[i]) > DECODERS_DIFFER)
      return FALSE;
  for (guint i = 0; i < jpeg->shape.channels; i++)
    samples[i] = (guint8) CLAMP (samples[i] + pixel->after[i] - pixel->before[i], 0, 255);
  return TRUE;
}

gboolean
hotpix_decoded_jpeg_is_own (const HotpixDecodedJpeg *jpeg, guint n_same)
{
  return jpeg->pixels->len - n_same <= jpeg->pixels->len / MOST_CHANGED;
}
