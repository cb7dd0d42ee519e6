/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/processors.h"
#include "base/container-limits-private.h"

#include <sched.h>

/* Processors that this process may run on; GLib counts those of the machine. */
static guint
count_allowed (void)
{
#ifdef __linux__
  cpu_set_t allowed;

  /* Fails where the machine has more processors than the set has room for. */
  if (sched_getaffinity (0, sizeof allowed, &allowed) == 0)
    return (guint) CPU_COUNT (&allowed);
#endif
  return g_get_num_processors ();
}

guint
hotpix_processors_count_threads (guint threads)
{
  if (threads != 0)
    return threads;
  return CLAMP (MIN (count_allowed (), hotpix_container_limits_processors ("/")), 1,
                HOTPIX_MAX_THREADS);
}
