/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/whole-file.h"
#include "scratch-folder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static gchar *folder;

/* Returns (transfer full): a path in a new folder of its own. */
static gchar *
new_path (const gchar *name)
{
  g_autofree gchar *place = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir (place, 0700), ==, 0);
  return g_build_filename (place, "file", NULL);
}

static void
assert_content (const gchar *path, const gchar *expected)
{
  g_autofree gchar *text = NULL, *place = g_path_get_dirname (path);
  g_autoptr (GDir) files = g_dir_open (place, 0, NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
  /* Nothing is left beside it. */
  g_assert_cmpstr (g_dir_read_name (files), ==, "file");
  g_assert_null (g_dir_read_name (files));
}

static void
test_new (void)
{
  g_autofree gchar *path = new_path ("new");
  mode_t mask = umask (027);
  struct stat status;

  g_assert_cmpint (hotpix_whole_file_write (path, "text", 4, &(HotpixWholeFile){ 0 }), ==, 0);
  umask (mask);
  assert_content (path, "text");
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
}

static gint
fail (const gchar *place, gpointer user_data)
{
  g_assert_true (g_file_test (place, G_FILE_TEST_EXISTS));
  return *(const gint *) user_data;
}

static gint
append_twice (const gchar *place, gpointer user_data)
{
  for (guint i = 0; i < 2; i++)
    {
      FILE *file = g_fopen (place, "ab");

      g_assert_nonnull (file);
      fputs (user_data, file);
      g_assert_cmpint (fclose (file), ==, 0);
    }
  return 0;
}

/* A maker may open the file as often as it likes; where it fails, what was there stays. */
static void
test_made (void)
{
  HotpixWholeFile how = { .overwrite = TRUE, .flush = TRUE };
  g_autofree gchar *path = new_path ("made");
  gint code = ENOSPC;

  g_assert_cmpint (hotpix_whole_file_make (path, append_twice, (gpointer) "ab", &how), ==, 0);
  assert_content (path, "abab");
  g_assert_cmpint (hotpix_whole_file_make (path, fail, &code, &how), ==, ENOSPC);
  assert_content (path, "abab");
}

static void
test_replace (void)
{
  HotpixWholeFile how = { .overwrite = FALSE, .flush = TRUE };
  g_autofree gchar *path = new_path ("replace");

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_cmpint (hotpix_whole_file_write (path, "new", 3, &how), ==, EEXIST);
  assert_content (path, "old");
  how.overwrite = TRUE;
  g_assert_cmpint (hotpix_whole_file_write (path, "new", 3, &how), ==, 0);
  assert_content (path, "new");
}

static void
test_mode_and_times (void)
{
  const struct timespec times[2] = { { 1000000000, 0 }, { 1100000000, 250000000 } };
  HotpixWholeFile how = { .mode = 0604, .times = times };
  g_autofree gchar *path = new_path ("mode");
  struct stat status;

  g_assert_cmpint (hotpix_whole_file_write (path, "", 0, &how), ==, 0);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0604);
  g_assert_cmpint (status.st_atim.tv_sec, ==, times[0].tv_sec);
  g_assert_cmpint (status.st_mtim.tv_sec, ==, times[1].tv_sec);
  g_assert_cmpint (status.st_mtim.tv_nsec, ==, times[1].tv_nsec);
}

static void
test_no_folder (void)
{
  g_autofree gchar *path = g_build_filename (folder, "none", "file", NULL);

  g_assert_cmpint (hotpix_whole_file_write (path, "text", 4, &(HotpixWholeFile){ 0 }), ==,
                   ENOENT);
}

/* A file system without nameless files, where they are written beside. Nothing can be made there. */
static void
test_refused (void)
{
  g_assert_cmpint (
      hotpix_whole_file_write ("/proc/hotpix-file", "text", 4, &(HotpixWholeFile){ 0 }), !=, 0);
}

int
main (int argc, char **argv)
{
  gint result;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  g_test_add_func ("/whole-file/a-function-may-make-it", test_made);
  g_test_add_func ("/whole-file/a-new-file-has-the-users-mode", test_new);
  g_test_add_func ("/whole-file/an-old-one-is-replaced-only-where-it-may-be", test_replace);
  g_test_add_func ("/whole-file/mode-and-times-are-those-asked-for", test_mode_and_times);
  g_test_add_func ("/whole-file/a-missing-folder-is-an-error", test_no_folder);
  g_test_add_func ("/whole-file/what-refuses-every-file-is-an-error", test_refused);
  result = g_test_run ();
  scratch_folder_remove (folder);
  return result;
}
