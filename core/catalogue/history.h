/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/measurement.h"

G_BEGIN_DECLS

/* Since which photo a defect is there, until which one, and what kind it is, from its measurements in the
 * order of time.
 *
 *   HotpixHistory history;
 *   hotpix_history_infer (observations, n, NULL, &history);
 *   if (history.always < 0.5)
 *     show (&observations[history.since]);
 *
 * The defect is there from a photo k to the one before photo m, and nowhere else. Where it is there, its
 * contrast is a guess a of one of four kinds, for exposure t, gain g = ISO / 100 and light b around it:
 *
 *  hot     a = A t g           dark current
 *  offset  a = A, or a = A g
 *  stuck   a = c (v - b)       the value v whatever the light, of which a share c is seen
 *  dead    a = -f b
 *
 * For a measured contrast c with noise s, how much better a photo fits with the defect than without is
 *
 *  r = p ((c - a) / s1) s / (p (c / s) s1),   s1² = s² + (spread of a)²
 *  l = log (d + (1 - d) r / (1 + r / 1000))
 *
 * with Student's t of four degrees of freedom for p, because scenes now and then look like a defect.
 * For the same reason no photo counts more than 1000 to 1; and a photo hides a defect with a probability d,
 * by what the camera or the JPEG smooths. Where the defect itself is clipped, p is the
 * probability of a contrast of at least c. Where nothing can be judged, l is 0.
 *
 * With uniform priors over grids of A, v, c, f and d, the posterior of (k, m) is the sum over these of
 * prior (k, m) exp (l[k] + … + l[m - 1]): the single change of Smith, "A Bayesian approach to
 * inference about a change-point in a sequence of random variables", Biometrika 62 (1975), with an end.
 * Half of the prior is for k = 0, the rest is spread evenly; 0.98 of it is for a defect that stays.
 *
 * To accumulate by Bayes's rule photo after photo whether a pixel is defective is due to Dudas, Wu, Jung,
 * Chapman, Koren and Koren, "Identification of in-field defect development in digital image sensors",
 * Proc. SPIE 6502 (2007), and Leung, Chapman, Koren and Koren, "Statistical identification and analysis of
 * defect development in digital imagers", Proc. SPIE 7250 (2009), of Simon Fraser University and the University of
 * Massachusetts. They judge each photo by yes or no; here its contrast counts as a strength. */

/* A defect in one photo. */
typedef struct
{
  HotpixMeasurement measurement;
  gdouble exposure_time; /* seconds; 0 where unknown */
  guint iso;             /* 0 where unknown */
} HotpixObservation;

typedef enum
{
  HOTPIX_GROWTH_HOT,    /* with exposure time and gain */
  HOTPIX_GROWTH_OFFSET, /* with the gain, or not at all */
  HOTPIX_GROWTH_STUCK,
  HOTPIX_GROWTH_DEAD,
} HotpixGrowth;

#define HOTPIX_N_GROWTHS (HOTPIX_GROWTH_DEAD + 1)

/* A range of photos by their index in the observations, both ends in it. */
typedef struct
{
  guint first, last;
} HotpixPhotoRange;

typedef struct
{
  guint n_judged; /* photos in which it can be judged */
  gdouble shown;  /* probability that any photo shows it; all else is given that one does */

  gdouble always; /* probability that it is there from the first photo on */
  guint
      since; /* the first photo that has it, 0 where it is always there: the posterior's median */
  HotpixPhotoRange since_range; /* that has it with a probability of 0.95 */

  gdouble gone; /* probability that it is no longer there in the last photo */
  guint until;  /* the last photo that has it, the last of all where it stays: the median */
  HotpixPhotoRange until_range;

  HotpixGrowth growth; /* the most probable kind */
  gdouble growth_probability;
  gdouble amount; /* of that kind, light: A for a second at ISO 100, A at ISO 100, v, or f */

  /* Of a hot one, the least exposure time × ISO, in seconds, at which its contrast is three times the
   * median of the noise; 0 of the others, which do not depend on it. */
  gdouble shows_from;
} HotpixHistory;

/* "hot", "offset", "stuck" or "dead". The string is static. */
const gchar *hotpix_growth_name (HotpixGrowth growth);

/* observations: n of one defect, at least one, in the order of time.
 * since: out, nullable; n probabilities, each that the defect is there from that photo on, which add up to 1.
 * Any thread may call it. Takes about a millisecond for 200 photos. */
void hotpix_history_infer (const HotpixObservation *observations, guint n, gdouble *since,
                           HotpixHistory *history);

G_END_DECLS
