/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/clean-text-private.h"

gchar *
hotpix_clean_text (const gchar *text)
{
  g_autofree gchar *valid = NULL;

  if (text == NULL)
    return NULL;
  valid = g_utf8_make_valid (text, -1);
  for (gchar *c = valid; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  g_strstrip (valid);
  return *valid == '\0' ? NULL : g_steal_pointer (&valid);
}
