/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/row-kernel-private.h"
#include "kernel-level.h"

#include <stdlib.h>

/* Lengths on both sides of those of vectors. */
static const guint lengths[] = { 1, 2, 7, 8, 15, 16, 17, 31, 33, 64, 65, 100, 131 };

#define MOST_LENGTH 131
#define MOST_SAMPLES (MOST_LENGTH * 4)
#define REACH HOTPIX_ROW_KERNEL_REACH

static void
fill_steps (gint32 *steps, guint n, GRand *random)
{
  for (guint i = 0; i < n; i++)
    steps[i] = g_rand_int_range (random, -30, 31);
}

/* Of few values, so that many are equal. */
static void
fill_heights (gfloat *heights, guint n, GRand *random)
{
  for (guint i = 0; i < n; i++)
    heights[i] = (gfloat) g_rand_int_range (random, 0, 9) / 2;
}

static void
test_count_above (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
    {
      gint32 steps[MOST_LENGTH], limits[MOST_LENGTH];
      guint32 counts[MOST_LENGTH];

      fill_steps (steps, lengths[k], random);
      for (guint i = 0; i < lengths[k]; i++)
        {
          limits[i] = g_rand_int_range (random, 0, 30);
          counts[i] = i;
        }
      steps[0] = -8 * 16843009;
      limits[0] = 8 * 16843009 - 1;
      hotpix_row_kernel_count_above (counts, steps, limits, lengths[k]);
      for (guint i = 0; i < lengths[k]; i++)
        g_assert_cmpuint (counts[i], ==, i + (abs (steps[i]) > limits[i] ? 1 : 0));
    }
}

static void
test_between (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
    {
      gfloat upper[MOST_LENGTH], lower[MOST_LENGTH], values[MOST_LENGTH];
      gfloat down = (gfloat) g_rand_double (random);

      fill_heights (upper, lengths[k], random);
      fill_heights (lower, lengths[k], random);
      hotpix_row_kernel_between (values, upper, lower, down, lengths[k]);
      for (guint i = 0; i < lengths[k]; i++)
        g_assert_true (values[i] == upper[i] * (1 - down) + lower[i] * down);
      hotpix_row_kernel_between (values, upper, upper, 0, lengths[k]);
      for (guint i = 0; i < lengths[k]; i++)
        g_assert_true (values[i] == upper[i]);
    }
}

static void
test_heights (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint channels = 1; channels <= 3; channels += 2)
    for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
      {
        gint32 steps[MOST_SAMPLES];
        gfloat noise[MOST_SAMPLES], heights[MOST_LENGTH];

        fill_steps (steps, lengths[k] * channels, random);
        for (guint i = 0; i < lengths[k] * channels; i++)
          noise[i] = (gfloat) g_rand_double_range (random, 0.1, 5);
        hotpix_row_kernel_heights (heights, steps, noise, 0.07f, lengths[k], channels);
        for (guint x = 0; x < lengths[k]; x++)
          {
            gfloat expected = 0;

            for (guint i = x * channels; i < (x + 1) * channels; i++)
              {
                gfloat height = (gfloat) abs (steps[i]) * 0.07f / noise[i];

                expected = MAX (expected, height);
              }
            g_assert_true (heights[x] == expected);
          }
      }
}

/* Rows of heights with REACH more on either side. */
typedef gfloat Rows[2 * REACH + 1][MOST_LENGTH + 2 * REACH];

/* That of the middle row. */
static gboolean
is_peak (const Rows heights, guint x, gfloat least)
{
  gfloat height = heights[REACH][REACH + x];

  for (guint v = 0; v <= 2 * REACH; v++)
    for (guint u = x; u <= x + 2 * REACH; u++)
      {
        gboolean is_before = v < REACH || (v == REACH && u < x + REACH);

        if (heights[v][u] > height || (heights[v][u] == height && is_before))
          return FALSE;
      }
  return height >= least;
}

static void
test_peaks (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4);
  guint n_peaks = 0;

  for (guint k = 0; k < 50 * G_N_ELEMENTS (lengths); k++)
    {
      guint n = lengths[k % G_N_ELEMENTS (lengths)];
      Rows heights, widest;
      const gfloat *around[2 * REACH];
      guint8 found[MOST_LENGTH];

      for (guint v = 0; v <= 2 * REACH; v++)
        {
          fill_heights (heights[v], n + 2 * REACH, random);
          hotpix_row_kernel_widest (widest[v], heights[v] + REACH, n);
          for (guint x = 0; x < n; x++)
            {
              gfloat most = 0;

              for (guint u = x; u <= x + 2 * REACH; u++)
                most = MAX (most, heights[v][u]);
              g_assert_true (widest[v][x] == most);
            }
          if (v != REACH)
            around[v < REACH ? v : v - 1] = widest[v];
        }
      /* Else no pixel stands out of so few values, or only the highest. */
      heights[REACH][REACH] = 3.5f + (gfloat) (k % 4) / 2;
      hotpix_row_kernel_peaks (found, heights[REACH] + REACH, around, 4, n);
      for (guint x = 0; x < n; x++)
        {
          g_assert_cmpuint (found[x], ==, is_peak (heights, x, 4));
          n_peaks += found[x];
        }
    }
  g_assert_cmpuint (n_peaks, >, 20);
}

static void
test_beyond (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
    {
      gdouble values[MOST_LENGTH];

      for (guint i = 0; i < lengths[k]; i++)
        values[i] = i % 2 == 0 ? 0.1 : 0.2;
      g_assert_false (hotpix_row_kernel_is_beyond (values, 0.1, 0.2, lengths[k]));
      for (guint i = 0; i < lengths[k]; i++)
        {
          gdouble value = values[i];

          values[i] = 0.099;
          g_assert_true (hotpix_row_kernel_is_beyond (values, 0.1, 0.2, lengths[k]));
          values[i] = 0.201;
          g_assert_true (hotpix_row_kernel_is_beyond (values, 0.1, 0.2, lengths[k]));
          values[i] = value;
        }
    }
}

static void
test_signs (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
    {
      gint32 steps[MOST_LENGTH], signs[MOST_LENGTH] = { 0 }, sums[MOST_LENGTH] = { 0 };
      gint32 all_signs[MOST_LENGTH] = { 0 }, all_sums[MOST_LENGTH] = { 0 };

      for (guint row = 0; row < 3; row++)
        {
          for (guint i = 0; i < lengths[k]; i++)
            {
              steps[i] = g_rand_int_range (random, -2, 3);
              all_signs[i] += steps[i] == 0 ? 0 : steps[i] / ABS (steps[i]);
              all_sums[i] += steps[i];
            }
          hotpix_row_kernel_add_signs (signs, sums, steps, lengths[k]);
        }
      g_assert_cmpmem (signs, lengths[k] * sizeof *signs, all_signs,
                       lengths[k] * sizeof *signs);
      g_assert_cmpmem (sums, lengths[k] * sizeof *sums, all_sums, lengths[k] * sizeof *sums);
    }
}

int
main (int argc, char **argv)
{
  if (!kernel_level_is_here (KERNEL_LEVEL))
    return 0;
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-kernel/steps-above-a-limit-are-counted", test_count_above);
  g_test_add_func ("/row-kernel/a-row-lies-between-two", test_between);
  g_test_add_func ("/row-kernel/a-pixel-is-as-high-as-its-highest-channel", test_heights);
  g_test_add_func ("/row-kernel/a-peak-is-the-first-of-the-highest-around", test_peaks);
  g_test_add_func ("/row-kernel/any-value-beyond-the-limits-is-seen", test_beyond);
  g_test_add_func ("/row-kernel/signs-and-steps-are-added-up", test_signs);
  return g_test_run ();
}
