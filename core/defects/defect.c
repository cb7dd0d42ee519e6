/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defects/defect.h"

const gchar *
hotpix_defect_kind_name (HotpixDefectKind kind)
{
  static const gchar *const names[] = { "hot", "stuck", "dead" };

  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (names), NULL);
  return names[kind];
}

void
hotpix_defects_free (HotpixDefects *defects)
{
  if (defects == NULL)
    return;
  g_array_unref (defects->list);
  g_free (defects->warning);
  g_free (defects);
}
