/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/system-memory-private.h"

#include <string.h>
#include <unistd.h>

#define KEY "MemAvailable:"

gsize
hotpix_memory_limit (void)
{
  glong pages = sysconf (_SC_PHYS_PAGES), page_bytes = sysconf (_SC_PAGESIZE);
  gsize bytes;

  if (pages <= 0 || page_bytes <= 0
      || !g_size_checked_mul (&bytes, (gsize) pages, (gsize) page_bytes))
    return G_MAXSIZE;
  return bytes / 4 * 3;
}

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
