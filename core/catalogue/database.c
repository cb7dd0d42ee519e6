/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/database.h"
#include "base/processors.h"
#include "base/text.h"
#include "base/timed-condition-private.h"
#include "catalogue/connection-private.h"
#include "catalogue/network-files-private.h"

#include <pthread.h>

/* So often a caller looks whether it is cancelled. */
#define LOOK_MICROSECONDS 50000

/* Changes that share one transaction: more would make readers of the log slow. */
#define MOST_IN_GROUP 1000

typedef enum
{
  CALL_WAITING,
  CALL_RUNNING,
  CALL_DONE,
} CallState;

/* What a thread asks for; it is on the stack of that thread, which waits. */
typedef struct
{
  const gchar *sql; /* NULL for a transaction */
  const HotpixValue *parameters;
  gboolean wants_rows;
  HotpixTransaction transaction;
  gpointer user_data;
  GCancellable *cancellable; /* nullable */

  CallState state;
  pthread_cond_t is_done;
  HotpixRows *rows;
  GError *error; /* of a call that failed */
} Call;

typedef struct Pool Pool;

/* Takes calls from the pool's queue. Holds the lock when it is called and when it returns. */
typedef void (*Serve) (Pool *pool, HotpixConnection **connection);

struct Pool
{
  HotpixDatabase *database;
  Serve serve;
  HotpixConnectionMode mode;
  guint most_workers;

  GQueue calls;             /* of Call, those that wait */
  pthread_cond_t has_calls; /* or the database is closing */
  guint n_idle;
  GPtrArray *workers; /* of GThread */
};

struct HotpixDatabase
{
  gchar *path;
  HotpixDatabaseOptions options;
  HotpixConnection *first; /* which the worker that writes takes over */
  gboolean is_read_only;

  /* POSIX locks rather than GLib's: the thread sanitizer sees what they order. */
  pthread_mutex_t lock; /* of all below and of all calls */
  gboolean is_closing;
  Pool readers, writer;
};

HotpixDatabaseOptions
hotpix_database_options_default (void)
{
  return (HotpixDatabaseOptions){ .most_waiting = 10000, .wait = 60000 };
}

static void
set_cancelled (GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED, _ ("cancelled"));
}

static void
finish (Call *call)
{
  call->state = CALL_DONE;
  pthread_cond_signal (&call->is_done);
}

/* Runs a call outside of the lock. */
static gboolean
run (HotpixConnection *connection, Call *call)
{
  g_clear_pointer (&call->rows, hotpix_rows_free);
  g_clear_error (&call->error);
  if (call->cancellable != NULL && g_cancellable_is_cancelled (call->cancellable))
    {
      set_cancelled (&call->error);
      return FALSE;
    }
  if (call->sql == NULL)
    return call->transaction (connection, call->user_data, &call->error);
  return hotpix_connection_execute (connection, call->sql, call->parameters,
                                    call->wants_rows ? &call->rows : NULL, &call->error);
}

/* Returns FALSE for a call that is the writer's. */
static gboolean
read_one (HotpixDatabase *database, HotpixConnection **connection, Call *call)
{
  gboolean is_writing = FALSE;

  if (*connection == NULL)
    *connection = hotpix_connection_open (database->path, HOTPIX_CONNECTION_READ,
                                          database->options.wait, &call->error);
  if (*connection == NULL)
    return TRUE;
  hotpix_connection_set_cancellable (*connection, call->cancellable);
  if (hotpix_connection_ask (*connection, call->sql, &is_writing, &call->error) && !is_writing)
    (void) run (*connection, call);
  hotpix_connection_set_cancellable (*connection, NULL);
  return !is_writing;
}

static gboolean submit (Pool *pool, Call *call);

static void
serve_reader (Pool *pool, HotpixConnection **connection)
{
  HotpixDatabase *database = pool->database;
  Call *call = g_queue_pop_head (&pool->calls);
  gboolean is_done;

  call->state = CALL_RUNNING;
  pthread_mutex_unlock (&database->lock);
  is_done = read_one (database, connection, call);
  pthread_mutex_lock (&database->lock);
  if (is_done || !submit (&database->writer, call))
    finish (call);
}

/* Ends the transaction as far as something has not ended it already. */
static void
roll_back (HotpixConnection *connection)
{
  if (hotpix_connection_is_in_transaction (connection))
    (void) hotpix_connection_execute (connection, "ROLLBACK", NULL, NULL, NULL);
}

/* All calls as one transaction. Returns FALSE where nothing of it is in the file. */
static gboolean
write_together (HotpixConnection *connection, Call *const *calls, guint n, GError **error)
{
  gboolean success
      = hotpix_connection_execute (connection, "BEGIN IMMEDIATE", NULL, NULL, error);

  for (guint i = 0; success && i < n; i++)
    {
      hotpix_connection_set_cancellable (connection, calls[i]->cancellable);
      success = run (connection, calls[i]);
      hotpix_connection_set_cancellable (connection, NULL);
    }
  success = success && hotpix_connection_execute (connection, "COMMIT", NULL, NULL, error);
  if (!success)
    roll_back (connection);
  return success;
}

/* One that waits for another process can be cancelled, too. */
static void
write_alone (HotpixConnection *connection, Call *call)
{
  g_autoptr (GError) error = NULL;

  hotpix_connection_set_cancellable (connection, call->cancellable);
  if (!write_together (connection, &call, 1, &error) && call->error == NULL)
    call->error = g_steal_pointer (&error);
  hotpix_connection_set_cancellable (connection, NULL);
}

/* A call that fails takes those beside it along, which are then made alone. */
static void
write_group (HotpixConnection *connection, Call *const *calls, guint n)
{
  g_autoptr (GError) error = NULL;

  if (n > 1 && write_together (connection, calls, n, &error))
    return;
  for (guint i = 0; i < n; i++)
    if (g_error_matches (error, HOTPIX_ERROR, HOTPIX_ERROR_BUSY))
      calls[i]->error = g_error_copy (error); /* each alone would wait as long again */
    else
      write_alone (connection, calls[i]);
}

static void
serve_writer (Pool *pool, HotpixConnection **connection)
{
  HotpixDatabase *database = pool->database;
  Call *calls[MOST_IN_GROUP];
  guint n = 0;

  if (*connection == NULL)
    *connection = g_steal_pointer (&database->first);
  while (n < MOST_IN_GROUP && !g_queue_is_empty (&pool->calls))
    {
      calls[n] = g_queue_pop_head (&pool->calls);
      calls[n++]->state = CALL_RUNNING;
    }
  pthread_mutex_unlock (&database->lock);
  write_group (*connection, calls, n);
  pthread_mutex_lock (&database->lock);
  for (guint i = 0; i < n; i++)
    finish (calls[i]);
}

static gpointer
work (gpointer user_data)
{
  Pool *pool = user_data;
  HotpixDatabase *database = pool->database;
  g_autoptr (HotpixConnection) connection = NULL;

  pthread_mutex_lock (&database->lock);
  while (!database->is_closing)
    if (!g_queue_is_empty (&pool->calls))
      pool->serve (pool, &connection);
    else
      {
        pool->n_idle++;
        pthread_cond_wait (&pool->has_calls, &database->lock);
        pool->n_idle--;
      }
  pthread_mutex_unlock (&database->lock);
  return NULL;
}

/* Holds the lock. Workers are started as calls come that none is idle for. Returns FALSE with call->error
 * set where the call cannot wait for a worker. */
static gboolean
submit (Pool *pool, Call *call)
{
  HotpixDatabase *database = pool->database;
  guint n_waiting = g_queue_get_length (&pool->calls);

  if (n_waiting >= database->options.most_waiting)
    {
      g_set_error (&call->error, HOTPIX_ERROR, HOTPIX_ERROR_BUSY,
                   _ ("%s has %u questions waiting, which is as many as may: ask again later"),
                   database->path, n_waiting);
      return FALSE;
    }
  if (n_waiting >= pool->n_idle && pool->workers->len < pool->most_workers)
    {
      GThread *thread = g_thread_try_new ("hotpix-database", work, pool, NULL);

      if (thread != NULL)
        g_ptr_array_add (pool->workers, thread);
    }
  if (pool->workers->len == 0)
    {
      g_set_error (&call->error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("%s cannot be asked: the system gives no thread for it"), database->path);
      return FALSE;
    }
  call->state = CALL_WAITING;
  g_queue_push_tail (&pool->calls, call);
  pthread_cond_signal (&pool->has_calls);
  return TRUE;
}

/* Holds the lock. A call that runs sees by itself that it is cancelled. */
static void
wait_for (HotpixDatabase *database, Call *call)
{
  while (call->state != CALL_DONE)
    if (call->cancellable == NULL)
      pthread_cond_wait (&call->is_done, &database->lock);
    else if (!hotpix_timed_condition_wait (&call->is_done, &database->lock, LOOK_MICROSECONDS)
             && call->state == CALL_WAITING && g_cancellable_is_cancelled (call->cancellable))
      {
        if (!g_queue_remove (&database->readers.calls, call))
          (void) g_queue_remove (&database->writer.calls, call);
        set_cancelled (&call->error);
        call->state = CALL_DONE;
      }
}

/* Has the pool's workers answer the call. */
static gboolean
ask (Pool *pool, Call *call, GError **error)
{
  HotpixDatabase *database = pool->database;

  call->cancellable = g_cancellable_get_current ();
  hotpix_timed_condition_init (&call->is_done);
  pthread_mutex_lock (&database->lock);
  if (submit (pool, call))
    wait_for (database, call);
  pthread_mutex_unlock (&database->lock);
  pthread_cond_destroy (&call->is_done);
  if (call->error == NULL)
    return TRUE;
  g_clear_pointer (&call->rows, hotpix_rows_free);
  g_propagate_error (error, call->error);
  return FALSE;
}

/* A guess that saves a way: what only reads is asked of those that read. They pass on what does not. */
static gboolean
begins_as_question (const gchar *sql)
{
  static const gchar *const words[] = { "SELECT", "WITH", "VALUES", "EXPLAIN" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strncasecmp (sql, words[i], strlen (words[i])) == 0)
      return TRUE;
  return FALSE;
}

gboolean
hotpix_database_execute (HotpixDatabase *database, const gchar *sql,
                         const HotpixValue *parameters, HotpixRows **rows, GError **error)
{
  Call call = { .sql = sql, .parameters = parameters, .wants_rows = rows != NULL };
  Pool *pool = begins_as_question (sql) ? &database->readers : &database->writer;

  if (!ask (pool, &call, error))
    return FALSE;
  if (rows != NULL)
    *rows = call.rows;
  return TRUE;
}

gboolean
hotpix_database_transact (HotpixDatabase *database, HotpixTransaction transaction,
                          gpointer user_data, GError **error)
{
  Call call = { .transaction = transaction, .user_data = user_data };

  return ask (&database->writer, &call, error);
}

static void
pool_init (Pool *pool, HotpixDatabase *database, Serve serve, guint most_workers)
{
  pool->database = database;
  pool->serve = serve;
  pool->most_workers = most_workers;
  g_queue_init (&pool->calls);
  pthread_cond_init (&pool->has_calls, NULL);
  pool->workers = g_ptr_array_new ();
}

static void
pool_clear (Pool *pool)
{
  for (guint i = 0; i < pool->workers->len; i++)
    g_thread_join (pool->workers->pdata[i]);
  g_ptr_array_unref (pool->workers);
  pthread_cond_destroy (&pool->has_calls);
}

static HotpixConnection *
open_first (const gchar *path, const HotpixDatabaseOptions *options, GError **error)
{
  g_autoptr (HotpixConnection) connection = NULL;

  if (!hotpix_network_files_check (path, error))
    return NULL;
  connection = hotpix_connection_open (
      path, options->create ? HOTPIX_CONNECTION_CREATE : HOTPIX_CONNECTION_WRITE, options->wait,
      error);
  if (connection == NULL
      || !(options->prepare != NULL ? options->prepare (connection, options->user_data, error)
                                    : hotpix_connection_use_log (connection, error)))
    return NULL;
  return g_steal_pointer (&connection);
}

HotpixDatabase *
hotpix_database_open (const gchar *path, const HotpixDatabaseOptions *options, GError **error)
{
  HotpixConnection *first = open_first (path, options, error);
  guint workers
      = MIN (hotpix_processors_count_threads (options->workers), HOTPIX_DATABASE_MOST_WORKERS);
  HotpixDatabase *database;

  if (first == NULL)
    return NULL;
  database = g_new0 (HotpixDatabase, 1);
  database->path = g_strdup (path);
  database->options = *options;
  database->first = first;
  database->is_read_only = hotpix_connection_is_read_only (first);
  pthread_mutex_init (&database->lock, NULL);
  pool_init (&database->readers, database, serve_reader, workers);
  pool_init (&database->writer, database, serve_writer, 1);
  return database;
}

void
hotpix_database_free (HotpixDatabase *database)
{
  if (database == NULL)
    return;
  pthread_mutex_lock (&database->lock);
  database->is_closing = TRUE;
  pthread_cond_broadcast (&database->readers.has_calls);
  pthread_cond_broadcast (&database->writer.has_calls);
  pthread_mutex_unlock (&database->lock);
  pool_clear (&database->readers);
  pool_clear (&database->writer);
  hotpix_connection_close (database->first);
  pthread_mutex_destroy (&database->lock);
  g_free (database->path);
  g_free (database);
}

gboolean
hotpix_database_is_read_only (const HotpixDatabase *database)
{
  return database->is_read_only;
}
