/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/history.h"

G_BEGIN_DECLS

/* What a defect could be, as history.h describes it: guesses of one kind and one amount each, and how
 * well a photo fits them.
 *
 *   g_autoptr (GArray) guesses = hotpix_growth_guesses_new (observations, n);
 *   const HotpixGrowthGuess *guess = &g_array_index (guesses, HotpixGrowthGuess, 0);
 *   gdouble ratio = hotpix_growth_ratio (guess, &observations[0]);
 */
typedef struct
{
  HotpixGrowth growth;
  gboolean with_gain; /* of an offset */
  gdouble amount;     /* as HotpixHistory's */
  gdouble share;      /* of a stuck one: how much of it is seen */
  gdouble log_prior;
} HotpixGrowthGuess;

/* Returns (transfer full): an array of HotpixGrowthGuess for defects that any of these photos could show. */
GArray *hotpix_growth_guesses_new (const HotpixObservation *observations, guint n);

/* The likelihood of the contrast with such a defect over that without one, at most 1000; 1 where nothing
 * can be judged. */
gdouble hotpix_growth_ratio (const HotpixGrowthGuess *guess,
                             const HotpixObservation *observation);

G_END_DECLS
