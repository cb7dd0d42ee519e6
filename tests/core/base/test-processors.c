/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/processors.h"

#include <sched.h>

static void
test_given (void)
{
  g_assert_cmpuint (hotpix_processors_count_threads (1), ==, 1);
  g_assert_cmpuint (hotpix_processors_count_threads (HOTPIX_MAX_THREADS), ==,
                    HOTPIX_MAX_THREADS);
}

static void
test_default (void)
{
  guint n = hotpix_processors_count_threads (0);

  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, MIN (g_get_num_processors (), HOTPIX_MAX_THREADS));
}

/* As after `taskset`. */
static void
test_affinity (void)
{
#ifdef __linux__
  cpu_set_t before, one;
  gint processor = 0;

  g_assert_cmpint (sched_getaffinity (0, sizeof before, &before), ==, 0);
  while (!CPU_ISSET (processor, &before))
    processor++;
  CPU_ZERO (&one);
  CPU_SET (processor, &one);
  g_assert_cmpint (sched_setaffinity (0, sizeof one, &one), ==, 0);
  g_assert_cmpuint (hotpix_processors_count_threads (0), ==, 1);
  g_assert_cmpint (sched_setaffinity (0, sizeof before, &before), ==, 0);
#else
  g_test_skip ("processors are bound to a process in this way on Linux only");
#endif
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/processors/a-number-of-threads-is-itself", test_given);
  g_test_add_func ("/processors/without-one-no-more-than-there-are", test_default);
  g_test_add_func ("/processors/those-count-that-the-process-may-run-on", test_affinity);
  return g_test_run ();
}
