/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "catalogue/values.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A connection to a file of SQLite's, with the statements that it has prepared; beside it nothing knows
 * libsqlite3. One thread at a time uses a connection.
 *
 *   if (hotpix_connection_execute (connection, "SELECT name FROM photos WHERE id > ?",
 *                                  HOTPIX_VALUES (hotpix_value_integer (5)), &found, &error))
 *     show (hotpix_rows_text (found, 0, 0));
 *
 * Where others hold the file, a connection waits for them, but no longer than its time. */
typedef struct HotpixConnection HotpixConnection; /* as in database.h */

typedef enum
{
  HOTPIX_CONNECTION_READ,   /* statements that change anything fail */
  HOTPIX_CONNECTION_WRITE,  /* what may not be written can still be read */
  HOTPIX_CONNECTION_CREATE, /* the same, and a file that is missing is made */
} HotpixConnectionMode;

/* wait: the most milliseconds of one wait for others.
 * Returns (transfer full), or NULL as hotpix_connection_execute() fails. */
HotpixConnection *hotpix_connection_open (const gchar *path, HotpixConnectionMode mode,
                                          guint wait, GError **error);

/* NULL-safe. What is in a transaction that has not ended is as if it had not been. */
void hotpix_connection_close (HotpixConnection *connection);

const gchar *hotpix_connection_get_path (const HotpixConnection *connection);

/* Whether the system lets the file be read only. */
gboolean hotpix_connection_is_read_only (const HotpixConnection *connection);

/* What ends waiting and working from now on; nullable, borrowed until another is set. */
void hotpix_connection_set_cancellable (HotpixConnection *connection,
                                        GCancellable *cancellable);

/* Runs one statement, which stays prepared.
 * parameters: nullable; as many as the statement has question marks.
 * rows: out, nullable; what it yields (transfer full).
 * Fails, naming the file, with HOTPIX_ERROR_BUSY where others held it for too long; HOTPIX_ERROR_READ or
 * HOTPIX_ERROR_WRITE where the system refuses, as for want of room; HOTPIX_ERROR_FORMAT where the file
 * is no database and HOTPIX_ERROR_DAMAGED where it is a broken one; HOTPIX_ERROR_CANCELLED;
 * HOTPIX_ERROR_MEMORY; HOTPIX_ERROR_ARGUMENT for whatever else is wrong with the statement. */
gboolean hotpix_connection_execute (HotpixConnection *connection, const gchar *sql,
                                    const HotpixValue *parameters, HotpixRows **rows,
                                    GError **error);

/* Runs statements with semicolons between that have no parameters and yield nothing. */
gboolean hotpix_connection_run (HotpixConnection *connection, const gchar *script,
                                GError **error);

/* Whether the statement would change the file. is_writing: out. */
gboolean hotpix_connection_ask (HotpixConnection *connection, const gchar *sql,
                                gboolean *is_writing, GError **error);

/* The whole number that a statement without parameters yields. */
gboolean hotpix_connection_get_integer (HotpixConnection *connection, const gchar *sql,
                                        gint64 *integer, GError **error);

/* Has the file keep a write-ahead log, by which readers and one writer do not wait for each other. */
gboolean hotpix_connection_use_log (HotpixConnection *connection, GError **error);

/* Whether a transaction is open: what failed may have ended it. */
gboolean hotpix_connection_is_in_transaction (const HotpixConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixConnection, hotpix_connection_close)

G_END_DECLS
