/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/connection-private.h"
#include "catalogue/database.h"
#include "catalogue/network-files-private.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_THREADS 10

/* A question that takes minutes unless it is stopped. */
#define ENDLESS                                                                                \
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) "     \
  "SELECT count(*) FROM n"

typedef struct
{
  gchar *folder, *path;
  HotpixDatabase *database;
} Fixture;

static void
execute (HotpixDatabase *database, const gchar *sql, const HotpixValue *parameters)
{
  g_autoptr (GError) error = NULL;

  (void) hotpix_database_execute (database, sql, parameters, NULL, &error);
  g_assert_no_error (error);
}

static gint64
ask (HotpixDatabase *database, const gchar *sql, const HotpixValue *parameters)
{
  g_autoptr (HotpixRows) rows = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (hotpix_database_execute (database, sql, parameters, &rows, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (hotpix_rows_count (rows), ==, 1);
  return hotpix_rows_integer (rows, 0, 0);
}

static HotpixDatabase *
open_more (const Fixture *fixture, guint workers, guint most_waiting, guint wait)
{
  HotpixDatabaseOptions options
      = { .workers = workers, .most_waiting = most_waiting, .wait = wait, .create = TRUE };
  g_autoptr (GError) error = NULL;
  HotpixDatabase *database = hotpix_database_open (fixture->path, &options, &error);

  g_assert_no_error (error);
  return database;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = scratch_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "some ? # %41 'name'.sqlite", NULL);
  fixture->database = open_more (fixture, 4, 10000, 60000);
  execute (fixture->database,
           "CREATE TABLE t (a INTEGER PRIMARY KEY, b ANY UNIQUE, c ANY) STRICT", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hotpix_database_free (fixture->database);
  g_free (fixture->path);
  scratch_folder_remove (fixture->folder);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HotpixRows) rows = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (hotpix_database_execute (
      fixture->database, "SELECT ?, ?, ?, ?, ? UNION ALL SELECT 1, 2, 3, 4, x'ff41'",
      HOTPIX_VALUES (hotpix_value_integer (G_MININT64), hotpix_value_real (0.1),
                     hotpix_value_text ("é"), hotpix_value_real (NAN),
                     hotpix_value_text ("\xff"
                                        "A")),
      &rows, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (hotpix_rows_count (rows), ==, 2);
  g_assert_cmpint (hotpix_rows_integer (rows, 0, 0), ==, G_MININT64);
  g_assert_cmpfloat (hotpix_rows_real (rows, 0, 1), ==, 0.1);
  g_assert_cmpstr (hotpix_rows_text (rows, 0, 2), ==, "é");
  g_assert_true (isnan (hotpix_rows_real (rows, 0, 3)));
  g_assert_null (hotpix_rows_text (rows, 0, 3));
  g_assert_cmpstr (hotpix_rows_text (rows, 0, 4), ==,
                   "\xef\xbf\xbd"
                   "A");
  g_assert_cmpstr (hotpix_rows_text (rows, 1, 4), ==,
                   "\xef\xbf\xbd"
                   "A");
  g_assert_cmpint (hotpix_rows_integer (rows, 0, 1), ==, 0);
  g_assert_cmpfloat (hotpix_rows_real (rows, 1, 0), ==, 1);
}

static void
test_parameters_are_no_sql (Fixture *fixture, gconstpointer data)
{
  static const gchar *const names[]
      = { "'; DROP TABLE t; --", "\"); DELETE FROM t; --", "x' OR '1'='1", "?", "%s%n", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (HotpixRows) rows = NULL;

      execute (fixture->database, "INSERT INTO t (b, c) VALUES (?, ?)",
               HOTPIX_VALUES (hotpix_value_integer (i), hotpix_value_text (names[i])));
      g_assert_true (hotpix_database_execute (fixture->database, "SELECT b FROM t WHERE c = ?",
                                              HOTPIX_VALUES (hotpix_value_text (names[i])),
                                              &rows, NULL));
      g_assert_cmpuint (hotpix_rows_count (rows), ==, 1);
      g_assert_cmpint (hotpix_rows_integer (rows, 0, 0), ==, i);
    }
  g_assert_cmpint (ask (fixture->database, "SELECT count(*) FROM t", NULL), ==,
                   G_N_ELEMENTS (names));
}

static const struct
{
  const gchar *sql;
  guint n_parameters;
  HotpixError code;
  const gchar *words;
} refused[] = {
  { "SELECT 1; SELECT 2", 0, HOTPIX_ERROR_ARGUMENT, "one SQL statement" },
  { "INSERT INTO t (b) VALUES (1); DROP TABLE t", 0, HOTPIX_ERROR_ARGUMENT,
    "one SQL statement" },
  { "", 0, HOTPIX_ERROR_ARGUMENT, "one SQL statement" },
  { "SELECT ?", 0, HOTPIX_ERROR_ARGUMENT, "1 parameters, and 0 were" },
  { "SELECT ?", 2, HOTPIX_ERROR_ARGUMENT, "1 parameters, and 2 were" },
  { "SELECT a FROM nowhere", 0, HOTPIX_ERROR_ARGUMENT, "nowhere" },
  { "INSERT INTO t (a) VALUES ('text')", 0, HOTPIX_ERROR_ARGUMENT, "datatype mismatch" },
};

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      HotpixValue values[] = { hotpix_value_integer (1), hotpix_value_integer (2), { 0 } };
      g_autoptr (GError) error = NULL;

      values[refused[i].n_parameters].kind = HOTPIX_VALUE_END;
      g_assert_false (
          hotpix_database_execute (fixture->database, refused[i].sql, values, NULL, &error));
      g_assert_error (error, HOTPIX_ERROR, (gint) refused[i].code);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, refused[i].words));
    }
  g_assert_cmpint (ask (fixture->database, "SELECT count(*) FROM t", NULL), ==, 0);
}

/* Its numbers are those from first on in steps of N_THREADS, and those that divide by 7 are there already. */
typedef struct
{
  HotpixDatabase *database;
  guint first, n_refused;
} Writer;

#define N_WRITES 70

static gpointer
write_some (gpointer user_data)
{
  Writer *writer = user_data;

  for (guint i = writer->first; i < N_WRITES * N_THREADS; i += N_THREADS)
    {
      const HotpixValue *values
          = HOTPIX_VALUES (hotpix_value_integer (i % 7 == 0 ? -1 : (gint64) i));
      g_autoptr (GError) error = NULL;

      if (!hotpix_database_execute (writer->database, "INSERT INTO t (b) VALUES (?)", values,
                                    NULL, &error))
        {
          g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
          g_assert_cmpuint (i % 7, ==, 0);
          writer->n_refused++;
        }
      else
        g_assert_cmpint (ask (writer->database, "SELECT count(*) FROM t WHERE b = ?", values),
                         ==, 1);
    }
  return NULL;
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
  GThread *threads[N_THREADS];
  Writer writers[N_THREADS];
  guint n_refused = 0, n_sevenths = N_WRITES * N_THREADS / 7;

  execute (fixture->database, "INSERT INTO t (b) VALUES (-1)", NULL);
  for (guint i = 0; i < N_THREADS; i++)
    {
      writers[i] = (Writer){ fixture->database, i, 0 };
      threads[i] = g_thread_new ("writer", write_some, &writers[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_thread_join (threads[i]);
      n_refused += writers[i].n_refused;
    }
  g_assert_cmpuint (n_refused, ==, n_sevenths);
  g_assert_cmpint (ask (fixture->database, "SELECT count(*) FROM t WHERE b > 0", NULL), ==,
                   N_WRITES * N_THREADS - n_sevenths);
}

/* A statement that begins as a question is one that changes the file. */
static void
test_hidden_change (Fixture *fixture, gconstpointer data)
{
  execute (fixture->database,
           "WITH n (i) AS (VALUES (5), (6)) INSERT INTO t (b) SELECT i FROM n", NULL);
  g_assert_cmpint (ask (fixture->database, "SELECT sum(b) FROM t", NULL), ==, 11);
  g_assert_cmpint (
      ask (fixture->database, "INSERT INTO t (b) VALUES (7) RETURNING b * 2", NULL), ==, 14);
}

static gboolean
fail_half_way (HotpixConnection *connection, gpointer user_data, GError **error)
{
  g_assert_true (
      hotpix_connection_execute (connection, "INSERT INTO t (b) VALUES (1)", NULL, NULL, NULL));
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT, "not this one");
  return FALSE;
}

static void
test_whole_or_not (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hotpix_database_transact (fixture->database, fail_half_way, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
  g_assert_cmpstr (error->message, ==, "not this one");
  g_assert_cmpint (ask (fixture->database, "SELECT count(*) FROM t", NULL), ==, 0);
}

typedef struct
{
  HotpixDatabase *database;
  GCancellable *cancellable;
  GError *error;
} Asker;

static gpointer
ask_endlessly (gpointer user_data)
{
  Asker *asker = user_data;

  g_cancellable_push_current (asker->cancellable);
  g_assert_false (
      hotpix_database_execute (asker->database, ENDLESS, NULL, NULL, &asker->error));
  g_cancellable_pop_current (asker->cancellable);
  return NULL;
}

/* The only worker is busy, one call may wait, and both are then cancelled. */
static void
test_full_and_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HotpixDatabase) database = open_more (fixture, 1, 1, 60000);
  Asker askers[2];
  GThread *threads[2];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      askers[i] = (Asker){ database, g_cancellable_new (), NULL };
      threads[i] = g_thread_new ("asker", ask_endlessly, &askers[i]);
      g_usleep (200000);
    }
  g_assert_false (hotpix_database_execute (database, "SELECT 1", NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, fixture->path));
  for (guint i = 2; i-- > 0;)
    {
      g_cancellable_cancel (askers[i].cancellable);
      g_thread_join (threads[i]);
      g_assert_error (askers[i].error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED);
      g_error_free (askers[i].error);
      g_object_unref (askers[i].cancellable);
    }
  g_assert_cmpint (ask (database, "SELECT 1", NULL), ==, 1);
}

/* Writes through another pool, as another process would, while this one's transaction is open. */
static gboolean
write_beside (HotpixConnection *connection, gpointer user_data, GError **error)
{
  const Fixture *fixture = user_data;
  g_autoptr (HotpixDatabase) other = open_more (fixture, 1, 10, 50);
  g_autoptr (GError) busy = NULL;

  g_assert_true (
      hotpix_connection_execute (connection, "INSERT INTO t (b) VALUES (1)", NULL, NULL, NULL));
  g_assert_false (
      hotpix_database_execute (other, "INSERT INTO t (b) VALUES (2)", NULL, NULL, &busy));
  g_assert_error (busy, HOTPIX_ERROR, HOTPIX_ERROR_BUSY);
  g_assert_nonnull (strstr (busy->message, "in use by another program"));
  /* Who reads does not wait for who writes. */
  g_assert_cmpint (ask (other, "SELECT count(*) FROM t", NULL), ==, 0);
  return TRUE;
}

static void
test_others_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hotpix_database_transact (fixture->database, write_beside, fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ask (fixture->database, "SELECT sum(b) FROM t", NULL), ==, 1);
}

static void
test_worker_cannot_open (Fixture *fixture, gconstpointer data)
{
  g_autofree gchar *elsewhere = g_build_filename (fixture->folder, "elsewhere", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (fixture->path, elsewhere), ==, 0);
  g_assert_false (
      hotpix_database_execute (fixture->database, "SELECT 1 FROM t", NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_nonnull (strstr (error->message, "No such file"));
  g_assert_cmpint (g_rename (elsewhere, fixture->path), ==, 0);
  g_assert_cmpint (ask (fixture->database, "SELECT count(*) FROM t", NULL), ==, 0);
}

static void
test_cannot_be_opened (Fixture *fixture, gconstpointer data)
{
  HotpixDatabaseOptions options = hotpix_database_options_default ();
  g_autofree gchar *missing = g_build_filename (fixture->folder, "missing", NULL);
  g_autofree gchar *text = g_build_filename (fixture->folder, "text", NULL);
  g_autofree gchar *words = g_strnfill (5000, 'x');
  g_autoptr (GError) no_file = NULL, no_database = NULL, no_folder = NULL;

  g_assert_null (hotpix_database_open (missing, &options, &no_file));
  g_assert_error (no_file, HOTPIX_ERROR, HOTPIX_ERROR_READ);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (text, words, -1, NULL));
  g_assert_null (hotpix_database_open (text, &options, &no_database));
  g_assert_error (no_database, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT);
  options.create = TRUE;
  g_assert_null (hotpix_database_open ("/dev/null/x/y", &options, &no_folder));
  g_assert_error (no_folder, HOTPIX_ERROR, HOTPIX_ERROR_READ);
}

static void
test_network (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (hotpix_network_files_name (0x6969), ==, "NFS");
  g_assert_cmpstr (hotpix_network_files_name (0xff534d42), ==, "CIFS");
  g_assert_null (hotpix_network_files_name (0xef53)); /* ext4 */
  g_assert_null (hotpix_network_files_name (0));
  g_assert_true (hotpix_network_files_check ("/nowhere/at/all", &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/database/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("values-come-back-as-they-were", test_values);
  ADD ("parameters-are-no-sql", test_parameters_are_no_sql);
  ADD ("what-is-wrong-with-a-statement-is-said", test_refused);
  ADD ("no-thread-loses-what-another-fails-at", test_threads);
  ADD ("a-change-that-looks-like-a-question-is-made", test_hidden_change);
  ADD ("a-transaction-is-whole-or-not-there", test_whole_or_not);
  ADD ("a-full-pool-and-cancelled-callers-are-told", test_full_and_cancelled);
  ADD ("waits-for-another-writer-are-bounded", test_others_write);
  ADD ("a-worker-that-cannot-open-is-told", test_worker_cannot_open);
  ADD ("what-cannot-be-opened-is-told", test_cannot_be_opened);
#undef ADD
  g_test_add_func ("/database/network-file-systems-are-known", test_network);
  return g_test_run ();
}
