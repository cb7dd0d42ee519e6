/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/evidence-noise-private.h"
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
  g_autoptr (HotpixEvidenceNoise) noise
      = hotpix_evidence_noise_new (sums, HOTPIX_LOOK_ALL, 1, NULL);
  gint32 steps[40 * 30];
  gfloat row[40];
  gdouble expected;

  for (guint y = 0; y < 30; y++)
    hotpix_accumulator_steps_row (sums, HOTPIX_LOOK_ALL, y, steps + (gsize) y * 40);
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
  g_autoptr (HotpixEvidenceNoise) noise
      = hotpix_evidence_noise_new (sums, HOTPIX_LOOK_ALL, 1, NULL);
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
  g_autoptr (HotpixEvidenceNoise) noise
      = hotpix_evidence_noise_new (sums, HOTPIX_LOOK_ALL, 1, NULL);

  for (guint channel = 0; channel < 3; channel++)
    g_assert_cmpfloat (hotpix_evidence_noise_median (noise, channel), >, 0);
}

#define ODD_WIDTH 101
#define ODD_HEIGHT 203
#define ODD_COLUMNS 3
#define ODD_ROWS 6

/* The noise of one block, by sorting; of the evidence that the steps are. */
static gdouble
block_noise (const HotpixAccumulator *sums, guint column, guint row, guint channel)
{
  gint32 steps[ODD_WIDTH * 3], values[64 * 64];
  guint first = column * ODD_WIDTH / ODD_COLUMNS, end = (column + 1) * ODD_WIDTH / ODD_COLUMNS;
  guint n = 0;

  for (guint y = row * ODD_HEIGHT / ODD_ROWS; y < (row + 1) * ODD_HEIGHT / ODD_ROWS; y++)
    {
      hotpix_accumulator_steps_row (sums, HOTPIX_LOOK_ALL, y, steps);
      for (guint x = first; x < end; x++)
        values[n++] = ABS (steps[x * 3 + channel]);
    }
  qsort (values, n, sizeof *values, compare);
  return values[n - 1 - n / 100] / hotpix_accumulator_steps_of_evidence (sums, HOTPIX_LOOK_ALL)
             / 2.576
         + 0.1;
}

/* The lower third of the rows gives the most evidence there is: black or white dots that stay. */
static void
dot_lower_third (guint8 *samples, const HotpixShape *of, guint number, gconstpointer data)
{
  for (guint y = ODD_HEIGHT * 2 / 3; y < ODD_HEIGHT; y++)
    for (guint x = 0; x < ODD_WIDTH * 3; x++)
      samples[y * ODD_WIDTH * 3 + x] = (x / 3 + y) % 5 == 0 ? 255 : 0;
}

/* In the middle of the first, of the last and of other blocks of 33 or 34 pixels the noise is that of
 * the block, or the median. */
static void
test_blocks (void)
{
  const HotpixShape odd = { ODD_WIDTH, ODD_HEIGHT, 3, 8 };
  g_autoptr (HotpixAccumulator) sums = made_up_set_accumulate (&odd, 9, dot_lower_third, NULL);
  g_autoptr (HotpixEvidenceNoise) noise
      = hotpix_evidence_noise_new (sums, HOTPIX_LOOK_ALL, 1, NULL);
  gfloat values[ODD_WIDTH * 3];

  for (guint row = 0; row < ODD_ROWS; row++)
    {
      guint y = (2 * row + 1) * ODD_HEIGHT / (2 * ODD_ROWS);

      hotpix_evidence_noise_row (noise, y, values);
      for (guint column = 0; column < ODD_COLUMNS; column++)
        for (guint channel = 0; channel < 3; channel++)
          {
            guint x = (2 * column + 1) * ODD_WIDTH / (2 * ODD_COLUMNS);
            gdouble expected = MAX (block_noise (sums, column, row, channel),
                                    hotpix_evidence_noise_median (noise, channel));

            /* The middle is up to half a pixel off. */
            g_assert_cmpfloat_with_epsilon (values[x * 3 + channel], expected, 0.03 * expected);
          }
    }
}

static void
test_threads (void)
{
  const HotpixShape shapes[] = {
    { ODD_WIDTH, ODD_HEIGHT, 3, 8 }, { 70, 1, 3, 8 }, { 1, 300, 1, 8 }, { 90, 99, 3, 16 }
  };
  const guint n_threads[] = { 0, 2, 3, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (HotpixAccumulator) sums = made_up_set_accumulate (&shapes[i], 9, NULL, NULL);
      g_autoptr (HotpixEvidenceNoise) one
          = hotpix_evidence_noise_new (sums, HOTPIX_LOOK_ALL, 1, NULL);
      gsize n = hotpix_shape_row_samples (&shapes[i]);
      g_autofree gfloat *expected = g_new (gfloat, n);
      g_autofree gfloat *values = g_new (gfloat, n);

      for (guint k = 0; k < G_N_ELEMENTS (n_threads); k++)
        {
          g_autoptr (HotpixEvidenceNoise) several
              = hotpix_evidence_noise_new (sums, HOTPIX_LOOK_ALL, n_threads[k], NULL);

          for (guint y = 0; y < shapes[i].height; y++)
            {
              hotpix_evidence_noise_row (one, y, expected);
              hotpix_evidence_noise_row (several, y, values);
              g_assert_cmpmem (values, n * sizeof *values, expected, n * sizeof *expected);
            }
          for (guint channel = 0; channel < shapes[i].channels; channel++)
            g_assert_true (hotpix_evidence_noise_median (several, channel)
                           == hotpix_evidence_noise_median (one, channel));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evidence-noise/a-block-has-its-99-percent-quantile", test_quantile);
  g_test_add_func ("/evidence-noise/what-stands-still-is-noise-where-it-is", test_local);
  g_test_add_func ("/evidence-noise/no-evidence-is-no-zero-noise", test_nothing);
  g_test_add_func ("/evidence-noise/each-block-has-its-own-in-its-middle", test_blocks);
  g_test_add_func ("/evidence-noise/the-number-of-threads-makes-no-difference", test_threads);
  return g_test_run ();
}
