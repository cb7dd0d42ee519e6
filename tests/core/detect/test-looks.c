/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/detector.h"
#include "detect/looks-private.h"
#include "made-up-set.h"

#include <string.h>

#define N_FRAMES 60
#define N_LONG 10

static const HotpixShape shape = { 131, 97, 3, 8 };

static void
brighten (guint8 *samples, guint x, guint y)
{
  guint8 *sample = samples + y * hotpix_shape_row_samples (&shape) + (gsize) x * 3 + 1;

  *sample = (guint8) MIN (*sample + 10, 255);
}

/* Two photosites are hot in the first photos, and one in all. */
static void
plant (guint8 *samples, const HotpixShape *of, guint number, gconstpointer data)
{
  if (number < N_LONG)
    {
      brighten (samples, 40, 50);
      brighten (samples, 90, 21);
    }
  brighten (samples, 70, 30);
}

static HotpixDefects *
detect (guint n_long, ChangeFrame change, gconstpointer data)
{
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate_long (&shape, N_FRAMES, n_long, change, data);

  return hotpix_detect (accumulator, HOTPIX_DEFAULT_THRESHOLD, HOTPIX_DEFAULT_KINDS, 0, NULL);
}

static void
assert_look (const HotpixDefects *defects, guint x, guint y, HotpixLook look)
{
  guint n = 0;

  for (guint i = 0; i < defects->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, i);

      n += defect->x == x && defect->y == y && defect->look == look;
    }
  g_assert_cmpuint (n, ==, 1);
}

static void
test_long (void)
{
  g_autoptr (HotpixDefects) defects = detect (N_LONG, plant, NULL);
  g_autoptr (HotpixDefects) one_look = detect (0, plant, NULL);

  g_assert_cmpuint (defects->list->len, ==, 3);
  assert_look (defects, 40, 50, HOTPIX_LOOK_LONG);
  assert_look (defects, 90, 21, HOTPIX_LOOK_LONG);
  assert_look (defects, 70, 30, HOTPIX_LOOK_ALL);
  g_assert_cmpuint (one_look->list->len, ==, 1);
  assert_look (one_look, 70, 30, HOTPIX_LOOK_ALL);
}

static void
test_few (void)
{
  g_autoptr (HotpixDefects) defects = detect (N_LONG - 1, plant, NULL);

  g_assert_cmpuint (defects->list->len, ==, 1);
}

/* The long ones show the same scene. */
static void
hold_still (guint8 *samples, const HotpixShape *of, guint number, gconstpointer data)
{
  if (number < N_LONG)
    memcpy (samples, data, hotpix_shape_row_samples (of) * of->height);
  plant (samples, of, number, NULL);
}

static void
test_alike (void)
{
  gsize n = hotpix_shape_row_samples (&shape) * shape.height;
  g_autofree guint8 *still = g_malloc (n);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  g_autoptr (HotpixDefects) defects = NULL;

  for (gsize i = 0; i < n; i++)
    still[i] = (guint8) g_rand_int_range (random, 60, 200);
  defects = detect (N_LONG, hold_still, still);
  for (guint i = 0; i < defects->list->len; i++)
    g_assert_cmpint (g_array_index (defects->list, HotpixDefect, i).look, ==, HOTPIX_LOOK_ALL);
}

/* Each peak once, highest first, of both looks. */
static void
test_order (void)
{
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate_long (&shape, N_FRAMES, N_LONG, plant, NULL);
  g_autoptr (HotpixLooks) looks = hotpix_looks_new (accumulator, 0, NULL);
  const HotpixMeasure *measure;
  const HotpixPeak *peak;
  guint n_peaks[HOTPIX_N_LOOKS] = { 0 };
  gdouble last = G_MAXDOUBLE;

  while ((peak = hotpix_looks_next_peak (looks, 0.5, &measure)) != NULL)
    {
      gdouble score = peak->height / measure->limit;

      g_assert_cmpfloat (score, <=, last);
      g_assert_cmpfloat (score, >=, 0.5);
      g_assert_true (measure == hotpix_looks_get_measure (looks, measure->look));
      n_peaks[measure->look]++;
      last = score;
    }
  g_assert_cmpuint (n_peaks[HOTPIX_LOOK_ALL], >=, 1);
  g_assert_cmpuint (n_peaks[HOTPIX_LOOK_LONG], >=, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/looks/long-exposures-tell-what-only-they-show", test_long);
  g_test_add_func ("/looks/few-long-exposures-tell-nothing", test_few);
  g_test_add_func ("/looks/long-exposures-that-are-alike-tell-nothing", test_alike);
  g_test_add_func ("/looks/peaks-come-once-and-highest-first", test_order);
  return g_test_run ();
}
