/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "list-output.h"
#include "base/text.h"
#include "base/whole-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

gboolean
list_output_write (const gchar *place, const gchar *text, GError **error)
{
  HotpixWholeFile how = { .overwrite = TRUE, .flush = TRUE };
  g_autofree gchar *target = NULL;
  struct stat status;
  gboolean exists;
  gint code;

  if (strcmp (place, "-") == 0)
    return write_to_stream (stdout, text)
           || set_write_error (_ ("standard output"), g_strerror (errno), error);
  exists = stat (place, &status) == 0;
  /* A link to a file that does not exist yet is written through, too. */
  if (exists ? !S_ISREG (status.st_mode) : g_file_test (place, G_FILE_TEST_IS_SYMLINK))
    return write_as_it_is (place, text, error);

  /* A link stays a link: the file that it leads to is replaced. */
  target = realpath (place, NULL);
  how.mode = exists ? status.st_mode : 0;
  code = hotpix_whole_file_write (target != NULL ? target : place, text, strlen (text), &how);
  return code == 0 || set_write_error (place, g_strerror (code), error);
}
