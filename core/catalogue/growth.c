/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/growth-private.h"

#include <math.h>

/* Before anything is measured: how probable the kinds are. */
static const gdouble priors[HOTPIX_N_GROWTHS] = { 0.5, 0.25, 0.1, 0.15 };

/* How far contrasts spread about a guess, as a share of it. Dark current doubles about every seven
 * degrees. */
static const gdouble spreads[HOTPIX_N_GROWTHS] = { 0.4, 0.2, 0.2, 0.2 };

/* Amounts of light are tried from the least that an 8-bit photo shows up to white, by steps of a factor. */
#define LEAST_LIGHT (1.0 / 512)
#define STEP G_SQRT2
#define STEPS_TO_WHITE 18
#define MOST_STEPS 80

#define MOST_RATIO 1000

/* Below the rounding of 1 - x no tail can be told. */
#define LEAST_TAIL 1e-15

static const gdouble dead_shares[] = { 0.2, 0.35, 0.5, 0.7, 0.85, 1 };
static const gdouble stuck_shares[] = { 0.6, 0.9 };

/* Full exposure, in seconds at ISO 100; 0 where unknown. */
static gdouble
exposure_of (const HotpixObservation *observation)
{
  return observation->exposure_time * observation->iso / 100;
}

static void
add_guess (GArray *guesses, HotpixGrowthGuess guess)
{
  g_array_append_val (guesses, guess);
}

/* From an amount that only the longest exposure shows to one that makes the shortest white. */
static void
add_hot (GArray *guesses, const HotpixObservation *observations, guint n)
{
  gdouble longest = 0, shortest = G_MAXDOUBLE, amount;

  for (guint i = 0; i < n; i++)
    {
      gdouble exposure = exposure_of (&observations[i]);

      if (exposure <= 0 || observations[i].measurement.judgement == HOTPIX_JUDGED_NOT)
        continue;
      longest = MAX (longest, exposure);
      shortest = MIN (shortest, exposure);
    }
  if (longest == 0)
    return;
  amount = LEAST_LIGHT / longest;
  for (guint i = 0; i < MOST_STEPS && amount * shortest < STEP; i++, amount *= STEP)
    add_guess (guesses, (HotpixGrowthGuess){ HOTPIX_GROWTH_HOT, FALSE, amount, 1, 0 });
}

static void
add_others (GArray *guesses)
{
  gdouble amount = LEAST_LIGHT;

  for (guint step = 0; step <= STEPS_TO_WHITE; step++, amount *= STEP)
    {
      for (gint with_gain = 0; with_gain < 2; with_gain++)
        add_guess (guesses,
                   (HotpixGrowthGuess){ HOTPIX_GROWTH_OFFSET, with_gain, amount, 1, 0 });
      for (guint i = 0; i < G_N_ELEMENTS (stuck_shares); i++)
        add_guess (guesses, (HotpixGrowthGuess){ HOTPIX_GROWTH_STUCK, FALSE, amount,
                                                 stuck_shares[i], 0 });
    }
  for (guint i = 0; i < G_N_ELEMENTS (dead_shares); i++)
    add_guess (guesses, (HotpixGrowthGuess){ HOTPIX_GROWTH_DEAD, FALSE, dead_shares[i], 1, 0 });
}

GArray *
hotpix_growth_guesses_new (const HotpixObservation *observations, guint n)
{
  GArray *guesses = g_array_new (FALSE, FALSE, sizeof (HotpixGrowthGuess));
  guint counts[HOTPIX_N_GROWTHS] = { 0 };
  gdouble sum = 0;

  add_hot (guesses, observations, n);
  add_others (guesses);
  for (guint i = 0; i < guesses->len; i++)
    counts[g_array_index (guesses, HotpixGrowthGuess, i).growth]++;
  for (guint i = 0; i < HOTPIX_N_GROWTHS; i++)
    sum += counts[i] > 0 ? priors[i] : 0;
  for (guint i = 0; i < guesses->len; i++)
    {
      HotpixGrowthGuess *guess = &g_array_index (guesses, HotpixGrowthGuess, i);

      guess->log_prior = log (priors[guess->growth] / sum / counts[guess->growth]);
    }
  return guesses;
}

/* What the defect would add to the photo; spread: out, its standard deviation.
 * FALSE where too little is known of the photo. */
static gboolean
predict (const HotpixGrowthGuess *guess, const HotpixObservation *observation,
         gdouble *contrast, gdouble *spread)
{
  gdouble around = observation->measurement.around, exposure = exposure_of (observation);

  switch (guess->growth)
    {
    case HOTPIX_GROWTH_HOT:
      *contrast = guess->amount * exposure;
      *spread = spreads[guess->growth] * *contrast;
      return exposure > 0;
    case HOTPIX_GROWTH_OFFSET:
      *contrast = guess->amount * (guess->with_gain ? observation->iso / 100.0 : 1);
      *spread = spreads[guess->growth] * *contrast;
      return !guess->with_gain || observation->iso > 0;
    case HOTPIX_GROWTH_STUCK:
      *contrast = guess->share * (guess->amount - around);
      *spread = spreads[guess->growth] * guess->share * (guess->amount + around);
      return TRUE;
    case HOTPIX_GROWTH_DEAD:
    default:
      *contrast = -guess->amount * around;
      *spread = spreads[guess->growth] * guess->amount * around;
      return TRUE;
    }
}

/* Student's density for four degrees of freedom, but for its factor. */
static gdouble
density (gdouble z)
{
  gdouble q = 1 + z * z / 4;

  return 1 / (q * q * sqrt (q));
}

/* The probability of more than z. */
static gdouble
tail (gdouble z)
{
  gdouble q = 1 + z * z / 4;

  return MAX (0.5 - 0.375 * z / sqrt (q) * (1 - z * z / (12 * q)), LEAST_TAIL);
}

gdouble
hotpix_growth_ratio (const HotpixGrowthGuess *guess, const HotpixObservation *observation)
{
  const HotpixMeasurement *measured = &observation->measurement;
  gdouble contrast, spread, wide, ratio;

  if (measured->judgement == HOTPIX_JUDGED_NOT
      || !predict (guess, observation, &contrast, &spread))
    return 1;
  wide = hypot (measured->noise, spread);
  if (measured->judgement == HOTPIX_JUDGED_AT_LEAST)
    ratio = tail ((measured->contrast - contrast) / wide)
            / tail (measured->contrast / measured->noise);
  else
    ratio = density ((measured->contrast - contrast) / wide) * measured->noise
            / (density (measured->contrast / measured->noise) * wide);
  return ratio / (1 + ratio / MOST_RATIO);
}
