/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernel-level.h"

#include <stdio.h>
#include <string.h>

static gboolean
has_level (const gchar *level)
{
#ifdef __x86_64__
  if (strcmp (level, "avx2") == 0)
    return __builtin_cpu_supports ("avx2") != 0;
  /* All of it that is not in AVX2's generation already. */
  if (strcmp (level, "x86-64-v4") == 0)
    return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512bw")
           && __builtin_cpu_supports ("avx512cd") && __builtin_cpu_supports ("avx512dq")
           && __builtin_cpu_supports ("avx512vl");
#endif
  g_assert_cmpstr (level, ==, "default");
  return TRUE;
}

gboolean
kernel_level_is_here (const gchar *level)
{
  if (has_level (level))
    return TRUE;
  printf ("1..0 # SKIP this processor has no %s\n", level);
  return FALSE;
}
