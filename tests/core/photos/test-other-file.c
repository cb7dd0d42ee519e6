/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/other-file-private.h"

#include "base/error.h"
#include "scratch-folder.h"

#include <string.h>

static gchar *folder;

/* Whether the file is told to be no photo, in these words. */
static gboolean
is_refused (gconstpointer bytes, gsize length, const gchar *words)
{
  g_autofree gchar *path = g_build_filename (folder, "file", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  g_assert_null (hotpix_other_file_refuse (path, &error));
  if (!g_error_matches (error, HOTPIX_ERROR, HOTPIX_ERROR_NO_PHOTO))
    {
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT);
      return FALSE;
    }
  g_assert_nonnull (strstr (error->message, words));
  return TRUE;
}

#define IS_REFUSED(bytes, words) is_refused (bytes, sizeof (bytes) - 1, words)

static void
test_others (void)
{
  g_assert_true (IS_REFUSED ("", "is empty"));
  g_assert_true (IS_REFUSED ("<?xpacket begin=\"\"?><x:xmpmeta/>", "text"));
  g_assert_true (IS_REFUSED ("\357\273\277<?xml version=\"1.0\"?>\r\n", "text"));
  g_assert_true (IS_REFUSED ("Notes of a day", "text"));
  g_assert_true (IS_REFUSED ("\0\5\26\7\0\2\0\0Mac OS X", "macOS"));
  g_assert_true (IS_REFUSED ("\0\0\0\30ftypmp42\0\0\0\0mp42isom", "video"));
  g_assert_true (IS_REFUSED ("\0\0\0\24ftypqt  \0\0\0\0qt  ", "video"));
  g_assert_true (IS_REFUSED ("\0\0\0\10wide\0\0\0\0mdat", "video"));
  g_assert_true (IS_REFUSED ("RIFF\0\0\0\1AVI LIST", "video"));
  g_assert_true (IS_REFUSED ("\x1a\x45\xdf\xa3\x01\x00", "video"));
  g_assert_true (IS_REFUSED ("RIFF\0\0\0\1WAVEfmt ", "sound"));
  g_assert_true (IS_REFUSED ("%PDF-1.7\n\x80", "document"));
  g_assert_true (IS_REFUSED ("PK\3\4\24\0", "document"));
}

/* Photos of formats that a host may know, some of which begin as text. */
static void
test_photos (void)
{
  g_assert_false (IS_REFUSED ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ""));
  g_assert_false (IS_REFUSED ("II*\0\10\0\0\0", ""));
  g_assert_false (IS_REFUSED ("MM\0*\0\0\0\10", ""));
  g_assert_false (IS_REFUSED ("RIFF\0\0\0\1WEBPVP8 ", ""));
  g_assert_false (IS_REFUSED ("\0\0\0\34ftypheic\0\0\0\0mif1heic", ""));
  g_assert_false (IS_REFUSED ("\0\0\0\34ftypmif1\0\0\0\0heicmiaf", ""));
  g_assert_false (IS_REFUSED ("\0\0\0\34ftypisom\0\0\0\0avifmif1", ""));
  g_assert_false (IS_REFUSED ("\0\0\0\30ftypcrx \0\0\0\1crx isom", ""));
  g_assert_false (IS_REFUSED ("P6\n2 2\n255\nabcdefabcdef", ""));
  g_assert_false (IS_REFUSED ("SIMPLE  =                    T", ""));
  g_assert_false (IS_REFUSED ("id=ImageMagick  version=1.0\n", ""));
  g_assert_false (IS_REFUSED ("\xff\x0a\0\0", ""));
  g_assert_false (IS_REFUSED ("\0\0\0\xcJXL \r\n\x87\n", ""));
}

int
main (int argc, char **argv)
{
  gint status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  g_test_add_func ("/other-file/what-lies-beside-photos-is-known", test_others);
  g_test_add_func ("/other-file/what-may-be-a-photo-is-left-to-others", test_photos);
  status = g_test_run ();
  scratch_folder_remove (folder);
  return status;
}
