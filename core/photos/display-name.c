/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/display-name.h"

gchar *
hotpix_display_name (const gchar *path)
{
  gchar *name;

  if (g_utf8_validate (path, -1, NULL))
    name = g_strdup (path);
  else
    name = g_convert (path, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
  if (name == NULL)
    name = g_utf8_make_valid (path, -1);
  for (gchar *c = name; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = '?';
  return name;
}

gchar *
hotpix_display_base_name (const gchar *path)
{
  g_autofree gchar *base = g_path_get_basename (path);

  return hotpix_display_name (base);
}
