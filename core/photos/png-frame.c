/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/png-frame.h"
#include "base/text.h"
#include "photos/file-frame-private.h"
#include "photos/png-chunks-private.h"
#include "photos/png-reader-private.h"

#include <string.h>

/* Deflate makes no less than this share of what is all the same: 258 bytes become two bits. */
#define MOST_INFLATED 1032

static gboolean
check_start (FILE *stream, GError **error)
{
  gchar start[HOTPIX_PNG_SIGNATURE_BYTES];

  if (fread (start, sizeof start, 1, stream) == 1
      && memcmp (start, HOTPIX_PNG_SIGNATURE, sizeof start) == 0)
    return TRUE;
  hotpix_file_frame_set_start_error (stream, _ ("is not a PNG"), error);
  return FALSE;
}

static gsize
describe (FILE *stream, gsize size, HotpixFrame *frame, GError **error)
{
  g_autoptr (HotpixPngReader) reader = NULL;
  g_autoptr (GBytes) header = NULL, exif = NULL;
  gsize stored;

  if (!check_start (stream, error))
    return 0;
  header = hotpix_png_read_header (stream, size, &frame->fingerprint, error);
  if (header == NULL)
    return 0;
  reader = hotpix_png_reader_new (header, NULL, error);
  if (reader == NULL)
    return 0;
  frame->shape = *hotpix_png_reader_get_shape (reader);
  frame->working_bytes = hotpix_png_reader_get_working_bytes (reader);
  stored = hotpix_png_reader_get_stored_bytes (reader);
  if (!hotpix_file_frame_check_claim (frame, size, stored / MOST_INFLATED, error))
    return 0;
  exif = hotpix_png_reader_get_exif (reader);
  frame->exif = exif != NULL
                    ? hotpix_exif_new (g_bytes_get_data (exif, NULL), g_bytes_get_size (exif))
                    : hotpix_exif_new (NULL, 0);
  return hotpix_file_frame_max_bytes (stored);
}

static gpointer
start (GBytes *bytes, HotpixBufferPool *pool, GError **error)
{
  return hotpix_png_reader_new (bytes, pool, error);
}

static const HotpixShape *
get_shape (gconstpointer reader)
{
  return hotpix_png_reader_get_shape (reader);
}

static gboolean
read_rows (gpointer reader, guint n_rows, gpointer rows, GError **error)
{
  return hotpix_png_reader_read (reader, n_rows, rows, error);
}

static void
free_reader (gpointer reader)
{
  hotpix_png_reader_free (reader);
}

static const HotpixFileFormat png_format
    = { describe, start, get_shape, read_rows, free_reader, hotpix_png_digest };

HotpixFrame *
hotpix_png_frame_new (const gchar *path, GError **error)
{
  return hotpix_file_frame_new (path, &png_format, error);
}
