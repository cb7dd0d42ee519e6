/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence-noise.h"
#include "made-up-set.h"

#include <math.h>

#define WIDTH 320
#define HEIGHT 192

static const HotpixShape shape = { WIDTH, HEIGHT, 1, 8 };

/* The lower third keeps the pattern that it has in every frame. */
static void
keep_lower_third (guint8 *samples, const HotpixShape *of, guint number, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (gsize i = (gsize) WIDTH * HEIGHT * 2 / 3; i < (gsize) WIDTH * HEIGHT; i++)
    samples[i] = (guint8) g_rand_int_range (random, 0, 256);
}

static int
compare (const void *a, const void *b)
{
  return (*(const gint32 *) a > *(const gint32 *) b)
         - (*(const gint32 *) a < *(const gint32 *) b);
}

/* A picture of one block: the 99 % quantile by sorting. */
static void
test_quantile (void)
{
  const HotpixShape small = { 40, 30, 1, 8 };
  g_autoptr (HotpixAccumulator) sums = made_up_set_accumulate (&small, 25, NULL, NULL);
  g_autoptr (HotpixEvidenceNoise) noise = hotpix_evidence_noise_new (sums, NULL);
  gint32 steps[40 * 30];
  gfloat row[40];
  gdouble expected;

  for (guint y = 0; y < 30; y++)
    hotpix_accumulator_steps_row (sums, y, steps + (gsize) y * 40);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    steps[i] = ABS (steps[i]);
  qsort (steps, G_N_ELEMENTS (steps), sizeof *steps, compare);
  expected = steps[40 * 30 - 1 - 40 * 30 / 100] / (2 * 5.0) / 2.576 + 0.1;
  g_assert_cmpfloat_with_epsilon (hotpix_evidence_noise_median (noise, 0), expected, 1e-5);
  for (guint y = 0; y < 30; y++)
    {
      hotpix_evidence_noise_row (noise, y, row);
      for (guint x = 0; x < 40; x++)
        g_assert_cmpfloat_with_epsilon (row[x], expected, 1e-5);
    }
}

static void
test_local (void)
{
  g_autoptr (HotpixAccumulator) sums
      = made_up_set_accumulate (&shape, 25, keep_lower_third, NULL);
  g_autoptr (HotpixEvidenceNoise) noise = hotpix_evidence_noise_new (sums, NULL);
  gfloat upper[WIDTH], lower[WIDTH], last = 0;

  hotpix_evidence_noise_row (noise, 30, upper);
  hotpix_evidence_noise_row (noise, HEIGHT - 30, lower);
  for (guint x = 0; x < WIDTH; x++)
    g_assert_cmpfloat (lower[x], >, upper[x]);
  g_assert_cmpfloat_with_epsilon (hotpix_evidence_noise_share_above (noise, 2), 1 / 3.0, 0.01);
  g_assert_cmpfloat (hotpix_evidence_noise_share_above (noise, 100), ==, 0);
  /* From the one to the other it goes without a jump, and is never below the median. */
  for (guint y = 0; y < HEIGHT; y++)
    {
      hotpix_evidence_noise_row (noise, y, upper);
      if (y > 0)
        g_assert_cmpfloat (fabsf (upper[100] - last), <, 0.6);
      g_assert_cmpfloat (upper[100], >=, (gfloat) hotpix_evidence_noise_median (noise, 0));
      last = upper[100];
    }
}

static void
test_nothing (void)
{
  const HotpixShape tiny = { 3, 3, 3, 8 };
  g_autoptr (HotpixAccumulator) sums = made_up_set_accumulate (&tiny, 4, NULL, NULL);
  g_autoptr (HotpixEvidenceNoise) noise = hotpix_evidence_noise_new (sums, NULL);

  for (guint channel = 0; channel < 3; channel++)
    g_assert_cmpfloat (hotpix_evidence_noise_median (noise, channel), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evidence-noise/a-block-has-its-99-percent-quantile", test_quantile);
  g_test_add_func ("/evidence-noise/what-stands-still-is-noise-where-it-is", test_local);
  g_test_add_func ("/evidence-noise/no-evidence-is-no-zero-noise", test_nothing);
  return g_test_run ();
}
