/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "catalogue/connection-private.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>

/* More than all texts of statements in the core; beyond, all are prepared anew. */
#define MOST_STATEMENTS 100

/* SQLite's own steps between two looks at whether it is to stop: some tens of microseconds. */
#define STEPS_BETWEEN_LOOKS 2000

#define LONGEST_PAUSE 20 /* milliseconds between two tries */

struct HotpixConnection
{
  gchar *path;
  sqlite3 *sqlite;
  GHashTable *statements; /* SQL -> sqlite3_stmt */
  guint wait;             /* milliseconds */
  gint64 deadline;        /* of the present statement's waits, monotonic; 0 before the first */
  GCancellable *cancellable;
};

static gboolean
is_cancelled (const HotpixConnection *connection)
{
  return connection->cancellable != NULL
         && g_cancellable_is_cancelled (connection->cancellable);
}

static int
stop_if_cancelled (gpointer user_data)
{
  return is_cancelled (user_data);
}

/* Pauses of random length: processes that were turned away together do not come back together.
 * Returns FALSE when the statement's time is over. */
static gboolean
pause_before (HotpixConnection *connection, guint n_tries)
{
  gint64 now = g_get_monotonic_time ();

  if (connection->deadline == 0)
    connection->deadline = now + connection->wait * G_TIME_SPAN_MILLISECOND;
  if (now >= connection->deadline || is_cancelled (connection))
    return FALSE;
  g_usleep ((gulong) g_random_int_range (500, 1000 * (gint) MIN (n_tries + 2, LONGEST_PAUSE)));
  return TRUE;
}

static int
wait_for_others (gpointer user_data, int n_tries)
{
  return pause_before (user_data, (guint) n_tries);
}

/* Codes of which SQLite asks no busy handler: when another connection opens or closes the log. */
static gboolean
passes_by_itself (gint code)
{
  return (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_PROTOCOL;
}

static void
set_system_error (const HotpixConnection *connection, HotpixError kind, GError **error)
{
  gint code = sqlite3_system_errno (connection->sqlite);

  g_set_error (error, HOTPIX_ERROR, kind, _ ("%s cannot be read or written: %s"),
               connection->path,
               code != 0 ? g_strerror (code) : sqlite3_errmsg (connection->sqlite));
}

/* Always returns FALSE. */
static gboolean
fail (const HotpixConnection *connection, gint code, GError **error)
{
  const gchar *path = connection->path;

  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      if (is_cancelled (connection))
        g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED, _ ("cancelled"));
      else
        g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_BUSY,
                     _ ("%s is in use by another program for more than %u seconds: try again "
                        "when that is done"),
                     path, (connection->wait + 999) / 1000);
      break;
    case SQLITE_INTERRUPT:
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED, _ ("cancelled"));
      break;
    case SQLITE_FULL:
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE,
                   _ ("%s cannot be written: the disk is full. It is as it was before"), path);
      break;
    case SQLITE_READONLY:
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE,
          _ ("%s cannot be used: the file or its folder is read-only. Copy it to a folder "
             "that you can write to"),
          path);
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      set_system_error (connection,
                        (code & 0xff) == SQLITE_IOERR ? HOTPIX_ERROR_WRITE : HOTPIX_ERROR_READ,
                        error);
      break;
    case SQLITE_NOTADB:
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT,
                   _ ("%s is no catalogue: it is a file of another kind"), path);
      break;
    case SQLITE_CORRUPT:
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
                   _ ("%s is damaged: sqlite3 FILE .recover saves what can be read"), path);
      break;
    case SQLITE_NOMEM:
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY, _ ("%s needs more memory"), path);
      break;
    default:
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT, "%s: %s", path,
                   sqlite3_errmsg (connection->sqlite));
    }
  return FALSE;
}

static void
finalize (gpointer statement)
{
  (void) sqlite3_finalize (statement);
}

/* A file of somebody else's cannot have its SQL run by reading it. */
static gboolean
set_up (HotpixConnection *connection, HotpixConnectionMode mode, GError **error)
{
  sqlite3 *sqlite = connection->sqlite;

  (void) sqlite3_extended_result_codes (sqlite, 1);
  (void) sqlite3_busy_handler (sqlite, wait_for_others, connection);
  sqlite3_progress_handler (sqlite, STEPS_BETWEEN_LOOKS, stop_if_cancelled, connection);
  (void) sqlite3_db_config (sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  (void) sqlite3_db_config (sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return hotpix_connection_run (connection,
                                mode == HOTPIX_CONNECTION_READ
                                    ? "PRAGMA query_only = 1"
                                    : "PRAGMA foreign_keys = 1; PRAGMA synchronous = FULL",
                                error);
}

HotpixConnection *
hotpix_connection_open (const gchar *path, HotpixConnectionMode mode, guint wait,
                        GError **error)
{
  g_autoptr (HotpixConnection) connection = g_new0 (HotpixConnection, 1);
  /* Whole, so that no name means something else to SQLite. */
  g_autofree gchar *whole = g_canonicalize_filename (path, NULL);
  gint flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, code;

  if (mode == HOTPIX_CONNECTION_CREATE)
    flags |= SQLITE_OPEN_CREATE;
  connection->path = g_strdup (path);
  connection->wait = wait;
  connection->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  code = sqlite3_open_v2 (whole, &connection->sqlite, flags, NULL);
  if (connection->sqlite == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY, _ ("%s needs more memory"), path);
      return NULL;
    }
  if (code != SQLITE_OK)
    {
      (void) fail (connection, code, error);
      return NULL;
    }
  if (!set_up (connection, mode, error))
    return NULL;
  return g_steal_pointer (&connection);
}

void
hotpix_connection_close (HotpixConnection *connection)
{
  if (connection == NULL)
    return;
  g_hash_table_unref (connection->statements);
  (void) sqlite3_close (connection->sqlite);
  g_free (connection->path);
  g_free (connection);
}

const gchar *
hotpix_connection_get_path (const HotpixConnection *connection)
{
  return connection->path;
}

gboolean
hotpix_connection_is_read_only (const HotpixConnection *connection)
{
  return sqlite3_db_readonly (connection->sqlite, "main") == 1;
}

void
hotpix_connection_set_cancellable (HotpixConnection *connection, GCancellable *cancellable)
{
  connection->cancellable = cancellable;
}

gboolean
hotpix_connection_is_in_transaction (const HotpixConnection *connection)
{
  return sqlite3_get_autocommit (connection->sqlite) == 0;
}

/* Returns an SQLite code. Looking at the schema can meet others, too. */
static gint
prepare_patiently (HotpixConnection *connection, const gchar *sql, sqlite3_stmt **statement,
                   const gchar **rest)
{
  gint code;
  guint n_tries = 0;

  do
    code = sqlite3_prepare_v3 (connection->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT,
                               statement, rest);
  while (passes_by_itself (code) && pause_before (connection, n_tries++));
  return code;
}

static sqlite3_stmt *
prepare (HotpixConnection *connection, const gchar *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (connection->statements, sql);
  const gchar *rest = NULL;
  gint code;

  if (statement != NULL)
    return statement;
  connection->deadline = 0;
  code = prepare_patiently (connection, sql, &statement, &rest);
  if (code != SQLITE_OK)
    {
      (void) fail (connection, code, error);
      return NULL;
    }
  if (statement == NULL || rest[strspn (rest, " \t\n;")] != '\0')
    {
      (void) sqlite3_finalize (statement);
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("`%s' must be one SQL statement"), sql);
      return NULL;
    }
  if (g_hash_table_size (connection->statements) >= MOST_STATEMENTS)
    g_hash_table_remove_all (connection->statements);
  g_hash_table_insert (connection->statements, g_strdup (sql), statement);
  return statement;
}

/* Returns an SQLite code. What is no UTF-8 is made such: other programs read the file, too. */
static gint
bind_value (sqlite3_stmt *statement, gint index, const HotpixValue *value)
{
  g_autofree gchar *valid = NULL;

  switch (value->kind)
    {
    case HOTPIX_VALUE_INTEGER:
      return sqlite3_bind_int64 (statement, index, value->integer);
    case HOTPIX_VALUE_REAL:
      return sqlite3_bind_double (statement, index, value->real);
    case HOTPIX_VALUE_TEXT:
      if (g_utf8_validate (value->text, -1, NULL))
        return sqlite3_bind_text (statement, index, value->text, -1, SQLITE_STATIC);
      valid = g_utf8_make_valid (value->text, -1);
      return sqlite3_bind_text (statement, index, valid, -1, SQLITE_TRANSIENT);
    default:
      return sqlite3_bind_null (statement, index);
    }
}

static gboolean
bind (HotpixConnection *connection, sqlite3_stmt *statement, const HotpixValue *parameters,
      GError **error)
{
  gint n = 0, n_needed = sqlite3_bind_parameter_count (statement);

  while (parameters != NULL && parameters[n].kind != HOTPIX_VALUE_END)
    n++;
  if (n != n_needed)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("`%s' has %d parameters, and %d were given"), sqlite3_sql (statement),
                   n_needed, n);
      return FALSE;
    }
  for (gint i = 0; i < n; i++)
    {
      gint code = bind_value (statement, i + 1, &parameters[i]);

      if (code != SQLITE_OK)
        return fail (connection, code, error);
    }
  return TRUE;
}

/* Text of other programs may be no UTF-8. */
static void
add_text (HotpixRows *rows, const gchar *text)
{
  g_autofree gchar *valid
      = text != NULL && !g_utf8_validate (text, -1, NULL) ? g_utf8_make_valid (text, -1) : NULL;

  hotpix_rows_add (rows, hotpix_value_text (valid != NULL ? valid : text));
}

static void
add_row (HotpixRows *rows, sqlite3_stmt *statement)
{
  for (gint i = 0; i < sqlite3_column_count (statement); i++)
    switch (sqlite3_column_type (statement, i))
      {
      case SQLITE_INTEGER:
        hotpix_rows_add (rows, hotpix_value_integer (sqlite3_column_int64 (statement, i)));
        break;
      case SQLITE_FLOAT:
        hotpix_rows_add (rows, hotpix_value_real (sqlite3_column_double (statement, i)));
        break;
      case SQLITE_NULL:
        hotpix_rows_add (rows, hotpix_value_text (NULL));
        break;
      default:
        add_text (rows, (const gchar *) sqlite3_column_text (statement, i));
      }
}

/* The first step waits for others also where SQLite itself does not. Inside a transaction it may not:
 * others could be waiting for what that holds. */
static gint
step_patiently (HotpixConnection *connection, sqlite3_stmt *statement)
{
  gboolean is_free = !hotpix_connection_is_in_transaction (connection);
  guint n_tries = 0;
  gint code = sqlite3_step (statement);

  while (is_free && passes_by_itself (code) && pause_before (connection, n_tries++))
    {
      (void) sqlite3_reset (statement);
      code = sqlite3_step (statement);
    }
  return code;
}

static gboolean
step_through (HotpixConnection *connection, sqlite3_stmt *statement, HotpixRows *rows,
              GError **error)
{
  gint code = step_patiently (connection, statement);

  while (code == SQLITE_ROW)
    {
      if (rows != NULL)
        add_row (rows, statement);
      code = sqlite3_step (statement);
    }
  return code == SQLITE_DONE || fail (connection, code, error);
}

gboolean
hotpix_connection_execute (HotpixConnection *connection, const gchar *sql,
                           const HotpixValue *parameters, HotpixRows **rows, GError **error)
{
  sqlite3_stmt *statement = prepare (connection, sql, error);
  g_autoptr (HotpixRows) result = NULL;
  gboolean success;

  connection->deadline = 0;
  if (statement == NULL)
    return FALSE;
  if (rows != NULL)
    result = hotpix_rows_new ((guint) sqlite3_column_count (statement));
  success = bind (connection, statement, parameters, error)
            && step_through (connection, statement, result, error);
  (void) sqlite3_reset (statement);
  (void) sqlite3_clear_bindings (statement);
  if (success && rows != NULL)
    *rows = g_steal_pointer (&result);
  return success;
}

gboolean
hotpix_connection_run (HotpixConnection *connection, const gchar *script, GError **error)
{
  gint code;
  guint n_tries = 0;

  connection->deadline = 0;
  do
    code = sqlite3_exec (connection->sqlite, script, NULL, NULL, NULL);
  while (!hotpix_connection_is_in_transaction (connection) && passes_by_itself (code)
         && pause_before (connection, n_tries++));
  return code == SQLITE_OK || fail (connection, code, error);
}

gboolean
hotpix_connection_ask (HotpixConnection *connection, const gchar *sql, gboolean *is_writing,
                       GError **error)
{
  sqlite3_stmt *statement = prepare (connection, sql, error);

  if (statement != NULL)
    *is_writing = sqlite3_stmt_readonly (statement) == 0;
  return statement != NULL;
}

gboolean
hotpix_connection_get_integer (HotpixConnection *connection, const gchar *sql, gint64 *integer,
                               GError **error)
{
  g_autoptr (HotpixRows) rows = NULL;

  if (!hotpix_connection_execute (connection, sql, NULL, &rows, error))
    return FALSE;
  *integer = hotpix_rows_count (rows) > 0 ? hotpix_rows_integer (rows, 0, 0) : 0;
  return TRUE;
}

gboolean
hotpix_connection_use_log (HotpixConnection *connection, GError **error)
{
  g_autoptr (HotpixRows) rows = NULL;

  if (!hotpix_connection_execute (connection, "PRAGMA journal_mode = WAL", NULL, &rows, error))
    return FALSE;
  if (hotpix_rows_count (rows) > 0 && g_strcmp0 (hotpix_rows_text (rows, 0, 0), "wal") == 0)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE,
               _ ("%s cannot be shared by several programs on this file system: keep it on a "
                  "local disk"),
               connection->path);
  return FALSE;
}
