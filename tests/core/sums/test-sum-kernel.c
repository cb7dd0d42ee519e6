/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-level.h"
#include "sums/sum-kernel-private.h"

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
        guint16 narrow_sums[MOST_SAMPLES + 1];
        guint32 narrow_products[MOST_SAMPLES + 1];

        for (guint k = 0; k < MOST_FRAMES; k++)
          {
            frames[k] = samples[k];
            for (gsize i = 0; i < MOST_SAMPLES; i++)
              samples[k][i] = i == 0 ? 255 : (guint8) g_rand_int_range (random, 0, 256);
          }
        for (gsize i = 0; i <= MOST_SAMPLES; i++)
          {
            sums[i] = narrow_sums[i] = 7;
            /* Sevens that stand for squares of 7. */
            products[i] = narrow_products[i] = 7 * 254;
          }
        hotpix_sum_kernel_add_u8 (sums, products, frames, n_frames, n);
        hotpix_sum_kernel_add_u8_narrow (narrow_sums, narrow_products, frames, n_frames, n);
        for (gsize i = 0; i <= MOST_SAMPLES; i++)
          {
            guint64 sum = 7, square = 7;

            for (guint k = 0; k < n_frames && i < n; k++)
              reference_add (&sum, &square, samples[k][i]);
            g_assert_cmpuint (sums[i], ==, sum);
            g_assert_cmpuint (hotpix_sum_kernel_squares (sums[i], products[i]), ==, square);
            g_assert_cmpuint (narrow_sums[i], ==, sum);
            g_assert_cmpuint (narrow_products[i], ==, products[i]);
          }
      }
}

/* As many white frames as fit narrow sums, and more in one call than do. */
static void
test_many_u8 (void)
{
  const guint8 white = 255;
  const guint n_frames = 3 * HOTPIX_SUM_KERNEL_NARROW_FRAMES + 1;
  g_autofree const guint8 **frames = g_new (const guint8 *, n_frames);
  guint16 narrow_sum = 0;
  guint32 sum = 0, products = 0;

  for (guint k = 0; k < n_frames; k++)
    frames[k] = &white;
  hotpix_sum_kernel_add_u8_narrow (&narrow_sum, &products, frames,
                                   HOTPIX_SUM_KERNEL_NARROW_FRAMES, 1);
  g_assert_cmpuint (narrow_sum, ==, 255 * HOTPIX_SUM_KERNEL_NARROW_FRAMES);
  hotpix_sum_kernel_add_u8 (&sum, &products, frames, n_frames, 1);
  g_assert_cmpuint (sum, ==, 255 * n_frames);
  g_assert_cmpuint (products, ==, 0);
}

static void
test_subtract_u8 (void)
{
  guint8 samples[256];
  const guint8 *frame = samples;
  guint16 narrow_sums[256] = { 0 };
  guint32 sums[256] = { 0 }, products[256] = { 0 };

  for (guint i = 0; i < 256; i++)
    samples[i] = (guint8) i;
  sums[1] = products[1] = G_MAXUINT32;
  narrow_sums[1] = G_MAXUINT16;
  hotpix_sum_kernel_add_u8 (sums, products, &frame, 1, 256);
  hotpix_sum_kernel_subtract_u8 (sums, products, samples, 256);
  hotpix_sum_kernel_add_u8_narrow (narrow_sums, products, &frame, 1, 256);
  hotpix_sum_kernel_subtract_u8_narrow (narrow_sums, products, samples, 256);
  for (guint i = 0; i < 256; i++)
    {
      g_assert_cmpuint (sums[i], ==, i == 1 ? G_MAXUINT32 : 0);
      g_assert_cmpuint (narrow_sums[i], ==, i == 1 ? G_MAXUINT16 : 0);
      g_assert_cmpuint (products[i], ==, i == 1 ? G_MAXUINT32 : 0);
    }
}

/* Against integers, up to the most frames whose squares fit. */
static void
test_variance_u8 (void)
{
  const guint n_frames[] = { 1, 2, 7, 50, 257, 4801, 66051 };
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
        if (n <= HOTPIX_SUM_KERNEL_NARROW_FRAMES)
          {
            guint16 narrow_sums = (guint16) sum;
            gdouble narrow_variance;

            hotpix_sum_kernel_variance_u8_narrow (&narrow_variance, &narrow_sums, &products,
                                                  n_frames[k], 1);
            g_assert_cmpfloat (narrow_variance, ==, variance);
          }
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
  if (!kernel_level_is_here (KERNEL_LEVEL))
    return 0;
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sum-kernel/adding-several-8-bit-frames-equals-the-reference", test_add_u8);
  g_test_add_func ("/sum-kernel/as-many-white-frames-as-fit-add-up", test_many_u8);
  g_test_add_func ("/sum-kernel/subtracting-undoes-adding-even-beyond-the-range",
                   test_subtract_u8);
  g_test_add_func ("/sum-kernel/variances-of-8-bits-are-those-of-integers", test_variance_u8);
  g_test_add_func ("/sum-kernel/16-bit-frames-equal-the-reference-both-ways", test_u16);
  g_test_add_func ("/sum-kernel/widening-keeps-the-share-of-full-white", test_widen);
  return g_test_run ();
}
