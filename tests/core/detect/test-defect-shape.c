/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/defect-shape-private.h"

#include <math.h>

/* Sums of two frames, so that the mean and the variance at a place are what is wanted there: the
 * frames hold mean - deviation and mean + deviation. */
typedef guint (*Level) (guint x, guint y);

#define WIDTH 21
#define HEIGHT 17

static HotpixAccumulator *
make_sums (Level mean, Level deviation)
{
  const HotpixShape shape = { WIDTH, HEIGHT, 1, 8 };
  HotpixAccumulator *accumulator
      = hotpix_accumulator_new (&shape, HOTPIX_SUMS_VARIANCE, 2, NULL);

  for (guint k = 0; k < 2; k++)
    {
      guint8 samples[WIDTH * HEIGHT];
      gconstpointer frame = samples;

      for (guint y = 0; y < HEIGHT; y++)
        for (guint x = 0; x < WIDTH; x++)
          samples[y * WIDTH + x] = (guint8) (k == 0 ? mean (x, y) - deviation (x, y)
                                                    : mean (x, y) + deviation (x, y));
      hotpix_accumulator_add_rows (accumulator, 0, HEIGHT, &frame, 1);
    }
  hotpix_accumulator_count_frames (accumulator, 2);
  return accumulator;
}

static guint
ten (guint x, guint y)
{
  return 10;
}

static guint
slope_with_spot (guint x, guint y)
{
  return 40 + 3 * x + 2 * y + (x == 10 && y == 8 ? 50 : 0);
}

static void
test_around (void)
{
  g_autoptr (HotpixAccumulator) sums = make_sums (slope_with_spot, ten);

  g_assert_cmpfloat_with_epsilon (hotpix_defect_shape_around (sums, 10, 8, 0),
                                  (40 + 30 + 16) / 255.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (hotpix_defect_shape_around (sums, 4, 11, 0),
                                  (40 + 12 + 22) / 255.0, 1e-9);
}

static guint
corner_spot (guint x, guint y)
{
  return x == 0 && y == 0 ? 200 : 100;
}

static void
test_at_the_edge (void)
{
  g_autoptr (HotpixAccumulator) sums = make_sums (corner_spot, ten);

  g_assert_cmpfloat_with_epsilon (hotpix_defect_shape_around (sums, 0, 0, 0), 100 / 255.0,
                                  1e-9);
  g_assert_cmpfloat (hotpix_defect_shape_edge_share (sums, 0, 0, 0), ==, 0);
  g_assert_cmpfloat (hotpix_defect_shape_speck_share (sums, 0, 0, 0), ==, 0);
}

static void
test_photosite (void)
{
  g_autoptr (HotpixAccumulator) sums = make_sums (slope_with_spot, ten);

  g_assert_cmpfloat (hotpix_defect_shape_edge_share (sums, 10, 8, 0), ==, 0);
  g_assert_cmpfloat (hotpix_defect_shape_speck_share (sums, 10, 8, 0), ==, 0);
}

static guint
corner (guint x, guint y)
{
  return x >= 10 && y >= 8 ? 200 : 50;
}

static guint
speck (guint x, guint y)
{
  gdouble distance = hypot (x - 10.0, y - 8.0);

  return (guint) (200 - 100 * exp (-distance * distance / 18));
}

static void
test_no_photosite (void)
{
  g_autoptr (HotpixAccumulator) cornered = make_sums (corner, ten);
  g_autoptr (HotpixAccumulator) specked = make_sums (speck, ten);

  g_assert_cmpfloat (hotpix_defect_shape_edge_share (cornered, 10, 8, 0), ==, 5 / 16.0);
  g_assert_cmpfloat (hotpix_defect_shape_speck_share (specked, 10, 8, 0), >, 0.7);
}

static guint
calm_spot (guint x, guint y)
{
  return x == 10 && y == 8 ? 3 : 30;
}

static guint
hundred (guint x, guint y)
{
  return 100;
}

static guint
nothing (guint x, guint y)
{
  return 0;
}

static void
test_variance_ratio (void)
{
  g_autoptr (HotpixAccumulator) calm = make_sums (hundred, calm_spot);
  g_autoptr (HotpixAccumulator) still = make_sums (hundred, nothing);

  g_assert_cmpfloat_with_epsilon (hotpix_defect_shape_variance_ratio (calm, 10, 8), 0.01, 1e-9);
  g_assert_cmpfloat_with_epsilon (hotpix_defect_shape_variance_ratio (calm, 3, 3), 1, 1e-9);
  g_assert_cmpfloat (hotpix_defect_shape_variance_ratio (still, 3, 3), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/defect-shape/a-slope-does-not-hide-what-is-expected", test_around);
  g_test_add_func ("/defect-shape/the-frame-is-mirrored-at-its-edge", test_at_the_edge);
  g_test_add_func ("/defect-shape/a-photosite-is-alone", test_photosite);
  g_test_add_func ("/defect-shape/corners-and-specks-are-not-alone", test_no_photosite);
  g_test_add_func ("/defect-shape/variance-is-told-by-that-around", test_variance_ratio);
  return g_test_run ();
}
