/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/system-memory-private.h"
#include "base/text.h"
#include "photos/file-frame-private.h"
#include "photos/photo-file.h"

#include <string.h>

/* What may lie in a file beside the samples: previews, a short film, maker notes. */
#define MAX_EXTRA_BYTES ((gsize) 64 << 20)

typedef struct
{
  HotpixFrame frame;
  const HotpixFileFormat *format;
  gsize max_bytes; /* of the file */
  GBytes *bytes;   /* while open */
  gpointer reader; /* while open */
} FileFrame;

static void
stop (FileFrame *self)
{
  if (self->reader != NULL)
    self->format->free (self->reader);
  self->reader = NULL;
}

static gboolean
file_frame_rewind (HotpixFrame *frame, GError **error)
{
  FileFrame *self = (FileFrame *) frame;
  gpointer reader = self->format->start (self->bytes, frame->pool, error);

  if (reader == NULL)
    return FALSE;
  if (memcmp (self->format->get_shape (reader), &frame->shape, sizeof frame->shape) != 0)
    {
      self->format->free (reader);
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
                   _ ("changed while it was being read"));
      return FALSE;
    }
  stop (self);
  self->reader = reader;
  return TRUE;
}

static void
file_frame_close (HotpixFrame *frame)
{
  FileFrame *self = (FileFrame *) frame;

  stop (self);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

static gboolean
file_frame_open (HotpixFrame *frame, GError **error)
{
  FileFrame *self = (FileFrame *) frame;

  self->bytes = hotpix_photo_file_load (frame->name, self->max_bytes, frame->pool, error);
  if (self->bytes == NULL)
    return FALSE;
  if (!file_frame_rewind (frame, error))
    {
      file_frame_close (frame);
      return FALSE;
    }
  if (frame->wants_digest && frame->digest == NULL)
    frame->digest = self->format->digest (self->bytes);
  return TRUE;
}

static gboolean
file_frame_read (HotpixFrame *frame, guint n_rows, gpointer rows, GError **error)
{
  FileFrame *self = (FileFrame *) frame;

  return self->format->read (self->reader, n_rows, rows, error);
}

static gboolean
file_frame_skip (HotpixFrame *frame, guint n_rows, GError **error)
{
  return file_frame_read (frame, n_rows, NULL, error);
}

static gchar *
file_frame_digest (HotpixFrame *frame)
{
  const FileFrame *self = (const FileFrame *) frame;
  g_autoptr (GBytes) bytes = hotpix_photo_file_load (frame->name, self->max_bytes, NULL, NULL);

  return bytes != NULL ? self->format->digest (bytes) : NULL;
}

static void
file_frame_free (HotpixFrame *frame)
{
  file_frame_close (frame);
  g_free (frame);
}

static const HotpixFrameClass file_frame_class = {
  file_frame_open, file_frame_read,   file_frame_rewind, file_frame_close,
  file_frame_free, file_frame_digest, file_frame_skip,
};

HotpixFrame *
hotpix_file_frame_new (const gchar *path, const HotpixFileFormat *format, GError **error)
{
  gsize size = 0;
  FILE *stream = hotpix_photo_file_open (path, &size, error);
  FileFrame *self;

  if (stream == NULL)
    return NULL;
  self = g_new0 (FileFrame, 1);
  self->frame.frame_class = &file_frame_class;
  self->frame.name = g_strdup (path);
  self->format = format;
  self->max_bytes = format->describe (stream, size, &self->frame, error);
  self->frame.working_bytes += size;
  fclose (stream);
  if (self->max_bytes > 0)
    return &self->frame;
  hotpix_frame_free (&self->frame);
  return NULL;
}

gboolean
hotpix_file_frame_check_claim (const HotpixFrame *frame, gsize size, gsize least,
                               GError **error)
{
  if (size < least)
    g_set_error (
        error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
        ngettext ("is damaged or cut short: %lu byte is too little for the %u x %u pixels "
                  "of its header",
                  "is damaged or cut short: %lu bytes are too few for the %u x %u pixels "
                  "of its header",
                  size),
        (gulong) size, frame->shape.width, frame->shape.height);
  else if (frame->working_bytes > hotpix_memory_limit ())
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                 _ ("needs %u MiB of memory to decode, more than there is"),
                 hotpix_text_mib (frame->working_bytes));
  else
    return TRUE;
  return FALSE;
}

gsize
hotpix_file_frame_max_bytes (gsize image_bytes)
{
  return image_bytes > G_MAXSIZE - MAX_EXTRA_BYTES ? G_MAXSIZE : image_bytes + MAX_EXTRA_BYTES;
}

void
hotpix_file_frame_set_start_error (FILE *stream, const gchar *words, GError **error)
{
  if (ferror (stream))
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot be read"));
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT, "%s", words);
}
