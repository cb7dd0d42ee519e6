/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/container-limits-private.h"
#include "base/system-memory-private.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define KEY "MemAvailable:"

static guint64
machine_bytes (void)
{
  glong pages = sysconf (_SC_PHYS_PAGES), page_bytes = sysconf (_SC_PAGESIZE);

  return pages > 0 && page_bytes > 0 ? (guint64) pages * (guint64) page_bytes : G_MAXUINT64;
}

static guint64
free_machine_bytes (void)
{
  g_autofree gchar *text = NULL;
  const gchar *line;

  if (!g_file_get_contents ("/proc/meminfo", &text, NULL, NULL)
      || (line = strstr (text, KEY)) == NULL)
    return G_MAXUINT64;
  return g_ascii_strtoull (line + strlen (KEY), NULL, 10) * 1024;
}

static guint64
address_space (void)
{
  struct rlimit limit;

  return getrlimit (RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY ? limit.rlim_cur
                                                                               : G_MAXUINT64;
}

/* How much of the address space is taken. */
static guint64
mapped_bytes (void)
{
  g_autofree gchar *text = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  return g_ascii_strtoull (text, NULL, 10) * (guint64) sysconf (_SC_PAGESIZE);
}

static guint64
free_address_space (void)
{
  guint64 limit = address_space ();

  return limit == G_MAXUINT64 ? limit : limit - MIN (limit, mapped_bytes ());
}

gsize
hotpix_memory_limit (void)
{
  static gsize limit = 0;

  if (g_once_init_enter (&limit))
    {
      guint64 bytes = MIN (machine_bytes (), address_space ());
      gsize usable = G_MAXSIZE;

      bytes = MIN (bytes, hotpix_container_limits_memory ("/"));
      if (bytes != G_MAXUINT64)
        usable = (gsize) CLAMP (bytes / 4 * 3, 1, G_MAXSIZE);
      g_once_init_leave (&limit, usable);
    }
  return limit;
}

gsize
hotpix_free_memory (void)
{
  guint64 bytes = MIN (free_machine_bytes (), free_address_space ());

  return (gsize) MIN (MIN (bytes, hotpix_container_limits_free_memory ("/")), G_MAXSIZE);
}

gsize
hotpix_memory_beside (gsize needed_bytes)
{
  gsize free_bytes = hotpix_free_memory ();

  return free_bytes == G_MAXSIZE ? G_MAXSIZE
                                 : (free_bytes - MIN (free_bytes, needed_bytes)) / 2;
}
