/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/block-transform-private.h"

#include <math.h>

#define SIDE HOTPIX_BLOCK_SIDE

/* ITU-R T.81, A.3.3, as it stands there. */
static gdouble
coefficient_of (HotpixBlock samples, guint u, guint v)
{
  gdouble sum = 0;

  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      sum += samples[y][x] * cos ((2 * x + 1) * u * G_PI / 16)
             * cos ((2 * y + 1) * v * G_PI / 16);
  return sum / 4 * (u == 0 ? G_SQRT2 / 2 : 1) * (v == 0 ? G_SQRT2 / 2 : 1);
}

static void
test_there_and_back (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  HotpixBlock samples, coefficients, again;

  for (guint i = 0; i < SIDE * SIDE; i++)
    samples[i / SIDE][i % SIDE] = i % 3 == 0 ? 0 : g_rand_double_range (random, -128, 127);
  hotpix_block_to_coefficients (samples, coefficients);
  hotpix_block_to_samples (coefficients, again);
  for (guint i = 0; i < SIDE * SIDE; i++)
    {
      g_assert_cmpfloat_with_epsilon (coefficients[i / SIDE][i % SIDE],
                                      coefficient_of (samples, i % SIDE, i / SIDE), 1e-9);
      g_assert_cmpfloat_with_epsilon (again[i / SIDE][i % SIDE], samples[i / SIDE][i % SIDE],
                                      1e-9);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/block-transform/coefficients-are-the-standard's-and-lead-back",
                   test_there_and_back);
  return g_test_run ();
}
