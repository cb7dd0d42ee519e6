/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/variance-summary.h"

static HotpixAccumulator *
accumulate_two (const HotpixShape *shape, const guint8 *a, const guint8 *b)
{
  HotpixAccumulator *accumulator
      = hotpix_accumulator_new (shape, HOTPIX_SUMS_VARIANCE, 2, NULL);
  gconstpointer frames[] = { a, b };

  hotpix_accumulator_add_rows (accumulator, 0, shape->height, frames, 2);
  hotpix_accumulator_count_frames (accumulator, 2, 0);
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

  g_assert_true (hotpix_variance_summary_init (&summary, accumulator, 1, NULL));
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

  g_assert_true (hotpix_variance_summary_init (&summary, accumulator, 1, NULL));
  g_assert_cmpuint (summary.n_lowest, ==, 1);
  assert_place (&summary.minimum, 0, 0, 0);
  assert_place (&summary.maximum, 0, 0, 0);
  g_assert_cmpfloat (summary.mean, ==, 0);
}

static void
assert_same (const HotpixSample *a, const HotpixSample *b)
{
  assert_place (a, b->x, b->y, b->channel);
  g_assert_true (a->variance == b->variance);
}

/* With many equal samples among the lowest and the highest. */
static void
test_threads (void)
{
  const HotpixShape shapes[]
      = { { 61, 37, 3, 8 }, { 50, 1, 3, 8 }, { 1, 9, 1, 8 }, { 3, 2, 1, 8 }, { 1, 200, 3, 8 } };
  const guint n_threads[] = { 0, 2, 3, 7 };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      gsize n = hotpix_shape_row_samples (&shapes[i]) * shapes[i].height;
      g_autofree guint8 *a = g_new0 (guint8, n), *b = g_new (guint8, n);
      g_autoptr (HotpixAccumulator) sums = NULL;
      HotpixVarianceSummary one, several;

      for (gsize k = 0; k < n; k++)
        b[k] = (guint8) g_rand_int_range (random, 20, 120);
      sums = accumulate_two (&shapes[i], a, b);
      g_assert_true (hotpix_variance_summary_init (&one, sums, 1, NULL));
      for (guint k = 0; k < G_N_ELEMENTS (n_threads); k++)
        {
          g_assert_true (hotpix_variance_summary_init (&several, sums, n_threads[k], NULL));
          g_assert_true (several.mean == one.mean);
          assert_same (&several.minimum, &one.minimum);
          assert_same (&several.maximum, &one.maximum);
          g_assert_cmpuint (several.n_lowest, ==, one.n_lowest);
          for (guint l = 0; l < one.n_lowest; l++)
            assert_same (&several.lowest[l], &one.lowest[l]);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/variance-summary/extremes-and-lowest-are-in-order", test_order);
  g_test_add_func ("/variance-summary/one-sample-is-its-own-minimum-and-maximum", test_small);
  g_test_add_func ("/variance-summary/the-number-of-threads-makes-no-difference", test_threads);
  return g_test_run ();
}
