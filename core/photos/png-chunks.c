/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "photos/digest-private.h"
#include "photos/frame.h"
#include "photos/png-chunks-private.h"
#include "photos/png-reader-private.h"

#include <string.h>
#include <unistd.h>

/* Of a chunk beside its data: their length and its type before them, a checksum behind them. */
#define HEAD_BYTES 8
#define CHECKSUM_BYTES 4

/* Of all texts and Exif; what would go beyond is passed over. */
#define MAX_HEADER_BYTES ((gsize) 16 << 20)

/* Of the image's first data. */
#define FINGERPRINT_BYTES 512

typedef struct
{
  gchar type[5];
  gsize start;  /* of its head in the file */
  gsize length; /* of its data */
  gsize end;    /* behind it, where the next one starts */
} Chunk;

static gsize
data_of (const Chunk *chunk)
{
  return chunk->start + HEAD_BYTES;
}

static gboolean
has_room (gsize start, gsize size)
{
  return start <= size && size - start >= HEAD_BYTES + CHECKSUM_BYTES;
}

/* A type is four letters. What follows a file in a hole on the disk is none, and without end. */
static gboolean
is_type (const gchar *type)
{
  for (guint i = 0; i < 4; i++)
    if (!g_ascii_isalpha (type[i]))
      return FALSE;
  return TRUE;
}

/* head: of HEAD_BYTES, at `start` of a file of that size, which has room for an empty chunk there.
 * Whether a whole chunk is there. */
static gboolean
parse_head (Chunk *chunk, gsize start, const guint8 *head, gsize size)
{
  chunk->start = start;
  chunk->length = (gsize) head[0] << 24 | head[1] << 16 | head[2] << 8 | head[3];
  chunk->end = data_of (chunk) + chunk->length + CHECKSUM_BYTES;
  memcpy (chunk->type, head + 4, 4);
  return is_type (chunk->type) && chunk->length <= size - start - HEAD_BYTES - CHECKSUM_BYTES;
}

static gboolean
read_at (FILE *stream, gsize at, gpointer data, gsize n_bytes)
{
  return pread (fileno (stream), data, n_bytes, (off_t) at) == (gssize) n_bytes;
}

static gboolean
is_one_of (const Chunk *chunk, const gchar *const *types)
{
  return g_strv_contains (types, chunk->type);
}

/* Appends the whole chunk. */
static gboolean
append (GByteArray *header, FILE *stream, const Chunk *chunk)
{
  guint before = header->len;
  gsize n_bytes = chunk->end - chunk->start;

  g_byte_array_set_size (header, before + (guint) n_bytes);
  return read_at (stream, chunk->start, header->data + before, n_bytes);
}

static gboolean
has_place (const GByteArray *header, const Chunk *chunk)
{
  return header->len < MAX_HEADER_BYTES && chunk->length < MAX_HEADER_BYTES - header->len;
}

static guint64
read_fingerprint (FILE *stream, const Chunk *chunk)
{
  guint8 start[FINGERPRINT_BYTES];
  gsize n_bytes = MIN (chunk->length, sizeof start);

  return read_at (stream, data_of (chunk), start, n_bytes)
             ? hotpix_frame_fingerprint (start, n_bytes)
             : 0;
}

GBytes *
hotpix_png_read_header (FILE *stream, gsize size, guint64 *fingerprint, GError **error)
{
  static const gchar *const told[] = { "IHDR", "PLTE", "eXIf", "tEXt", "zTXt", NULL };
  static const guint8 data_head[HEAD_BYTES] = { 0, 0, 0, 0, 'I', 'D', 'A', 'T' };
  g_autoptr (GByteArray) header = g_byte_array_new ();
  Chunk chunk = { .end = HOTPIX_PNG_SIGNATURE_BYTES };
  guint8 head[HEAD_BYTES];

  *fingerprint = 0;
  g_byte_array_append (header, (const guint8 *) HOTPIX_PNG_SIGNATURE,
                       HOTPIX_PNG_SIGNATURE_BYTES);
  while (strcmp (chunk.type, "IEND") != 0)
    {
      gsize start = chunk.end;

      if (!has_room (start, size) || !read_at (stream, start, head, sizeof head)
          || !parse_head (&chunk, start, head, size)
          || (is_one_of (&chunk, told) && has_place (header, &chunk)
              && !append (header, stream, &chunk)))
        {
          g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
                       _ ("is damaged or cut short (%s)"), _ ("the file ends too early"));
          return NULL;
        }
      if (strcmp (chunk.type, "IDAT") == 0 && *fingerprint == 0)
        *fingerprint = read_fingerprint (stream, &chunk);
    }
  g_byte_array_append (header, data_head, sizeof data_head);
  return g_byte_array_free_to_bytes (g_steal_pointer (&header));
}

gchar *
hotpix_png_digest (GBytes *file)
{
  static const gchar *const seen[] = { "IHDR", "PLTE", "IDAT", NULL };
  HotpixDigest *digest = hotpix_digest_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  Chunk chunk = { .end = HOTPIX_PNG_SIGNATURE_BYTES };

  while (has_room (chunk.end, size) && parse_head (&chunk, chunk.end, data + chunk.end, size))
    if (is_one_of (&chunk, seen))
      hotpix_digest_add (digest, data + data_of (&chunk), chunk.length);
  return hotpix_digest_end (digest);
}
