/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence-reference.h"
#include "kernel-level.h"
#include "sums/evidence-kernel-private.h"

#include <stdlib.h>
#include <string.h>

#define MOST_WIDTH 41 /* no multiple of any vector's length */
#define MOST_SAMPLES (4 * MOST_WIDTH)

typedef struct
{
  guint8 narrow[3][MOST_SAMPLES];
  guint16 wide[3][MOST_SAMPLES];
} Rows;

/* Samples from a few levels or from all: flat places, textures and the extremes. */
static void
fill_rows (Rows *rows, GRand *random, guint range)
{
  guint base = (guint) g_rand_int_range (random, 0, (gint) (256 - range + 1));

  for (guint y = 0; y < 3; y++)
    for (guint i = 0; i < MOST_SAMPLES; i++)
      {
        rows->narrow[y][i] = (guint8) (base + g_rand_int_range (random, 0, (gint) range));
        if (g_rand_int_range (random, 0, 20) == 0)
          rows->narrow[y][i] = g_rand_boolean (random) ? 255 : 0;
        rows->wide[y][i] = (guint16) g_rand_int_range (random, 0, 65536);
      }
}

/* The reference's ring, its columns mirrored at the edges. */
static gint
expected_steps (const Rows *rows, gboolean is_wide, guint x, guint width, guint channel,
                guint channels)
{
  guint left = x < 2 ? x + 2 : x - 2, right = x + 2 < width ? x + 2 : x - 2;
  const guint columns[3] = { left, x, right };
  guint ring[8], sample = 0, n = 0;

  for (guint y = 0; y < 3; y++)
    for (guint k = 0; k < 3; k++)
      {
        guint i = columns[k] * channels + channel;
        guint value = is_wide ? rows->wide[y][i] : rows->narrow[y][i];

        if (y == 1 && k == 1)
          sample = value;
        else
          ring[n++] = value;
      }
  return evidence_reference_steps (sample, ring, is_wide ? 65535 : 255);
}

static void
assert_rows (const Rows *rows, guint width, guint channels)
{
  gint8 narrow[MOST_SAMPLES] = { 0 }, wide[MOST_SAMPLES] = { 0 };

  hotpix_evidence_kernel_steps_u8 (narrow, rows->narrow[0], rows->narrow[1], rows->narrow[2],
                                   width, channels);
  hotpix_evidence_kernel_steps_u16 (wide, rows->wide[0], rows->wide[1], rows->wide[2], width,
                                    channels);
  for (guint x = 0; x < width; x++)
    for (guint channel = 0; channel < channels; channel++)
      {
        guint i = x * channels + channel;

        g_assert_cmpint (narrow[i], ==,
                         expected_steps (rows, FALSE, x, width, channel, channels));
        g_assert_cmpint (wide[i], ==, expected_steps (rows, TRUE, x, width, channel, channels));
      }
}

static void
test_reference (void)
{
  const guint ranges[] = { 1, 2, 5, 20, 100, 256 };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  Rows rows;

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (guint channels = 1; channels <= 3; channels += 2)
      for (guint width = HOTPIX_EVIDENCE_MIN_SIZE; width <= MOST_WIDTH; width++)
        {
          fill_rows (&rows, random, ranges[i]);
          assert_rows (&rows, width, channels);
        }
}

/* The reference itself, against steps worked out by hand: a ring of 10 … 17 has the median 13.5
 * and the spread 7, so z = (x - 13.5) / 5.5. */
static void
test_by_hand (void)
{
  const struct
  {
    guint sample;
    gint steps;
  } cases[] = { { 13, 0 }, { 16, 0 },  { 17, 1 },  { 19, 2 }, { 35, 7 },
                { 36, 8 }, { 255, 8 }, { 10, -1 }, { 0, -4 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint ring[8] = { 17, 10, 16, 11, 15, 12, 14, 13 };

      g_assert_cmpint (evidence_reference_steps (cases[i].sample, ring, 255), ==,
                       cases[i].steps);
    }
}

/* Samples against medians and spreads from all over the range: pixel 2 of five, whose ring is r0, three of
 * r3, three of r4 and r7. */
static void
test_every_value (void)
{
  for (guint low = 0; low < 256; low += 9)
    for (guint high = low; high < 256; high = high + 1 + high % 4)
      for (guint middle = low; middle <= high; middle++)
        for (guint next = middle; next <= MIN (high, middle + 1); next++)
          for (guint sample = 0; sample < 256; sample = sample < 64 ? sample + 1 : sample + 3)
            {
              guint8 above[5] = { (guint8) low, 0, (guint8) middle, 0, (guint8) middle };
              guint8 centre[5] = { (guint8) middle, 0, (guint8) sample, 0, (guint8) next };
              guint8 below[5] = { (guint8) next, 0, (guint8) next, 0, (guint8) high };
              guint twice = 2 * sample, sum = middle + next;
              guint off = 2 * (twice > sum ? twice - sum : sum - twice);
              gint steps = (gint) MIN (8, off / (4 + high - low));
              gint8 row[5] = { 0 };

              hotpix_evidence_kernel_steps_u8 (row, above, centre, below, 5, 1);
              if (row[2] != (twice > sum ? steps : -steps))
                g_error ("%u in %u %u %u %u: %d", sample, low, middle, next, high, row[2]);
            }
}

static void
test_adds_up (void)
{
  const guint8 dark[5] = { 0 }, bright[5] = { 0, 0, 255, 0, 0 };
  gint8 row[5] = { 0 };

  for (guint k = 0; k < HOTPIX_EVIDENCE_FRAMES; k++)
    hotpix_evidence_kernel_steps_u8 (row, dark, bright, dark, 5, 1);
  g_assert_cmpint (row[2], ==, HOTPIX_EVIDENCE_FRAMES * HOTPIX_EVIDENCE_MAX_STEPS);
}

static void
test_widened (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  gint8 narrow[MOST_SAMPLES], wide[MOST_SAMPLES];
  Rows rows;

  for (guint turn = 0; turn < 200; turn++)
    {
      fill_rows (&rows, random, 1 + turn);
      for (guint y = 0; y < 3; y++)
        for (guint i = 0; i < MOST_SAMPLES; i++)
          rows.wide[y][i] = (guint16) (257 * rows.narrow[y][i]);
      memset (narrow, 0, sizeof narrow);
      memset (wide, 0, sizeof wide);
      hotpix_evidence_kernel_steps_u8 (narrow, rows.narrow[0], rows.narrow[1], rows.narrow[2],
                                       MOST_WIDTH, 3);
      hotpix_evidence_kernel_steps_u16 (wide, rows.wide[0], rows.wide[1], rows.wide[2],
                                        MOST_WIDTH, 3);
      g_assert_cmpmem (narrow, 3 * MOST_WIDTH, wide, 3 * MOST_WIDTH);
    }
}

static void
test_add_and_subtract (void)
{
  gint8 steps[17];
  gint32 sums[17], widened[17];
  gint16 narrow_sums[17];

  for (gint i = 0; i < 17; i++)
    {
      steps[i] = (gint8) (i - 8);
      sums[i] = 1000 - 150 * i;
      narrow_sums[i] = (gint16) sums[i];
    }
  hotpix_evidence_kernel_add (sums, steps, 17);
  hotpix_evidence_kernel_add_narrow (narrow_sums, steps, 17);
  hotpix_evidence_kernel_widen (widened, narrow_sums, 17);
  for (gint i = 0; i < 17; i++)
    {
      g_assert_cmpint (sums[i], ==, 1000 - 150 * i + i - 8);
      g_assert_cmpint (widened[i], ==, sums[i]);
    }
  hotpix_evidence_kernel_subtract (sums, steps, 17);
  hotpix_evidence_kernel_subtract_narrow (narrow_sums, steps, 17);
  for (gint i = 0; i < 17; i++)
    {
      g_assert_cmpint (sums[i], ==, 1000 - 150 * i);
      g_assert_cmpint (narrow_sums[i], ==, sums[i]);
    }
}

int
main (int argc, char **argv)
{
  if (!kernel_level_is_here (KERNEL_LEVEL))
    return 0;
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evidence-kernel/the-reference-does-as-worked-out-by-hand", test_by_hand);
  g_test_add_func ("/evidence-kernel/steps-equal-the-reference-at-every-width", test_reference);
  g_test_add_func ("/evidence-kernel/all-over-the-range-steps-are-as-the-formula-says",
                   test_every_value);
  g_test_add_func ("/evidence-kernel/steps-of-as-many-frames-as-fit-add-up", test_adds_up);
  g_test_add_func ("/evidence-kernel/widened-samples-give-the-same-steps", test_widened);
  g_test_add_func ("/evidence-kernel/subtracting-undoes-adding", test_add_and_subtract);
  return g_test_run ();
}
