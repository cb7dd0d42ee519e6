/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/jpeg-frame.h"
#include "base/text.h"
#include "photos/file-frame-private.h"
#include "photos/jpeg-parts-private.h"
#include "photos/jpeg-reader-private.h"

#include <string.h>

/* Of the first samples; fewer could be those of a dark border. */
#define FINGERPRINT_BYTES 512

static gboolean
check_start (FILE *stream, GError **error)
{
  guint8 start[2];
  gsize n_start = fread (start, 1, sizeof start, stream);

  if (hotpix_jpeg_reader_recognises (start, n_start))
    return TRUE;
  hotpix_file_frame_set_start_error (stream, _ ("is not a JPEG"), error);
  return FALSE;
}

/* Of the first samples, up to the end marker in a tiny photo: what is behind it is not the picture. */
static guint64
read_fingerprint (FILE *stream, const HotpixJpegReader *reader)
{
  guint8 start[FINGERPRINT_BYTES];
  gsize offset = hotpix_jpeg_reader_get_data_offset (reader), n = 0;
  const guint8 *end;

  if (fseek (stream, (glong) offset, SEEK_SET) == 0)
    n = fread (start, 1, sizeof start, stream);
  end = memmem (start, n, "\xff\xd9", 2);
  return hotpix_frame_fingerprint (start, end != NULL ? (gsize) (end - start) : n);
}

static gsize
describe (FILE *stream, gsize size, HotpixFrame *frame, GError **error)
{
  g_autoptr (HotpixJpegReader) reader = NULL;
  const guint8 *exif;
  gsize exif_length, samples;

  if (!check_start (stream, error))
    return 0;
  rewind (stream);
  reader = hotpix_jpeg_reader_new_from_stream (stream, error);
  if (reader == NULL)
    return 0;
  frame->shape = *hotpix_jpeg_reader_get_shape (reader);
  frame->working_bytes = hotpix_jpeg_reader_get_working_bytes (reader);
  if (!hotpix_file_frame_check_claim (frame, size, hotpix_jpeg_reader_get_least_bytes (reader),
                                      error))
    return 0;
  exif = hotpix_jpeg_reader_get_exif (reader, &exif_length);
  frame->exif = hotpix_exif_new (exif, exif_length);
  frame->fingerprint = read_fingerprint (stream, reader);
  if (!g_size_checked_mul (&samples, 2 * hotpix_shape_row_samples (&frame->shape),
                           frame->shape.height))
    samples = G_MAXSIZE;
  return hotpix_file_frame_max_bytes (samples);
}

static gpointer
start (GBytes *bytes, HotpixBufferPool *pool, GError **error)
{
  return hotpix_jpeg_reader_new_from_bytes (bytes, error);
}

static const HotpixShape *
get_shape (gconstpointer reader)
{
  return hotpix_jpeg_reader_get_shape (reader);
}

static gboolean
read_rows (gpointer reader, guint n_rows, gpointer rows, GError **error)
{
  return rows != NULL ? hotpix_jpeg_reader_read (reader, n_rows, rows, error)
                      : hotpix_jpeg_reader_skip (reader, n_rows, error);
}

static void
free_reader (gpointer reader)
{
  hotpix_jpeg_reader_free (reader);
}

static const HotpixFileFormat jpeg_format
    = { describe, start, get_shape, read_rows, free_reader, hotpix_jpeg_digest };

HotpixFrame *
hotpix_jpeg_frame_new (const gchar *path, GError **error)
{
  return hotpix_file_frame_new (path, &jpeg_format, error);
}
