/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/text.h"
#include "photos/other-file-private.h"
#include "photos/photo-file.h"

#include <string.h>

/* Of a file, enough to know it by. */
#define START_BYTES 512

typedef struct
{
  const gchar *start;
  gsize length;
  gsize offset;
} Mark;

static gboolean
has_mark (const Mark *marks, gsize n_marks, const guint8 *start, gsize length)
{
  for (gsize i = 0; i < n_marks; i++)
    if (length >= marks[i].offset + marks[i].length
        && memcmp (start + marks[i].offset, marks[i].start, marks[i].length) == 0)
      return TRUE;
  return FALSE;
}

/* The brands of a file of ISO's base media format, which holds photos and videos: the first, and
 * those that it is compatible with. */
static gboolean
has_picture_brand (const guint8 *start, gsize length)
{
  static const gchar *const brands[] = { "mif1", "mif2", "miaf", "heic", "heix", "heim",
                                         "heis", "avif", "avis", "crx ", NULL };
  gsize size = MIN (length, (gsize) start[2] << 8 | start[3]);

  for (gsize at = 8; at + 4 <= size; at += 4)
    for (guint i = 0; at != 12 && brands[i] != NULL; i++)
      if (memcmp (start + at, brands[i], 4) == 0)
        return TRUE;
  return FALSE;
}

static gboolean
is_video (const guint8 *start, gsize length)
{
  static const Mark marks[] = {
    { "moov", 4, 4 },
    { "mdat", 4, 4 },
    { "wide", 4, 4 },
    { "AVI ", 4, 8 },
    { "\x1a\x45\xdf\xa3", 4, 0 },
    { "\0\0\1\xba", 4, 0 },
    { "\0\0\1\xb3", 4, 0 },
    { "\x30\x26\xb2\x75", 4, 0 },
  };
  static const Mark base_media = { "ftyp", 4, 4 };

  if (has_mark (&base_media, 1, start, length))
    return !has_picture_brand (start, length);
  return has_mark (marks, G_N_ELEMENTS (marks), start, length);
}

static gboolean
is_document (const guint8 *start, gsize length)
{
  static const Mark marks[] = {
    { "%PDF", 4, 0 },
    { "PK\3\4", 4, 0 },
    { "\xd0\xcf\x11\xe0", 4, 0 },
    { "SQLite format 3", 15, 0 },
    { "WAVE", 4, 8 },
    { "OggS", 4, 0 },
    { "ID3", 3, 0 },
    { "fLaC", 4, 0 },
  };

  return has_mark (marks, G_N_ELEMENTS (marks), start, length);
}

/* Text from the first byte to the last that is looked at, apart from formats of pictures that begin
 * as text. */
static gboolean
is_text (const guint8 *start, gsize length)
{
  static const Mark pictures[] = {
    { "P1", 2, 0 },     { "P2", 2, 0 },      { "P3", 2, 0 },      { "P4", 2, 0 },
    { "P5", 2, 0 },     { "P6", 2, 0 },      { "P7", 2, 0 },      { "PF", 2, 0 },
    { "Pf", 2, 0 },     { "SIMPLE ", 7, 0 }, { "id=", 3, 0 },     { "#?RADIANCE", 10, 0 },
    { "#?RGBE", 6, 0 }, { "/* XPM", 6, 0 },  { "#define", 7, 0 }, { "# ImageMagick", 13, 0 },
  };

  if (has_mark (pictures, G_N_ELEMENTS (pictures), start, length))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (start[i] < ' ' && strchr ("\t\n\r\f", start[i]) == NULL)
      return FALSE;
  return memchr (start, '\0', length) == NULL;
}

static const gchar *
describe (const guint8 *start, gsize length)
{
  static const Mark apple_double = { "\0\5\26\7", 4, 0 };

  if (has_mark (&apple_double, 1, start, length))
    return _ ("is no photo but what macOS keeps beside one");
  if (is_video (start, length))
    return _ ("is a video: extract its pictures first, for instance by "
              "ffmpeg -i VIDEO -qscale:v 2 picture-%05d.jpg");
  if (is_document (start, length))
    return _ ("is no photo but a document or sound");
  if (is_text (start, length))
    return _ ("is no photo but text");
  return NULL;
}

HotpixFrame *
hotpix_other_file_refuse (const gchar *path, GError **error)
{
  FILE *stream = hotpix_photo_file_open (path, NULL, error);
  guint8 start[START_BYTES];
  const gchar *words;

  if (stream == NULL)
    return NULL;
  words = describe (start, fread (start, 1, sizeof start, stream));
  fclose (stream);
  if (words != NULL)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_NO_PHOTO, "%s", words);
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT,
                 _ ("is of a format that hotpix does not read"));
  return NULL;
}
