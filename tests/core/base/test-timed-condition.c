/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/timed-condition-private.h"

typedef struct
{
  pthread_mutex_t lock;
  pthread_cond_t condition;
  gboolean is_there;
} Shared;

static void
shared_init (Shared *shared)
{
  shared->is_there = FALSE;
  pthread_mutex_init (&shared->lock, NULL);
  hotpix_timed_condition_init (&shared->condition);
}

static void
shared_clear (Shared *shared)
{
  pthread_cond_destroy (&shared->condition);
  pthread_mutex_destroy (&shared->lock);
}

static gpointer
signal_it (gpointer data)
{
  Shared *shared = data;

  pthread_mutex_lock (&shared->lock);
  shared->is_there = TRUE;
  pthread_cond_signal (&shared->condition);
  pthread_mutex_unlock (&shared->lock);
  return NULL;
}

static void
test_time (void)
{
  gint64 start = g_get_monotonic_time ();
  Shared shared;

  shared_init (&shared);
  pthread_mutex_lock (&shared.lock);
  /* It may also end for no reason, as any wait may. */
  while (hotpix_timed_condition_wait (&shared.condition, &shared.lock, 20000))
    ;
  pthread_mutex_unlock (&shared.lock);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 20000);
  shared_clear (&shared);
}

static void
test_signal (void)
{
  GThread *thread;
  Shared shared;

  shared_init (&shared);
  pthread_mutex_lock (&shared.lock);
  thread = g_thread_new ("signal", signal_it, &shared);
  while (!shared.is_there)
    g_assert_true (hotpix_timed_condition_wait (&shared.condition, &shared.lock, 600000000));
  pthread_mutex_unlock (&shared.lock);
  g_thread_join (thread);
  shared_clear (&shared);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timed-condition/the-time-passes", test_time);
  g_test_add_func ("/timed-condition/a-signal-ends-the-wait", test_signal);
  return g_test_run ();
}
