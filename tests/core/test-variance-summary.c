/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "variance-summary.h"

static HotpixAccumulator *
accumulate_two (const HotpixShape *shape, const guint8 *a, const guint8 *b)
{
  HotpixAccumulator *accumulator
      = hotpix_accumulator_new (shape, HOTPIX_SUMS_VARIANCE, 2, NULL);
  gconstpointer frames[] = { a, b };

  hotpix_accumulator_add_rows (accumulator, 0, shape->height, frames, 2);
  hotpix_accumulator_count_frames (accumulator, 2);
  return accumulator;
}

static void
assert_place (const HotpixSample *sample, guint x, guint y, guint channel)
{
  g_assert_cmpuint (sample->x, ==, x);
  g_assert_cmpuint (sample->y, ==, y);
  g_assert_cmpuint (sample->channel, ==, channel);
}

static void
test_order (void)
{
  /* Twelve samples of 2 x 2 pixels; two frames that differ by d have the variance (d/2)². */
  const HotpixShape shape = { 2, 2, 3, 8 };
  const guint8 a[12] = { 0 };
  const guint8 b[12] = { 9, 8, 200, 6, 5, 4, 3, 2, 1, 10, 11, 1 };
  g_autoptr (HotpixAccumulator) accumulator = accumulate_two (&shape, a, b);
  HotpixVarianceSummary summary;
  gdouble total = 0;

  g_assert_true (hotpix_variance_summary_init (&summary, accumulator, NULL));
  assert_place (&summary.maximum, 0, 0, 2);
  g_assert_cmpfloat_with_epsilon (summary.maximum.variance, 100 * 100 / 65025.0, 1e-15);
  g_assert_cmpuint (summary.n_lowest, ==, HOTPIX_LOWEST_SAMPLES);
  assert_place (&summary.minimum, 0, 1, 2);
  assert_place (&summary.lowest[0], 0, 1, 2);
  assert_place (&summary.lowest[1], 1, 1, 2); /* equal to the one before, but further right */
  assert_place (&summary.lowest[2], 0, 1, 1);
  assert_place (&summary.lowest[9], 1, 1, 0);
  for (guint i = 1; i < summary.n_lowest; i++)
    g_assert_cmpfloat (summary.lowest[i - 1].variance, <=, summary.lowest[i].variance);
  for (guint i = 0; i < 12; i++)
    total += b[i] * b[i] / 4.0 / 65025;
  g_assert_cmpfloat_with_epsilon (summary.mean, total / 12, 1e-15);
}

static void
test_small (void)
{
  const HotpixShape shape = { 1, 1, 1, 8 };
  const guint8 a = 3, b = 3;
  g_autoptr (HotpixAccumulator) accumulator = accumulate_two (&shape, &a, &b);
  HotpixVarianceSummary summary;

  g_assert_true (hotpix_variance_summary_init (&summary, accumulator, NULL));
  g_assert_cmpuint (summary.n_lowest, ==, 1);
  assert_place (&summary.minimum, 0, 0, 0);
  assert_place (&summary.maximum, 0, 0, 0);
  g_assert_cmpfloat (summary.mean, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/variance-summary/extremes-and-lowest-are-in-order", test_order);
  g_test_add_func ("/variance-summary/one-sample-is-its-own-minimum-and-maximum", test_small);
  return g_test_run ();
}
