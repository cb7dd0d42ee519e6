/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame-picture.h"
#include "error.h"
#include "plugin-text.h"

/* Whole rows of GIMP's tiles. */
#define BAND_ROWS 128

/* Of the frame's samples, in the buffer's own colour space. */
static const Babl *
format_of (const HotpixShape *shape, GeglBuffer *buffer)
{
  const gchar *grey = shape->bits == 8 ? "Y' u8" : "Y' u16";
  const gchar *colour = shape->bits == 8 ? "R'G'B' u8" : "R'G'B' u16";

  return babl_format_with_space (shape->channels == 1 ? grey : colour,
                                 gegl_buffer_get_format (buffer));
}

static gboolean
write_bands (GeglBuffer *buffer, HotpixFrame *frame, gpointer rows, GError **error)
{
  const HotpixShape *shape = &frame->shape;
  const Babl *format = format_of (shape, buffer);

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
                   _ ("has rows too long for the memory"));
      return FALSE;
    }
  if (!frame->frame_class->open (frame, error))
    return FALSE;
  success = write_bands (buffer, frame, rows, error);
  frame->frame_class->close (frame);
  return success;
}
