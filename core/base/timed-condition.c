/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/timed-condition-private.h"

#include <errno.h>
#include <time.h>

void
hotpix_timed_condition_init (pthread_cond_t *condition)
{
  pthread_condattr_t attributes;

  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (condition, &attributes);
  pthread_condattr_destroy (&attributes);
}

gboolean
hotpix_timed_condition_wait (pthread_cond_t *condition, pthread_mutex_t *lock,
                             guint microseconds)
{
  struct timespec until;
  gint64 nanoseconds;

  clock_gettime (CLOCK_MONOTONIC, &until);
  nanoseconds = until.tv_nsec + microseconds * (gint64) 1000;
  until.tv_sec += (time_t) (nanoseconds / 1000000000);
  until.tv_nsec = (glong) (nanoseconds % 1000000000);
  return pthread_cond_timedwait (condition, lock, &until) != ETIMEDOUT;
}
