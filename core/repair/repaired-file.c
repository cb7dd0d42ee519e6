/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "base/whole-file.h"
#include "repair/repaired-file-private.h"

#include <errno.h>
#include <sys/stat.h>

static gboolean
set_write_error (const gchar *path, gint code, GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE, _ ("%s cannot be written: %s"), path,
               g_strerror (code));
  return FALSE;
}

static gboolean
set_exists_error (const gchar *path, GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
               _ ("was not repaired: %s exists already. overwrite=yes replaces it"), path);
  return FALSE;
}

/* Returns an errno, or 0. */
static gint
write_as (const gchar *path, GBytes *bytes, const struct stat *source, gboolean overwrite)
{
  const struct timespec times[2] = { source->st_atim, source->st_mtim };
  HotpixWholeFile how = { .mode = source->st_mode, .times = times, .overwrite = overwrite };
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return hotpix_whole_file_write (path, data, length, &how);
}

gboolean
hotpix_repaired_file_write (const gchar *path, const gchar *source, GBytes *bytes,
                            gboolean overwrite, GError **error)
{
  struct stat of_source, of_target;
  gint code;

  if (stat (source, &of_source) != 0)
    return set_write_error (path, errno, error);
  if (stat (path, &of_target) == 0 && of_target.st_dev == of_source.st_dev
      && of_target.st_ino == of_source.st_ino)
    {
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
          _ ("was not repaired: it is in the folder of into= itself, and originals are "
             "never replaced. Name another folder"));
      return FALSE;
    }
  code = write_as (path, bytes, &of_source, overwrite);
  if (code == EEXIST && !overwrite)
    return set_exists_error (path, error);
  return code == 0 || set_write_error (path, code, error);
}
