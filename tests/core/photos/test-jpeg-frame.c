/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-writer.h"
#include "photos/jpeg-frame.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gchar *folder;

static gchar *
write_file (const gchar *name, gconstpointer data, gsize length)
{
  gchar *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  return path;
}

static gchar *
write_photo (const gchar *name, guint width, guint height, guint32 seed)
{
  gsize exif_length;
  g_autofree guint8 *exif = jpeg_writer_make_exif ("Maker", "Model", "42", &exif_length);
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (
      &(JpegRecipe){
          .width = width, .height = height, .exif = exif, .exif_length = exif_length },
      seed);

  return write_file (name, g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));
}

static void
assert_refused (const gchar *path, gint code, const gchar *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_jpeg_frame_new (path, &error));
  g_assert_error (error, HOTPIX_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_describes (void)
{
  g_autofree gchar *path
      = write_photo ("with blanks, \"quotes\", 50%, a:b and ü.jpg", 40, 30, 1);
  g_autoptr (HotpixFrame) frame = hotpix_jpeg_frame_new (path, NULL);

  g_assert_nonnull (frame);
  g_assert_cmpstr (frame->name, ==, path);
  g_assert_cmpuint (frame->shape.width, ==, 40);
  g_assert_cmpuint (frame->shape.height, ==, 30);
  g_assert_cmpuint (frame->shape.channels, ==, 3);
  g_assert_cmpuint (frame->shape.bits, ==, 8);
  g_assert_cmpstr (hotpix_frame_get_camera (frame)->serial, ==, "42");
  g_assert_false (frame->host_thread_only);
  g_assert_cmpuint (frame->working_bytes, >, 0);
}

static void
test_reads_twice (void)
{
  g_autofree gchar *path = write_photo ("twice.jpg", 40, 30, 2);
  g_autoptr (HotpixFrame) frame = hotpix_jpeg_frame_new (path, NULL);
  guint8 first[40 * 30 * 3], second[40 * 30 * 3];

  g_assert_true (frame->frame_class->open (frame, NULL));
  g_assert_true (frame->frame_class->read (frame, 30, first, NULL));
  /* The bytes that are decoded again are those that were read at first. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_true (frame->frame_class->rewind (frame, NULL));
  g_assert_true (frame->frame_class->read (frame, 16, second, NULL));
  g_assert_true (frame->frame_class->read (frame, 14, second + 40 * 16 * 3, NULL));
  frame->frame_class->close (frame);
  g_assert_cmpmem (first, sizeof first, second, sizeof second);
}

/* Told while the frame is open, the digest is that of the file as it was read. */
static void
test_digest (void)
{
  g_autofree gchar *path = write_photo ("digest.jpg", 40, 30, 1);
  g_autoptr (HotpixFrame) frame = hotpix_jpeg_frame_new (path, NULL);
  g_autoptr (HotpixFrame) early = hotpix_jpeg_frame_new (path, NULL);
  g_autoptr (HotpixFrame) missing = hotpix_jpeg_frame_new (path, NULL);

  early->wants_digest = TRUE;
  g_assert_true (early->frame_class->open (early, NULL));
  early->frame_class->close (early);
  g_assert_cmpstr (early->digest, !=, NULL);
  g_assert_null (frame->digest);
  g_assert_cmpstr (hotpix_frame_get_digest (frame), ==, early->digest);
  g_unlink (path);
  g_assert_nonnull (hotpix_frame_get_digest (frame));
  g_assert_null (hotpix_frame_get_digest (missing));
}

static void
test_changed (void)
{
  g_autofree gchar *path = write_photo ("changed.jpg", 40, 30, 3);
  g_autoptr (HotpixFrame) frame = hotpix_jpeg_frame_new (path, NULL);
  g_autofree gchar *same_path = write_photo ("changed.jpg", 41, 30, 3);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (path, ==, same_path);
  g_assert_false (frame->frame_class->open (frame, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ);
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_false (frame->frame_class->open (frame, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ);
}

static void
test_refuses (void)
{
  g_autofree gchar *empty = write_file ("empty.jpg", "", 0);
  g_autofree gchar *png = write_file ("png.JPG", "\x89PNG\r\n\x1a\n", 8);
  g_autofree gchar *short_header = write_file ("short.jpg", "\xff\xd8\xff", 3);
  g_autofree gchar *fifo = g_build_filename (folder, "fifo.jpg", NULL);
  g_autofree gchar *missing = g_build_filename (folder, "missing.jpg", NULL);
  g_autofree gchar *loop = g_build_filename (folder, "loop.jpg", NULL);

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  assert_refused (empty, HOTPIX_ERROR_NO_PHOTO, "is empty");
  assert_refused (png, HOTPIX_ERROR_FORMAT, "is not a JPEG");
  assert_refused (short_header, HOTPIX_ERROR_DAMAGED, "is damaged");
  assert_refused (fifo, HOTPIX_ERROR_READ, "is a pipe or a device");
  assert_refused ("/dev/null", HOTPIX_ERROR_READ, "is a pipe or a device");
  assert_refused (missing, HOTPIX_ERROR_READ, "No such file");
  assert_refused (loop, HOTPIX_ERROR_READ, "cannot be opened");
  assert_refused (folder, HOTPIX_ERROR_READ, "is a folder");
}

static void
test_unreadable (void)
{
  g_autofree gchar *path = write_photo ("unreadable.jpg", 8, 8, 1);
  uid_t user = geteuid ();

  /* Root can read every file, so this is nobody's to do. */
  if (user == 0)
    g_assert_cmpint (seteuid (65534), ==, 0);
  else
    g_assert_cmpint (g_chmod (path, 0), ==, 0);
  assert_refused (path, HOTPIX_ERROR_READ, "cannot be opened: Permission denied");
  g_assert_cmpint (seteuid (user), ==, 0);
}

/* A small photo in a file of many gigabytes is refused before any memory is allocated. */
static void
test_oversized (void)
{
  g_autofree gchar *path = write_photo ("oversized.jpg", 8, 8, 1);
  g_autoptr (HotpixFrame) frame = NULL;
  g_autoptr (GError) error = NULL;

  if (truncate (path, (off_t) 64 << 30) != 0)
    {
      g_test_skip ("the file system has no sparse files of 64 GiB");
      return;
    }
  frame = hotpix_jpeg_frame_new (path, NULL);
  g_assert_nonnull (frame);
  g_assert_false (frame->frame_class->open (frame, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ);
  g_assert_nonnull (strstr (error->message, "MiB long"));
}

/* The start of a JPEG of this size with `length` bytes in all. */
static gchar *
write_claim (const gchar *name, guint16 width, guint16 height, gboolean progressive,
             gsize length)
{
  const guint8 frame[] = { 0xff,
                           progressive ? 0xc2 : 0xc0,
                           0,
                           11,
                           8,
                           (guint8) (height >> 8),
                           (guint8) height,
                           (guint8) (width >> 8),
                           (guint8) width,
                           1,
                           1,
                           0x11,
                           0 };
  g_autoptr (GByteArray) header = g_byte_array_new ();
  gchar *path;

  g_byte_array_append (header, (const guint8 *) "\xff\xd8", 2);
  g_byte_array_append (header, frame, sizeof frame);
  g_byte_array_append (header, (const guint8 *) "\xff\xda\0\x8\1\1\0\0\0\0", 10);
  path = write_file (name, header->data, header->len);
  g_assert_cmpint (truncate (path, (off_t) length), ==, 0);
  return path;
}

/* A header alone must not decide what size a set has. */
static void
test_claims (void)
{
  g_autofree gchar *tiny = write_claim ("tiny.jpg", 65500, 65500, FALSE, 600);
  g_autofree gchar *least = write_claim ("least.jpg", 800, 800, FALSE, 2500);
  g_autofree gchar *less = write_claim ("less.jpg", 800, 800, FALSE, 2499);
  g_autofree gchar *half = write_claim ("half.jpg", 800, 800, TRUE, 1250);
  g_autoptr (HotpixFrame) enough = hotpix_jpeg_frame_new (least, NULL);
  g_autoptr (HotpixFrame) progressive = hotpix_jpeg_frame_new (half, NULL);

  assert_refused (tiny, HOTPIX_ERROR_DAMAGED,
                  "600 bytes are too few for the 65500 x 65500 pixels of its header");
  assert_refused (less, HOTPIX_ERROR_DAMAGED, "2499 bytes are too few");
  g_assert_nonnull (enough);
  g_assert_nonnull (progressive);
}

/* A file that begins like a JPEG and goes on without a marker. */
static void
test_endless_header (void)
{
  g_autofree gchar *path = write_file ("endless.jpg", "\xff\xd8", 2);

  if (truncate (path, (off_t) 64 << 30) != 0)
    {
      g_test_skip ("the file system has no sparse files of 64 GiB");
      return;
    }
  assert_refused (path, HOTPIX_ERROR_DAMAGED, "its header does not end");
}

int
main (int argc, char **argv)
{
  gint status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  g_test_add_func ("/jpeg-frame/the-header-tells-size-and-camera", test_describes);
  g_test_add_func ("/jpeg-frame/rewinding-yields-the-same-though-the-file-is-gone",
                   test_reads_twice);
  g_test_add_func ("/jpeg-frame/the-digest-is-known-once-it-was-open", test_digest);
  g_test_add_func ("/jpeg-frame/a-file-that-changed-is-not-read", test_changed);
  g_test_add_func ("/jpeg-frame/what-is-no-photo-is-refused-in-words", test_refuses);
  g_test_add_func ("/jpeg-frame/an-unreadable-file-is-refused", test_unreadable);
  g_test_add_func ("/jpeg-frame/a-file-too-long-for-its-photo-is-refused", test_oversized);
  g_test_add_func ("/jpeg-frame/a-file-too-short-for-its-photo-is-refused", test_claims);
  g_test_add_func ("/jpeg-frame/a-header-without-an-end-is-refused", test_endless_header);
  status = g_test_run ();
  scratch_folder_remove (folder);
  return status;
}
