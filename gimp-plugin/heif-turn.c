/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "heif-turn.h"
#include "photos/photo-file.h"

#include <stdio.h>
#include <string.h>

/* What describes the items of a file; larger ones are no photo's. */
#define MOST_META_BYTES ((guint64) 16 << 20)

#define HEADER_BYTES 8

/* A box of ISO/IEC 14496-12 in memory: its type, and what is in it. */
typedef struct
{
  const guint8 *type, *content;
  gsize length;
} Box;

static guint64
read_number (const guint8 *bytes, guint n)
{
  guint64 number = 0;

  for (guint i = 0; i < n; i++)
    number = number << 8 | bytes[i];
  return number;
}

/* The box at `at`, which is moved behind it. FALSE at the end, or where a box does not fit. */
static gboolean
next_box (const guint8 *bytes, gsize length, gsize *at, Box *box)
{
  guint64 size, header = HEADER_BYTES;

  if (*at + HEADER_BYTES > length)
    return FALSE;
  size = read_number (bytes + *at, 4);
  if (size == 1 && *at + 2 * HEADER_BYTES <= length)
    {
      size = read_number (bytes + *at + HEADER_BYTES, 8);
      header = 2 * HEADER_BYTES;
    }
  else if (size == 0)
    size = length - *at;
  if (size < header || size > length - *at)
    return FALSE;
  *box = (Box){ bytes + *at + 4, bytes + *at + header, (gsize) (size - header) };
  *at += (gsize) size;
  return TRUE;
}

static gboolean
is_type (const Box *box, const gchar *type)
{
  return memcmp (box->type, type, 4) == 0;
}

static gboolean
find_box (const Box *parent, gsize start, const gchar *type, Box *found)
{
  gsize at = start;

  while (next_box (parent->content, parent->length, &at, found))
    if (is_type (found, type))
      return TRUE;
  return FALSE;
}

/* The content of the file's box of metadata, which may be large boxes away. */
static guint8 *
read_meta (FILE *stream, gsize *length)
{
  guint8 header[2 * HEADER_BYTES];

  while (fread (header, HEADER_BYTES, 1, stream) == 1)
    {
      guint64 size = read_number (header, 4), rest;

      if (size == 1 && fread (header + HEADER_BYTES, HEADER_BYTES, 1, stream) == 1)
        {
          size = read_number (header + HEADER_BYTES, 8);
          rest = size - 2 * HEADER_BYTES;
        }
      else
        rest = size - HEADER_BYTES;
      if (size < HEADER_BYTES || rest > G_MAXINT64)
        return NULL;
      if (memcmp (header + 4, "meta", 4) == 0)
        {
          g_autofree guint8 *content
              = rest <= MOST_META_BYTES ? g_try_malloc ((gsize) rest) : NULL;

          *length = (gsize) rest;
          return content != NULL && fread (content, (gsize) rest, 1, stream) == 1
                     ? g_steal_pointer (&content)
                     : NULL;
        }
      if (fseeko (stream, (off_t) rest, SEEK_CUR) != 0)
        return NULL;
    }
  return NULL;
}

/* Quarter turns against the clock, as EXIF says it. */
static const guint orientations[4] = { 1, 8, 3, 6 };

static guint
find_orientation (const guint8 *meta, gsize length)
{
  const Box whole = { NULL, meta, length };
  Box properties, container, box;
  guint quarters = 0;
  gsize at = 0;

  /* The metadata begin with a version and flags. */
  if (length < 4 || !find_box (&whole, 4, "iprp", &properties)
      || !find_box (&properties, 0, "ipco", &container))
    return 1;
  while (next_box (container.content, container.length, &at, &box))
    {
      if (is_type (&box, "imir"))
        return 0;
      if (is_type (&box, "irot") && box.length > 0)
        quarters = box.content[0] & 3;
    }
  return orientations[quarters];
}

gboolean
heif_turn_read (const gchar *path, guint *orientation)
{
  FILE *stream = hotpix_photo_file_open (path, NULL, NULL);
  guint8 start[HEADER_BYTES];
  g_autofree guint8 *meta = NULL;
  gboolean is_heif;
  gsize length = 0;

  if (stream == NULL)
    return FALSE;
  is_heif = fread (start, sizeof start, 1, stream) == 1 && memcmp (start + 4, "ftyp", 4) == 0;
  if (is_heif)
    {
      rewind (stream);
      meta = read_meta (stream, &length);
      *orientation = meta != NULL ? find_orientation (meta, length) : 1;
    }
  fclose (stream);
  return is_heif;
}
