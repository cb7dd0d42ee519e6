/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "variance-picture.h"
#include "base/text.h"
#include "sample-format.h"

/* Rows of a band: as high as GIMP's tiles, so that each is written once. */
#define BAND_ROWS 64

static void
fill_band (const HotpixAccumulator *accumulator, guint first, guint n_rows, gdouble *variance,
           guint16 *samples)
{
  gsize n = hotpix_shape_row_samples (hotpix_accumulator_get_shape (accumulator));

  for (guint y = first; y < first + n_rows; y++, samples += n)
    {
      hotpix_accumulator_variance_row (accumulator, y, variance);
      for (gsize i = 0; i < n; i++)
        samples[i] = (guint16) (4 * variance[i] * 65535 + 0.5);
    }
}

gboolean
hotpix_variance_picture_write (GeglBuffer *buffer, const HotpixAccumulator *accumulator,
                               GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  const Babl *format = hotpix_sample_format (buffer, shape->channels, 16, FALSE);
  gsize n = hotpix_shape_row_samples (shape);
  g_autofree gdouble *variance = g_try_new (gdouble, n);
  g_autofree guint16 *samples = g_try_new (guint16, BAND_ROWS * n);

  if (variance == NULL || samples == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("not enough memory for a row of %u pixels"), shape->width);
      return FALSE;
    }
  for (guint y = 0; y < shape->height; y += BAND_ROWS)
    {
      guint n_rows = MIN (BAND_ROWS, shape->height - y);
      GeglRectangle band = { 0, (gint) y, (gint) shape->width, (gint) n_rows };

      fill_band (accumulator, y, n_rows, variance, samples);
      gegl_buffer_set (buffer, &band, 0, format, samples, GEGL_AUTO_ROWSTRIDE);
    }
  return TRUE;
}
