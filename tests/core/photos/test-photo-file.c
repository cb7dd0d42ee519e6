/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/photo-file.h"
#include "scratch-folder.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static gchar *folder;

/* Returns (transfer full): the path of a file with these bytes. */
static gchar *
make_file (const gchar *name, const gchar *bytes)
{
  gchar *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, -1, NULL));
  return path;
}

/* Neither opened nor loaded, in words that do not name it. */
static void
assert_refused (const gchar *path, gint code)
{
  g_autoptr (GError) error = NULL, again = NULL;
  gsize size = 77;

  g_assert_null (hotpix_photo_file_open (path, &size, &error));
  g_assert_error (error, HOTPIX_ERROR, code);
  g_assert_cmpuint (size, ==, 77);
  g_assert_null (hotpix_photo_file_load (path, 1000, NULL, &again));
  g_assert_error (again, HOTPIX_ERROR, code);
  g_assert_cmpstr (again->message, ==, error->message);
}

static void
test_whole (void)
{
  g_autofree gchar *path = make_file ("photo.jpg", "nine bytes");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hotpix_photo_file_load (path, 10, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "nine bytes", 10);
}

static void
test_stream (void)
{
  g_autofree gchar *path = make_file ("stream.jpg", "abc");
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  FILE *stream = hotpix_photo_file_open (path, &size, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (size, ==, 3);
  g_assert_cmpint (fgetc (stream), ==, 'a');
  /* A program that the host starts meanwhile does not get it. */
  g_assert_cmpint (fcntl (fileno (stream), F_GETFD) & FD_CLOEXEC, !=, 0);
  fclose (stream);
}

static void
test_longer (void)
{
  g_autofree gchar *path = make_file ("long.jpg", "eleven byte");
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_photo_file_load (path, 10, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ);
}

/* More than any machine has memory for; the disk holds none of it. */
static void
test_huge (void)
{
  g_autofree gchar *path = make_file ("huge.jpg", "x");
  g_autoptr (GError) error = NULL;

  if (truncate (path, (off_t) 8 << 40) != 0)
    {
      g_test_skip ("this file system holds no file of 8 TiB, not even a sparse one");
      return;
    }
  g_assert_null (hotpix_photo_file_load (path, G_MAXSIZE, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ);
  g_assert_nonnull (strstr (error->message, "memory"));
}

static void
test_no_photo (void)
{
  g_autofree gchar *empty = make_file ("empty.jpg", "");
  g_autofree gchar *missing = g_build_filename (folder, "missing.jpg", NULL);
  g_autofree gchar *loop = g_build_filename (folder, "loop.jpg", NULL);

  g_assert_cmpint (symlink ("loop.jpg", loop), ==, 0);
  assert_refused (empty, HOTPIX_ERROR_NO_PHOTO);
  assert_refused (missing, HOTPIX_ERROR_READ);
  assert_refused (loop, HOTPIX_ERROR_READ);
  assert_refused (folder, HOTPIX_ERROR_READ);
}

/* A test that waits fails by its time-out. */
static void
test_nothing_to_wait_on (void)
{
  g_autofree gchar *fifo = g_build_filename (folder, "fifo.jpg", NULL);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gint listener = socket (AF_UNIX, SOCK_STREAM, 0);

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_refused (fifo, HOTPIX_ERROR_READ);
  assert_refused ("/dev/zero", HOTPIX_ERROR_READ);
  g_snprintf (address.sun_path, sizeof address.sun_path, "%s/socket", folder);
  g_assert_cmpint (bind (listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  assert_refused (address.sun_path, HOTPIX_ERROR_READ);
  close (listener);
}

static void
test_folder_is_explained (void)
{
  g_autofree gchar *slashed = g_strconcat (folder, "/", NULL);
  g_autofree gchar *pattern = g_strconcat (folder, "/*.JPG", NULL);
  g_autoptr (GError) error = NULL, again = NULL;

  g_assert_null (hotpix_photo_file_open (folder, NULL, &error));
  g_assert_nonnull (strstr (error->message, pattern));
  g_assert_null (hotpix_photo_file_open (slashed, NULL, &again));
  g_assert_nonnull (strstr (again->message, pattern));
}

/* What tells two files apart, or that one is a copy of the other. */
static void
test_content (void)
{
  g_autofree gchar *one = make_file ("one.png", "the samples");
  g_autofree gchar *copy = make_file ("copy.png", "the samples");
  g_autofree gchar *other = make_file ("other.png", "the sampler");
  g_autofree gchar *missing = g_build_filename (folder, "no.png", NULL);
  g_autofree gchar *digest = hotpix_photo_file_digest (one, 0);
  g_autofree gchar *of_copy = hotpix_photo_file_digest (copy, 0);
  g_autofree gchar *of_other = hotpix_photo_file_digest (other, 0);

  g_assert_cmpuint (hotpix_photo_file_fingerprint (one), !=, 0);
  g_assert_cmpuint (hotpix_photo_file_fingerprint (one), ==,
                    hotpix_photo_file_fingerprint (copy));
  g_assert_cmpuint (hotpix_photo_file_fingerprint (one), !=,
                    hotpix_photo_file_fingerprint (other));
  g_assert_cmpuint (hotpix_photo_file_fingerprint (missing), ==, 0);
  g_assert_cmpstr (digest, ==, of_copy);
  g_assert_cmpstr (digest, !=, of_other);
  g_assert_null (hotpix_photo_file_digest (missing, 0));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  g_test_add_func ("/photo-file/a-whole-file-is-loaded", test_whole);
  g_test_add_func ("/photo-file/a-stream-starts-at-the-first-byte-and-is-not-inherited",
                   test_stream);
  g_test_add_func ("/photo-file/a-file-too-long-for-a-photo-is-refused", test_longer);
  g_test_add_func ("/photo-file/a-file-beyond-the-memory-is-refused-unread", test_huge);
  g_test_add_func ("/photo-file/what-is-no-photo-is-refused", test_no_photo);
  g_test_add_func ("/photo-file/pipes-sockets-and-devices-are-never-waited-on",
                   test_nothing_to_wait_on);
  g_test_add_func ("/photo-file/a-folder-is-told-how-to-name-its-photos",
                   test_folder_is_explained);
  g_test_add_func ("/photo-file/a-copy-has-the-same-digest", test_content);
  status = g_test_run ();
  scratch_folder_remove (folder);
  return status;
}
