/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"
#include "photos/frame-makers.h"
#include "photos/selection.h"

#include <string.h>

static const HotpixSelection most = { .camera = HOTPIX_CAMERA_MOST };
static const HotpixShape large = { 40, 30, 3, 8 };
static const HotpixShape small = { 20, 10, 3, 8 };

static void
add (HotpixFrameSet *set, const HotpixShape *shape, const gchar *model, const gchar *serial)
{
  FakeFrame *fake = fake_frame_new (shape, hotpix_frame_set_get_length (set));

  fake->frame.exif = hotpix_exif_new (NULL, 0);
  fake->frame.exif->camera = hotpix_camera_new (NULL, model, serial);
  hotpix_frame_set_add (set, &fake->frame);
}

static guint
choose (HotpixFrameSet *set, HotpixCameraChoice choice, HotpixShape *shape)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
      hotpix_frame_set_select (set, &(HotpixSelection){ .camera = choice }, shape, &error));
  g_assert_no_error (error);
  return hotpix_frame_set_count_used (set);
}

static void
test_size (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  HotpixShape shape;

  add (set, &large, NULL, NULL);
  add (set, &small, NULL, NULL);
  add (set, &small, NULL, NULL);
  g_assert_cmpuint (choose (set, HOTPIX_CAMERA_MOST, &shape), ==, 2);
  g_assert_cmpuint (shape.width, ==, 20);
  g_assert_cmpstr (hotpix_frame_set_get_reason (set, 0), ==,
                   "is 40 x 30 pixels, the set is 20 x 10");
  g_assert_null (hotpix_frame_set_get_reason (set, 1));
}

static void
test_grey (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  HotpixShape shape;

  add (set, &(HotpixShape){ 40, 30, 1, 8 }, NULL, NULL);
  add (set, &large, NULL, NULL);
  add (set, &large, NULL, NULL);
  g_assert_cmpuint (choose (set, HOTPIX_CAMERA_ANY, &shape), ==, 2);
  g_assert_cmpuint (shape.channels, ==, 3);
  g_assert_cmpstr (hotpix_frame_set_get_reason (set, 0), ==, "is grey, the set is in colour");
}

static void
test_camera (void)
{
  for (guint pass = 0; pass < 2; pass++)
    {
      g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
      HotpixShape shape;

      add (set, &large, "X", "1");
      add (set, &large, "X", "2");
      add (set, &large, NULL, NULL);
      add (set, &large, "X", "2");
      add (set, &large, "X", NULL);
      if (pass == 0)
        {
          g_assert_true (hotpix_frame_set_select (set, &most, &shape, NULL));
          g_assert_cmpstr (hotpix_frame_set_get_body (set)->serial, ==, "2");
          g_assert_cmpuint (hotpix_frame_set_count_used (set), ==, 4);
          g_assert_cmpstr (hotpix_frame_set_get_reason (set, 0), ==,
                           "is by another camera body, X, serial 1; the set is by X, serial 2");
        }
      else
        {
          g_autofree gchar *words = NULL;

          g_assert_cmpuint (choose (set, HOTPIX_CAMERA_ANY, &shape), ==, 5);
          g_assert_null (hotpix_frame_set_get_body (set));
          words = hotpix_frame_set_describe_body (set);
          g_assert_cmpstr (words, ==, "any camera");
        }
    }
}

/* Photos without a camera neither outvote a known one nor keep a second one in. */
static void
test_untold (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  HotpixShape shape;

  for (guint i = 0; i < 5; i++)
    add (set, &large, NULL, NULL);
  add (set, &large, "X", "1");
  add (set, &large, "X", "2");
  add (set, &large, "X", "2");
  g_assert_cmpuint (choose (set, HOTPIX_CAMERA_MOST, &shape), ==, 7);
  g_assert_nonnull (hotpix_frame_set_get_reason (set, 5));
}

static void
test_order (void)
{
  for (guint turn = 0; turn < 4; turn++)
    {
      g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
      HotpixShape shape;

      for (guint i = 0; i < 4; i++)
        {
          guint which = (i + turn) % 4;

          add (set, which < 2 ? &large : &small, "X", which % 2 == 0 ? "1" : "2");
          add (set, which < 2 ? &large : &small, "X", which % 2 == 0 ? "1" : "2");
        }
      g_assert_true (hotpix_frame_set_select (set, &most, &shape, NULL));
      g_assert_cmpuint (shape.width, ==, 40);
      g_assert_cmpstr (hotpix_frame_set_get_body (set)->serial, ==, "2");
    }
}

static void
test_bits (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  HotpixShape shape;

  add (set, &large, NULL, NULL);
  add (set, &(HotpixShape){ 40, 30, 3, 16 }, NULL, NULL);
  g_assert_cmpuint (choose (set, HOTPIX_CAMERA_MOST, &shape), ==, 2);
  g_assert_cmpuint (shape.bits, ==, 16);
}

static void
assert_too_few (HotpixFrameSet *set, const gchar *words)
{
  g_autoptr (GError) error = NULL;
  HotpixShape shape;

  g_assert_false (hotpix_frame_set_select (set, &most, &shape, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES);
  g_assert_cmpstr (error->message, ==, words);
}

static void
test_too_few (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  assert_too_few (set, "at least 2 photos are needed, 0 are given");
  add (set, &large, NULL, NULL);
  assert_too_few (set, "at least 2 photos are needed, 1 is given");
  hotpix_frame_makers_add_file (NULL, set, "/nowhere/photo.jpg");
  assert_too_few (set, "at least 2 photos are needed, 1 of the 2 given can be used");
  g_assert_cmpstr (hotpix_frame_set_get_name (set, 1), ==, "/nowhere/photo.jpg");
  g_assert_nonnull (strstr (hotpix_frame_set_get_reason (set, 1), "No such file"));
}

/* What is refused memory is not left out by chance. */
static void
test_no_memory (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (GError) damaged = g_error_new (HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED, "is damaged");
  g_autoptr (GError) memory = g_error_new (HOTPIX_ERROR, HOTPIX_ERROR_MEMORY, "needs more");
  g_autoptr (GError) error = NULL;
  HotpixShape chosen;

  for (guint i = 0; i < 2; i++)
    hotpix_frame_set_add (set, &fake_frame_new (&(HotpixShape){ 2, 2, 1, 8 }, i)->frame);
  hotpix_frame_set_add_failed (set, "damaged.jpg", damaged);
  g_assert_true (hotpix_frame_set_select (set, &most, &chosen, &error));
  hotpix_frame_set_add_failed (set, "large.jpg", memory);
  g_assert_cmpstr (hotpix_frame_set_get_reason (set, 2), ==, "is damaged");
  g_assert_false (hotpix_frame_set_select (set, &most, &chosen, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY);
  g_assert_cmpstr (error->message, ==, "large.jpg: needs more");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame-set/the-most-common-size-stays", test_size);
  g_test_add_func ("/frame-set/grey-and-colour-do-not-mix", test_grey);
  g_test_add_func ("/frame-set/the-body-with-most-photos-stays", test_camera);
  g_test_add_func ("/frame-set/photos-without-exif-stay-with-the-most-common-body",
                   test_untold);
  g_test_add_func ("/frame-set/the-order-of-the-photos-decides-nothing", test_order);
  g_test_add_func ("/frame-set/one-16-bit-photo-makes-16-bit-sums", test_bits);
  g_test_add_func ("/frame-set/fewer-than-two-photos-are-refused-in-words", test_too_few);
  g_test_add_func ("/frame-set/a-photo-refused-memory-is-not-left-out", test_no_memory);
  return g_test_run ();
}
