/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/digest-private.h"
#include "photos/jpeg-parts-private.h"

#include <string.h>

#define RST0 0xd0
#define START_OF_IMAGE 0xd8
#define END_OF_IMAGE 0xd9
#define APP0 0xe0
#define APP15 0xef
#define COMMENT 0xfe

/* Those that are between a file's segments or in its entropy-coded data, and no more than a marker. */
static gboolean
is_bare (guint8 marker)
{
  return marker <= 1 || (marker >= RST0 && marker <= START_OF_IMAGE);
}

/* The next marker that is none of these, or NULL. */
static const guint8 *
find_part (const guint8 *at, const guint8 *end)
{
  while (end - at >= 2 && (at = memchr (at, 0xff, (gsize) (end - at) - 1)) != NULL)
    if (at[1] == 0xff)
      at++;
    else if (is_bare (at[1]))
      at += 2;
    else
      return at;
  return NULL;
}

gboolean
hotpix_jpeg_part_next (const guint8 **at, const guint8 *end, HotpixJpegPart *part)
{
  const guint8 *start = find_part (*at, end), *next;

  if (start == NULL || start[1] == END_OF_IMAGE || end - start < 4)
    return FALSE;
  part->marker = start[1];
  part->start = start;
  *at = start + MIN (2 + (start[2] << 8 | start[3]), end - start);
  if (part->marker == HOTPIX_JPEG_PART_SCAN)
    {
      next = find_part (*at, end);
      *at = next != NULL ? next : end;
    }
  part->length = (gsize) (*at - start);
  return TRUE;
}

gchar *
hotpix_jpeg_digest (GBytes *file)
{
  HotpixDigest *digest = hotpix_digest_new ();
  gsize length;
  const guint8 *at = g_bytes_get_data (file, &length), *end = at + length;
  HotpixJpegPart part;

  while (hotpix_jpeg_part_next (&at, end, &part))
    if (part.marker != COMMENT && (part.marker < APP0 || part.marker > APP15))
      hotpix_digest_add (digest, part.start, part.length);
  return hotpix_digest_end (digest);
}
