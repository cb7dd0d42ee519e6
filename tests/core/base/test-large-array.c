/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/large-array-private.h"

/* Sizes below, at and above a huge page: every byte is there, zero, and can be written. */
static void
test_sizes (void)
{
  const gsize huge = (gsize) 2 << 20;
  const gsize sizes[] = { 1, 4096, huge - 1, huge, huge + 1, 3 * huge - 5, 8 * huge };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint8 *array = hotpix_large_array_new (sizes[i]);
      gsize n_set = 0;

      g_assert_nonnull (array);
      g_assert_cmpuint ((gsize) array % sizeof (gpointer), ==, 0);
      for (gsize k = 0; k < sizes[i]; k++)
        {
          n_set += array[k] != 0;
          array[k] = 1;
        }
      g_assert_cmpuint (n_set, ==, 0);
      hotpix_large_array_free (array, sizes[i]);
    }
  hotpix_large_array_free (NULL, huge);
}

static void
test_too_large (void)
{
  g_assert_null (hotpix_large_array_new (G_MAXSIZE));
  g_assert_null (hotpix_large_array_new (G_MAXSIZE / 2));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/large-array/any-size-is-zeroed-and-can-be-written", test_sizes);
  g_test_add_func ("/large-array/what-cannot-be-had-is-null", test_too_large);
  return g_test_run ();
}
