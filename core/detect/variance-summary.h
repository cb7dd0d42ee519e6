/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sums/accumulator.h"

G_BEGIN_DECLS

/* The key figures of a variance image: its extremes, its mean, and the samples that vary the least.
 * Of equal samples the one in the upper row, then the one further left, then the one of the lower
 * channel comes first, so a summary depends only on the sums.
 *
 *   HotpixVarianceSummary summary;
 *   if (hotpix_variance_summary_init (&summary, accumulator, 0, &error))
 *     printf ("%u,%u\n", summary.minimum.x, summary.minimum.y);
 */
#define HOTPIX_LOWEST_SAMPLES 10

typedef struct
{
  guint x;          /* zero-based column */
  guint y;          /* zero-based row */
  guint channel;    /* zero-based */
  gdouble variance; /* in units of full white squared, [0, 0.25] */
} HotpixSample;

typedef struct
{
  HotpixSample minimum;
  HotpixSample maximum;
  gdouble mean;                               /* of the variances of all samples */
  HotpixSample lowest[HOTPIX_LOWEST_SAMPLES]; /* lowest first; lowest[0] is the minimum */
  guint n_lowest; /* fewer than HOTPIX_LOWEST_SAMPLES only when there are fewer samples */
} HotpixVarianceSummary;

/* Fills the summary in. At least one frame must be counted. n_threads: to share the work, 0 for one
 * a processor; the summary does not depend on their number.
 * Fails with HOTPIX_ERROR_MEMORY; the summary is then unchanged. */
gboolean hotpix_variance_summary_init (HotpixVarianceSummary *summary,
                                       const HotpixAccumulator *accumulator, guint n_threads,
                                       GError **error);

G_END_DECLS
