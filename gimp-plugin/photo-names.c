/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo-names.h"
#include "base/error.h"
#include "base/text.h"
#include "photos/file-list.h"

#include <string.h>

gboolean
photo_names_is_photo (const gchar *name)
{
  static const gchar *const endings[]
      = { ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif",
          ".hif", ".avif", ".jxl", ".jp2",  ".bmp", ".ppm", ".pgm",  ".pnm",  NULL };
  const gchar *dot = strrchr (name, '.');

  if (dot == NULL || dot == name)
    return FALSE;
  for (guint i = 0; endings[i] != NULL; i++)
    if (g_ascii_strcasecmp (dot, endings[i]) == 0)
      return TRUE;
  return FALSE;
}

static gint
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const gchar *const *) a, *(const gchar *const *) b);
}

static gboolean
add_folder (GPtrArray *paths, const gchar *folder, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &reason);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const gchar *name;

  if (dir == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot read the folder %s: %s"),
                   folder, reason->message);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree gchar *path = g_build_filename (folder, name, NULL);

      if (name[0] != '.' && photo_names_is_photo (name)
          && !g_file_test (path, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (found, g_steal_pointer (&path));
    }
  if (found->len == 0)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("the folder %s contains no photos"), folder);
      return FALSE;
    }
  g_ptr_array_sort (found, compare_paths);
  g_ptr_array_extend_and_steal (paths, g_steal_pointer (&found));
  return TRUE;
}

/* Keeps the first of several names of one file, such as its own and one by its folder. */
static GPtrArray *
drop_repeats (const GPtrArray *paths)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < paths->len; i++)
    if (g_hash_table_add (seen, g_canonicalize_filename (paths->pdata[i], NULL)))
      g_ptr_array_add (kept, g_strdup (paths->pdata[i]));
  return kept;
}

GPtrArray *
photo_names_expand (const gchar *const *names, gsize n_names, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (n_names == 0)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("no photos are chosen: add some, or a folder of photos"));
      return NULL;
    }
  for (gsize i = 0; i < n_names; i++)
    {
      GPtrArray *more;

      if (g_file_test (names[i], G_FILE_TEST_IS_DIR))
        {
          if (!add_folder (paths, names[i], error))
            return NULL;
          continue;
        }
      more = hotpix_file_list_expand (names[i], NULL, error);
      if (more == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (paths, more);
    }
  return drop_repeats (paths);
}
