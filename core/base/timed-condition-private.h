/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <pthread.h>

G_BEGIN_DECLS

/* A POSIX condition that is waited for a limited time, which no change of the system's clock cuts short
 * or draws out. Threads that show progress wait so for those that work. */

/* To be freed by pthread_cond_destroy(). */
void hotpix_timed_condition_init (pthread_cond_t *condition);

/* As pthread_cond_timedwait(). lock: held by the caller.
 * Returns FALSE when that time has passed. */
gboolean hotpix_timed_condition_wait (pthread_cond_t *condition, pthread_mutex_t *lock,
                                      guint microseconds);

G_END_DECLS
