/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "catalogue/catalogue.h"
#include "made-up-survey.h"
#include "scratch-folder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#define N_PROCESSES 8
#define N_SURVEYS 200
#define N_KILLS 100

typedef struct
{
  gchar *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = scratch_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "book.sqlite", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  scratch_folder_remove (fixture->folder);
}

static HotpixCatalogue *
open_catalogue (const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  HotpixCatalogue *catalogue
      = hotpix_catalogue_open (fixture->path, HOTPIX_CATALOGUE_WRITE, &error);

  g_assert_no_error (error);
  return catalogue;
}

/* The process's own photos; every other survey is of a camera that all write about. */
static gboolean
write_survey (const gchar *path, guint process, guint i)
{
  g_autofree gchar *serial = g_strdup_printf ("%u", i % 2 == 0 ? 999 : process);
  g_autoptr (GError) error = NULL;
  g_autoptr (HotpixCatalogue) catalogue
      = hotpix_catalogue_open (path, HOTPIX_CATALOGUE_WRITE, &error);
  const MadeUpSurvey survey = { "NIKON",
                                "D70",
                                serial,
                                .n_photos = 5,
                                .first_photo = 5 * (N_SURVEYS * process + i),
                                .n_defects = 6,
                                .first_defect = process };

  if (catalogue != NULL && made_up_survey_write (catalogue, &survey, &error))
    return TRUE;
  g_printerr ("# process %u: %s\n", process, error->message);
  return FALSE;
}

static void
assert_whole (const Fixture *fixture)
{
  g_autoptr (HotpixCatalogue) catalogue = open_catalogue (fixture);
  g_autoptr (HotpixRows) rows = NULL;

  g_assert_true (hotpix_database_execute (hotpix_catalogue_get_database (catalogue),
                                          "PRAGMA integrity_check", NULL, &rows, NULL));
  g_assert_cmpstr (hotpix_rows_text (rows, 0, 0), ==, "ok");
  g_assert_cmpint (
      made_up_survey_ask (catalogue, "SELECT count(*) FROM pragma_foreign_key_check"), ==, 0);
  g_assert_cmpint (
      made_up_survey_ask (
          catalogue, "SELECT count(*) FROM surveys s WHERE"
                     " (SELECT count(*) FROM survey_photos WHERE survey = s.id) <> s.frames OR"
                     " (SELECT count(*) FROM findings WHERE survey = s.id) <> 6"),
      ==, 0);
}

static void
test_processes (Fixture *fixture, gconstpointer data)
{
  pid_t processes[N_PROCESSES];
  g_autoptr (HotpixCatalogue) catalogue = NULL;

  for (guint process = 0; process < N_PROCESSES; process++)
    {
      processes[process] = fork ();
      g_assert_cmpint (processes[process], >=, 0);
      if (processes[process] == 0)
        {
          guint n_failed = 0;

          for (guint i = 0; i < N_SURVEYS; i++)
            n_failed += !write_survey (fixture->path, process, i);
          _exit (n_failed > 0);
        }
    }
  for (guint process = 0; process < N_PROCESSES; process++)
    {
      gint status;

      g_assert_cmpint (waitpid (processes[process], &status, 0), ==, processes[process]);
      g_assert_cmpint (status, ==, 0);
    }
  assert_whole (fixture);
  catalogue = open_catalogue (fixture);
  g_assert_cmpint (made_up_survey_ask (catalogue, "SELECT count(*) FROM surveys"), ==,
                   N_PROCESSES * N_SURVEYS);
  g_assert_cmpint (made_up_survey_ask (catalogue, "SELECT count(*) FROM photos"), ==,
                   5 * N_PROCESSES * N_SURVEYS);
  g_assert_cmpint (made_up_survey_ask (catalogue, "SELECT count(*) FROM cameras"), ==,
                   N_PROCESSES + 1);
}

/* Surveys that were written before the kill are there after it. */
static void
test_kills (Fixture *fixture, gconstpointer data)
{
  gint64 n_before = 0;

  for (guint round = 0; round < N_KILLS; round++)
    {
      g_autoptr (HotpixCatalogue) catalogue = NULL;
      gint written[2];
      gchar byte = 0;
      pid_t process;
      gint64 n;

      g_assert_cmpint (pipe (written), ==, 0);
      process = fork ();
      g_assert_cmpint (process, >=, 0);
      if (process == 0)
        for (guint i = 0;; i++)
          if (write_survey (fixture->path, round, i) && i == 0)
            g_assert_cmpint (write (written[1], &byte, 1), ==, 1);
      /* However slow the machine is, each has written one. */
      close (written[1]);
      g_assert_cmpint (read (written[0], &byte, 1), ==, 1);
      close (written[0]);
      g_usleep ((gulong) g_test_rand_int_range (1000, 80000));
      g_assert_cmpint (kill (process, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (process, NULL, 0), ==, process);
      assert_whole (fixture);
      catalogue = open_catalogue (fixture);
      n = made_up_survey_ask (catalogue, "SELECT count(*) FROM surveys");
      g_assert_cmpint (n, >=, n_before);
      n_before = n;
    }
  g_test_message ("%d surveys", (gint) n_before);
  g_assert_cmpint (n_before, >=, N_KILLS);
}

/* What the file lacks room for is not there, and what was there is. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  guint n = 0;
  gboolean success = TRUE;
  g_autoptr (GError) error = NULL;

  if (mount ("hotpix", fixture->folder, "tmpfs", 0, "size=512k") != 0)
    {
      g_test_skip ("no small file system can be mounted");
      return;
    }
  {
    g_autoptr (HotpixCatalogue) catalogue = open_catalogue (fixture);

    for (; success; n += success)
      {
        const MadeUpSurvey survey
            = { "NIKON", "D70", "1", .n_photos = 5, .first_photo = 5 * n, .n_defects = 6 };

        success = made_up_survey_write (catalogue, &survey, &error);
      }
    g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE);
    g_assert_nonnull (strstr (error->message, "disk is full"));
    g_assert_cmpint (made_up_survey_ask (catalogue, "SELECT count(*) FROM surveys"), ==, n);
  }
  assert_whole (fixture);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpint (umount (fixture->folder), ==, 0);
}

/* As a user without rights, which root never is. */
static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HotpixCatalogue) keeper = NULL;
  pid_t process;
  gint status;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can become a user without rights");
      return;
    }
  g_assert_true (write_survey (fixture->path, 0, 0));
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  process = fork ();
  if (process == 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HotpixCatalogue) catalogue = NULL;

      if (setuid (65534) != 0)
        _exit (2);
      catalogue = hotpix_catalogue_open (fixture->path, HOTPIX_CATALOGUE_READ, &error);
      if (error != NULL)
        g_printerr ("# %s\n", error->message);
      _exit (catalogue != NULL || strstr (error->message, fixture->path) == NULL
             || strstr (error->message, "read-only") == NULL);
    }
  g_assert_cmpint (waitpid (process, &status, 0), ==, process);
  g_assert_cmpint (status, ==, 0);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree gchar *own = hotpix_catalogue_find_path ("default");
  g_autofree gchar *other = hotpix_catalogue_find_path ("x/default");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (own, g_get_user_data_dir ()));
  g_assert_true (g_str_has_suffix (own, "/hotpix/catalogue.sqlite"));
  g_assert_cmpstr (other, ==, "x/default");
  g_assert_null (hotpix_catalogue_open (fixture->path, HOTPIX_CATALOGUE_READ, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_own (Fixture *fixture, gconstpointer data)
{
  g_autofree gchar *own = hotpix_catalogue_find_path ("default");
  g_autoptr (GError) error = NULL;
  g_autoptr (HotpixCatalogue) catalogue
      = hotpix_catalogue_open ("default", HOTPIX_CATALOGUE_WRITE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hotpix_catalogue_get_path (catalogue), ==, own);
  g_assert_true (g_file_test (own, G_FILE_TEST_IS_REGULAR));
}

int
main (int argc, char **argv)
{
  gchar *data = scratch_folder_new ();
  gint status;

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/catalogue/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("a-missing-file-is-named", test_names);
  ADD ("the-user's-own-is-made", test_own);
  ADD ("a-read-only-folder-is-told", test_read_only);
  ADD ("a-full-disk-leaves-it-as-it-was", test_full_disk);
  ADD ("eight-processes-lose-nothing", test_processes);
  ADD ("a-hundred-kills-leave-whole-surveys", test_kills);
#undef ADD
  status = g_test_run ();
  scratch_folder_remove (data);
  return status;
}
