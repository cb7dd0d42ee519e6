/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most threads that a job can have. */
#define HOTPIX_MAX_THREADS 256

/* The number of threads to use: `threads` itself or, where that is 0, one for each processor that
 * this process may run on (`taskset`), at most as many as its container has time for and
 * HOTPIX_MAX_THREADS. */
guint hotpix_processors_count_threads (guint threads);

G_END_DECLS
