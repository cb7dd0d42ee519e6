/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-writer.h"
#include "photos/png-frame.h"
#include "png-writer.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SEED 9

static const PngRecipe recipe = { .width = 40, .height = 30, .bits = 16 };

static gchar *folder;

static gchar *
write_file (const gchar *name, GBytes *bytes)
{
  gchar *path = g_build_filename (folder, name, NULL);
  gsize length;
  const gchar *data = g_bytes_get_data (bytes, &length);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  return path;
}

/* With the EXIF of a camera. */
static GBytes *
make_photo (void)
{
  gsize length;
  g_autofree guint8 *exif = jpeg_writer_make_exif ("Maker", "Model", "42", &length);
  g_autoptr (GBytes) png = png_writer_encode (&recipe, SEED);

  /* Without the start that only a JPEG has. */
  return png_writer_insert (png, "IEND", FALSE, "eXIf", exif + 6, length - 6);
}

static void
test_describes (void)
{
  g_autoptr (GBytes) photo = make_photo ();
  g_autofree gchar *path = write_file ("a photo.JPG", photo);
  g_autoptr (HotpixFrame) frame = hotpix_png_frame_new (path, NULL);

  g_assert_nonnull (frame);
  g_assert_cmpstr (frame->name, ==, path);
  g_assert_cmpuint (frame->shape.width, ==, 40);
  g_assert_cmpuint (frame->shape.height, ==, 30);
  g_assert_cmpuint (frame->shape.channels, ==, 3);
  g_assert_cmpuint (frame->shape.bits, ==, 16);
  g_assert_cmpstr (hotpix_frame_get_camera (frame)->serial, ==, "42");
  g_assert_false (frame->host_thread_only);
  g_assert_cmpuint (frame->working_bytes, >, g_bytes_get_size (photo));
  g_assert_cmpuint (frame->fingerprint, !=, 0);
}

static void
test_reads_twice (void)
{
  g_autoptr (GBytes) photo = make_photo ();
  g_autofree gchar *path = write_file ("twice.png", photo);
  g_autoptr (HotpixFrame) frame = hotpix_png_frame_new (path, NULL);
  gsize length;
  g_autofree gpointer expected = png_writer_expect (&recipe, SEED, &length);
  guint16 rows[40 * 30 * 3];

  frame->wants_digest = TRUE;
  g_assert_true (frame->frame_class->open (frame, NULL));
  g_assert_cmpuint (strlen (frame->digest), ==, 32);
  g_assert_true (frame->frame_class->read (frame, 30, rows, NULL));
  g_assert_cmpmem (rows, sizeof rows, expected, length);
  /* The bytes that are decoded again are those that were read at first. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  memset (rows, 0, sizeof rows);
  g_assert_true (frame->frame_class->rewind (frame, NULL));
  g_assert_true (frame->frame_class->read (frame, 16, rows, NULL));
  g_assert_true (frame->frame_class->read (frame, 14, rows + 40 * 16 * 3, NULL));
  frame->frame_class->close (frame);
  g_assert_cmpmem (rows, sizeof rows, expected, length);
}

static void
assert_refused (GBytes *file, gint code, const gchar *words)
{
  g_autofree gchar *path = write_file ("refused.png", file);
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_png_frame_new (path, &error));
  g_assert_error (error, HOTPIX_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("%s has no %s", error->message, words);
}

/* The photo with a header that claims this width. */
static GBytes *
claim_width (guint32 width)
{
  guint8 kind[13] = { 0, 0, 0, 0, 0, 0, 0, 30, 16, 2 };
  g_autoptr (GBytes) photo = make_photo (), with = NULL;
  g_autoptr (GByteArray) file = g_byte_array_new ();
  gsize length, at;

  width = GUINT32_TO_BE (width);
  memcpy (kind, &width, sizeof width);
  with = png_writer_insert (photo, "IHDR", TRUE, "IHDR", kind, sizeof kind);
  at = png_writer_find (with, "IHDR", &length);
  g_byte_array_append (file, g_bytes_get_data (with, NULL), (guint) g_bytes_get_size (with));
  g_byte_array_remove_range (file, (guint) at - 8, (guint) length + 12);
  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}

static void
test_refuses (void)
{
  g_autoptr (GBytes) photo = make_photo ();
  g_autoptr (GBytes) jpeg
      = jpeg_writer_encode_scene (&(JpegRecipe){ .width = 8, .height = 8 }, 1);
  g_autoptr (GBytes) start = g_bytes_new_from_bytes (photo, 0, 5);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (photo, 0, g_bytes_get_size (photo) / 2);
  g_autoptr (GBytes) wide = claim_width (0x7fffffff), none = claim_width (0);

  assert_refused (jpeg, HOTPIX_ERROR_FORMAT, "is not a PNG");
  assert_refused (start, HOTPIX_ERROR_FORMAT, "is not a PNG");
  assert_refused (half, HOTPIX_ERROR_DAMAGED, "the file ends too early");
  assert_refused (wide, HOTPIX_ERROR_DAMAGED, "are too few for the 2147483647 x 30 pixels");
  assert_refused (none, HOTPIX_ERROR_DAMAGED, "libpng: ");
}

/* A file that begins like a PNG and goes on with nothing is not walked through to its end. */
static void
test_endless (void)
{
  g_autoptr (GBytes) photo = make_photo ();
  g_autoptr (GBytes) start = g_bytes_new_from_bytes (photo, 0, 33);
  g_autofree gchar *path = write_file ("endless.png", start);
  g_autoptr (GError) error = NULL;

  if (truncate (path, (off_t) 64 << 30) != 0)
    {
      g_test_skip ("the file system has no sparse files of 64 GiB");
      return;
    }
  g_assert_null (hotpix_png_frame_new (path, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
}

static void
test_changed (void)
{
  const PngRecipe wider = { .width = 41, .height = 30, .bits = 16 };
  g_autoptr (GBytes) photo = make_photo (), other = png_writer_encode (&wider, SEED);
  g_autofree gchar *path = write_file ("changed.png", photo);
  g_autoptr (HotpixFrame) frame = hotpix_png_frame_new (path, NULL);
  g_autofree gchar *same_path = write_file ("changed.png", other);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (path, ==, same_path);
  g_assert_false (frame->frame_class->open (frame, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ);
}

int
main (int argc, char **argv)
{
  gint status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  g_test_add_func ("/png-frame/the-header-tells-size-and-camera", test_describes);
  g_test_add_func ("/png-frame/rewinding-yields-the-same-though-the-file-is-gone",
                   test_reads_twice);
  g_test_add_func ("/png-frame/what-is-no-whole-png-is-refused-in-words", test_refuses);
  g_test_add_func ("/png-frame/a-file-of-holes-is-refused", test_endless);
  g_test_add_func ("/png-frame/a-file-that-changed-is-not-read", test_changed);
  status = g_test_run ();
  scratch_folder_remove (folder);
  return status;
}
