/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/quantised-private.h"

#include <math.h>

static void
test_gain (void)
{
  HotpixQuantised large = { .value = 5, .step = 10, .deviation = 4 };
  HotpixQuantised zero = { .value = 0, .step = 10, .deviation = 4 };
  HotpixQuantised lowest = { .value = 5, .step = 10 };

  g_assert_cmpfloat (hotpix_quantised_gain (&large, 0), ==, 0);
  g_assert_cmpfloat (hotpix_quantised_gain (&large, 50), >, 5);
  g_assert_cmpfloat (hotpix_quantised_gain (&large, 50), >, hotpix_quantised_gain (&large, 20));
  g_assert_cmpfloat (hotpix_quantised_gain (&large, -20), <, 0);
  /* What quantising hides speaks hardly against damage, and more of it does. */
  g_assert_cmpfloat (hotpix_quantised_gain (&zero, 2), >, -0.3);
  g_assert_cmpfloat (hotpix_quantised_gain (&zero, 30), <, -3);
  g_assert_cmpfloat (hotpix_quantised_gain (&lowest, 50), ==, 0);
}

/* By numbers: the densities of Laplace's distribution, summed up over the interval. */
static gdouble
likelihood_by_sum (const HotpixQuantised *quantised, gdouble damage)
{
  const guint n = 20000;
  gdouble sum = 0, scale = hypot (quantised->deviation, 0.1 * damage) / G_SQRT2;

  for (guint i = 0; i < n; i++)
    {
      gdouble at = (quantised->value - 0.5 + (i + 0.5) / n) * quantised->step - damage;

      sum += exp (-fabs (at) / scale) / (2 * scale) * quantised->step / n;
    }
  return sum;
}

static void
test_likelihood (void)
{
  for (gint value = -2; value <= 2; value++)
    for (gdouble damage = -15; damage <= 15; damage += 7.5)
      {
        HotpixQuantised quantised = { .value = value, .step = 6, .deviation = 9 };

        g_assert_cmpfloat_with_epsilon (
            hotpix_quantised_gain (&quantised, damage),
            log (likelihood_by_sum (&quantised, damage) / likelihood_by_sum (&quantised, 0)),
            1e-3);
      }
}

static void
test_clean (void)
{
  HotpixQuantised quiet = { .value = 3, .step = 10, .deviation = 2 };
  HotpixQuantised busy = { .value = 3, .step = 10, .deviation = 200 };
  HotpixQuantised lowest = { .value = 30, .step = 10 };

  g_assert_cmpint (hotpix_quantised_clean (&quiet, 0.1), ==, 3);
  g_assert_cmpint (hotpix_quantised_clean (&busy, 20), ==, 1);
  /* 30 - 24 is nearer to one step than to none; where all around is quiet, none is likelier. */
  g_assert_cmpint (hotpix_quantised_clean (&quiet, 24), ==, 0);
  g_assert_cmpint (hotpix_quantised_clean (&busy, 24), ==, 1);
  g_assert_cmpint (hotpix_quantised_clean (&lowest, -5000), ==, 530);
  g_assert_cmpint (hotpix_quantised_clean (&lowest, -50000), ==, 1023);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quantised/damage-that-explains-a-value-gains", test_gain);
  g_test_add_func ("/quantised/gains-are-those-of-laplace's-distribution", test_likelihood);
  g_test_add_func ("/quantised/the-clean-value-is-like-those-around", test_clean);
  return g_test_run ();
}
