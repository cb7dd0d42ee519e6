/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/variance-summary.h"
#include "base/row-parts-private.h"
#include "base/text.h"
#include "detect/row-kernel-private.h"

/* Rows that are added up side by side, because each addition to a sum waits for the last one. */
#define ROWS_AT_A_TIME 4

/* Samples come in reading order, so an equal one never precedes an earlier one. */
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
      gboolean is_maximum = variance[i] > summary->maximum.variance || summary->n_lowest == 0;
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

typedef struct
{
  const HotpixAccumulator *accumulator;
  HotpixVarianceSummary *summaries; /* one for each part, without a mean */
  gdouble *totals;                  /* one for each row */
} Work;

static gboolean
summarise_part (guint part, guint first, guint end, gpointer user_data)
{
  const Work *work = user_data;
  const HotpixShape *shape = hotpix_accumulator_get_shape (work->accumulator);
  gsize row_samples = hotpix_shape_row_samples (shape);
  g_autofree gdouble *rows = g_try_new0 (gdouble, ROWS_AT_A_TIME * row_samples);
  HotpixVarianceSummary summary = { 0 };

  if (rows == NULL)
    return FALSE;
  for (guint y = first; y < end; y += ROWS_AT_A_TIME)
    {
      guint n_rows = MIN ((guint) ROWS_AT_A_TIME, end - y);
      gdouble totals[ROWS_AT_A_TIME];

      for (guint k = 0; k < n_rows; k++)
        {
          gdouble *variance = rows + k * row_samples;

          hotpix_accumulator_variance_row (work->accumulator, y + k, variance);
          look_for_extremes (&summary, shape, y + k, variance);
        }
      total_rows (rows, row_samples, totals);
      for (guint k = 0; k < n_rows; k++)
        work->totals[y + k] = totals[k];
    }
  work->summaries[part] = summary;
  return TRUE;
}

/* below: of rows below those of the summary. */
static void
take_in (HotpixVarianceSummary *summary, const HotpixVarianceSummary *below)
{
  if (summary->n_lowest == 0 || below->maximum.variance > summary->maximum.variance)
    summary->maximum = below->maximum;
  for (guint i = 0; i < below->n_lowest; i++)
    if (summary->n_lowest < HOTPIX_LOWEST_SAMPLES
        || below->lowest[i].variance < summary->lowest[HOTPIX_LOWEST_SAMPLES - 1].variance)
      insert_lowest (summary, &below->lowest[i]);
}

gboolean
hotpix_variance_summary_init (HotpixVarianceSummary *summary,
                              const HotpixAccumulator *accumulator, guint n_threads,
                              GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gsize row_samples = hotpix_shape_row_samples (shape);
  guint n_parts = hotpix_row_parts_count (shape->height, n_threads);
  g_autofree HotpixVarianceSummary *summaries = g_new (HotpixVarianceSummary, n_parts);
  g_autofree gdouble *totals = g_try_new (gdouble, shape->height);
  Work work = { accumulator, summaries, totals };
  HotpixVarianceSummary result = { 0 };
  gdouble total = 0;

  if (totals == NULL || !hotpix_row_parts_run (shape->height, n_parts, summarise_part, &work))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("not enough memory: rows of %u pixels need %u MiB"), shape->width,
                   hotpix_text_mib (n_parts * ROWS_AT_A_TIME * row_samples * sizeof (gdouble)));
      return FALSE;
    }
  for (guint part = 0; part < n_parts; part++)
    take_in (&result, &summaries[part]);
  /* From the top down, however many parts there are: sums of doubles depend on their order. */
  for (guint y = 0; y < shape->height; y++)
    total += totals[y];
  result.minimum = result.lowest[0];
  result.mean = total / ((gdouble) row_samples * shape->height);
  *summary = result;
  return TRUE;
}
