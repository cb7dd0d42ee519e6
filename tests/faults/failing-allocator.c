/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "failing-allocator.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

/* glibc's own, under the names that it keeps for this. */
extern void *__libc_malloc (size_t size);
extern void *__libc_calloc (size_t n, size_t size);
extern void *__libc_realloc (void *memory, size_t size);

static atomic_uint n_until_refusal;
static atomic_size_t least;
static atomic_bool refused;

void
failing_allocator_refuse (guint nth, gsize least_bytes)
{
  atomic_store (&refused, FALSE);
  atomic_store (&least, least_bytes);
  atomic_store (&n_until_refusal, nth);
}

gboolean
failing_allocator_has_refused (void)
{
  return atomic_load (&refused);
}

static gboolean
is_refused (size_t size)
{
  unsigned left = atomic_load (&n_until_refusal);

  if (left == 0 || size < atomic_load (&least))
    return FALSE;
  while (!atomic_compare_exchange_weak (&n_until_refusal, &left, left - 1))
    if (left == 0)
      return FALSE;
  if (left != 1)
    return FALSE;
  atomic_store (&refused, TRUE);
  errno = ENOMEM;
  return TRUE;
}

void *
malloc (size_t size)
{
  return is_refused (size) ? NULL : __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  return is_refused (n * size) ? NULL : __libc_calloc (n, size);
}

void *
realloc (void *memory, size_t size)
{
  return is_refused (size) ? NULL : __libc_realloc (memory, size);
}
