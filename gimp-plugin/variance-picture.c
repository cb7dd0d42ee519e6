/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "variance-picture.h"
#include "base/text.h"
#include "report/picture.h"
#include "sample-format.h"

/* Rows of a band: as high as GIMP's tiles, so that each is written once. */
#define BAND_ROWS 64

gboolean
hotpix_variance_picture_write (GeglBuffer *buffer, const HotpixAccumulator *accumulator,
                               GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  const Babl *format = hotpix_sample_format (buffer, shape->channels, 16, FALSE);
  gsize n = hotpix_shape_row_samples (shape);
  g_autofree gdouble *values = g_try_new (gdouble, n);
  g_autofree guint16 *samples = g_try_new (guint16, BAND_ROWS * n);

  if (values == NULL || samples == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("not enough memory for a row of %u pixels"), shape->width);
      return FALSE;
    }
  for (guint y = 0; y < shape->height; y += BAND_ROWS)
    {
      guint n_rows = MIN (BAND_ROWS, shape->height - y);
      GeglRectangle band = { 0, (gint) y, (gint) shape->width, (gint) n_rows };

      for (guint i = 0; i < n_rows; i++)
        hotpix_picture_row (HOTPIX_PICTURE_VARIANCE, accumulator, NULL, y + i, values,
                            samples + i * n);
      gegl_buffer_set (buffer, &band, 0, format, samples, GEGL_AUTO_ROWSTRIDE);
    }
  return TRUE;
}
