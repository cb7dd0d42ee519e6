/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "list-output.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many other names in the file's folder are tried. */
#define MOST_NAMES 100

static gboolean
set_write_error (const gchar *place, const gchar *reason, GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE, _ ("cannot write the list to %s: %s"),
               place, reason);
  return FALSE;
}

static gboolean
write_to_stream (FILE *stream, const gchar *text)
{
  return fputs (text, stream) != EOF && fflush (stream) == 0;
}

static gboolean
write_as_it_is (const gchar *place, const gchar *text, GError **error)
{
  FILE *stream = g_fopen (place, "we");
  gboolean success;
  gint code;

  if (stream == NULL)
    return set_write_error (place, g_strerror (errno), error);
  success = write_to_stream (stream, text);
  code = errno;
  if (fclose (stream) != 0 && success)
    {
      success = FALSE;
      code = errno;
    }
  return success || set_write_error (place, g_strerror (code), error);
}

/* Gives a nameless file the target's name. An interrupt could leave a file behind only between the
 * two steps of this. Returns an errno, or 0. */
static gint
put_in_place (gint file, const gchar *target)
{
  g_autofree gchar *nameless = g_strdup_printf ("/proc/self/fd/%d", file);

  for (guint i = 0; i < MOST_NAMES; i++)
    {
      g_autofree gchar *beside = g_strdup_printf ("%s.%08x", target, g_random_int ());
      gint code;

      if (linkat (AT_FDCWD, nameless, AT_FDCWD, beside, AT_SYMLINK_FOLLOW) != 0)
        {
          if (errno == EEXIST)
            continue;
          return errno;
        }
      if (g_rename (beside, target) == 0)
        return 0;
      code = errno;
      (void) g_unlink (beside);
      return code;
    }
  return EEXIST;
}

/* Writes a file that has no name until it is whole, so that nothing is left of it however the program
 * ends. mode: of the older file, or 0 for none.
 * Returns FALSE where the system has no such files. */
static gboolean
write_nameless (const gchar *target, const gchar *text, mode_t mode, gint *code)
{
  g_autofree gchar *folder = g_path_get_dirname (target);
  gint file = open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
  FILE *stream = file >= 0 ? fdopen (file, "w") : NULL;

  if (stream == NULL)
    {
      if (file >= 0)
        close (file);
      return FALSE;
    }
  *code = 0;
  if (!write_to_stream (stream, text) || fsync (file) != 0
      || (mode != 0 && fchmod (file, mode & 07777) != 0))
    *code = errno;
  else
    *code = put_in_place (file, target);
  fclose (stream);
  return *code != ENOENT; /* there is no /proc */
}

/* target: no link. */
static gboolean
replace (const gchar *target, const gchar *text, mode_t mode, GError **error)
{
  gint code;

  if (write_nameless (target, text, mode, &code))
    {
      if (code != 0)
        g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (code),
                             g_strerror (code));
      return code == 0;
    }
  if (!g_file_set_contents_full (target, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error))
    return FALSE;
  if (mode != 0)
    (void) g_chmod (target, (gint) (mode & 07777));
  return TRUE;
}

gboolean
list_output_write (const gchar *place, const gchar *text, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree gchar *target = NULL;
  struct stat status;
  gboolean exists;

  if (strcmp (place, "-") == 0)
    return write_to_stream (stdout, text)
           || set_write_error (_ ("standard output"), g_strerror (errno), error);
  exists = stat (place, &status) == 0;
  /* A link to a file that does not exist yet is written through, too. */
  if (exists ? !S_ISREG (status.st_mode) : g_file_test (place, G_FILE_TEST_IS_SYMLINK))
    return write_as_it_is (place, text, error);

  /* A link stays a link: the file that it leads to is replaced. */
  target = realpath (place, NULL);
  if (replace (target != NULL ? target : place, text, exists ? status.st_mode : 0, &reason))
    return TRUE;
  return set_write_error (place, reason->message, error);
}
