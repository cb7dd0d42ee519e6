/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/shape.h"

static void
test_packed (void)
{
  for (guint channels = 1; channels <= 3; channels += 2)
    {
      const HotpixShape eight = { 7, 3, channels, 8 }, sixteen = { 7, 3, channels, 16 };

      g_assert_cmpuint (hotpix_shape_row_samples (&eight), ==, 7 * channels);
      g_assert_cmpuint (hotpix_shape_row_bytes (&eight), ==, 7 * channels);
      g_assert_cmpuint (hotpix_shape_row_samples (&sixteen), ==, 7 * channels);
      g_assert_cmpuint (hotpix_shape_row_bytes (&sixteen), ==, 14 * channels);
    }
}

static void
test_widest (void)
{
  const HotpixShape widest = { G_MAXUINT, 1, 3, 16 };

  g_assert_cmpuint (hotpix_shape_row_samples (&widest), ==, (guint64) G_MAXUINT * 3);
  g_assert_cmpuint (hotpix_shape_row_bytes (&widest), ==, (guint64) G_MAXUINT * 6);
}

static void
test_white (void)
{
  const HotpixShape eight = { 1, 1, 1, 8 }, sixteen = { 1, 1, 1, 16 };

  g_assert_cmpuint (hotpix_shape_white (&eight), ==, G_MAXUINT8);
  g_assert_cmpuint (hotpix_shape_white (&sixteen), ==, G_MAXUINT16);
}

static void
test_channels (void)
{
  const HotpixShape grey = { 1, 1, 1, 8 }, colour = { 1, 1, 3, 8 };

  g_assert_cmpstr (hotpix_shape_channel_name (&grey, 0), ==, "grey");
  g_assert_cmpstr (hotpix_shape_channel_name (&colour, 0), ==, "R");
  g_assert_cmpstr (hotpix_shape_channel_name (&colour, 1), ==, "G");
  g_assert_cmpstr (hotpix_shape_channel_name (&colour, 2), ==, "B");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shape/rows-are-packed", test_packed);
  g_test_add_func ("/shape/the-widest-row-can-be-counted", test_widest);
  g_test_add_func ("/shape/full-white-is-all-bits", test_white);
  g_test_add_func ("/shape/channels-have-the-names-of-their-colours", test_channels);
  return g_test_run ();
}
