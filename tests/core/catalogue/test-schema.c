/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/schema-private.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>

#define APPLICATION 77

static const gchar *const good_steps[] = {
  "CREATE TABLE a (n INTEGER) STRICT; INSERT INTO a VALUES (1)",
  "CREATE TABLE b (n INTEGER) STRICT; INSERT INTO b SELECT n + 1 FROM a",
  "DROP TABLE a",
};
static const gchar *const bad_steps[] = { NULL, "DROP TABLE a; CREATE TABLE", NULL };

static const HotpixSchema first = { APPLICATION, good_steps, 1 };
static const HotpixSchema third = { APPLICATION, good_steps, 3 };
static const HotpixSchema broken = { APPLICATION, bad_steps, 2 };
static const HotpixSchema other = { 78, good_steps, 1 };

typedef struct
{
  gchar *folder, *path, *copy;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = scratch_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "book.sqlite", NULL);
  fixture->copy = g_strconcat (fixture->path, ".version-1", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  g_free (fixture->copy);
  scratch_folder_remove (fixture->folder);
}

static gboolean
prepare (const gchar *path, const HotpixSchema *schema, GError **error)
{
  g_autoptr (HotpixConnection) connection
      = hotpix_connection_open (path, HOTPIX_CONNECTION_CREATE, 1000, error);

  return connection != NULL && hotpix_schema_prepare (connection, (gpointer) schema, error);
}

static gint64
ask (const gchar *path, const gchar *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HotpixConnection) connection
      = hotpix_connection_open (path, HOTPIX_CONNECTION_WRITE, 1000, &error);
  gint64 integer = 0;

  g_assert_no_error (error);
  (void) hotpix_connection_get_integer (connection, sql, &integer, &error);
  g_assert_no_error (error);
  return integer;
}

static void
test_older (Fixture *fixture, gconstpointer data)
{
  g_autofree gchar *second = g_strconcat (fixture->copy, ".2", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (prepare (fixture->path, &first, &error));
  g_assert_false (g_file_test (fixture->copy, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (fixture->copy, "somebody's", -1, NULL));
  g_assert_true (prepare (fixture->path, &third, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (fixture->path, "PRAGMA user_version"), ==, 3);
  g_assert_cmpint (ask (fixture->path, "SELECT n FROM b"), ==, 2);
  g_assert_cmpint (ask (fixture->path, "SELECT count(*) FROM sqlite_schema"), ==, 1);
  g_assert_cmpint (ask (second, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (ask (second, "SELECT n FROM a"), ==, 1);
  g_assert_true (prepare (second, &third, &error));
  g_assert_true (prepare (fixture->path, &third, &error));
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (prepare (fixture->path, &first, &error));
  g_assert_false (prepare (fixture->path, &broken, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
  g_assert_cmpint (ask (fixture->path, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (ask (fixture->path, "SELECT n FROM a"), ==, 1);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (prepare (fixture->path, &third, &error));
  g_assert_false (prepare (fixture->path, &first, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "update hotpix"));
  g_assert_cmpint (ask (fixture->path, "PRAGMA user_version"), ==, 3);
}

/* Not a byte of it is changed. */
static void
test_of_another_program (Fixture *fixture, gconstpointer data)
{
  g_autofree gchar *before = NULL, *after = NULL;
  gsize n_before, n_after;
  g_autoptr (GError) error = NULL;

  {
    g_autoptr (HotpixConnection) connection
        = hotpix_connection_open (fixture->path, HOTPIX_CONNECTION_CREATE, 1000, NULL);

    g_assert_true (hotpix_connection_run (connection, "CREATE TABLE moz_places (n)", NULL));
  }
  g_assert_true (g_file_get_contents (fixture->path, &before, &n_before, NULL));
  g_assert_false (prepare (fixture->path, &first, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT);
  g_assert_true (g_file_get_contents (fixture->path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_true (prepare (fixture->path, &other, &error));
  g_assert_false (prepare (fixture->path, &first, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT);
}

/* All at once, on the same old file. */
static gpointer
prepare_third (gpointer path)
{
  g_autoptr (GError) error = NULL;

  (void) prepare (path, &third, &error);
  g_assert_no_error (error);
  return NULL;
}

static void
test_at_once (Fixture *fixture, gconstpointer data)
{
  GThread *threads[8];
  g_autofree gchar *second = g_strconcat (fixture->copy, ".2", NULL);

  g_assert_true (prepare (fixture->path, &first, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("prepare", prepare_third, fixture->path);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (ask (fixture->path, "SELECT count(*) FROM b"), ==, 1);
  g_assert_true (g_file_test (fixture->copy, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (second, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/schema/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("an-older-file-is-brought-up-to-date-and-kept", test_older);
  ADD ("a-step-that-fails-leaves-the-file-as-it-was", test_failure);
  ADD ("a-newer-file-is-refused", test_newer);
  ADD ("another-program's-database-is-not-touched", test_of_another_program);
  ADD ("several-at-once-bring-it-up-to-date-once", test_at_once);
#undef ADD
  return g_test_run ();
}
