/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"
#include "photos/left-out.h"
#include "photos/selection.h"

#include <string.h>

static void
add_frame (HotpixFrameSet *set, const gchar *name, guint width, const gchar *serial)
{
  FakeFrame *fake = fake_frame_new (&(HotpixShape){ width, 30, 3, 8 }, 1);

  g_free (fake->frame.name);
  fake->frame.name = g_strdup (name);
  fake->frame.exif = hotpix_exif_new (NULL, 0);
  fake->frame.exif->camera = hotpix_camera_new ("M", "X", serial);
  hotpix_frame_set_add (set, &fake->frame);
}

static void
add_failed (HotpixFrameSet *set, const gchar *name, HotpixError code, const gchar *words)
{
  g_autoptr (GError) error = g_error_new_literal (HOTPIX_ERROR, code, words);

  hotpix_frame_set_add_failed (set, name, error);
}

static void
choose (HotpixFrameSet *set)
{
  HotpixSelection selection = { 0 };
  HotpixShape shape;

  add_frame (set, "good.jpg", 40, "1");
  for (guint i = 0; i < 20; i++)
    add_frame (set, "more.jpg", 40, "1");
  g_assert_true (hotpix_frame_set_select (set, &selection, &shape, NULL));
}

static void
assert_told (const HotpixFrameSet *set, const gchar *const *sentences)
{
  g_autoptr (GPtrArray) told = hotpix_left_out_describe (set);

  for (guint i = 0; i < told->len; i++)
    g_assert_cmpstr (told->pdata[i], ==, sentences[i]);
  g_assert_null (sentences[told->len]);
}

static void
test_single (void)
{
  static const gchar *const sentences[]
      = { "a.jpg is empty", "b.jpg is damaged or cut short: early",
          "c.jpg is 20 x 30 pixels, the set is 40 x 30",
          "d.jpg is by another camera body, X, serial 2; the set is by X, serial 1", NULL };
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  add_failed (set, "folder/a.jpg", HOTPIX_ERROR_NO_PHOTO, "is empty");
  add_failed (set, "folder/b.jpg", HOTPIX_ERROR_DAMAGED, "is damaged or cut short: early");
  add_frame (set, "folder/c.jpg", 20, "1");
  add_frame (set, "folder/d.jpg", 40, "2");
  choose (set);
  assert_told (set, sentences);
}

static void
test_groups (void)
{
  static const gchar *const sentences[] = {
    "3 files that are no photos: 0.mp4, 1.mp4, 2.mp4",
    "12 photos not by X, serial 1, but by X, serial 3 (7); X, serial 2 (5): 0.jpg, 1.jpg, "
    "2.jpg, 3.jpg, 4.jpg, 5.jpg, 6.jpg, 7.jpg, 8.jpg, 9.jpg and 2 more",
    "2 photos of another size than most: 0.png (20 x 30), 1.png (20 x 30)",
    "each of 2 photos cannot be opened: No such file: a, b",
    "c cannot be opened: Permission denied",
    NULL
  };
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  for (guint i = 0; i < 3; i++)
    {
      g_autofree gchar *name = g_strdup_printf ("/card/%u.mp4", i);

      add_failed (set, name, HOTPIX_ERROR_NO_PHOTO, "is a video");
    }
  for (guint i = 0; i < 12; i++)
    {
      g_autofree gchar *name = g_strdup_printf ("/card/%u.jpg", i);

      add_frame (set, name, 40, i < 5 ? "2" : "3");
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree gchar *name = g_strdup_printf ("/card/%u.png", i);

      add_frame (set, name, 20, "1");
    }
  add_failed (set, "a", HOTPIX_ERROR_READ, "cannot be opened: No such file");
  add_failed (set, "c", HOTPIX_ERROR_READ, "cannot be opened: Permission denied");
  add_failed (set, "b", HOTPIX_ERROR_READ, "cannot be opened: No such file");
  choose (set);
  assert_told (set, sentences);
}

static void
test_nothing (void)
{
  static const gchar *const sentences[] = { NULL };
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autofree gchar *text = NULL;

  choose (set);
  assert_told (set, sentences);
  text = hotpix_left_out_format (set);
  g_assert_cmpstr (text, ==, "");
}

/* However long the names and the reasons are, in whole characters. */
static void
test_length (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autofree gchar *reason = g_strnfill (5000, 'r');
  g_autoptr (GPtrArray) told = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree gchar *long_name = g_strnfill (120, 'x');
      g_autofree gchar *name = g_strdup_printf ("ü%u%s", i, long_name);

      add_failed (set, name, i % 2 == 0 ? HOTPIX_ERROR_READ : HOTPIX_ERROR_DAMAGED, reason);
    }
  told = hotpix_left_out_describe (set);
  g_assert_cmpuint (told->len, ==, 2);
  for (guint i = 0; i < told->len; i++)
    {
      g_assert_cmpuint (strlen (told->pdata[i]), <, 900);
      g_assert_true (g_utf8_validate (told->pdata[i], -1, NULL));
    }
}

static void
test_names (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autofree gchar *text = NULL;

  add_failed (set, "caf\351.jpg", HOTPIX_ERROR_READ, "is a folder");
  add_failed (set, "two\nlines\tand\\.jpg", HOTPIX_ERROR_NO_PHOTO, "is empty");
  text = hotpix_left_out_format (set);
  g_assert_cmpstr (text, ==,
                   "caf\351.jpg\tis a folder\n"
                   "two\\nlines\\tand\\\\.jpg\tis empty\n");
  {
    static const gchar *const sentences[]
        = { "café.jpg is a folder", "two?lines?and\\.jpg is empty", NULL };

    assert_told (set, sentences);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/left-out/one-of-a-kind-is-told-with-its-reason", test_single);
  g_test_add_func ("/left-out/many-of-a-kind-are-told-together", test_groups);
  g_test_add_func ("/left-out/nothing-left-out-is-nothing-told", test_nothing);
  g_test_add_func ("/left-out/no-sentence-is-long", test_length);
  g_test_add_func ("/left-out/names-are-shown-and-listed-as-they-are", test_names);
  return g_test_run ();
}
