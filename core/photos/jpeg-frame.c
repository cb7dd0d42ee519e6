/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/jpeg-frame.h"
#include "base/system-memory-private.h"
#include "base/text.h"
#include "photos/jpeg-parts-private.h"
#include "photos/jpeg-reader-private.h"
#include "photos/photo-file.h"

#include <string.h>

/* What may lie in a file beside the samples: previews, a short film, maker notes. */
#define MAX_EXTRA_BYTES ((gsize) 64 << 20)

/* Of the first samples; fewer could be those of a dark border. */
#define FINGERPRINT_BYTES 512

typedef struct
{
  HotpixFrame frame;
  GBytes *bytes;            /* while open */
  HotpixJpegReader *reader; /* while open */
} JpegFrame;

static gsize
max_file_bytes (const HotpixShape *shape)
{
  gsize samples;

  if (!g_size_checked_mul (&samples, hotpix_shape_row_samples (shape), shape->height)
      || samples > (G_MAXSIZE - MAX_EXTRA_BYTES) / 2)
    return G_MAXSIZE;
  return 2 * samples + MAX_EXTRA_BYTES;
}

static gboolean
jpeg_frame_rewind (HotpixFrame *frame, GError **error)
{
  JpegFrame *self = (JpegFrame *) frame;
  g_autoptr (HotpixJpegReader) reader = hotpix_jpeg_reader_new_from_bytes (self->bytes, error);

  if (reader == NULL)
    return FALSE;
  if (memcmp (hotpix_jpeg_reader_get_shape (reader), &frame->shape, sizeof frame->shape) != 0)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
                   _ ("changed while it was being read"));
      return FALSE;
    }
  g_clear_pointer (&self->reader, hotpix_jpeg_reader_free);
  self->reader = g_steal_pointer (&reader);
  return TRUE;
}

static void
jpeg_frame_close (HotpixFrame *frame)
{
  JpegFrame *self = (JpegFrame *) frame;

  g_clear_pointer (&self->reader, hotpix_jpeg_reader_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

static gboolean
jpeg_frame_open (HotpixFrame *frame, GError **error)
{
  JpegFrame *self = (JpegFrame *) frame;

  self->bytes = hotpix_photo_file_load (frame->name, max_file_bytes (&frame->shape),
                                        frame->pool, error);
  if (self->bytes == NULL)
    return FALSE;
  if (!jpeg_frame_rewind (frame, error))
    {
      jpeg_frame_close (frame);
      return FALSE;
    }
  if (frame->wants_digest && frame->digest == NULL)
    frame->digest = hotpix_jpeg_digest (self->bytes);
  return TRUE;
}

static gboolean
jpeg_frame_read (HotpixFrame *frame, guint n_rows, gpointer rows, GError **error)
{
  return hotpix_jpeg_reader_read (((JpegFrame *) frame)->reader, n_rows, rows, error);
}

static gboolean
jpeg_frame_skip (HotpixFrame *frame, guint n_rows, GError **error)
{
  return hotpix_jpeg_reader_skip (((JpegFrame *) frame)->reader, n_rows, error);
}

static gchar *
jpeg_frame_digest (HotpixFrame *frame)
{
  g_autoptr (GBytes) file
      = hotpix_photo_file_load (frame->name, max_file_bytes (&frame->shape), NULL, NULL);

  return file != NULL ? hotpix_jpeg_digest (file) : NULL;
}

static void
jpeg_frame_free (HotpixFrame *frame)
{
  jpeg_frame_close (frame);
  g_free (frame);
}

static const HotpixFrameClass jpeg_frame_class = {
  jpeg_frame_open, jpeg_frame_read,   jpeg_frame_rewind, jpeg_frame_close,
  jpeg_frame_free, jpeg_frame_digest, jpeg_frame_skip,
};

static gboolean
check_start (FILE *stream, GError **error)
{
  guint8 start[2];
  gsize n_start = fread (start, 1, sizeof start, stream);

  if (hotpix_jpeg_reader_recognises (start, n_start))
    return TRUE;
  if (ferror (stream))
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot be read"));
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT, _ ("is not a JPEG"));
  return FALSE;
}

/* What a header claims, before anything is asked for or chosen by it. */
static gboolean
check_claim (const HotpixJpegReader *reader, gsize size, GError **error)
{
  const HotpixShape *shape = hotpix_jpeg_reader_get_shape (reader);
  gsize working_bytes = hotpix_jpeg_reader_get_working_bytes (reader);

  if (size < hotpix_jpeg_reader_get_least_bytes (reader))
    g_set_error (
        error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
        ngettext ("is damaged or cut short: %lu byte is too little for the %u x %u pixels "
                  "of its header",
                  "is damaged or cut short: %lu bytes are too few for the %u x %u pixels "
                  "of its header",
                  size),
        (gulong) size, shape->width, shape->height);
  else if (working_bytes > hotpix_memory_limit ())
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                 _ ("needs %u MiB of memory to decode, more than there is"),
                 hotpix_text_mib (working_bytes));
  else
    return TRUE;
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

static HotpixFrame *
frame_from_stream (const gchar *path, FILE *stream, gsize size, GError **error)
{
  g_autoptr (HotpixJpegReader) reader = NULL;
  const guint8 *exif;
  gsize exif_length;
  JpegFrame *self;

  if (!check_start (stream, error))
    return NULL;
  rewind (stream);
  reader = hotpix_jpeg_reader_new_from_stream (stream, error);
  if (reader == NULL || !check_claim (reader, size, error))
    return NULL;

  exif = hotpix_jpeg_reader_get_exif (reader, &exif_length);
  self = g_new0 (JpegFrame, 1);
  self->frame.frame_class = &jpeg_frame_class;
  self->frame.name = g_strdup (path);
  self->frame.shape = *hotpix_jpeg_reader_get_shape (reader);
  self->frame.exif = hotpix_exif_new (exif, exif_length);
  self->frame.fingerprint = read_fingerprint (stream, reader);
  self->frame.working_bytes = size + hotpix_jpeg_reader_get_working_bytes (reader);
  return &self->frame;
}

HotpixFrame *
hotpix_jpeg_frame_new (const gchar *path, GError **error)
{
  gsize size = 0;
  FILE *stream = hotpix_photo_file_open (path, &size, error);
  HotpixFrame *frame;

  if (stream == NULL)
    return NULL;
  frame = frame_from_stream (path, stream, size, error);
  fclose (stream);
  return frame;
}
