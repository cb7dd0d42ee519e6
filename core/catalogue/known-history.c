/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/known-history.h"

#define SELECT_HISTORIES                                                                       \
  "SELECT d.x, d.y, h.since, h.until, p.name FROM defects d"                                   \
  " JOIN histories h ON h.defect = d.id LEFT JOIN photos p ON p.id = h.first_photo"            \
  " WHERE d.camera = ? AND d.width = ? AND d.height = ? AND d.extent = 'pixel'"

static gint64
place_of (gint64 x, gint64 y)
{
  return y * G_MAXUINT32 + x;
}

/* Rows of histories by where their defects are. The key of each is in `places`. */
static GHashTable *
sort_rows (const HotpixRows *rows, gint64 *places)
{
  GHashTable *table = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < hotpix_rows_count (rows); i++)
    {
      places[i] = place_of (hotpix_rows_integer (rows, i, 0), hotpix_rows_integer (rows, i, 1));
      g_hash_table_insert (table, &places[i], GUINT_TO_POINTER (i + 1));
    }
  return table;
}

static void
set_history (HotpixDefects *defects, guint index, const HotpixRows *rows, GHashTable *table)
{
  const HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, index);
  gint64 place = place_of (defect->x, defect->y);
  guint row = GPOINTER_TO_UINT (g_hash_table_lookup (table, &place));
  const gchar *since, *until;

  if (row == 0 || defect->kind == HOTPIX_DEFECT_COLUMN || defect->kind == HOTPIX_DEFECT_ROW)
    {
      hotpix_defects_set_history (defects, index, NULL, NULL, NULL);
      return;
    }
  since = hotpix_rows_text (rows, row - 1, 2);
  until = hotpix_rows_text (rows, row - 1, 3);
  hotpix_defects_set_history (defects, index, since != NULL ? since : HOTPIX_DEFECT_ALWAYS,
                              until != NULL ? until : HOTPIX_DEFECT_STILL,
                              hotpix_rows_text (rows, row - 1, 4));
}

gboolean
hotpix_known_history_read (HotpixCatalogue *catalogue, gint64 camera, HotpixDefects *defects,
                           GError **error)
{
  g_autoptr (HotpixRows) rows = NULL;
  g_autoptr (GHashTable) table = NULL;
  g_autofree gint64 *places = NULL;

  if (!hotpix_database_execute (hotpix_catalogue_get_database (catalogue), SELECT_HISTORIES,
                                HOTPIX_VALUES (hotpix_value_integer (camera),
                                               hotpix_value_integer (defects->shape.width),
                                               hotpix_value_integer (defects->shape.height)),
                                &rows, error))
    return FALSE;
  places = g_new (gint64, hotpix_rows_count (rows));
  table = sort_rows (rows, places);
  for (guint i = 0; i < defects->list->len; i++)
    set_history (defects, i, rows, table);
  return TRUE;
}
