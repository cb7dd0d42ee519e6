/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "repair/repaired-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many names beside the file are tried. */
#define MOST_NAMES 100

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

static gchar *
name_beside (const gchar *path)
{
  return g_strdup_printf ("%s.%08x", path, g_random_int ());
}

/* Returns an errno, or 0. */
static gint
fill (gint file, GBytes *bytes, const struct stat *source)
{
  const struct timespec times[2] = { source->st_atim, source->st_mtim };
  gsize length, done = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  while (done < length)
    {
      gssize n = write (file, data + done, length - done);

      if (n < 0 && errno != EINTR)
        return errno;
      done += n > 0 ? (gsize) n : 0;
    }
  if (fchmod (file, source->st_mode & 07777) != 0 || futimens (file, times) != 0)
    return errno;
  return 0;
}

/* Gives a nameless file the path's name. Returns an errno, or 0. */
static gint
name_file (gint file, const gchar *path, gboolean overwrite)
{
  g_autofree gchar *nameless = g_strdup_printf ("/proc/self/fd/%d", file);

  if (linkat (AT_FDCWD, nameless, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0)
    return 0;
  if (errno != EEXIST || !overwrite)
    return errno;
  for (guint i = 0; i < MOST_NAMES; i++)
    {
      g_autofree gchar *beside = name_beside (path);
      gint code = 0;

      if (linkat (AT_FDCWD, nameless, AT_FDCWD, beside, AT_SYMLINK_FOLLOW) == 0)
        {
          if (g_rename (beside, path) != 0)
            {
              code = errno;
              (void) g_unlink (beside);
            }
          return code;
        }
      if (errno != EEXIST)
        return errno;
    }
  return EEXIST;
}

/* Returns an errno, or 0; ENOTSUP where the system has no nameless files. */
static gint
write_nameless (const gchar *path, GBytes *bytes, const struct stat *source, gboolean overwrite)
{
  g_autofree gchar *folder = g_path_get_dirname (path);
  gint file = open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  gint code;

  if (file < 0)
    return errno == EISDIR || errno == EOPNOTSUPP ? ENOTSUP : errno;
  code = fill (file, bytes, source);
  if (code == 0)
    {
      code = name_file (file, path, overwrite);
      /* There is no /proc. */
      code = code == ENOENT ? ENOTSUP : code;
    }
  close (file);
  return code;
}

/* Under another name first. Returns an errno, or 0. */
static gint
write_beside (const gchar *path, GBytes *bytes, const struct stat *source, gboolean overwrite)
{
  g_autofree gchar *beside = name_beside (path);
  gint file = open (beside, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  gint code;

  if (file < 0)
    return errno;
  code = fill (file, bytes, source);
  if (close (file) != 0 && code == 0)
    code = errno;
  if (code == 0 && overwrite && g_rename (beside, path) == 0)
    return 0;
  if (code == 0 && (overwrite || link (beside, path) != 0))
    code = errno;
  (void) g_unlink (beside);
  return code;
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
  code = write_nameless (path, bytes, &of_source, overwrite);
  if (code == ENOTSUP)
    code = write_beside (path, bytes, &of_source, overwrite);
  if (code == EEXIST && !overwrite)
    return set_exists_error (path, error);
  return code == 0 || set_write_error (path, code, error);
}
