/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/whole-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many names beside the file are tried. */
#define MOST_NAMES 100

static gchar *
name_beside (const gchar *path)
{
  return g_strdup_printf ("%s.%08x", path, g_random_int ());
}

/* Before it is whole only its owner can open a file that gets its mode later. */
static mode_t
first_mode (const HotpixWholeFile *how)
{
  return how->mode != 0 ? 0600 : 0666;
}

/* Returns an errno, or 0. */
static gint
fill (gint file, const guint8 *data, gsize length, const HotpixWholeFile *how)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = write (file, data + done, length - done);

      if (n < 0 && errno != EINTR)
        return errno;
      done += n > 0 ? (gsize) n : 0;
    }
  if ((how->mode != 0 && fchmod (file, how->mode & 07777) != 0)
      || (how->times != NULL && futimens (file, how->times) != 0)
      || (how->flush && fsync (file) != 0))
    return errno;
  return 0;
}

/* Gives a nameless file the path's name. An interrupt could leave a file behind only between the two
 * steps that replace an old one. Returns an errno, or 0. */
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
      gint code;

      if (linkat (AT_FDCWD, nameless, AT_FDCWD, beside, AT_SYMLINK_FOLLOW) != 0)
        {
          if (errno == EEXIST)
            continue;
          return errno;
        }
      if (g_rename (beside, path) == 0)
        return 0;
      code = errno;
      (void) g_unlink (beside);
      return code;
    }
  return EEXIST;
}

/* Returns an errno, or 0; ENOTSUP where the system has no nameless files. */
static gint
write_nameless (const gchar *path, gconstpointer data, gsize length, const HotpixWholeFile *how)
{
  g_autofree gchar *folder = g_path_get_dirname (path);
  gint file = open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, first_mode (how));
  gint code;

  if (file < 0)
    return errno == EISDIR || errno == EOPNOTSUPP ? ENOTSUP : errno;
  code = fill (file, data, length, how);
  if (code == 0)
    {
      code = name_file (file, path, how->overwrite);
      /* There is no /proc. */
      code = code == ENOENT ? ENOTSUP : code;
    }
  close (file);
  return code;
}

/* Under another name first. Returns an errno, or 0. */
static gint
write_beside (const gchar *path, gconstpointer data, gsize length, const HotpixWholeFile *how)
{
  g_autofree gchar *beside = name_beside (path);
  gint file = open (beside, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, first_mode (how));
  gint code;

  if (file < 0)
    return errno;
  code = fill (file, data, length, how);
  if (close (file) != 0 && code == 0)
    code = errno;
  if (code == 0 && how->overwrite && g_rename (beside, path) == 0)
    return 0;
  if (code == 0 && (how->overwrite || link (beside, path) != 0))
    code = errno;
  (void) g_unlink (beside);
  return code;
}

gint
hotpix_whole_file_write (const gchar *path, gconstpointer data, gsize length,
                         const HotpixWholeFile *how)
{
  gint code = write_nameless (path, data, length, how);

  return code == ENOTSUP ? write_beside (path, data, length, how) : code;
}
