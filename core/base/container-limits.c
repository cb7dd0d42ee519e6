/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/container-limits-private.h"

#include <string.h>

#define GROUPS "sys/fs/cgroup"

/* The names of a group's files in each version. */
typedef struct
{
  const gchar *controller; /* its folder below GROUPS; "" for version 2's own */
  const gchar *limit, *usage;
  const gchar *droppable; /* in memory.stat */
} MemoryFiles;

static const MemoryFiles memory_files[] = {
  { "", "memory.max", "memory.current", "inactive_file" },
  { "unified", "memory.max", "memory.current", "inactive_file" },
  { "memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file" },
};

static const gchar *const processor_controllers[] = { "", "unified", "cpu", "cpu,cpuacct" };

/* A file of a group. NULL where it is not there. */
static gchar *
read_text (const gchar *folder, const gchar *name)
{
  g_autofree gchar *path = g_build_filename (folder, name, NULL);
  gchar *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

/* The number in a file, or `otherwise` where there is none, as in "max". */
static guint64
read_number (const gchar *folder, const gchar *name, guint64 otherwise)
{
  g_autofree gchar *text = read_text (folder, name);
  guint64 number;

  return text != NULL
                 && g_ascii_string_to_unsigned (g_strstrip (text), 10, 0, G_MAXUINT64, &number,
                                                NULL)
             ? number
             : otherwise;
}

/* The group of this process, from the root of that controller's groups: a path that begins with a
 * slash. folder: of the controller, as above. */
static gchar *
group_path (const gchar *root, const gchar *folder)
{
  gboolean is_second = *folder == '\0' || strcmp (folder, "unified") == 0;
  g_autofree gchar *controller = g_strndup (folder, strcspn (folder, ","));
  g_autofree gchar *text = read_text (root, "proc/self/cgroup");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      /* number:controllers:path; version 2 names no controllers. */
      g_auto (GStrv) parts = g_strsplit (lines[i], ":", 3);
      g_auto (GStrv) controllers = NULL;

      if (g_strv_length (parts) != 3 || *parts[2] != '/')
        continue;
      controllers = g_strsplit (parts[1], ",", -1);
      if (is_second ? *parts[1] == '\0'
                    : g_strv_contains ((const gchar *const *) controllers, controller))
        return g_strdup (parts[2]);
    }
  return g_strdup ("/");
}

/* Looks at one group. value: the result for the groups so far. Returns the result with this one. */
typedef guint64 (*LookAtGroup) (const gchar *folder, gconstpointer files, guint64 value);

/* From this process's group up to the root of all groups. A container may hide the upper groups, and
 * sometimes its own: a group that cannot be seen sets no limit. */
static guint64
least_of_groups (const gchar *root, const gchar *controller, LookAtGroup look,
                 gconstpointer files, guint64 value)
{
  g_autofree gchar *group = group_path (root, controller);

  for (;;)
    {
      g_autofree gchar *folder = g_build_filename (root, GROUPS, controller, group, NULL);
      gchar *slash = strrchr (group, '/');

      value = look (folder, files, value);
      if (slash == NULL || group[1] == '\0')
        return value;
      slash[slash == group ? 1 : 0] = '\0';
    }
}

static guint64
look_at_limit (const gchar *folder, gconstpointer files, guint64 value)
{
  return MIN (value, read_number (folder, ((const MemoryFiles *) files)->limit, G_MAXUINT64));
}

/* Bytes of files in memory.stat, which the kernel can drop. */
static guint64
droppable_bytes (const gchar *folder, const gchar *key)
{
  g_autofree gchar *text = read_text (folder, "memory.stat");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  gsize length = strlen (key);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strncmp (lines[i], key, length) == 0 && lines[i][length] == ' ')
      return g_ascii_strtoull (lines[i] + length, NULL, 10);
  return 0;
}

static guint64
look_at_rest (const gchar *folder, gconstpointer data, guint64 value)
{
  const MemoryFiles *files = data;
  guint64 limit = read_number (folder, files->limit, G_MAXUINT64);
  guint64 usage;

  if (limit == G_MAXUINT64)
    return value;
  usage = read_number (folder, files->usage, 0);
  usage -= MIN (usage, droppable_bytes (folder, files->droppable));
  return MIN (value, limit - MIN (limit, usage));
}

static guint64
least_memory (const gchar *root, LookAtGroup look)
{
  guint64 value = G_MAXUINT64;

  for (gsize i = 0; i < G_N_ELEMENTS (memory_files); i++)
    value = least_of_groups (root, memory_files[i].controller, look, &memory_files[i], value);
  return value;
}

guint64
hotpix_container_limits_memory (const gchar *root)
{
  return least_memory (root, look_at_limit);
}

guint64
hotpix_container_limits_free_memory (const gchar *root)
{
  return least_memory (root, look_at_rest);
}

/* The time that a group may use in each period: "200000 100000" is two processors' worth. */
static guint64
look_at_quota (const gchar *folder, gconstpointer files, guint64 value)
{
  g_autofree gchar *text = read_text (folder, "cpu.max");
  g_auto (GStrv) words = g_strsplit (text != NULL ? g_strstrip (text) : "", " ", -1);
  guint64 quota = 0, period = 0;

  if (g_strv_length (words) == 2)
    {
      quota = g_ascii_strtoull (words[0], NULL, 10);
      period = g_ascii_strtoull (words[1], NULL, 10);
    }
  else if (text == NULL)
    {
      quota = read_number (folder, "cpu.cfs_quota_us", 0);
      period = read_number (folder, "cpu.cfs_period_us", 0);
    }
  return quota > 0 && period > 0 ? MIN (value, (quota + period - 1) / period) : value;
}

guint
hotpix_container_limits_processors (const gchar *root)
{
  guint64 value = G_MAXUINT;

  for (gsize i = 0; i < G_N_ELEMENTS (processor_controllers); i++)
    value = least_of_groups (root, processor_controllers[i], look_at_quota, NULL, value);
  return (guint) value;
}
