/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"
#include "photos/choice-private.h"

#include <string.h>

static const HotpixShape shape = { 40, 30, 3, 8 };

typedef struct
{
  GPtrArray *frames;
  HotpixChoice choice;
} Photos;

static void
photos_clear (Photos *photos)
{
  g_ptr_array_unref (photos->frames);
  hotpix_choice_clear (&photos->choice);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Photos, photos_clear)

static void
free_frame (gpointer frame)
{
  hotpix_frame_free (frame);
}

static void
add (Photos *photos, guint n, const gchar *model, const gchar *serial, const gchar *lens)
{
  if (photos->frames == NULL)
    photos->frames = g_ptr_array_new_with_free_func (free_frame);
  for (guint i = 0; i < n; i++)
    {
      FakeFrame *fake = fake_frame_new (&shape, i);

      fake->frame.exif = hotpix_exif_new (NULL, 0);
      fake->frame.exif->camera = hotpix_camera_new_with_lens ("Apple", model, serial, lens, 0);
      g_ptr_array_add (photos->frames, &fake->frame);
    }
}

/* Makes the choice, in three orders of the photos.
 * Returns how many of them may be by the body. */
static guint
choose (Photos *photos)
{
  guint n = 0;

  for (guint turn = 0; turn < 3; turn++)
    {
      guint n_before = n;

      n = 0;
      hotpix_choice_clear (&photos->choice);
      g_assert_true (
          hotpix_choice_init (&photos->choice, photos->frames, HOTPIX_CAMERA_MOST, NULL, NULL));
      for (guint i = 0; i < photos->frames->len; i++)
        n += hotpix_camera_may_be_same (hotpix_frame_get_camera (photos->frames->pdata[i]),
                                        photos->choice.body);
      g_assert_true (turn == 0 || n == n_before);
      for (guint i = 1; i < photos->frames->len; i++)
        {
          gpointer swapped = photos->frames->pdata[i];
          guint k = (i * 7 + turn * 3) % i;

          photos->frames->pdata[i] = photos->frames->pdata[k];
          photos->frames->pdata[k] = swapped;
        }
    }
  return n;
}

/* Every mixture of photos with one serial number and without any. */
static void
test_some_serials (void)
{
  for (guint with = 0; with <= 12; with++)
    for (guint without = 0; without <= 12; without++)
      {
        g_auto (Photos) photos = { NULL };

        add (&photos, with, "X", "1", NULL);
        add (&photos, without, "X", NULL, NULL);
        g_assert_cmpuint (choose (&photos), ==, with + without);
        if (with > 0)
          g_assert_cmpstr (photos.choice.body->serial, ==, "1");
      }
}

/* Those without one count for either of two bodies, and never bring both together. */
static void
test_two_serials (void)
{
  for (guint a = 1; a <= 6; a++)
    for (guint b = 1; b <= 6; b++)
      for (guint without = 0; without <= 14; without += 7)
        {
          g_auto (Photos) photos = { NULL };

          add (&photos, a, "X", "1", NULL);
          add (&photos, b, "X", "2", NULL);
          add (&photos, without, "X", NULL, NULL);
          g_assert_cmpuint (choose (&photos), ==, MAX (a, b) + without);
          g_assert_cmpstr (photos.choice.body->serial, ==, a > b ? "1" : "2");
        }
}

static void
test_models (void)
{
  g_auto (Photos) photos = { NULL };

  add (&photos, 5, "X", "1", NULL);
  add (&photos, 5, "X", "2", NULL);
  add (&photos, 5, "X", "3", NULL);
  add (&photos, 8, "Y", "1", NULL);
  add (&photos, 2, NULL, NULL, NULL);
  g_assert_cmpuint (choose (&photos), ==, 10);
  g_assert_cmpstr (photos.choice.body->model, ==, "Y");
}

static void
test_lenses (void)
{
  g_auto (Photos) photos = { NULL };

  add (&photos, 20, "X", NULL, "main");
  add (&photos, 19, "X", NULL, "wide");
  add (&photos, 3, "X", NULL, NULL);
  g_assert_cmpuint (choose (&photos), ==, 23);
  g_assert_cmpstr (photos.choice.body->lens, ==, "main");
}

/* Photos that know different fields of a camera count together as far as these agree. */
static void
test_pieces (void)
{
  g_auto (Photos) photos = { NULL };

  add (&photos, 6, "X", "1", NULL);
  add (&photos, 5, "X", NULL, "main");
  add (&photos, 4, "X", NULL, "wide");
  g_assert_cmpuint (choose (&photos), ==, 11);
  g_assert_cmpstr (photos.choice.body->serial, ==, "1");
  g_assert_cmpstr (photos.choice.body->lens, ==, "main");
}

static void
test_untold (void)
{
  g_auto (Photos) photos = { NULL };

  add (&photos, 4, NULL, NULL, NULL);
  g_assert_cmpuint (choose (&photos), ==, 4);
  hotpix_choice_clear (&photos.choice);
  g_assert_true (
      hotpix_choice_init (&photos.choice, photos.frames, HOTPIX_CAMERA_ANY, NULL, NULL));
  g_assert_cmpuint (photos.choice.shape.width, ==, 40);
  g_assert_null (photos.choice.body);
}

/* Thousands of bodies are no reason to wait. */
static void
test_many_bodies (void)
{
  g_auto (Photos) photos = { NULL };
  gint64 start;

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree gchar *serial = g_strdup_printf ("%u", i);

      add (&photos, 1, "X", serial, NULL);
    }
  add (&photos, 1, "X", "77", NULL);
  start = g_get_monotonic_time ();
  g_assert_cmpuint (choose (&photos), ==, 2);
  g_assert_cmpstr (photos.choice.body->serial, ==, "77");
  g_test_message ("%.2f s", (gdouble) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/choice/photos-with-and-without-a-serial-number-are-one-body",
                   test_some_serials);
  g_test_add_func ("/choice/photos-without-one-do-not-join-two-bodies", test_two_serials);
  g_test_add_func ("/choice/the-body-of-most-photos-not-the-model", test_models);
  g_test_add_func ("/choice/one-lens-of-a-phone", test_lenses);
  g_test_add_func ("/choice/what-photos-tell-in-pieces-is-put-together", test_pieces);
  g_test_add_func ("/choice/nothing-told-is-no-difference", test_untold);
  g_test_add_func ("/choice/thousands-of-bodies-do-not-take-long", test_many_bodies);
  return g_test_run ();
}
