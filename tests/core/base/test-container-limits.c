/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/container-limits-private.h"
#include "scratch-folder.h"

#include <string.h>

typedef struct
{
  const gchar *path; /* from the root of the made-up system */
  const gchar *text;
} File;

/* Lays a system out. Returns (transfer full): its root, for scratch_folder_remove(). */
static gchar *
make_system (const File *files, gsize n)
{
  gchar *root = scratch_folder_new ();

  for (gsize i = 0; i < n; i++)
    {
      g_autofree gchar *path = g_build_filename (root, files[i].path, NULL);
      g_autofree gchar *folder = g_path_get_dirname (path);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, files[i].text, -1, NULL));
    }
  return root;
}

static void
test_none (void)
{
  const File files[] = {
    { "proc/self/cgroup", "0::/user.slice/shell\n" },
    { "sys/fs/cgroup/user.slice/shell/memory.max", "max\n" },
    { "sys/fs/cgroup/user.slice/shell/memory.current", "4096\n" },
    { "sys/fs/cgroup/user.slice/shell/cpu.max", "max 100000\n" },
  };
  gchar *root = make_system (files, G_N_ELEMENTS (files)), *empty = scratch_folder_new ();

  for (guint i = 0; i < 2; i++)
    {
      const gchar *system = i == 0 ? root : empty;

      g_assert_cmpuint (hotpix_container_limits_memory (system), ==, G_MAXUINT64);
      g_assert_cmpuint (hotpix_container_limits_free_memory (system), ==, G_MAXUINT64);
      g_assert_cmpuint (hotpix_container_limits_processors (system), ==, G_MAXUINT);
    }
  scratch_folder_remove (root);
  scratch_folder_remove (empty);
}

/* The group around this one is the narrower one in memory, and the wider one in time. */
static void
test_second_version (void)
{
  const File files[] = {
    { "proc/self/cgroup", "0::/pod/container\n" },
    { "sys/fs/cgroup/pod/container/memory.max", "4000000000\n" },
    { "sys/fs/cgroup/pod/container/memory.current", "100000000\n" },
    { "sys/fs/cgroup/pod/memory.max", "1000000000\n" },
    { "sys/fs/cgroup/pod/memory.current", "700000000\n" },
    { "sys/fs/cgroup/pod/memory.stat", "anon 5\ninactive_file 200000000\nactive_file 7\n" },
    { "sys/fs/cgroup/pod/container/cpu.max", "150000 100000\n" },
    { "sys/fs/cgroup/pod/cpu.max", "400000 100000\n" },
  };
  gchar *root = make_system (files, G_N_ELEMENTS (files));

  g_assert_cmpuint (hotpix_container_limits_memory (root), ==, 1000000000);
  g_assert_cmpuint (hotpix_container_limits_free_memory (root), ==, 500000000);
  g_assert_cmpuint (hotpix_container_limits_processors (root), ==, 2);
  scratch_folder_remove (root);
}

/* As a container sees itself: its group is the root of what it can see, by another name or not. */
static void
test_root_group (void)
{
  for (guint i = 0; i < 2; i++)
    {
      const File files[] = {
        { "proc/self/cgroup", i == 0 ? "0::/\n" : "0::/docker/0123456789abcdef\n" },
        { "sys/fs/cgroup/memory.max", "536870912\n" },
        { "sys/fs/cgroup/memory.current", "600000000\n" },
        { "sys/fs/cgroup/cpu.max", "10000 100000\n" },
      };
      gchar *root = make_system (files, G_N_ELEMENTS (files));

      g_assert_cmpuint (hotpix_container_limits_memory (root), ==, 536870912);
      g_assert_cmpuint (hotpix_container_limits_free_memory (root), ==, 0);
      g_assert_cmpuint (hotpix_container_limits_processors (root), ==, 1);
      scratch_folder_remove (root);
    }
}

static void
test_first_version (void)
{
  const File files[] = {
    { "proc/self/cgroup", "11:memory:/job\n5:cpuset:/other\n4:cpu,cpuacct:/job\n0::/\n" },
    { "sys/fs/cgroup/memory/job/memory.limit_in_bytes", "2000000\n" },
    { "sys/fs/cgroup/memory/job/memory.usage_in_bytes", "1500000\n" },
    { "sys/fs/cgroup/memory/job/memory.stat", "inactive_file 1\ntotal_inactive_file 500000\n" },
    { "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n" },
    { "sys/fs/cgroup/memory/memory.usage_in_bytes", "5\n" },
    { "sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "300000\n" },
    { "sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n" },
    { "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n" },
    { "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n" },
  };
  gchar *root = make_system (files, G_N_ELEMENTS (files));

  g_assert_cmpuint (hotpix_container_limits_memory (root), ==, 2000000);
  g_assert_cmpuint (hotpix_container_limits_free_memory (root), ==, 1000000);
  g_assert_cmpuint (hotpix_container_limits_processors (root), ==, 3);
  scratch_folder_remove (root);
}

static void
test_nonsense (void)
{
  const File files[] = {
    { "proc/self/cgroup", "nonsense\n:::\n0::\n1:memory\n" },
    { "sys/fs/cgroup/memory.max", "many\n" },
    { "sys/fs/cgroup/cpu.max", "100000 0\n" },
    { "sys/fs/cgroup/memory/memory.limit_in_bytes", "" },
  };
  gchar *root = make_system (files, G_N_ELEMENTS (files));

  g_assert_cmpuint (hotpix_container_limits_memory (root), ==, G_MAXUINT64);
  g_assert_cmpuint (hotpix_container_limits_free_memory (root), ==, G_MAXUINT64);
  g_assert_cmpuint (hotpix_container_limits_processors (root), ==, G_MAXUINT);
  scratch_folder_remove (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/container-limits/without-a-container-there-are-none", test_none);
  g_test_add_func ("/container-limits/the-least-of-all-groups-around-counts",
                   test_second_version);
  g_test_add_func ("/container-limits/a-container-sees-its-own-group-as-the-root",
                   test_root_group);
  g_test_add_func ("/container-limits/version-1-has-a-folder-for-each-controller",
                   test_first_version);
  g_test_add_func ("/container-limits/what-makes-no-sense-sets-no-limit", test_nonsense);
  return g_test_run ();
}
