/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buffer-pool.h"
#include "base/large-array-private.h"

#include <pthread.h>
#include <stddef.h>

/* A buffer serves requests down to this share of its size: rows must not take what is wanted for
 * whole files. What is replaced by a larger one is of the same kind by this, too. */
#define LEAST_SHARE 4

/* In front of each buffer's bytes, aligned as they are. */
typedef union Header Header;
union Header
{
  struct
  {
    gsize size; /* of the bytes */
    Header *next;
  } buffer;
  max_align_t alignment;
};

/* From this size on a buffer is a large array, of huge pages: of small ones, a photo's bytes take hundreds,
 * and getting each costs more than what is written there. */
#define LEAST_LARGE ((gsize) 2 << 20)

struct HotpixBufferPool
{
  pthread_mutex_t lock; /* POSIX's, as in scan.c */
  Header *free;         /* those given back, in no order */
};

/* Header and bytes. */
static gsize
total_bytes (gsize n_bytes)
{
  return sizeof (Header) + n_bytes;
}

static Header *
allocate (gsize n_bytes)
{
  gsize total = total_bytes (n_bytes);
  Header *header = total >= LEAST_LARGE ? hotpix_large_array_new (total) : g_try_malloc (total);

  if (header != NULL)
    header->buffer.size = n_bytes;
  return header;
}

static void
release (Header *header)
{
  gsize total = total_bytes (header->buffer.size);

  if (total >= LEAST_LARGE)
    hotpix_large_array_free (header, total);
  else
    g_free (header);
}

HotpixBufferPool *
hotpix_buffer_pool_new (void)
{
  HotpixBufferPool *pool = g_new0 (HotpixBufferPool, 1);

  pthread_mutex_init (&pool->lock, NULL);
  return pool;
}

void
hotpix_buffer_pool_free (HotpixBufferPool *pool)
{
  if (pool == NULL)
    return;
  while (pool->free != NULL)
    {
      Header *header = pool->free;

      pool->free = header->buffer.next;
      release (header);
    }
  pthread_mutex_destroy (&pool->lock);
  g_free (pool);
}

/* Under the lock. Takes out the smallest of the free buffers of this kind that is large enough or, where
 * none is, the largest of them. Returns NULL where there is none of this kind. */
static Header *
take_out (HotpixBufferPool *pool, gsize n_bytes)
{
  Header **best = NULL, *header;

  for (Header **link = &pool->free; *link != NULL; link = &(*link)->buffer.next)
    {
      gsize size = (*link)->buffer.size, best_size = best != NULL ? (*best)->buffer.size : 0;

      if (size / LEAST_SHARE > n_bytes || size < n_bytes / LEAST_SHARE)
        continue;
      if (best == NULL
          || (size >= n_bytes ? best_size < n_bytes || size < best_size
                              : best_size < n_bytes && size > best_size))
        best = link;
    }
  if (best == NULL)
    return NULL;
  header = *best;
  *best = header->buffer.next;
  return header;
}

gpointer
hotpix_buffer_pool_take (HotpixBufferPool *pool, gsize n_bytes)
{
  Header *header = NULL;

  if (n_bytes > G_MAXSIZE - sizeof *header)
    return NULL;
  if (pool != NULL)
    {
      pthread_mutex_lock (&pool->lock);
      header = take_out (pool, n_bytes);
      pthread_mutex_unlock (&pool->lock);
    }
  if (header == NULL || header->buffer.size < n_bytes)
    {
      if (header != NULL)
        release (header);
      header = allocate (n_bytes);
      if (header == NULL)
        return NULL;
    }
  return header + 1;
}

void
hotpix_buffer_pool_give_back (HotpixBufferPool *pool, gpointer buffer)
{
  Header *header = buffer;

  if (buffer == NULL)
    return;
  header--;
  if (pool == NULL)
    {
      release (header);
      return;
    }
  pthread_mutex_lock (&pool->lock);
  header->buffer.next = pool->free;
  pool->free = header;
  pthread_mutex_unlock (&pool->lock);
}
