/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "defects/defect.h"

G_BEGIN_DECLS

/* The lines of a list of defects, each by itself. The first line with a place says of which form the
 * list is, and all others must be of that form.
 *
 *   g_autoptr (HotpixListRows) rows = hotpix_list_rows_new ();
 *   if (hotpix_list_rows_read (rows, text, &row, &is_row, &error) && is_row)
 *     show (&row);
 */
typedef struct HotpixListRows HotpixListRows;

#define HOTPIX_LIST_MOST_COORDINATE 65535 /* as large as a JPEG can be */
#define HOTPIX_LIST_MOST_OFFSET 1000000

typedef struct
{
  gint64 x, y;         /* with the list's offset */
  HotpixDefect defect; /* its x and y are not set */
} HotpixListRow;

HotpixListRows *hotpix_list_rows_new (void);

/* NULL-safe. */
void hotpix_list_rows_free (HotpixListRows *rows);

/* line: without its end; a carriage return may be left.
 * is_row: out; FALSE for blank lines, comments and the names of columns, which leave row as it is.
 * Fails with HOTPIX_ERROR_ARGUMENT, in words that can follow the line's number. */
gboolean hotpix_list_rows_read (HotpixListRows *rows, const gchar *line, HotpixListRow *row,
                                gboolean *is_row, GError **error);

/* What a word stands for; channel 0, hot, or all, for NULL and what is unknown. */
guint hotpix_list_channel (const gchar *word);
HotpixDefectKind hotpix_list_kind (const gchar *word);
HotpixLook hotpix_list_look (const gchar *word);

/* Pixels of a column or row, from what a list says; 1 for what cannot be. */
guint hotpix_list_length (gdouble length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixListRows, hotpix_list_rows_free)

G_END_DECLS
