/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-picture.h"
#include "base/error.h"
#include "base/text.h"
#include "sample-format.h"

/* Whole rows of GIMP's tiles. */
#define BAND_ROWS 128

static gboolean
write_bands (GeglBuffer *buffer, HotpixFrame *frame, gpointer rows, GError **error)
{
  const HotpixShape *shape = &frame->shape;
  const Babl *format = hotpix_sample_format (buffer, shape->channels, shape->bits, FALSE);

  for (guint y = 0; y < shape->height; y += BAND_ROWS)
    {
      guint n = MIN (BAND_ROWS, shape->height - y);
      GeglRectangle band = { 0, (gint) y, (gint) shape->width, (gint) n };

      if (!frame->frame_class->read (frame, n, rows, error))
        return FALSE;
      gegl_buffer_set (buffer, &band, 0, format, rows, GEGL_AUTO_ROWSTRIDE);
    }
  return TRUE;
}

gboolean
hotpix_frame_picture_write (GeglBuffer *buffer, HotpixFrame *frame, GError **error)
{
  g_autofree gpointer rows = g_try_malloc_n (BAND_ROWS, hotpix_shape_row_bytes (&frame->shape));
  gboolean success;

  if (rows == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("has rows too long for the free memory"));
      return FALSE;
    }
  if (!frame->frame_class->open (frame, error))
    return FALSE;
  success = write_bands (buffer, frame, rows, error);
  frame->frame_class->close (frame);
  return success;
}
