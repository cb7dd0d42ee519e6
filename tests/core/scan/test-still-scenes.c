/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"
#include "photos/selection.h"
#include "scan/still-scenes-private.h"

#include <math.h>

#define MOST_PHOTOS 60
#define SIDE 160
#define FLAT 0 /* the scene of a flat field */

static const HotpixShape shape = { SIDE, SIDE, 1, 8 };

/* Made-up photos: waves that depend on the scene, moved by some pixels, with noise; and what all have. */
typedef struct
{
  HotpixFrameSet *set;
  GPtrArray *sketches;
} Photos;

static void
free_sketch (gpointer sketch)
{
  hotpix_scene_sketch_free (sketch);
}

static Photos
photos_new (void)
{
  return (Photos){ hotpix_frame_set_new (), g_ptr_array_new_with_free_func (free_sketch) };
}

static void
photos_clear (Photos *photos)
{
  hotpix_frame_set_free (photos->set);
  g_ptr_array_unref (photos->sketches);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Photos, photos_clear)

static void
draw (guint8 *samples, guint32 scene, gint moved, gdouble light, guint32 noise_seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (noise_seed);
  gdouble waves[10][3];
  g_autoptr (GRand) of_scene = g_rand_new_with_seed (scene);

  for (guint i = 0; i < 10; i++)
    {
      waves[i][0] = g_rand_double_range (of_scene, -0.3, 0.3);
      waves[i][1] = g_rand_double_range (of_scene, -0.3, 0.3);
      waves[i][2] = g_rand_double_range (of_scene, 0, 7);
    }
  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      {
        gdouble value = 110 + g_rand_int_range (random, -8, 9);

        for (guint i = 0; i < 10; i++)
          value += (scene == FLAT ? 0 : 7)
                   * sin (waves[i][0] * ((gint) x + moved) + waves[i][1] * y + waves[i][2]);
        /* A mask that all photos have. */
        samples[y * SIDE + x] = x < 24 && y < 24 ? 10 : (guint8) CLAMP (light * value, 0, 255);
      }
}

static void
add (Photos *photos, guint32 scene, gint moved, gdouble light, gdouble seconds)
{
  guint number = photos->sketches->len;
  FakeFrame *fake = fake_frame_new (&shape, number);
  g_autofree guint8 *samples = g_malloc (SIDE * SIDE);
  HotpixSceneSketch *sketch = hotpix_scene_sketch_new (&shape);

  fake->frame.exif = hotpix_exif_new (NULL, 0);
  fake->frame.exif->shot->exposure_time = seconds;
  fake->frame.exif->shot->iso = 100;
  draw (samples, scene, moved, light, number + 1000);
  hotpix_scene_sketch_add_rows (sketch, 0, SIDE, samples);
  hotpix_frame_set_add (photos->set, &fake->frame);
  g_ptr_array_add (photos->sketches, sketch);
}

/* Returns how many repeats there are. */
static guint
find (const Photos *photos, gboolean *is_repeat)
{
  HotpixSelection selection = { 0 };
  g_autofree gboolean *found = NULL;
  HotpixShape chosen;
  guint n = 0;

  g_assert_true (hotpix_frame_set_select (photos->set, &selection, &chosen, NULL));
  g_assert_true (hotpix_still_scenes_find (
      photos->set, &chosen, (HotpixSceneSketch **) photos->sketches->pdata, &found, NULL));
  for (guint i = 0; i < photos->sketches->len; i++)
    {
      is_repeat[i] = found != NULL && found[i];
      n += is_repeat[i];
    }
  return n;
}

/* Every other photo shows the first one's scene, in another light; the longest of these stays. */
static void
test_still (void)
{
  g_auto (Photos) photos = photos_new ();
  gboolean is_repeat[MOST_PHOTOS];

  for (guint i = 0; i < 40; i++)
    add (&photos, i % 2 == 0 ? 1 : 100 + i, 0, i % 2 == 0 ? 0.8 + 0.01 * i : 1,
         i == 26 ? 0.5 : 0.1);
  g_assert_cmpuint (find (&photos, is_repeat), ==, 19);
  for (guint i = 0; i < 40; i++)
    g_assert_true (is_repeat[i] == (i % 2 == 0 && i != 26));
}

/* A scene that has moved by half a cell, and more, tells something new. */
static void
test_moved (void)
{
  g_auto (Photos) photos = photos_new ();
  gboolean is_repeat[MOST_PHOTOS];

  for (gint i = 0; i < 20; i++)
    add (&photos, 1, 8 * i, 1, 0);
  g_assert_cmpuint (find (&photos, is_repeat), ==, 0);
}

/* Two scenes, nine others: eleven are left, but with one less, ten would be all there are. */
static void
test_too_few (void)
{
  for (guint n_others = 7; n_others <= 9; n_others++)
    {
      g_auto (Photos) photos = photos_new ();
      gboolean is_repeat[MOST_PHOTOS];

      for (guint i = 0; i < 30; i++)
        add (&photos, 1 + i % 2, 0, 1, 0);
      for (guint i = 0; i < n_others; i++)
        add (&photos, 100 + i, 0, 1, 0);
      g_assert_cmpuint (find (&photos, is_repeat), ==,
                        n_others + 2 >= HOTPIX_LEAST_TO_JUDGE_BY ? 28 : 0);
    }
}

/* Nothing varies but noise. */
static void
test_plain (void)
{
  g_auto (Photos) photos = photos_new ();
  gboolean is_repeat[MOST_PHOTOS];

  for (guint i = 0; i < 20; i++)
    add (&photos, 1, 0, 0, 0);
  g_assert_cmpuint (find (&photos, is_repeat), ==, 0);
}

/* Flat fields among scenes tell no scene, and so repeat none; a scene that is there twice still does. */
static void
test_flat_fields (void)
{
  g_auto (Photos) photos = photos_new ();
  gboolean is_repeat[MOST_PHOTOS];

  for (guint i = 0; i < 40; i++)
    add (&photos, i % 2 == 0 ? FLAT : 100 + MIN (i, 37), 0, 1, i == 37 ? 1 : 0.1);
  g_assert_cmpuint (find (&photos, is_repeat), ==, 1);
  g_assert_true (is_repeat[39]);
}

/* What is left is the same whatever the order of the photos. */
static void
test_order (void)
{
  g_auto (Photos) forward = photos_new (), backward = photos_new ();
  gboolean is_repeat[2][MOST_PHOTOS];
  guint n_different = 0;

  for (guint i = 0; i < 30; i++)
    {
      add (&forward, i % 3 == 0 ? 1 : 100 + i, 0, 1, i / 30.0);
      add (&backward, (29 - i) % 3 == 0 ? 1 : 129 - i, 0, 1, (29 - i) / 30.0);
    }
  g_assert_cmpuint (find (&forward, is_repeat[0]), ==, 9);
  g_assert_cmpuint (find (&backward, is_repeat[1]), ==, 9);
  for (guint i = 0; i < 30; i++)
    n_different += is_repeat[0][i] != is_repeat[1][29 - i];
  g_assert_cmpuint (n_different, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/still-scenes/one-photo-of-a-scene-is-no-repeat", test_still);
  g_test_add_func ("/still-scenes/what-has-moved-is-none", test_moved);
  g_test_add_func ("/still-scenes/too-few-are-never-left", test_too_few);
  g_test_add_func ("/still-scenes/plain-photos-have-none", test_plain);
  g_test_add_func ("/still-scenes/flat-fields-repeat-nothing", test_flat_fields);
  g_test_add_func ("/still-scenes/the-order-changes-nothing", test_order);
  return g_test_run ();
}
