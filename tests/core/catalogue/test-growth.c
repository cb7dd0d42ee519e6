/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/growth-private.h"

#include <math.h>

static HotpixObservation
look (gdouble contrast, gdouble noise, gdouble around, HotpixJudgement judgement)
{
  return (HotpixObservation){ { (gfloat) contrast, (gfloat) noise, (gfloat) around, judgement },
                              0.5,
                              400 };
}

static void
assert_close (gdouble value, gdouble expected)
{
  g_assert_cmpfloat (fabs (value / expected - 1), <, 1e-4);
}

/* Student's t of four degrees of freedom: density 3/8 (1 + z²/4)^(-5/2). */
static gdouble
student (gdouble z)
{
  return 0.375 * pow (1 + z * z / 4, -2.5);
}

/* The probability of more than z, by Simpson's rule in 1/t beyond it. */
static gdouble
student_tail (gdouble z)
{
  gdouble sum = 0, high = 60;
  guint n = 200000;

  for (guint i = 0; i <= n; i++)
    {
      gdouble t = z + (high - z) * i / n;

      sum += student (t) * (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2);
    }
  return sum * (high - z) / n / 3 + 12 * 0.25 / pow (high, 4) * 4;
}

static gdouble
limited (gdouble ratio)
{
  return ratio / (1 + ratio / 1000);
}

static void
test_kinds (void)
{
  /* Half a second at ISO 400 is two seconds at ISO 100. */
  const struct
  {
    HotpixGrowthGuess guess;
    gdouble contrast, spread;
  } cases[] = {
    { { HOTPIX_GROWTH_HOT, FALSE, 0.02, 1, 0 }, 0.04, 0.4 * 0.04 },
    { { HOTPIX_GROWTH_OFFSET, FALSE, 0.02, 1, 0 }, 0.02, 0.2 * 0.02 },
    { { HOTPIX_GROWTH_OFFSET, TRUE, 0.02, 1, 0 }, 0.08, 0.2 * 0.08 },
    { { HOTPIX_GROWTH_STUCK, FALSE, 0.25, 0.6, 0 }, 0.6 * (0.25 - 0.1), 0.2 * 0.6 * 0.35 },
    { { HOTPIX_GROWTH_DEAD, FALSE, 0.7, 1, 0 }, -0.07, 0.2 * 0.07 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gdouble contrast = -0.08; contrast < 0.1; contrast += 0.03)
      {
        HotpixObservation observation = look (contrast, 0.01, 0.1, HOTPIX_JUDGED);
        gdouble wide = sqrt (1e-4 + cases[i].spread * cases[i].spread);
        gdouble with = student ((contrast - cases[i].contrast) / wide) / wide;
        gdouble without = student (contrast / 0.01) / 0.01;

        assert_close (hotpix_growth_ratio (&cases[i].guess, &observation),
                      limited (with / without));
      }
}

/* A clipped defect says no more than that it is as strong or stronger. */
static void
test_clipped (void)
{
  HotpixGrowthGuess weak = { HOTPIX_GROWTH_OFFSET, FALSE, 0.1, 1, 0 };
  HotpixGrowthGuess strong = { HOTPIX_GROWTH_OFFSET, FALSE, 1, 1, 0 };
  HotpixObservation observation = look (0.3, 0.1, 0.1, HOTPIX_JUDGED_AT_LEAST);

  assert_close (hotpix_growth_ratio (&weak, &observation),
                limited (student_tail (0.2 / hypot (0.1, 0.02)) / student_tail (3)));
  assert_close (hotpix_growth_ratio (&strong, &observation),
                limited ((1 - student_tail (0.7 / hypot (0.1, 0.2))) / student_tail (3)));
}

static void
test_unknown (void)
{
  HotpixGrowthGuess hot = { HOTPIX_GROWTH_HOT, FALSE, 0.1, 1, 0 };
  HotpixGrowthGuess offset = { HOTPIX_GROWTH_OFFSET, TRUE, 0.1, 1, 0 };
  HotpixObservation not_judged = look (0.3, 0.01, 0.1, HOTPIX_JUDGED_NOT);
  HotpixObservation no_exif = look (0.3, 0.01, 0.1, HOTPIX_JUDGED);

  no_exif.exposure_time = 0;
  no_exif.iso = 0;
  g_assert_cmpfloat (hotpix_growth_ratio (&hot, &not_judged), ==, 1);
  g_assert_cmpfloat (hotpix_growth_ratio (&hot, &no_exif), ==, 1);
  g_assert_cmpfloat (hotpix_growth_ratio (&offset, &no_exif), ==, 1);
  offset.with_gain = FALSE;
  g_assert_cmpfloat (hotpix_growth_ratio (&offset, &no_exif), >, 1);
}

/* Each kind has its prior, and some guess is within a step of any amount. */
static void
test_guesses (void)
{
  HotpixObservation observations[]
      = { look (0, 0.01, 0.1, HOTPIX_JUDGED), look (0, 0.01, 0.1, HOTPIX_JUDGED) };
  g_autoptr (GArray) guesses = NULL;
  gdouble priors[HOTPIX_N_GROWTHS] = { 0 }, least = 1e9, most = 0;

  observations[0].exposure_time = 30;
  observations[1].exposure_time = 0.001;
  guesses = hotpix_growth_guesses_new (observations, 2);
  for (guint i = 0; i < guesses->len; i++)
    {
      const HotpixGrowthGuess *guess = &g_array_index (guesses, HotpixGrowthGuess, i);

      priors[guess->growth] += exp (guess->log_prior);
      if (guess->growth != HOTPIX_GROWTH_HOT)
        continue;
      if (most > 0)
        assert_close (guess->amount / most, G_SQRT2);
      least = MIN (least, guess->amount);
      most = MAX (most, guess->amount);
    }
  assert_close (priors[HOTPIX_GROWTH_HOT], 0.5);
  assert_close (priors[HOTPIX_GROWTH_OFFSET], 0.25);
  assert_close (priors[HOTPIX_GROWTH_STUCK], 0.1);
  assert_close (priors[HOTPIX_GROWTH_DEAD], 0.15);
  g_assert_cmpfloat (least * 30 * 4, <=, 1 / 255.0);
  g_assert_cmpfloat (most * 0.001 * 4, >=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/growth/each-kind-is-weighed-by-its-formula", test_kinds);
  g_test_add_func ("/growth/a-clipped-defect-may-be-stronger", test_clipped);
  g_test_add_func ("/growth/what-is-not-known-says-nothing", test_unknown);
  g_test_add_func ("/growth/guesses-reach-from-hardly-seen-to-white", test_guesses);
  return g_test_run ();
}
