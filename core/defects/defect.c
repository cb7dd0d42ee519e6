/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defects/defect.h"

#include <string.h>

const gchar *
hotpix_defect_kind_name (HotpixDefectKind kind)
{
  static const gchar *const names[]
      = { "hot", "stuck", "dead", "cluster", "column", "row", "dust" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == HOTPIX_N_KINDS);
  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (names), NULL);
  return names[kind];
}

const gchar *
hotpix_defect_look_name (HotpixLook look)
{
  return look == HOTPIX_LOOK_LONG ? "long" : "all";
}

void
hotpix_defect_kind_colour (HotpixDefectKind kind, guint8 *rgb)
{
  static const guint8 colours[HOTPIX_N_KINDS][3]
      = { { 255, 32, 32 }, { 255, 216, 0 }, { 64, 128, 255 }, { 255, 128, 0 },
          { 255, 0, 255 }, { 255, 0, 255 }, { 160, 160, 160 } };

  g_return_if_fail ((gsize) kind < G_N_ELEMENTS (colours));
  memcpy (rgb, colours[kind], sizeof colours[kind]);
}

static const gchar *
keep_text (HotpixDefects *defects, const gchar *text)
{
  return text != NULL ? g_string_chunk_insert_const (defects->texts, text) : NULL;
}

void
hotpix_defects_set_history (HotpixDefects *defects, guint index, const gchar *since,
                            const gchar *until, const gchar *first_photo)
{
  HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, index);

  g_return_if_fail (index < defects->list->len);
  if (defects->texts == NULL)
    defects->texts = g_string_chunk_new (1024);
  defect->since = keep_text (defects, since);
  defect->until = keep_text (defects, until);
  defect->first_photo = keep_text (defects, first_photo);
}

void
hotpix_defects_free (HotpixDefects *defects)
{
  if (defects == NULL)
    return;
  g_array_unref (defects->list);
  g_free (defects->warning);
  g_clear_pointer (&defects->texts, g_string_chunk_free);
  g_free (defects);
}
