/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/evidence-peaks-private.h"
#include "made-up-set.h"

#include <math.h>

/* Each pixel's height, the slow way. */
static gfloat *
all_heights (const HotpixAccumulator *sums, const HotpixEvidenceNoise *noise)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (sums);
  gfloat *heights = g_new0 (gfloat, (gsize) shape->width * shape->height);
  g_autofree gfloat *row = g_new (gfloat, hotpix_shape_row_samples (shape));

  for (guint y = 0; y < shape->height; y++)
    {
      hotpix_evidence_noise_row (noise, y, row);
      for (guint x = 0; x < shape->width; x++)
        for (guint channel = 0; channel < shape->channels; channel++)
          {
            gfloat *height = &heights[(gsize) y * shape->width + x];
            gdouble evidence
                = hotpix_accumulator_evidence_at (sums, HOTPIX_LOOK_ALL, x, y, channel);

            *height
                = MAX (*height, (gfloat) fabs (evidence) / row[x * shape->channels + channel]);
          }
    }
  return heights;
}

/* Every peak is the highest of its square, every pixel that is so is a peak, and they are sorted. */
static void
test_peaks (void)
{
  const HotpixShape shape = { 150, 90, 3, 8 };
  g_autoptr (HotpixAccumulator) sums = made_up_set_accumulate (&shape, 20, NULL, NULL);
  g_autoptr (HotpixEvidenceNoise) noise
      = hotpix_evidence_noise_new (sums, HOTPIX_LOOK_ALL, 1, NULL);
  g_autoptr (HotpixPeaks) peaks
      = hotpix_evidence_peaks_find (sums, HOTPIX_LOOK_ALL, noise, 1, NULL);
  g_autofree gfloat *heights = all_heights (sums, noise);
  guint n_highest = 0, n_ties = 0;

  for (gint y = 0; y < 90; y++)
    for (gint x = 0; x < 150; x++)
      {
        gfloat height = heights[y * 150 + x];
        gboolean highest = height >= 2, tie = FALSE;

        for (gint v = MAX (y - 3, 0); v <= MIN (y + 3, 89); v++)
          for (gint u = MAX (x - 3, 0); u <= MIN (x + 3, 149); u++)
            {
              highest &= heights[v * 150 + u] <= height;
              tie |= (u != x || v != y) && heights[v * 150 + u] == height;
            }
        n_highest += highest;
        n_ties += highest && tie;
      }
  g_assert_cmpuint (peaks->n_peaks, >, 20);
  g_assert_cmpuint (peaks->n_peaks, <=, n_highest);
  g_assert_cmpuint (peaks->n_peaks, >=, n_highest - n_ties);
  for (guint i = 0; i < peaks->n_peaks; i++)
    {
      const HotpixPeak *peak = &peaks->peaks[i];

      g_assert_cmpfloat_with_epsilon (peak->height, heights[peak->y * 150 + peak->x], 1e-4);
      if (i > 0)
        g_assert_cmpfloat (peaks->peaks[i - 1].height, >=, peak->height);
    }
}

/* Peaks of equal height, in plateaus of many shapes: every frame has the same few dots. */
static void
draw_plateaus (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  gsize n = hotpix_shape_row_samples (shape) * shape->height;

  for (gsize i = 0; i < n; i++)
    if (g_rand_int_range (random, 0, 40) == 0)
      samples[i] = 255;
}

static void
test_threads (void)
{
  const HotpixShape shapes[] = {
    { 101, 53, 3, 8 }, { 150, 5, 1, 8 }, { 64, 1, 3, 8 }, { 2, 70, 1, 8 }, { 70, 40, 3, 8 }
  };
  const guint n_threads[] = { 0, 2, 3, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (HotpixAccumulator) sums
          = made_up_set_accumulate (&shapes[i], 30, draw_plateaus, NULL);
      g_autoptr (HotpixEvidenceNoise) noise
          = hotpix_evidence_noise_new (sums, HOTPIX_LOOK_ALL, 1, NULL);
      g_autoptr (HotpixPeaks) one
          = hotpix_evidence_peaks_find (sums, HOTPIX_LOOK_ALL, noise, 1, NULL);

      /* Pictures too small for evidence have none. */
      g_assert_true ((one->n_peaks > 0) == (MIN (shapes[i].width, shapes[i].height) >= 5));
      for (guint k = 0; k < G_N_ELEMENTS (n_threads); k++)
        {
          g_autoptr (HotpixPeaks) several
              = hotpix_evidence_peaks_find (sums, HOTPIX_LOOK_ALL, noise, n_threads[k], NULL);

          g_assert_cmpmem (several->peaks, several->n_peaks * sizeof *several->peaks,
                           one->peaks, one->n_peaks * sizeof *one->peaks);
        }
      for (gsize k = 1; k < one->n_peaks; k++)
        {
          const HotpixPeak *a = &one->peaks[k - 1], *b = &one->peaks[k];

          g_assert_true (
              a->height > b->height
              || (a->height == b->height && (a->y < b->y || (a->y == b->y && a->x < b->x))));
        }
    }
}

/* Peaks whose number falls off with their height just as exp (-h / scale). */
static HotpixPeaks *
make_peaks (const HotpixShape *shape, gdouble once, gdouble scale, guint n_strong)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  HotpixPeaks *peaks = g_new0 (HotpixPeaks, 1);

  for (guint i = 0; i < n_strong; i++)
    {
      HotpixPeak peak = { 100 + 40 * (i % 20), 100 + 40 * (i / 20), 50 };

      g_assert_true (hotpix_peaks_append (peaks, &peak));
    }
  for (guint i = 0; i < 6000; i++)
    {
      HotpixPeak peak = { (guint) g_rand_int_range (random, 0, (gint) shape->width),
                          (guint) g_rand_int_range (random, 0, (gint) shape->height),
                          (gfloat) (once - scale * log (i + 1)) };

      g_assert_true (hotpix_peaks_append (peaks, &peak));
    }
  return peaks;
}

static HotpixPeakChance
chance_of (const HotpixPeaks *peaks, const HotpixShape *shape)
{
  HotpixPeakChance chance;

  g_assert_true (hotpix_evidence_peaks_chance (peaks, shape, &chance, NULL));
  return chance;
}

static void
test_chance (void)
{
  const HotpixShape shape = { 1500, 1000, 3, 8 };

  for (guint n_strong = 0; n_strong <= 300; n_strong += 100)
    {
      g_autoptr (HotpixPeaks) peaks = make_peaks (&shape, 5.5, 0.4, n_strong);
      HotpixPeakChance chance = chance_of (peaks, &shape);

      g_assert_cmpfloat_with_epsilon (chance.scale, 0.4, 0.05);
      g_assert_cmpfloat_with_epsilon (chance.once, 5.5, 0.2);
    }
}

static void
test_small (void)
{
  const HotpixPeaks none = { NULL, 0, 0 };
  HotpixPeakChance small = chance_of (&none, &(HotpixShape){ 100, 100, 1, 8 });
  HotpixPeakChance large = chance_of (&none, &(HotpixShape){ 4000, 3000, 1, 8 });

  g_assert_cmpfloat (small.scale, >, 0);
  g_assert_cmpfloat (small.once, >, 3);
  g_assert_cmpfloat (large.once, >, small.once);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evidence-peaks/the-highest-of-each-square-are-found", test_peaks);
  g_test_add_func ("/evidence-peaks/the-tail-tells-its-own-law-beside-defects", test_chance);
  g_test_add_func ("/evidence-peaks/few-peaks-are-taken-for-ordinary", test_small);
  g_test_add_func ("/evidence-peaks/the-number-of-threads-makes-no-difference", test_threads);
  return g_test_run ();
}
