/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sum-kernel.h"

/* The readable reference: what the kernels must equal, sample by sample. */
static void
reference_add (guint64 *sum, guint64 *square, guint sample)
{
  *sum += sample;
  *square += (guint64) sample * sample;
}

#define MOST_FRAMES 21
#define MOST_SAMPLES 131 /* no multiple of any vector's length */

static void
test_add_u8 (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint n_frames = 0; n_frames <= MOST_FRAMES; n_frames++)
    for (gsize n = 0; n <= MOST_SAMPLES; n += 13)
      {
        guint8 samples[MOST_FRAMES][MOST_SAMPLES];
        const guint8 *frames[MOST_FRAMES];
        guint32 sums[MOST_SAMPLES + 1], products[MOST_SAMPLES + 1];

        for (guint k = 0; k < MOST_FRAMES; k++)
          {
            frames[k] = samples[k];
            for (gsize i = 0; i < MOST_SAMPLES; i++)
              samples[k][i] = i == 0 ? 255 : (guint8) g_rand_int_range (random, 0, 256);
          }
        for (gsize i = 0; i <= MOST_SAMPLES; i++)
          {
            sums[i] = 7;
            products[i] = 7 * 254; /* sevens that stand for squares of 7 */
          }
        hotpix_sum_kernel_add_u8 (sums, products, frames, n_frames, n);
        for (gsize i = 0; i <= MOST_SAMPLES; i++)
          {
            guint64 sum = 7, square = 7;

            for (guint k = 0; k < n_frames && i < n; k++)
              reference_add (&sum, &square, samples[k][i]);
            g_assert_cmpuint (sums[i], ==, sum);
            g_assert_cmpuint (hotpix_sum_kernel_squares (sums[i], products[i]), ==, square);
          }
      }
}

static void
test_subtract_u8 (void)
{
  guint8 samples[256];
  const guint8 *frame = samples;
  guint32 sums[256] = { 0 }, products[256] = { 0 };

  for (guint i = 0; i < 256; i++)
    samples[i] = (guint8) i;
  sums[0] = products[0] = G_MAXUINT32;
  hotpix_sum_kernel_add_u8 (sums, products, &frame, 1, 256);
  hotpix_sum_kernel_subtract_u8 (sums, products, samples, 256);
  for (guint i = 0; i < 256; i++)
    {
      g_assert_cmpuint (sums[i], ==, i == 0 ? G_MAXUINT32 : 0);
      g_assert_cmpuint (products[i], ==, i == 0 ? G_MAXUINT32 : 0);
    }
}

/* Against integers, up to the most frames whose squares fit. */
static void
test_variance_u8 (void)
{
  const guint n_frames[] = { 1, 2, 7, 50, 4801, 66051 };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (gsize k = 0; k < G_N_ELEMENTS (n_frames); k++)
    for (guint turn = 0; turn < 2000; turn++)
      {
        guint64 n = n_frames[k], n_white = (guint64) g_rand_int_range (random, 0, (gint) n + 1);
        guint64 level = (guint64) g_rand_int_range (random, 0, 256);
        /* Some frames are white, and the others of one level. */
        guint64 sum = n_white * 255 + (n - n_white) * level;
        guint64 square = n_white * 65025 + (n - n_white) * level * level;
        guint32 sums = (guint32) sum;
        guint32 products = hotpix_sum_kernel_products (sums, (guint32) square);
        gdouble variance, full = (gdouble) (n * 255);

        hotpix_sum_kernel_variance_u8 (&variance, &sums, &products, n_frames[k], 1);
        g_assert_cmpfloat (variance, ==, (gdouble) (n * square - sum * sum) / (full * full));
      }
}

static void
test_u16 (void)
{
  const guint16 samples[] = { 0, 1, 255, 256, 46341, 65535, 65534 };
  guint32 sums[G_N_ELEMENTS (samples)] = { 0 };
  guint64 squares[G_N_ELEMENTS (samples)] = { 0 };

  for (guint k = 0; k < 3; k++)
    hotpix_sum_kernel_add_u16 (sums, squares, samples, G_N_ELEMENTS (samples));
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      guint64 sum = 0, square = 0;

      for (guint k = 0; k < 3; k++)
        reference_add (&sum, &square, samples[i]);
      g_assert_cmpuint (sums[i], ==, sum);
      g_assert_cmpuint (squares[i], ==, square);
    }
  for (guint k = 0; k < 3; k++)
    hotpix_sum_kernel_subtract_u16 (sums, squares, samples, G_N_ELEMENTS (samples));
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    g_assert_cmpuint (sums[i] + squares[i], ==, 0);
}

static void
test_widen (void)
{
  guint8 samples[256];
  guint16 wide[256];

  for (guint i = 0; i < 256; i++)
    samples[i] = (guint8) i;
  hotpix_sum_kernel_widen (wide, samples, 257, 256);
  for (guint i = 0; i < 256; i++)
    g_assert_cmpuint (wide[i] * 255u, ==, i * 65535u);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sum-kernel/adding-several-8-bit-frames-equals-the-reference", test_add_u8);
  g_test_add_func ("/sum-kernel/subtracting-undoes-adding-even-beyond-the-range",
                   test_subtract_u8);
  g_test_add_func ("/sum-kernel/variances-of-8-bits-are-those-of-integers", test_variance_u8);
  g_test_add_func ("/sum-kernel/16-bit-frames-equal-the-reference-both-ways", test_u16);
  g_test_add_func ("/sum-kernel/widening-keeps-the-share-of-full-white", test_widen);
  return g_test_run ();
}
