/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "variance-summary.h"
#include "row-kernel.h"

/* Rows that are added up side by side: each sum waits for its last addition. */
#define ROWS_AT_A_TIME 4

/* Samples come in reading order, so an equal one never goes before one that is there. */
static void
insert_lowest (HotpixVarianceSummary *summary, const HotpixSample *sample)
{
  guint i = summary->n_lowest;

  if (i == HOTPIX_LOWEST_SAMPLES)
    i--;
  else
    summary->n_lowest++;
  for (; i > 0 && sample->variance < summary->lowest[i - 1].variance; i--)
    summary->lowest[i] = summary->lowest[i - 1];
  summary->lowest[i] = *sample;
}

static void
look_for_extremes (HotpixVarianceSummary *summary, const HotpixShape *shape, guint y,
                   const gdouble *variance)
{
  gsize row_samples = hotpix_shape_row_samples (shape);
  const HotpixSample *last_lowest = &summary->lowest[HOTPIX_LOWEST_SAMPLES - 1];

  /* Few rows have any. */
  if (summary->n_lowest == HOTPIX_LOWEST_SAMPLES
      && !hotpix_row_kernel_is_beyond (variance, last_lowest->variance,
                                       summary->maximum.variance, row_samples))
    return;
  for (gsize i = 0; i < row_samples; i++)
    {
      gboolean is_maximum = variance[i] > summary->maximum.variance || (y == 0 && i == 0);
      gboolean is_low
          = summary->n_lowest < HOTPIX_LOWEST_SAMPLES || variance[i] < last_lowest->variance;

      if (is_maximum || is_low)
        {
          HotpixSample sample = { (guint) (i / shape->channels), y,
                                  (guint) (i % shape->channels), variance[i] };

          if (is_maximum)
            summary->maximum = sample;
          if (is_low)
            insert_lowest (summary, &sample);
        }
    }
}

/* The totals of ROWS_AT_A_TIME packed rows. */
static void
total_rows (const gdouble *rows, gsize row_samples, gdouble *totals)
{
  for (guint k = 0; k < ROWS_AT_A_TIME; k++)
    totals[k] = 0;
  for (gsize i = 0; i < row_samples; i++)
    for (guint k = 0; k < ROWS_AT_A_TIME; k++)
      totals[k] += rows[k * row_samples + i];
}

gboolean
hotpix_variance_summary_init (HotpixVarianceSummary *summary,
                              const HotpixAccumulator *accumulator, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gsize row_samples = hotpix_shape_row_samples (shape);
  g_autofree gdouble *rows = g_try_new0 (gdouble, ROWS_AT_A_TIME * row_samples);
  HotpixVarianceSummary result = { 0 };
  gdouble total = 0;

  if (rows == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   "rows of %u pixels need %" G_GSIZE_FORMAT
                   " bytes of memory, which the system does not give",
                   shape->width, ROWS_AT_A_TIME * row_samples * sizeof *rows);
      return FALSE;
    }
  for (guint y = 0; y < shape->height; y += ROWS_AT_A_TIME)
    {
      guint n_rows = MIN ((guint) ROWS_AT_A_TIME, shape->height - y);
      gdouble totals[ROWS_AT_A_TIME];

      for (guint k = 0; k < n_rows; k++)
        {
          gdouble *variance = rows + k * row_samples;

          hotpix_accumulator_variance_row (accumulator, y + k, variance);
          look_for_extremes (&result, shape, y + k, variance);
        }
      total_rows (rows, row_samples, totals);
      for (guint k = 0; k < n_rows; k++)
        total += totals[k];
    }
  result.minimum = result.lowest[0];
  result.mean = total / ((gdouble) row_samples * shape->height);
  *summary = result;
  return TRUE;
}
