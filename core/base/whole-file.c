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

typedef struct
{
  const guint8 *data;
  gsize length;
} Content;

/* Returns an errno, or 0. */
static gint
write_content (const gchar *place, gpointer user_data)
{
  const Content *content = user_data;
  gint file = open (place, O_WRONLY | O_CLOEXEC), code = file < 0 ? errno : 0;
  gsize done = 0;

  while (code == 0 && done < content->length)
    {
      gssize n = write (file, content->data + done, content->length - done);

      if (n < 0 && errno != EINTR)
        code = errno;
      done += n > 0 ? (gsize) n : 0;
    }
  if (file >= 0 && close (file) != 0 && code == 0)
    code = errno;
  return code;
}

typedef struct
{
  HotpixWholeFileMaker maker;
  gpointer user_data;
  const HotpixWholeFile *how;
} Making;

/* Returns an errno, or 0. */
static gint
fill (gint file, const gchar *place, const Making *making)
{
  const HotpixWholeFile *how = making->how;
  gint code = making->maker (place, making->user_data);

  if (code != 0)
    return code;
  if ((how->mode != 0 && fchmod (file, how->mode & 07777) != 0)
      || (how->times != NULL && futimens (file, how->times) != 0)
      || (how->flush && fsync (file) != 0))
    return errno;
  return 0;
}

static gchar *
nameless_place (gint file)
{
  return g_strdup_printf ("/proc/self/fd/%d", file);
}

/* Gives a nameless file the path's name. An interrupt could leave a file behind only between the two
 * steps that replace an old one. Returns an errno, or 0. */
static gint
name_file (gint file, const gchar *path, gboolean overwrite)
{
  g_autofree gchar *nameless = nameless_place (file);

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
make_nameless (const gchar *path, const Making *making)
{
  const HotpixWholeFile *how = making->how;
  g_autofree gchar *folder = g_path_get_dirname (path), *place = NULL;
  gint file = open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, first_mode (how));
  gint code;

  if (file < 0)
    return errno == EISDIR || errno == EOPNOTSUPP ? ENOTSUP : errno;
  place = nameless_place (file);
  /* There is no /proc. */
  code = g_file_test (place, G_FILE_TEST_EXISTS) ? fill (file, place, making) : ENOTSUP;
  if (code == 0)
    {
      code = name_file (file, path, how->overwrite);
      code = code == ENOENT ? ENOTSUP : code;
    }
  close (file);
  return code;
}

/* Under another name first. Returns an errno, or 0. */
static gint
make_beside (const gchar *path, const Making *making)
{
  const HotpixWholeFile *how = making->how;
  g_autofree gchar *beside = name_beside (path);
  gint file = open (beside, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, first_mode (how));
  gint code;

  if (file < 0)
    return errno;
  code = fill (file, beside, making);
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
  Content content = { data, length };

  return hotpix_whole_file_make (path, write_content, &content, how);
}

gint
hotpix_whole_file_make (const gchar *path, HotpixWholeFileMaker maker, gpointer user_data,
                        const HotpixWholeFile *how)
{
  const Making making = { maker, user_data, how };
  gint code = make_nameless (path, &making);

  return code == ENOTSUP ? make_beside (path, &making) : code;
}
