/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "free-memory.h"

#include <string.h>

#define KEY "MemAvailable:"

gsize
hotpix_free_memory (void)
{
  g_autofree gchar *text = NULL;
  const gchar *line;
  guint64 kibibytes;

  if (!g_file_get_contents ("/proc/meminfo", &text, NULL, NULL)
      || (line = strstr (text, KEY)) == NULL)
    return G_MAXSIZE;
  kibibytes = g_ascii_strtoull (line + strlen (KEY), NULL, 10);
  return kibibytes < G_MAXSIZE / 1024 ? (gsize) kibibytes * 1024 : G_MAXSIZE;
}
