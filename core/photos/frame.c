/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/frame.h"
#include "base/error.h"
#include "base/text.h"
#include "photos/digest-private.h"

void
hotpix_frame_free (HotpixFrame *frame)
{
  if (frame == NULL)
    return;
  g_clear_pointer (&frame->name, g_free);
  g_clear_pointer (&frame->exif, hotpix_exif_free);
  g_clear_pointer (&frame->digest, g_free);
  frame->frame_class->free (frame);
}

gboolean
hotpix_frame_skip (HotpixFrame *frame, guint n_rows, GError **error)
{
  gsize row_bytes = hotpix_shape_row_bytes (&frame->shape);
  g_autofree gpointer row = NULL;

  if (n_rows == 0)
    return TRUE;
  if (frame->frame_class->skip != NULL)
    return frame->frame_class->skip (frame, n_rows, error);
  row = g_try_malloc (row_bytes);
  if (row == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("needs %u MiB of memory, more than is free"),
                   hotpix_text_mib (row_bytes));
      return FALSE;
    }
  for (guint i = 0; i < n_rows; i++)
    if (!frame->frame_class->read (frame, 1, row, error))
      return FALSE;
  return TRUE;
}

const HotpixCamera *
hotpix_frame_get_camera (const HotpixFrame *frame)
{
  return frame->exif != NULL ? frame->exif->camera : NULL;
}

const HotpixShot *
hotpix_frame_get_shot (const HotpixFrame *frame)
{
  return frame->exif != NULL ? frame->exif->shot : &hotpix_shot_unknown;
}

const gchar *
hotpix_frame_get_digest (HotpixFrame *frame)
{
  if (frame->digest == NULL && frame->frame_class->digest != NULL)
    frame->digest = frame->frame_class->digest (frame);
  return frame->digest;
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
  const HotpixShape *shape = &frame->shape;
  const guint32 told[] = { shape->width, shape->height, shape->channels, shape->bits };
  g_autoptr (HotpixDigest) digest = hotpix_digest_new ();
  gsize length = hotpix_shape_row_bytes (shape);
  g_autofree gpointer row = g_try_malloc (length);
  gboolean success = TRUE;

  if (row == NULL || !frame->frame_class->open (frame, NULL))
    return NULL;
  hotpix_digest_add (digest, told, sizeof told);
  for (guint y = 0; success && y < shape->height; y++)
    {
      success = frame->frame_class->read (frame, 1, row, NULL);
      hotpix_digest_add (digest, row, success ? length : 0);
    }
  frame->frame_class->close (frame);
  return success ? hotpix_digest_end (g_steal_pointer (&digest)) : NULL;
}
