/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sums-picture.h"
#include "base/text.h"
#include "detect/variance-summary.h"
#include "sample-format.h"

/* Rows of a band: as high as GIMP's tiles, so that each is written once. */
#define BAND_ROWS 64

#define WHITE 65535

/* The values that are black and white. */
typedef struct
{
  gdouble black, white;
} Range;

static gboolean
find_range (SumsPicture picture, const HotpixAccumulator *accumulator, Range *range,
            GError **error)
{
  HotpixVarianceSummary summary;

  *range = (Range){ 0, picture == SUMS_PICTURE_MEAN ? 1 : 0.25 };
  if (picture != SUMS_PICTURE_STRETCHED_VARIANCE)
    return TRUE;
  if (!hotpix_variance_summary_init (&summary, accumulator, 0, error))
    return FALSE;
  range->black = summary.minimum.variance;
  /* Where all vary alike, all of it is black. */
  if (summary.maximum.variance > range->black)
    range->white = summary.maximum.variance;
  return TRUE;
}

static void
write_row (SumsPicture picture, const HotpixAccumulator *accumulator, const Range *range,
           guint row, gdouble *values, guint16 *samples)
{
  gsize n = hotpix_shape_row_samples (hotpix_accumulator_get_shape (accumulator));

  if (picture == SUMS_PICTURE_MEAN)
    hotpix_accumulator_mean_row (accumulator, row, values);
  else
    hotpix_accumulator_variance_row (accumulator, row, values);
  for (gsize i = 0; i < n; i++)
    samples[i]
        = (guint16) ((values[i] - range->black) / (range->white - range->black) * WHITE + 0.5);
}

gboolean
hotpix_sums_picture_write (GeglBuffer *buffer, SumsPicture picture,
                           const HotpixAccumulator *accumulator, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  const Babl *format = hotpix_sample_format (buffer, shape->channels, 16, FALSE);
  gsize n = hotpix_shape_row_samples (shape);
  g_autofree gdouble *values = g_try_new (gdouble, n);
  g_autofree guint16 *samples = g_try_new (guint16, BAND_ROWS * n);
  Range range;

  if (values == NULL || samples == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("not enough memory for a row of %u pixels"), shape->width);
      return FALSE;
    }
  if (!find_range (picture, accumulator, &range, error))
    return FALSE;
  for (guint y = 0; y < shape->height; y += BAND_ROWS)
    {
      guint n_rows = MIN (BAND_ROWS, shape->height - y);
      GeglRectangle band = { 0, (gint) y, (gint) shape->width, (gint) n_rows };

      for (guint i = 0; i < n_rows; i++)
        write_row (picture, accumulator, &range, y + i, values, samples + i * n);
      gegl_buffer_set (buffer, &band, 0, format, samples, GEGL_AUTO_ROWSTRIDE);
    }
  return TRUE;
}
