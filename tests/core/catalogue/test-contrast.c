/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/contrast-private.h"
#include "defects/defect.h"

#include <math.h>

#define WIDTH 64
#define HEIGHT 48

/* A picture of light. */
typedef struct
{
  gdouble light[HEIGHT][WIDTH][3];
} Picture;

static const HotpixShape shape = { WIDTH, HEIGHT, 3, 16 };

/* IEC 61966-2-1, from its text. */
static guint16
encode (gdouble light)
{
  gdouble clipped = CLAMP (light, 0, 1);

  return (guint16) lrint (
      65535
      * (clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * pow (clipped, 1 / 2.4) - 0.055));
}

static Picture *
picture_new (gdouble light, gdouble slope)
{
  Picture *picture = g_new (Picture, 1);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      for (guint k = 0; k < 3; k++)
        picture->light[y][x][k] = light + slope * (x + 0.5 * y);
  return picture;
}

/* What bilinear demosaicing makes of a photosite that adds so much light. */
static void
add_defect (Picture *picture, const HotpixDefect *defect, gdouble amount)
{
  for (gint dy = -1; dy <= 1; dy++)
    for (gint dx = -1; dx <= 1; dx++)
      {
        gint x = (gint) defect->x + dx, y = (gint) defect->y + dy;
        gdouble share = defect->channel == 1 ? (dx == 0 || dy == 0 ? 0.25 : 0)
                                             : (dx == 0 ? 1 : 0.5) * (dy == 0 ? 1 : 0.5);

        if (dx == 0 && dy == 0)
          share = 1;
        if (x >= 0 && y >= 0 && x < WIDTH && y < HEIGHT)
          picture->light[y][x][defect->channel] += share * amount;
      }
}

static GArray *
list_of (const HotpixDefect *defects, guint n)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof *defects);

  g_array_append_vals (list, defects, n);
  return list;
}

/* Of the first defect in the list. */
static HotpixMeasurement
measure (const Picture *picture, const GArray *list)
{
  static guint16 samples[HEIGHT][WIDTH * 3];
  gconstpointer rows[2 * HOTPIX_CONTRAST_REACH + 1] = { NULL };
  HotpixContrastFilters filters;
  HotpixContrastSite site;

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      for (guint k = 0; k < 3; k++)
        samples[y][3 * x + k] = encode (picture->light[y][x][k]);
  hotpix_contrast_filters_init (&filters);
  hotpix_contrast_site_init (&site, &filters, &shape, list, 0);
  for (gint i = 0; i <= 2 * HOTPIX_CONTRAST_REACH; i++)
    {
      gint y = (gint) site.y + i - HOTPIX_CONTRAST_REACH;

      if (y >= 0 && y < HEIGHT)
        rows[i] = samples[y];
    }
  return hotpix_contrast_measure (&site, shape.bits, rows);
}

static HotpixMeasurement
measure_one (gdouble light, gdouble slope, HotpixDefect defect, gdouble amount)
{
  g_autofree Picture *picture = picture_new (light, slope);
  g_autoptr (GArray) list = list_of (&defect, 1);

  add_defect (picture, &defect, amount);
  return measure (picture, list);
}

static void
assert_near (gdouble value, gdouble expected, gdouble off)
{
  g_assert_cmpfloat (fabs (value - expected), <=, off);
}

static void
test_amounts (void)
{
  for (guint channel = 0; channel < 3; channel++)
    for (gdouble amount = -0.1; amount < 0.5; amount += 0.15)
      {
        HotpixMeasurement measured = measure_one (
            0.2, 0.001, (HotpixDefect){ .x = 30, .y = 20, .channel = channel }, amount);

        g_assert_cmpint (measured.judgement, ==, HOTPIX_JUDGED);
        assert_near (measured.contrast, amount, 0.002);
        assert_near (measured.around, 0.2 + 0.001 * (30 + 10), 0.001);
      }
}

/* As much in front of a dark scene as of a bright one. */
static void
test_scenes (void)
{
  for (gdouble light = 0.01; light < 0.7; light *= 2)
    assert_near (measure_one (light, 0, (HotpixDefect){ .x = 30, .y = 20 }, 0.1).contrast, 0.1,
                 0.002);
}

static void
test_edges (void)
{
  const guint places[][2] = { { 0, 0 }, { 1, 20 }, { 63, 47 }, { 30, 46 }, { 62, 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      HotpixMeasurement measured = measure_one (
          0.2, 0.001, (HotpixDefect){ .x = places[i][0], .y = places[i][1] }, 0.1);

      g_assert_cmpint (measured.judgement, ==, HOTPIX_JUDGED);
      assert_near (measured.contrast, 0.1, 0.003);
    }
}

static void
test_clipped (void)
{
  HotpixDefect defect = { .x = 30, .y = 20 };

  g_assert_cmpint (measure_one (1, 0, defect, 0.1).judgement, ==, HOTPIX_JUDGED_NOT);
  g_assert_cmpint (measure_one (0.3, 0, defect, 0.9).judgement, ==, HOTPIX_JUDGED_AT_LEAST);
  g_assert_cmpint (measure_one (0.3, 0, defect, 0.6).judgement, ==, HOTPIX_JUDGED);
}

/* Another defect in the list is kept out; one that is not is taken for scene. */
static void
test_neighbours (void)
{
  const HotpixDefect defects[] = { { .x = 30, .y = 20 }, { .x = 32, .y = 21 } };
  g_autofree Picture *picture = picture_new (0.2, 0.001);
  g_autoptr (GArray) both = list_of (defects, 2), one = list_of (defects, 1);

  add_defect (picture, &defects[0], 0.1);
  add_defect (picture, &defects[1], 0.3);
  assert_near (measure (picture, both).contrast, 0.1, 0.003);
  g_assert_cmpfloat (fabs (measure (picture, one).contrast - 0.1), >, 0.02);
}

/* The noise is what contrasts of healthy places spread by, in smooth noise and in white. */
static void
test_noise (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  const HotpixDefect defect = { .x = 30, .y = 20 };
  g_autoptr (GArray) list = list_of (&defect, 1);

  for (guint reach = 0; reach < 2; reach++)
    {
      gdouble squares = 0;
      guint n = 400;

      for (guint i = 0; i < n; i++)
        {
          g_autofree Picture *rough = picture_new (0.2, 0.001);
          g_autofree Picture *picture = picture_new (0.2, 0.001);
          HotpixMeasurement measured;

          for (guint y = 0; y < HEIGHT; y++)
            for (guint x = 0; x < WIDTH; x++)
              rough->light[y][x][0] = g_rand_double_range (random, -0.01, 0.01);
          for (guint y = 2; y < HEIGHT - 2; y++)
            for (guint x = 2; x < WIDTH - 2; x++)
              for (guint dy = 2 - reach; dy <= 2 + reach; dy++)
                for (guint dx = 2 - reach; dx <= 2 + reach; dx++)
                  picture->light[y][x][0] += rough->light[y + dy - 2][x + dx - 2][0];
          measured = measure (picture, list);
          squares += pow (measured.contrast / measured.noise, 2) / n;
        }
      g_assert_cmpfloat (sqrt (squares), >, 0.9);
      g_assert_cmpfloat (sqrt (squares), <, 1.15);
    }
}

/* No scene is so even that rounding adds nothing. */
static void
test_rounding (void)
{
  gdouble dark = measure_one (0.01, 0, (HotpixDefect){ .x = 30, .y = 20 }, 0).noise;
  gdouble bright = measure_one (0.6, 0, (HotpixDefect){ .x = 30, .y = 20 }, 0).noise;

  g_assert_cmpfloat (dark, >, 0);
  g_assert_cmpfloat (bright, >, 2 * dark);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contrast/light-that-is-added-is-measured", test_amounts);
  g_test_add_func ("/contrast/the-scene-behind-it-does-not-matter", test_scenes);
  g_test_add_func ("/contrast/the-frame's-edges-are-measured-too", test_edges);
  g_test_add_func ("/contrast/what-is-clipped-is-told", test_clipped);
  g_test_add_func ("/contrast/a-listed-neighbour-does-not-matter", test_neighbours);
  g_test_add_func ("/contrast/healthy-places-spread-by-the-noise", test_noise);
  g_test_add_func ("/contrast/rounding-is-noise", test_rounding);
  return g_test_run ();
}
