/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/processors.h"

guint
hotpix_processors_count_threads (guint threads)
{
  return threads != 0 ? threads : CLAMP (g_get_num_processors (), 1, HOTPIX_MAX_THREADS);
}
