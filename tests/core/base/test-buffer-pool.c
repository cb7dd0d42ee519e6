/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buffer-pool.h"

#include <string.h>

#define N_THREADS 4
#define N_TURNS 2000

static void
test_again (void)
{
  g_autoptr (HotpixBufferPool) pool = hotpix_buffer_pool_new ();
  guint8 *large = hotpix_buffer_pool_take (pool, 1000), *small;

  memset (large, 1, 1000);
  hotpix_buffer_pool_give_back (pool, large);
  small = hotpix_buffer_pool_take (pool, 900);
  g_assert_true (small == large);
  hotpix_buffer_pool_give_back (pool, small);
}

/* Of those that are large enough the smallest. */
static void
test_fit (void)
{
  g_autoptr (HotpixBufferPool) pool = hotpix_buffer_pool_new ();
  const gsize sizes[] = { 2000, 1200, 1600 };
  gpointer buffers[G_N_ELEMENTS (sizes)], taken;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    buffers[i] = hotpix_buffer_pool_take (pool, sizes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    hotpix_buffer_pool_give_back (pool, buffers[i]);
  taken = hotpix_buffer_pool_take (pool, 1300);
  g_assert_true (taken == buffers[2]);
  hotpix_buffer_pool_give_back (pool, taken);
}

static void
test_kinds (void)
{
  g_autoptr (HotpixBufferPool) pool = hotpix_buffer_pool_new ();
  gpointer file = hotpix_buffer_pool_take (pool, 1 << 20), rows, other;

  hotpix_buffer_pool_give_back (pool, file);
  rows = hotpix_buffer_pool_take (pool, 1 << 10);
  g_assert_true (rows != file);
  other = hotpix_buffer_pool_take (pool, 1 << 20);
  g_assert_true (other == file);
  hotpix_buffer_pool_give_back (pool, other);
  hotpix_buffer_pool_give_back (pool, rows);
}

/* As long as a photo's file: on either side of where a buffer is of huge pages. */
static void
test_large (void)
{
  const gsize huge = (gsize) 2 << 20;
  const gsize sizes[] = { huge - 100, huge - 1, huge, huge + 1, 3 * huge - 7 };
  g_autoptr (HotpixBufferPool) pool = hotpix_buffer_pool_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint8 *buffer = hotpix_buffer_pool_take (pool, sizes[i]), *again;
      guint8 *alone = hotpix_buffer_pool_take (NULL, sizes[i]);

      g_assert_cmpuint ((gsize) buffer % 16, ==, 0);
      memset (buffer, 1, sizes[i]);
      memset (alone, 2, sizes[i]);
      g_assert_cmpuint (buffer[0] + buffer[sizes[i] - 1], ==, 2);
      hotpix_buffer_pool_give_back (NULL, alone);
      hotpix_buffer_pool_give_back (pool, buffer);
      again = hotpix_buffer_pool_take (pool, sizes[i] - 5);
      g_assert_true (again == buffer);
      hotpix_buffer_pool_give_back (pool, again);
    }
}

static void
test_without_pool (void)
{
  gpointer buffer = hotpix_buffer_pool_take (NULL, 10);

  memset (buffer, 1, 10);
  hotpix_buffer_pool_give_back (NULL, buffer);
  hotpix_buffer_pool_give_back (NULL, NULL);
  g_assert_null (hotpix_buffer_pool_take (NULL, G_MAXSIZE));
  g_assert_null (hotpix_buffer_pool_take (NULL, G_MAXSIZE / 2));
}

/* Each buffer is one thread's alone while it is out. */
static gpointer
take_and_give_back (gpointer data)
{
  HotpixBufferPool *pool = data;

  for (guint i = 1; i <= N_TURNS; i++)
    {
      gsize n_bytes = 64 + (i * 37) % 64;
      guint8 *buffer = hotpix_buffer_pool_take (pool, n_bytes);

      memset (buffer, (gint) (i % 251), n_bytes);
      g_thread_yield ();
      for (gsize k = 0; k < n_bytes; k++)
        g_assert_cmpuint (buffer[k], ==, i % 251);
      hotpix_buffer_pool_give_back (pool, buffer);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (HotpixBufferPool) pool = hotpix_buffer_pool_new ();
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("take", take_and_give_back, pool);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/buffer-pool/what-was-given-back-is-taken-again", test_again);
  g_test_add_func ("/buffer-pool/the-smallest-that-is-large-enough-is-taken", test_fit);
  g_test_add_func ("/buffer-pool/a-large-buffer-is-kept-for-large-requests", test_kinds);
  g_test_add_func ("/buffer-pool/buffers-of-any-length-hold-what-is-written", test_large);
  g_test_add_func ("/buffer-pool/without-a-pool-the-system-gives-the-memory",
                   test_without_pool);
  g_test_add_func ("/buffer-pool/threads-never-share-a-buffer", test_threads);
  return g_test_run ();
}
