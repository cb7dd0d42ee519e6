/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "catalogue/values.h"

G_BEGIN_DECLS

/* A file of SQLite's that many threads and many processes ask at once. Threads hand their SQL to a pool
 * of workers and wait for their rows. Each worker has a connection of its own with its prepared
 * statements; those that read work in parallel, beside one that writes.
 *
 *   if (hotpix_database_execute (database, "SELECT count(*) FROM photos WHERE iso > ?",
 *                                HOTPIX_VALUES (hotpix_value_integer (800)), &found, &error))
 *     printf ("%d photos\n", (int) hotpix_rows_integer (found, 0, 0));
 *
 * What changes the file is there whole or not at all, whatever happens to the process. Changes that wait
 * at the same time go into one transaction, and wait for the disk together.
 *
 * Any number of threads may call the functions below at any time. To let a call be cancelled, push its
 * GCancellable by g_cancellable_push_current() before: the call then returns within a tenth of a
 * second, with a change made or not made. */
typedef struct HotpixDatabase HotpixDatabase;

/* Private to the core: see connection-private.h. */
typedef struct HotpixConnection HotpixConnection;

/* Works with a connection in the database's thread, and calls nothing of the database itself. May be called
 * again after a failure, its own or that of a change beside it, of which the file then has nothing.
 * Returns FALSE on failure. */
typedef gboolean (*HotpixTransaction) (HotpixConnection *connection, gpointer user_data,
                                       GError **error);

typedef struct
{
  guint workers;      /* that read, 1 to HOTPIX_DATABASE_MOST_WORKERS; 0 for one a processor */
  guint most_waiting; /* calls that wait for a worker; more fail */
  guint wait;         /* milliseconds to wait for other processes, at most */
  gboolean create;    /* the file where it is missing; its folder must be there */

  /* Nullable; called once on opening, outside of any transaction, before anything else. It decides
   * whether the file is taken, and makes what should be in it. */
  HotpixTransaction prepare;
  gpointer user_data;
} HotpixDatabaseOptions;

#define HOTPIX_DATABASE_MOST_WORKERS 64

/* One worker a processor, 10,000 calls waiting, 60 seconds, and a file that must be there. */
HotpixDatabaseOptions hotpix_database_options_default (void);

/* Returns (transfer full), or NULL: with HOTPIX_ERROR_UNSUPPORTED for a file on a network file system,
 * which keeps no order between the computers that write to it; with whatever options->prepare fails
 * with; or as connection-private.h says. */
HotpixDatabase *hotpix_database_open (const gchar *path, const HotpixDatabaseOptions *options,
                                      GError **error);

/* Waits for the workers. No call may be under way. NULL-safe. */
void hotpix_database_free (HotpixDatabase *database);

/* Whether the system lets the file be read only; then what would change it fails. */
gboolean hotpix_database_is_read_only (const HotpixDatabase *database);

/* Runs one SQL statement. parameters: nullable; as many as the statement has question marks.
 * rows: out, nullable; what it yields (transfer full).
 * Fails as connection-private.h says, each in words that name the file; and with HOTPIX_ERROR_BUSY where
 * more than options->most_waiting calls wait, or HOTPIX_ERROR_MEMORY where the system gives no
 * thread. */
gboolean hotpix_database_execute (HotpixDatabase *database, const gchar *sql,
                                  const HotpixValue *parameters, HotpixRows **rows,
                                  GError **error);

/* Runs several statements as one change. Fails as the above, or with what the transaction fails with;
 * the file then has nothing of it. */
gboolean hotpix_database_transact (HotpixDatabase *database, HotpixTransaction transaction,
                                   gpointer user_data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixDatabase, hotpix_database_free)

G_END_DECLS
