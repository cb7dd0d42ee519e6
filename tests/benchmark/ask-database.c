/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten threads ask a database: through the pool of workers, through one connection under a lock, through a
 * connection of each thread's own; alone and beside one that writes measurements. And how many measurements
 * are written in a second. docs/catalogue.md has the results and the graph. */

#include "catalogue/connection-private.h"
#include "catalogue/database.h"
#include "catalogue/schema-private.h"
#include "scratch-folder.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define N_THREADS 10
#define N_QUESTIONS 100
#define N_ROWS 100000
#define WAIT 60000

/* Of each survey: so many measurements are one transaction. */
#define N_DEFECTS 60
#define N_PHOTOS 200

static gint most_workers = 10, n_runs = 5;
static gchar *graph, *place;

static const GOptionEntry entries[] = {
  { "workers", 0, 0, G_OPTION_ARG_INT, &most_workers, "Pools of 1 to N workers (10)", "N" },
  { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "Of which the fastest counts (5)", "N" },
  { "graph", 0, 0, G_OPTION_ARG_FILENAME, &graph, "Draw it by gnuplot", "FILE.svg" },
  { "folder", 0, 0, G_OPTION_ARG_FILENAME, &place, "On the disk to be measured", "FOLDER" },
  { NULL },
};

typedef enum
{
  WAY_POOL,
  WAY_LOCK,
  WAY_EACH
} Way;

static const gchar *const way_names[]
    = { "pool of workers", "one connection under a lock", "a connection for each thread" };

/* What the threads share. */
typedef struct
{
  Way way;
  const gchar *path;
  HotpixDatabase *database;
  HotpixConnection *connection;
  pthread_mutex_t lock;
  gint is_writing; /* atomic: until the questions are answered */
  guint n_written;
} Job;

static gint64
ask (HotpixConnection *connection, gint64 least)
{
  g_autoptr (HotpixRows) rows = NULL;

  if (!hotpix_connection_execute (connection, "SELECT count(*) FROM t WHERE b > ?",
                                  HOTPIX_VALUES (hotpix_value_integer (least)), &rows, NULL))
    g_error ("a question failed");
  return hotpix_rows_integer (rows, 0, 0);
}

static gint64
ask_pool (HotpixDatabase *database, gint64 least)
{
  g_autoptr (HotpixRows) rows = NULL;

  if (!hotpix_database_execute (database, "SELECT count(*) FROM t WHERE b > ?",
                                HOTPIX_VALUES (hotpix_value_integer (least)), &rows, NULL))
    g_error ("a question failed");
  return hotpix_rows_integer (rows, 0, 0);
}

static gpointer
ask_some (gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (HotpixConnection) own = NULL;

  if (job->way == WAY_EACH)
    own = hotpix_connection_open (job->path, HOTPIX_CONNECTION_READ, WAIT, NULL);
  for (guint i = 0; i < N_QUESTIONS / N_THREADS; i++)
    {
      gint64 least = i * (N_ROWS / 10), n;

      if (job->way == WAY_LOCK)
        pthread_mutex_lock (&job->lock);
      n = job->way == WAY_POOL ? ask_pool (job->database, least)
                               : ask (own != NULL ? own : job->connection, least);
      if (job->way == WAY_LOCK)
        pthread_mutex_unlock (&job->lock);
      if (n != N_ROWS - least - 1)
        g_error ("a question has the wrong answer");
    }
  return NULL;
}

/* A HotpixTransaction: all defects in all photos of one survey. user_data: the first photo's number. */
static gboolean
write_measurements (HotpixConnection *connection, gpointer user_data, GError **error)
{
  guint first = *(guint *) user_data;

  for (guint defect = 1; defect <= N_DEFECTS; defect++)
    for (guint photo = first; photo < first + N_PHOTOS; photo++)
      if (!hotpix_connection_execute (
              connection,
              "INSERT INTO measurements (defect, photo, contrast, noise, around, at_least)"
              " VALUES (?, ?, ?, ?, ?, ?)",
              HOTPIX_VALUES (hotpix_value_integer (defect), hotpix_value_integer (photo),
                             hotpix_value_real (photo / 1e6), hotpix_value_real (defect / 1e4),
                             hotpix_value_real (0.25), hotpix_value_integer (0)),
              NULL, error))
        return FALSE;
  return TRUE;
}

/* One transaction by whichever way. */
static void
write_survey (Job *job, HotpixConnection *own)
{
  guint first = job->n_written / N_DEFECTS + 1;
  gboolean success;

  if (job->way == WAY_POOL)
    success = hotpix_database_transact (job->database, write_measurements, &first, NULL);
  else
    {
      HotpixConnection *connection = own != NULL ? own : job->connection;

      if (job->way == WAY_LOCK)
        pthread_mutex_lock (&job->lock);
      success = hotpix_connection_execute (connection, "BEGIN IMMEDIATE", NULL, NULL, NULL)
                && write_measurements (connection, &first, NULL)
                && hotpix_connection_execute (connection, "COMMIT", NULL, NULL, NULL);
      if (job->way == WAY_LOCK)
        pthread_mutex_unlock (&job->lock);
    }
  if (!success)
    g_error ("measurements could not be written");
  job->n_written += N_DEFECTS * N_PHOTOS;
}

static gpointer
write_on (gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (HotpixConnection) own = NULL;

  if (job->way == WAY_EACH)
    own = hotpix_connection_open (job->path, HOTPIX_CONNECTION_WRITE, WAIT, NULL);
  while (g_atomic_int_get (&job->is_writing))
    write_survey (job, own);
  return NULL;
}

static void
run_script (const gchar *path, const gchar *script)
{
  g_autoptr (HotpixConnection) connection
      = hotpix_connection_open (path, HOTPIX_CONNECTION_WRITE, WAIT, NULL);

  if (!hotpix_connection_run (connection, script, NULL))
    g_error ("the database could not be prepared");
}

static void
open_job (Job *job, guint n_workers)
{
  HotpixDatabaseOptions options = hotpix_database_options_default ();

  options.workers = n_workers;
  pthread_mutex_init (&job->lock, NULL);
  if (job->way == WAY_POOL)
    job->database = hotpix_database_open (job->path, &options, NULL);
  else if (job->way == WAY_LOCK)
    job->connection = hotpix_connection_open (job->path, HOTPIX_CONNECTION_WRITE, WAIT, NULL);
}

static void
close_job (Job *job)
{
  hotpix_database_free (job->database);
  hotpix_connection_close (job->connection);
  pthread_mutex_destroy (&job->lock);
}

/* Returns the seconds that all questions took. written: out, nullable; measurements a second that were
 * written beside. */
static gdouble
measure (const gchar *path, Way way, guint n_workers, gdouble *written)
{
  Job job = { .way = way, .path = path, .is_writing = written != NULL };
  GThread *threads[N_THREADS], *writer = NULL;
  gint64 start, end;

  open_job (&job, n_workers);
  if (written != NULL)
    writer = g_thread_new ("writer", write_on, &job);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("asker", ask_some, &job);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  end = g_get_monotonic_time ();
  g_atomic_int_set (&job.is_writing, FALSE);
  if (writer != NULL)
    g_thread_join (writer);
  if (written != NULL)
    *written = job.n_written / ((g_get_monotonic_time () - start) / 1e6);
  close_job (&job);
  if (written != NULL)
    run_script (path, "DELETE FROM measurements");
  return (end - start) / 1e6;
}

/* The fastest run: others have the machine's other work in them. */
static gdouble
measure_best (const gchar *path, Way way, guint n_workers, gdouble *written)
{
  gdouble best = HUGE_VAL, now = 0;

  for (gint i = 0; i < n_runs; i++)
    {
      gdouble seconds = measure (path, way, n_workers, written != NULL ? &now : NULL);

      if (seconds < best && written != NULL)
        *written = now;
      best = MIN (best, seconds);
    }
  return best;
}

static void
measure_writing (const gchar *path)
{
  Job job = { .way = WAY_POOL, .path = path };
  gdouble best = HUGE_VAL;
  const guint n = N_DEFECTS * N_PHOTOS;

  open_job (&job, 1);
  for (gint i = 0; i < 20 * n_runs; i++)
    {
      gint64 start = g_get_monotonic_time ();

      write_survey (&job, NULL);
      best = MIN (best, (g_get_monotonic_time () - start) / 1e6);
    }
  close_job (&job);
  printf (
      "\nwriting alone: %.0f measurements a second (%u in a transaction, on the disk at its "
      "end)\n",
      n / best, n);
  run_script (path, "DELETE FROM measurements");
}

/* alone, mixed: seconds for each number of workers, and then for the other two ways. */
static void
draw (const gdouble *alone, const gdouble *mixed)
{
  FILE *gnuplot = popen ("gnuplot", "w");

  if (gnuplot == NULL)
    g_error ("gnuplot cannot be started");
  fprintf (gnuplot,
           "set terminal svg size 720,420 background rgb 'white'\nset output '%s'\n"
           "set xlabel 'workers'\nset ylabel 'seconds for 100 questions'\nset xtics 1\n"
           "set yrange [0:*]\nset grid\nset key outside below\n"
           "plot '-' with linespoints linewidth 2 title 'pool', "
           "'-' with linespoints linewidth 2 title 'pool, beside one that writes', "
           "%f linewidth 2 title 'one connection under a lock', "
           "%f linewidth 2 title 'a connection for each thread'\n",
           graph, alone[most_workers], alone[most_workers + 1]);
  for (gint i = 0; i < most_workers; i++)
    fprintf (gnuplot, "%d %f\n", i + 1, alone[i]);
  fprintf (gnuplot, "e\n");
  for (gint i = 0; i < most_workers; i++)
    fprintf (gnuplot, "%d %f\n", i + 1, mixed[i]);
  fprintf (gnuplot, "e\n");
  if (pclose (gnuplot) != 0)
    g_error ("gnuplot failed");
}

static void
prepare (const gchar *path)
{
  g_autoptr (HotpixConnection) connection
      = hotpix_connection_open (path, HOTPIX_CONNECTION_CREATE, WAIT, NULL);

  if (connection == NULL
      || !hotpix_schema_prepare (connection, (gpointer) &hotpix_schema_catalogue, NULL))
    g_error ("the database could not be made");
  run_script (path,
              "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER, c TEXT) STRICT;"
              "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT 100000)"
              "  INSERT INTO t (b, c) SELECT i, 'row ' || i FROM n;"
              /* For the measurements to be of something. */
              "INSERT INTO cameras (micrometres, body, name) VALUES (0, 1, 'a camera');"
              "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60)"
              "  INSERT INTO defects SELECT i, 1, 4000, 3000, i, i, 'pixel' FROM n;"
              "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000)"
              "  INSERT INTO photos (id, camera, name, width, height)"
              "  SELECT i, 1, 'IMG_' || i, 4000, 3000 FROM n;");
}

static void
measure_all (const gchar *path)
{
  g_autofree gdouble *alone = g_new0 (gdouble, most_workers + 2);
  g_autofree gdouble *mixed = g_new0 (gdouble, most_workers + 2);

  printf ("%-30s %8s %14s %18s\n", "100 questions by ten threads", "seconds", "beside writing",
          "written a second");
  for (gint i = 0; i < most_workers + 2; i++)
    {
      Way way = i < most_workers ? WAY_POOL : (Way) (WAY_LOCK + i - most_workers);
      guint n_workers = way == WAY_POOL ? (guint) i + 1 : 1;
      g_autofree gchar *name = way == WAY_POOL
                                   ? g_strdup_printf ("%s, %u", way_names[way], n_workers)
                                   : g_strdup (way_names[way]);
      gdouble written = 0;

      alone[i] = measure_best (path, way, n_workers, NULL);
      mixed[i] = measure_best (path, way, n_workers, &written);
      printf ("%-30s %8.3f %14.3f %18.0f\n", name, alone[i], mixed[i], written);
    }
  measure_writing (path);
  if (graph != NULL)
    draw (alone, mixed);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = NULL;
  gchar *folder;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || most_workers < 1
      || most_workers > HOTPIX_DATABASE_MOST_WORKERS || n_runs < 1)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "see --help");
      return EXIT_FAILURE;
    }
  if (place != NULL)
    g_setenv ("TMPDIR", place, TRUE);
  folder = scratch_folder_new ();
  path = g_build_filename (folder, "book.sqlite", NULL);
  prepare (path);
  measure_all (path);
  scratch_folder_remove (folder);
  return EXIT_SUCCESS;
}
