/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>

G_BEGIN_DECLS

/* What goes into an SQL statement and comes out of it. A value is always bound, never written into the
 * statement's text, so that nothing that a file tells can be taken for SQL.
 *
 *   const HotpixValue *values = HOTPIX_VALUES (hotpix_value_integer (5), hotpix_value_text (text));
 */
typedef enum
{
  HOTPIX_VALUE_END, /* ends an array of values */
  HOTPIX_VALUE_NULL,
  HOTPIX_VALUE_INTEGER,
  HOTPIX_VALUE_REAL,
  HOTPIX_VALUE_TEXT,
} HotpixValueKind;

typedef struct
{
  HotpixValueKind kind;
  gint64 integer;
  gdouble real;
  const gchar *text; /* borrowed */
} HotpixValue;

static inline HotpixValue
hotpix_value_integer (gint64 integer)
{
  return (HotpixValue){ HOTPIX_VALUE_INTEGER, .integer = integer };
}

/* NAN is SQL's NULL. */
static inline HotpixValue
hotpix_value_real (gdouble real)
{
  return (HotpixValue){ isnan (real) ? HOTPIX_VALUE_NULL : HOTPIX_VALUE_REAL, .real = real };
}

/* NULL is SQL's NULL. */
static inline HotpixValue
hotpix_value_text (const gchar *text)
{
  return (HotpixValue){ text != NULL ? HOTPIX_VALUE_TEXT : HOTPIX_VALUE_NULL, .text = text };
}

/* An array of these values and its end, which lives as long as the block around it. */
#define HOTPIX_VALUES(...) ((const HotpixValue[]){ __VA_ARGS__, { HOTPIX_VALUE_END } })

/* The rows that a statement yields, each with the same number of columns. Several threads may read them. */
typedef struct HotpixRows HotpixRows;

/* Without rows. Returns (transfer full). */
HotpixRows *hotpix_rows_new (guint n_columns);

/* NULL-safe. */
void hotpix_rows_free (HotpixRows *rows);

/* Appends a value to the last row or, where that is complete, to a new one. Text is copied. */
void hotpix_rows_add (HotpixRows *rows, HotpixValue value);

guint hotpix_rows_count (const HotpixRows *rows);

/* The value in that row and column, both counted from 0. What is of another kind is converted: an integer
 * to a real and back, all else to 0, NAN or NULL. Text is owned by the rows. */
gint64 hotpix_rows_integer (const HotpixRows *rows, guint row, guint column);
gdouble hotpix_rows_real (const HotpixRows *rows, guint row, guint column);
const gchar *hotpix_rows_text (const HotpixRows *rows, guint row, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixRows, hotpix_rows_free)

G_END_DECLS
