/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/candidate-private.h"

G_BEGIN_DECLS

/* The looks that an accumulator's evidence allows, and the peaks of all of them: all photos, and the long
 * exposures by themselves. Each has noise, peaks and a limit of its own, and its share of the false reports
 * that chance may make. Long exposures tell nothing where they are fewer than HOTPIX_FEW_FRAMES, or alike.
 *
 *   g_autoptr (HotpixLooks) looks = hotpix_looks_new (accumulator, 0, &error);
 *   const HotpixMeasure *measure;
 *   const HotpixPeak *peak = hotpix_looks_next_peak (looks, 1, &measure);
 *   if (peak != NULL)
 *     printf ("%u,%u by look %d\n", peak->x, peak->y, measure->look);
 */
typedef struct HotpixLooks HotpixLooks;

/* accumulator: with evidence of at least one frame; borrowed. n_threads: to share the work, 0 for one a
 * processor; the peaks do not depend on their number.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_MEMORY. */
HotpixLooks *hotpix_looks_new (const HotpixAccumulator *accumulator, guint n_threads,
                               GError **error);

/* NULL-safe. */
void hotpix_looks_free (HotpixLooks *looks);

/* What candidates of a look are measured by; of HOTPIX_LOOK_ALL, and of what a peak was found in. Owned by
 * the looks. */
const HotpixMeasure *hotpix_looks_get_measure (const HotpixLooks *looks, HotpixLook look);

/* Whether so much stands out at the same place in all photos that defects cannot be told from it. */
gboolean hotpix_looks_are_alike (const HotpixLooks *looks);

/* The highest peak of all looks that was not asked for yet, by its height over the limit of its look.
 * measure: out; of the look.
 * Returns (owned by the looks) NULL where none reaches the threshold. */
const HotpixPeak *hotpix_looks_next_peak (HotpixLooks *looks, gdouble threshold,
                                          const HotpixMeasure **measure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixLooks, hotpix_looks_free)

G_END_DECLS
