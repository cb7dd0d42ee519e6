/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/system-memory-private.h"

#include <sys/resource.h>
#include <unistd.h>

#define LIMIT ((gsize) 2 << 30)

static void
test_machine (void)
{
  gsize machine = (gsize) sysconf (_SC_PHYS_PAGES) * (gsize) sysconf (_SC_PAGESIZE);

  g_assert_cmpuint (hotpix_memory_limit (), >, 0);
  g_assert_cmpuint (hotpix_memory_limit (), <=, machine / 4 * 3);
  g_assert_cmpuint (hotpix_free_memory (), <=, machine);
  /* It is found out once. */
  g_assert_cmpuint (hotpix_memory_limit (), ==, hotpix_memory_limit ());
}

/* As under `ulimit -v`. */
static void
test_address_space (void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  g_test_skip ("a sanitizer needs more address space than any limit leaves");
#else
  struct rlimit limit;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  g_assert_cmpint (getrlimit (RLIMIT_AS, &limit), ==, 0);
  limit.rlim_cur = MIN (LIMIT, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
  g_assert_cmpuint (hotpix_memory_limit (), <=, LIMIT / 4 * 3);
  /* What this process has mapped is no longer free. */
  g_assert_cmpuint (hotpix_free_memory (), <, LIMIT);
#endif
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/system-memory/no-more-than-the-machine-has", test_machine);
  g_test_add_func ("/system-memory/no-more-than-the-address-space", test_address_space);
  return g_test_run ();
}
