/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sums/variance-sums-private.h"

/* Numbers of frames on either side of where sums get wider, and their bits. */
static const struct
{
  guint bits, n_frames, room;
} widths[] = { { 8, 257, 257 },
               { 8, 258, 66051 },
               { 8, 66051, 66051 },
               { 8, 66052, 16843009 },
               { 16, 2, 65537 } };

static void
test_room (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (HotpixVarianceSums) sums = hotpix_variance_sums_new (
          &(HotpixShape){ 3, 1, 1, widths[i].bits }, widths[i].n_frames);

      g_assert_cmpuint (hotpix_variance_sums_get_room (sums), ==, widths[i].room);
    }
}

static void
add_some (HotpixVarianceSums *sums, guint bits)
{
  const guint8 narrow[2][3] = { { 0, 7, 255 }, { 0, 9, 1 } };
  const guint16 wide[2][3] = { { 0, 7, 255 }, { 0, 9, 1 } };
  gconstpointer frames_u8[] = { narrow[0], narrow[1] }, frames_u16[] = { wide[0], wide[1] };

  hotpix_variance_sums_add (sums, 1, bits == 8 ? frames_u8 : frames_u16, 2, 3);
}

static void
assert_sums (const HotpixVarianceSums *sums, guint times)
{
  const guint64 expected[5] = { 0, 0, 16, 256, 0 }, squares[5] = { 0, 0, 130, 65026, 0 };

  for (gsize i = 0; i < 5; i++)
    {
      g_assert_cmpuint (hotpix_variance_sums_sum (sums, i), ==, times * expected[i]);
      g_assert_cmpuint (hotpix_variance_sums_squares (sums, i), ==, times * squares[i]);
    }
}

static void
test_add (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      guint bits = widths[i].bits;
      g_autoptr (HotpixVarianceSums) sums
          = hotpix_variance_sums_new (&(HotpixShape){ 5, 1, 1, bits }, widths[i].n_frames);
      const guint8 narrow[3] = { 0, 9, 1 };
      const guint16 wide[3] = { 0, 9, 1 };

      assert_sums (sums, 0);
      add_some (sums, bits);
      assert_sums (sums, 1);
      hotpix_variance_sums_subtract (sums, 1, bits == 8 ? (gconstpointer) narrow : wide, 3);
      g_assert_cmpuint (hotpix_variance_sums_sum (sums, 2), ==, 7);
      g_assert_cmpuint (hotpix_variance_sums_squares (sums, 2), ==, 49);
      g_assert_cmpuint (hotpix_variance_sums_squares (sums, 3), ==, 65025);
    }
}

static void
test_values (void)
{
  const guint whites[] = { 255, 255, 255, 255, 65535 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (HotpixVarianceSums) sums = hotpix_variance_sums_new (
          &(HotpixShape){ 5, 1, 1, widths[i].bits }, widths[i].n_frames);
      gdouble mean[2], variance[2], white = whites[i];

      add_some (sums, widths[i].bits);
      hotpix_variance_sums_mean (sums, 2, 2, mean, 2);
      hotpix_variance_sums_variance (sums, 2, 2, variance, 2);
      g_assert_cmpfloat_with_epsilon (mean[0], 8 / white, 1e-15);
      g_assert_cmpfloat_with_epsilon (mean[1], 128 / white, 1e-15);
      g_assert_cmpfloat_with_epsilon (variance[0], 1 / (white * white), 1e-15);
      g_assert_cmpfloat_with_epsilon (variance[1], 127 * 127 / (white * white), 1e-15);
    }
}

/* Of every width into every one that is no narrower. */
static void
test_merge (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    for (gsize k = i; k < G_N_ELEMENTS (widths) && widths[k].bits == widths[i].bits; k++)
      {
        g_autoptr (HotpixVarianceSums) sums = hotpix_variance_sums_new (
            &(HotpixShape){ 5, 1, 1, widths[i].bits }, widths[i].n_frames);
        g_autoptr (HotpixVarianceSums) others = hotpix_variance_sums_new (
            &(HotpixShape){ 5, 1, 1, widths[k].bits }, widths[k].n_frames);

        add_some (sums, widths[i].bits);
        g_assert_cmpuint (hotpix_variance_sums_get_room (others), >=, widths[k].n_frames);
        hotpix_variance_sums_merge (others, sums);
        assert_sums (others, 1);
        hotpix_variance_sums_merge (others, sums);
        assert_sums (others, 2);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/variance-sums/there-is-room-for-as-many-frames-as-fit", test_room);
  g_test_add_func ("/variance-sums/every-width-adds-and-subtracts-alike", test_add);
  g_test_add_func ("/variance-sums/mean-and-variance-are-as-worked-out-by-hand", test_values);
  g_test_add_func ("/variance-sums/narrower-sums-merge-into-wider-ones", test_merge);
  return g_test_run ();
}
