/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/connection-private.h"

G_BEGIN_DECLS

/* The tables of a catalogue, and how those of older versions are brought up to date.
 *
 *   if (!hotpix_schema_prepare (connection, (gpointer) &hotpix_schema_catalogue, &error))
 *     give_up ();
 */
typedef struct
{
  gint32 application;        /* which SQLite keeps in the file's header */
  const gchar *const *steps; /* SQL; the one at index k makes version k + 1 of version k */
  guint n_steps;             /* and so the present version */
} HotpixSchema;

/* docs/catalogue.md describes it. */
extern const HotpixSchema hotpix_schema_catalogue;

/* A HotpixTransaction for opening a database. An empty file gets the tables. A file of an older version is
 * brought up to date in one transaction, and as it was it is kept beside under the name FILE.version-K; a
 * failure leaves it as it was. Other files are not changed.
 *
 * schema: a HotpixSchema, borrowed.
 * Fails with HOTPIX_ERROR_FORMAT for a database of another program, with HOTPIX_ERROR_UNSUPPORTED for
 * one that a newer version wrote, or as hotpix_connection_execute() does. */
gboolean hotpix_schema_prepare (HotpixConnection *connection, gpointer schema, GError **error);

G_END_DECLS
