/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "variance-summary.h"

/* Samples come in reading order, so an equal one never goes before one that is there. */
static void
insert_lowest (HotpixVarianceSummary *summary, const HotpixSample *sample)
{
  guint i = summary->n_lowest;

  if (i == HOTPIX_LOWEST_SAMPLES)
    {
      if (sample->variance >= summary->lowest[i - 1].variance)
        return;
      i--;
    }
  else
    summary->n_lowest++;
  for (; i > 0 && sample->variance < summary->lowest[i - 1].variance; i--)
    summary->lowest[i] = summary->lowest[i - 1];
  summary->lowest[i] = *sample;
}

static gdouble
summarise_row (HotpixVarianceSummary *summary, const HotpixShape *shape, guint y,
               const gdouble *variance)
{
  gsize row_samples = hotpix_shape_row_samples (shape);
  gdouble total = 0;

  for (gsize i = 0; i < row_samples; i++)
    {
      HotpixSample sample
          = { (guint) (i / shape->channels), y, (guint) (i % shape->channels), variance[i] };

      total += sample.variance;
      if (sample.variance > summary->maximum.variance || (y == 0 && i == 0))
        summary->maximum = sample;
      insert_lowest (summary, &sample);
    }
  return total;
}

gboolean
hotpix_variance_summary_init (HotpixVarianceSummary *summary,
                              const HotpixAccumulator *accumulator, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gsize row_samples = hotpix_shape_row_samples (shape);
  g_autofree gdouble *variance = g_try_new (gdouble, row_samples);
  HotpixVarianceSummary result = { 0 };
  gdouble total = 0;

  if (variance == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   "a row of %u pixels needs %" G_GSIZE_FORMAT
                   " bytes of memory, which the system does not give",
                   shape->width, row_samples * sizeof *variance);
      return FALSE;
    }
  for (guint y = 0; y < shape->height; y++)
    {
      hotpix_accumulator_variance_row (accumulator, y, variance);
      total += summarise_row (&result, shape, y, variance);
    }
  result.minimum = result.lowest[0];
  result.mean = total / ((gdouble) row_samples * shape->height);
  *summary = result;
  return TRUE;
}
