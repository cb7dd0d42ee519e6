/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-target.h"

#include <sys/mman.h>
#include <unistd.h>

gchar *
fuzz_target_memory_file (gconstpointer data, gsize length, int *file)
{
  *file = memfd_create ("fuzz", MFD_CLOEXEC);
  g_assert_cmpint (*file, >=, 0);
  g_assert_cmpint (write (*file, data, length), ==, (gssize) length);
  return g_strdup_printf ("/proc/self/fd/%d", *file);
}
