/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-level.h"
#include "scan/scene-kernel-private.h"

#define MOST 300

static void
test_product (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gint8 a[MOST], b[MOST];

  for (gsize i = 0; i < MOST; i++)
    {
      a[i] = (gint8) g_rand_int_range (random, -128, 128);
      b[i] = (gint8) g_rand_int_range (random, -128, 128);
    }
  for (gsize n = 0; n <= MOST; n++)
    {
      gint64 expected = 0;

      for (gsize i = 0; i < n; i++)
        expected += (gint64) a[i] * b[i];
      g_assert_cmpint (hotpix_scene_kernel_product (a, b, n), ==, expected);
    }
}

/* As many of the largest as are allowed. */
static void
test_most (void)
{
  gsize n = (1 << 17) - 1;
  g_autofree gint8 *least = g_malloc (n);

  for (gsize i = 0; i < n; i++)
    least[i] = -128;
  g_assert_cmpint (hotpix_scene_kernel_product (least, least, n), ==, (gint64) n * 16384);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!kernel_level_is_here (KERNEL_LEVEL))
    return 0;
  g_test_add_func ("/scene-kernel/every-length-equals-the-reference", test_product);
  g_test_add_func ("/scene-kernel/the-most-fit", test_most);
  return g_test_run ();
}
