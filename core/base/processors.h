/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most threads that a job may be given. */
#define HOTPIX_MAX_THREADS 256

/* What a number of threads stands for: itself, or for 0 one for each processor that this process is
 * given, up to HOTPIX_MAX_THREADS. Those are the processors that it may run on (`taskset`), and no more
 * than its container has time for. */
guint hotpix_processors_count_threads (guint threads);

G_END_DECLS
