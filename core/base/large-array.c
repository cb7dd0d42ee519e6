/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/large-array-private.h"

#include <sys/mman.h>

/* A huge page of most systems. It must begin at a multiple of its size. */
#define HUGE_PAGE ((gsize) 2 << 20)

static gsize
whole_pages (gsize n_bytes)
{
  return (n_bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
}

gpointer
hotpix_large_array_new (gsize n_bytes)
{
  gsize size, before;
  guint8 *mapped;

  if (n_bytes < HUGE_PAGE)
    return g_try_malloc0 (n_bytes);
  if (n_bytes > G_MAXSIZE - 2 * HUGE_PAGE)
    return NULL;
  size = whole_pages (n_bytes);
  mapped = mmap (NULL, size + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                 -1, 0);
  if (mapped == MAP_FAILED)
    return NULL;

  before = HUGE_PAGE - (gsize) mapped % HUGE_PAGE;
  munmap (mapped, before);
  if (before < HUGE_PAGE)
    munmap (mapped + before + size, HUGE_PAGE - before);
#ifdef MADV_HUGEPAGE
  /* Only a hint: without it everything is a little slower. What ends within a page has the rest of it in small
   * ones, which take no more memory than is used. */
  (void) madvise (mapped + before, n_bytes / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE);
#endif
  return mapped + before;
}

void
hotpix_large_array_free (gpointer array, gsize n_bytes)
{
  if (array != NULL && n_bytes >= HUGE_PAGE)
    munmap (array, whole_pages (n_bytes));
  else
    g_free (array);
}
