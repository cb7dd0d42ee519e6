/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of photos in files: which count, and why others do not. */
#include "base/error.h"
#include "jpeg-writer.h"
#include "photos/frame-makers.h"
#include "photos/selection.h"
#include "scratch-folder.h"

#include <string.h>

static gchar *folder;

/* Adds a JPEG of a scene with this EXIF. */
static void
add (HotpixFrameSet *set, guint32 scene, const JpegExif *fields)
{
  g_autofree gchar *name = g_strdup_printf ("%u.jpg", hotpix_frame_set_get_length (set));
  g_autofree gchar *path = g_build_filename (folder, name, NULL);
  JpegRecipe recipe = { .width = 48, .height = 32 };
  g_autofree guint8 *exif = jpeg_writer_make_whole_exif (fields, &recipe.exif_length);
  g_autoptr (GBytes) jpeg = NULL;

  recipe.exif = exif;
  jpeg = jpeg_writer_encode_scene (&recipe, scene);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (jpeg, NULL),
                                      (gssize) g_bytes_get_size (jpeg), NULL));
  hotpix_frame_makers_add_file (NULL, set, path);
}

static guint
count (HotpixFrameSet *set, HotpixSelection selection)
{
  g_autoptr (GError) error = NULL;
  HotpixShape shape;

  g_assert_true (hotpix_frame_set_select (set, &selection, &shape, &error));
  g_assert_no_error (error);
  return hotpix_frame_set_count_used (set);
}

static void
assert_left_out (const HotpixFrameSet *set, guint index, HotpixLeftOut kind, const gchar *words)
{
  g_assert_nonnull (hotpix_frame_set_get_reason (set, index));
  g_assert_nonnull (strstr (hotpix_frame_set_get_reason (set, index), words));
  g_assert_cmpint (hotpix_frame_set_get_kind (set, index), ==, kind);
}

static void
test_edited (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  for (guint i = 0; i < 3; i++)
    add (set, i, &(JpegExif){ .make = "M", .model = "X", .software = "Ver.1.00" });
  add (set, 10, &(JpegExif){ .make = "M", .model = "X", .digital_zoom = 2000 });
  add (set, 11, &(JpegExif){ .make = "M", .model = "X", .software = "GIMP 2.10" });
  add (set, 12, &(JpegExif){ .make = "M", .model = "X", .custom_rendered = 6 });
  add (set, 13, &(JpegExif){ .make = "M", .model = "X", .digital_zoom = 1000 });
  g_assert_cmpuint (count (set, (HotpixSelection){ 0 }), ==, 4);
  assert_left_out (set, 3, HOTPIX_LEFT_OUT_ZOOMED, "a digital zoom of 2 times");
  assert_left_out (set, 4, HOTPIX_LEFT_OUT_EDITED, "was saved by GIMP 2.10");
  assert_left_out (set, 5, HOTPIX_LEFT_OUT_EDITED, "is a panorama");
  g_assert_cmpuint (count (set, (HotpixSelection){ .count_edited = TRUE }), ==, 7);
}

/* Left out where most are ordinary, and counted where most are not. */
static void
test_custom (void)
{
  for (guint n_custom = 1; n_custom <= 6; n_custom++)
    {
      g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

      for (guint i = 0; i < 6; i++)
        add (set, i, &(JpegExif){ .make = "M", .custom_rendered = i < n_custom ? 1 : 0 });
      g_assert_cmpuint (count (set, (HotpixSelection){ 0 }), ==,
                        n_custom < 3 ? 6 - n_custom : 6);
      if (n_custom < 3)
        assert_left_out (set, 0, HOTPIX_LEFT_OUT_EDITED, "in another way than most");
      g_assert_cmpuint (count (set, (HotpixSelection){ .count_edited = TRUE }), ==, 6);
    }
}

static void
test_repeated (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  add (set, 1, &(JpegExif){ .make = "M", .model = "X" });
  add (set, 2, &(JpegExif){ .make = "M", .model = "X" });
  add (set, 1, &(JpegExif){ .make = "M", .model = "X" });
  add (set, 1, &(JpegExif){ .make = "M", .model = "X", .iso = 400 });
  add (set, 3, &(JpegExif){ .make = "M", .model = "X" });
  g_assert_cmpuint (count (set, (HotpixSelection){ 0 }), ==, 3);
  assert_left_out (set, 2, HOTPIX_LEFT_OUT_REPEATED, "is the same photo as ");
  assert_left_out (set, 3, HOTPIX_LEFT_OUT_REPEATED, "/0.jpg");
  g_assert_cmpstr (hotpix_frame_set_get_detail (set, 3), ==, "0.jpg");
  g_assert_cmpuint (count (set, (HotpixSelection){ .count_again = TRUE }), ==, 5);
}

/* Copies do not decide which body has most photos. */
static void
test_repeats_have_no_vote (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  for (guint i = 0; i < 5; i++)
    add (set, i < 2 ? i : 0, &(JpegExif){ .make = "M", .model = "X", .serial = "1" });
  for (guint i = 0; i < 3; i++)
    add (set, 10 + i, &(JpegExif){ .make = "M", .model = "X", .serial = "2" });
  g_assert_cmpuint (count (set, (HotpixSelection){ 0 }), ==, 3);
  g_assert_cmpstr (hotpix_frame_set_get_body (set)->serial, ==, "2");
}

static void
assert_no_body (HotpixFrameSet *set, const gchar *body, const gchar *words)
{
  HotpixSelection selection = { .body = body };
  g_autoptr (GError) error = NULL;
  HotpixShape shape;

  g_assert_false (hotpix_frame_set_select (set, &selection, &shape, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
  g_assert_cmpstr (error->message, ==, words);
}

static void
test_named_body (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  for (guint i = 0; i < 9; i++)
    add (set, i,
         &(JpegExif){ .make = "N",
                      .model = "N D70",
                      .serial = i < 2   ? "12"
                                : i < 5 ? "123"
                                        : "45" });
  add (set, 20, &(JpegExif){ .make = "N", .model = "N D70" });
  g_assert_cmpuint (count (set, (HotpixSelection){ 0 }), ==, 5);
  g_assert_cmpuint (count (set, (HotpixSelection){ .body = "N D70, serial 12" }), ==, 3);
  g_assert_cmpuint (count (set, (HotpixSelection){ .body = "SERIAL 123" }), ==, 4);
  assert_left_out (set, 8, HOTPIX_LEFT_OUT_CAMERA, "is by another camera body");
  assert_no_body (set, "D80",
                  "no photo is by a camera \"D80\"; the photos are by N D70, serial 12; N D70, "
                  "serial 123; N D70, serial 45");
  assert_no_body (set, "d70",
                  "\"d70\" fits several cameras; the photos are by N D70, serial 12; N D70, "
                  "serial 123; N D70, serial 45");
}

static void
test_lens (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  for (guint i = 0; i < 6; i++)
    add (set, i,
         &(JpegExif){ .make = "Apple", .model = "Phone", .focal_length = i < 4 ? 6765 : 2220 });
  g_assert_cmpuint (count (set, (HotpixSelection){ 0 }), ==, 4);
  assert_left_out (set, 5, HOTPIX_LEFT_OUT_CAMERA,
                   "is by another lens of the camera, Phone, lens of 2.22 mm; the set is by "
                   "Phone, lens of 6.765 mm");
}

int
main (int argc, char **argv)
{
  gint status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  g_test_add_func ("/selection/what-was-edited-is-left-out", test_edited);
  g_test_add_func ("/selection/special-processing-is-left-out-among-ordinary", test_custom);
  g_test_add_func ("/selection/the-same-photo-counts-once", test_repeated);
  g_test_add_func ("/selection/copies-have-no-vote", test_repeats_have_no_vote);
  g_test_add_func ("/selection/a-body-can-be-named", test_named_body);
  g_test_add_func ("/selection/one-lens-of-a-phone-counts", test_lens);
  status = g_test_run ();
  scratch_folder_remove (folder);
  return status;
}
