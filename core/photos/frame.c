/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/frame.h"

void
hotpix_frame_free (HotpixFrame *frame)
{
  if (frame == NULL)
    return;
  g_clear_pointer (&frame->name, g_free);
  g_clear_pointer (&frame->exif, hotpix_exif_free);
  frame->frame_class->free (frame);
}

const HotpixCamera *
hotpix_frame_get_camera (const HotpixFrame *frame)
{
  return frame->exif != NULL ? frame->exif->camera : NULL;
}

/* FNV-1a. */
guint64
hotpix_frame_fingerprint (gconstpointer bytes, gsize length)
{
  guint64 hash = 14695981039346656037u;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ ((const guint8 *) bytes)[i]) * 1099511628211u;
  return length > 0 ? MAX (hash, 1) : 0;
}

guint64
hotpix_frame_fingerprint_row (HotpixFrame *frame)
{
  gsize length = hotpix_shape_row_bytes (&frame->shape);
  g_autofree gpointer row = g_try_malloc (length);
  guint64 fingerprint = 0;

  if (row == NULL || !frame->frame_class->open (frame, NULL))
    return 0;
  if (frame->frame_class->read (frame, 1, row, NULL))
    fingerprint = hotpix_frame_fingerprint (row, length);
  frame->frame_class->close (frame);
  return fingerprint;
}

gchar *
hotpix_frame_digest_rows (HotpixFrame *frame)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  gsize length = hotpix_shape_row_bytes (&frame->shape);
  g_autofree gpointer row = g_try_malloc (length);
  gboolean success = row != NULL;

  if (row == NULL || !frame->frame_class->open (frame, NULL))
    return NULL;
  for (guint y = 0; success && y < frame->shape.height; y++)
    {
      success = frame->frame_class->read (frame, 1, row, NULL);
      g_checksum_update (checksum, row, (gssize) length);
    }
  frame->frame_class->close (frame);
  return success ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}
