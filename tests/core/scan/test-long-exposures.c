/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"
#include "scan/long-exposures-private.h"

static const HotpixShape shape = { 8, 8, 1, 8 };

/* A photo of so many seconds; 0 where it does not tell. */
static void
add (HotpixFrameSet *set, gdouble seconds, guint iso)
{
  FakeFrame *fake = fake_frame_new (&shape, hotpix_frame_set_get_length (set));

  if (seconds > 0)
    {
      fake->frame.exif = hotpix_exif_new (NULL, 0);
      fake->frame.exif->shot->exposure_time = seconds;
      fake->frame.exif->shot->iso = iso;
    }
  hotpix_frame_set_add (set, &fake->frame);
}

static void
add_many (HotpixFrameSet *set, guint n, gdouble seconds, guint iso)
{
  for (guint i = 0; i < n; i++)
    add (set, seconds, iso);
}

static guint
count (const HotpixFrameSet *set)
{
  g_autofree gboolean *is_long = hotpix_long_exposures_find (set);
  guint n = 0;

  for (guint i = 0; is_long != NULL && i < hotpix_frame_set_get_length (set); i++)
    n += is_long[i];
  return n;
}

/* Exposures of 1, 2, 3 … in two orders: the largest fifth is long, whatever makes them long. */
static void
test_largest_fifth (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autofree gboolean *is_long = NULL;

  for (guint i = 0; i < 50; i++)
    add (set, i * 7 % 50 >= 40 ? 10 : 1, i * 7 % 50 >= 40 ? 100 + i : 100);
  is_long = hotpix_long_exposures_find (set);
  for (guint i = 0; i < 50; i++)
    g_assert_true (is_long[i] == (i * 7 % 50 >= 40));
}

static void
test_equal_to_the_least (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  add_many (set, 36, 0.01, 100);
  add_many (set, 24, 8, 400);
  g_assert_cmpuint (count (set), ==, 24);
  add_many (set, 13, 8, 400);
  g_assert_cmpuint (count (set), ==, 0);
}

static void
test_spread (void)
{
  g_autoptr (HotpixFrameSet) near = hotpix_frame_set_new (), far = hotpix_frame_set_new ();

  add_many (near, 40, 1, 100);
  add_many (near, 10, 3.9, 100);
  g_assert_cmpuint (count (near), ==, 0);
  add_many (far, 40, 1, 100);
  add_many (far, 10, 4, 100);
  g_assert_cmpuint (count (far), ==, 10);
}

static void
test_too_few (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  g_assert_cmpuint (count (set), ==, 0);
  add_many (set, 40, 1, 100);
  add_many (set, 9, 30, 100);
  g_assert_cmpuint (count (set), ==, 0);
}

/* Photos that tell nothing count among those that a fifth is taken of. */
static void
test_untold (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  add_many (set, 30, 0, 0);
  add_many (set, 10, 5, 0);
  g_assert_cmpuint (count (set), ==, 0);
  add_many (set, 20, 0.1, 100);
  add_many (set, 12, 5, 100);
  g_assert_cmpuint (count (set), ==, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/long-exposures/they-are-the-largest-fifth", test_largest_fifth);
  g_test_add_func ("/long-exposures/equal-ones-are-alike-up-to-half", test_equal_to_the_least);
  g_test_add_func ("/long-exposures/two-stops-set-them-apart", test_spread);
  g_test_add_func ("/long-exposures/fewer-than-ten-are-none", test_too_few);
  g_test_add_func ("/long-exposures/what-is-not-told-is-not-long", test_untold);
  return g_test_run ();
}
