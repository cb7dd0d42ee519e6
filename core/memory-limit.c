/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-limit.h"

#include <unistd.h>

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
