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
  hotpix_accumulator_count_frames (accumulator, 2, 0);
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

/* Means that differ by up to 8 levels, with no order that a median of opposite ones would follow. */
static guint
rough (guint x, guint y)
{
  return 100 + (7 * x * x + 11 * y * y + 5 * x * y) % 9;
}

static void
test_contrast_around (void)
{
  g_autoptr (HotpixAccumulator) smooth = make_sums (slope_with_spot, ten);
  g_autoptr (HotpixAccumulator) uneven = make_sums (rough, ten);

  g_assert_cmpfloat_with_epsilon (hotpix_defect_shape_contrast_around (smooth, 10, 8, 0), 0,
                                  1e-9);
  g_assert_cmpfloat (hotpix_defect_shape_contrast_around (uneven, 10, 8, 0), >, 0);
  g_assert_cmpfloat (hotpix_defect_shape_contrast_around (uneven, 10, 8, 0), <=, 8 / 255.0);
}

/* Sums of one frame in colour, 100 everywhere but at (10, 8), by channel, and at its four neighbours. */
static HotpixAccumulator *
make_shade (const guint8 *middle, guint8 beside)
{
  const HotpixShape shape = { WIDTH, HEIGHT, 3, 8 };
  HotpixAccumulator *accumulator
      = hotpix_accumulator_new (&shape, HOTPIX_SUMS_VARIANCE, 1, NULL);
  guint8 samples[WIDTH * HEIGHT * 3];
  gconstpointer frame = samples;

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      for (guint k = 0; k < 3; k++)
        {
          gint distance = ABS ((gint) x - 10) + ABS ((gint) y - 8);

          samples[(y * WIDTH + x) * 3 + k] = distance == 0   ? middle[k]
                                             : distance == 1 ? beside
                                                             : 100;
        }
  hotpix_accumulator_add_rows (accumulator, 0, HEIGHT, &frame, 1);
  hotpix_accumulator_count_frames (accumulator, 1, 0);
  return accumulator;
}

static void
test_shade (void)
{
  static const guint8 dust[3] = { 60, 60, 70 }, photosite[3] = { 60, 100, 100 };
  g_autoptr (HotpixAccumulator) grey = make_shade (dust, 80);
  g_autoptr (HotpixAccumulator) one_colour = make_shade (photosite, 100);
  gdouble least_colour, least_neighbour;

  hotpix_defect_shape_shade (grey, 10, 8, &least_colour, &least_neighbour);
  g_assert_cmpfloat_with_epsilon (least_colour, 0.3 / 0.4, 1e-9);
  g_assert_cmpfloat_with_epsilon (least_neighbour, 3 * 0.2 / 1.1, 1e-9);
  hotpix_defect_shape_shade (one_colour, 10, 8, &least_colour, &least_neighbour);
  g_assert_cmpfloat (least_colour, ==, 0);
  g_assert_cmpfloat (least_neighbour, ==, 0);
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
  g_test_add_func ("/defect-shape/what-means-differ-by-around", test_contrast_around);
  g_test_add_func ("/defect-shape/dust-shades-all-colours-and-neighbours", test_shade);
  return g_test_run ();
}
