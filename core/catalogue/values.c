/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/values.h"

struct HotpixRows
{
  guint n_columns;
  GArray *values; /* of HotpixValue, row after row */
  GStringChunk *texts;
};

#define TEXT_BLOCK_BYTES 256

HotpixRows *
hotpix_rows_new (guint n_columns)
{
  HotpixRows *rows = g_new0 (HotpixRows, 1);

  rows->n_columns = n_columns;
  rows->values = g_array_new (FALSE, FALSE, sizeof (HotpixValue));
  rows->texts = g_string_chunk_new (TEXT_BLOCK_BYTES);
  return rows;
}

void
hotpix_rows_free (HotpixRows *rows)
{
  if (rows == NULL)
    return;
  g_array_unref (rows->values);
  g_string_chunk_free (rows->texts);
  g_free (rows);
}

void
hotpix_rows_add (HotpixRows *rows, HotpixValue value)
{
  if (value.kind == HOTPIX_VALUE_TEXT)
    value.text = g_string_chunk_insert (rows->texts, value.text);
  g_array_append_val (rows->values, value);
}

guint
hotpix_rows_count (const HotpixRows *rows)
{
  return rows->n_columns > 0 ? rows->values->len / rows->n_columns : 0;
}

static const HotpixValue *
get (const HotpixRows *rows, guint row, guint column)
{
  static const HotpixValue none = { HOTPIX_VALUE_NULL };

  g_return_val_if_fail (row < hotpix_rows_count (rows) && column < rows->n_columns, &none);
  return &g_array_index (rows->values, HotpixValue, row * rows->n_columns + column);
}

gint64
hotpix_rows_integer (const HotpixRows *rows, guint row, guint column)
{
  const HotpixValue *value = get (rows, row, column);

  if (value->kind == HOTPIX_VALUE_REAL && fabs (value->real) < (gdouble) G_MAXINT64)
    return (gint64) value->real;
  return value->kind == HOTPIX_VALUE_INTEGER ? value->integer : 0;
}

gdouble
hotpix_rows_real (const HotpixRows *rows, guint row, guint column)
{
  const HotpixValue *value = get (rows, row, column);

  if (value->kind == HOTPIX_VALUE_INTEGER)
    return (gdouble) value->integer;
  return value->kind == HOTPIX_VALUE_REAL ? value->real : NAN;
}

const gchar *
hotpix_rows_text (const HotpixRows *rows, guint row, guint column)
{
  const HotpixValue *value = get (rows, row, column);

  return value->kind == HOTPIX_VALUE_TEXT ? value->text : NULL;
}
