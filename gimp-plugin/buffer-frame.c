/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "buffer-frame.h"
#include "base/error.h"
#include "base/text.h"
#include "sample-format.h"

/* About as many as a scan reads at once. */
#define ROWS_AT_A_TIME 16

typedef struct
{
  HotpixFrame frame;
  GeglBuffer *buffer;
  guint next_row;
} BufferFrame;

/* Opening needs no more. */
static gboolean
buffer_frame_rewind (HotpixFrame *frame, GError **error)
{
  ((BufferFrame *) frame)->next_row = 0;
  return TRUE;
}

/* Drops the alpha of n pixels. FALSE where one is not opaque. */
static gboolean
drop_alpha_u8 (guint8 *samples, const guint8 *pixels, guint channels, gsize n)
{
  gboolean opaque = TRUE;

  for (gsize i = 0; i < n; i++, pixels += channels + 1)
    {
      for (guint channel = 0; channel < channels; channel++)
        *samples++ = pixels[channel];
      opaque &= pixels[channels] == 255;
    }
  return opaque;
}

static gboolean
drop_alpha_u16 (guint16 *samples, const guint16 *pixels, guint channels, gsize n)
{
  gboolean opaque = TRUE;

  for (gsize i = 0; i < n; i++, pixels += channels + 1)
    {
      for (guint channel = 0; channel < channels; channel++)
        *samples++ = pixels[channel];
      opaque &= pixels[channels] == 65535;
    }
  return opaque;
}

static gboolean
buffer_frame_read (HotpixFrame *frame, guint n_rows, gpointer rows, GError **error)
{
  BufferFrame *self = (BufferFrame *) frame;
  const HotpixShape *shape = &frame->shape;
  const GeglRectangle *extent = gegl_buffer_get_extent (self->buffer);
  GeglRectangle band
      = { extent->x, extent->y + (gint) self->next_row, extent->width, (gint) n_rows };
  /* GEGL delivers the rows with alpha, which is checked and dropped. */
  const Babl *format = hotpix_sample_format (self->buffer, shape->channels, shape->bits, TRUE);
  gsize n = (gsize) shape->width * n_rows;
  g_autofree gpointer pixels
      = g_try_malloc_n (n, (gsize) babl_format_get_bytes_per_pixel (format));
  gboolean opaque;

  if (pixels == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("has rows too long for the free memory"));
      return FALSE;
    }
  gegl_buffer_get (self->buffer, &band, 1, format, pixels, GEGL_AUTO_ROWSTRIDE,
                   GEGL_ABYSS_NONE);
  opaque = shape->bits == 8 ? drop_alpha_u8 (rows, pixels, shape->channels, n)
                            : drop_alpha_u16 (rows, pixels, shape->channels, n);
  if (!opaque)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                   _ ("has transparent pixels, which show no scene"));
      return FALSE;
    }
  self->next_row += n_rows;
  return TRUE;
}

static void
buffer_frame_close (HotpixFrame *frame)
{
}

static void
buffer_frame_free (HotpixFrame *frame)
{
  BufferFrame *self = (BufferFrame *) frame;

  g_object_unref (self->buffer);
  g_free (self);
}

static const HotpixFrameClass buffer_frame_class
    = { buffer_frame_rewind, buffer_frame_read, buffer_frame_rewind,
        buffer_frame_close,  buffer_frame_free, hotpix_frame_digest_rows };

HotpixFrame *
hotpix_buffer_frame_new (GeglBuffer *buffer, const gchar *name, GError **error)
{
  const GeglRectangle *extent = gegl_buffer_get_extent (buffer);
  const Babl *format = gegl_buffer_get_format (buffer);
  BufferFrame *self;

  if (extent->width < 1 || extent->height < 1)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED, _ ("is empty"));
      return NULL;
    }
  self = g_new0 (BufferFrame, 1);
  self->buffer = g_object_ref (buffer);
  self->frame.frame_class = &buffer_frame_class;
  self->frame.name = g_strdup (name);
  self->frame.shape.width = (guint) extent->width;
  self->frame.shape.height = (guint) extent->height;
  self->frame.shape.channels
      = (babl_get_model_flags (format) & BABL_MODEL_FLAG_GRAY) != 0 ? 1 : 3;
  self->frame.shape.bits = babl_format_get_type (format, 0) == babl_type ("u8") ? 8 : 16;
  /* A row from GEGL, for each of those that are read at once. */
  self->frame.working_bytes
      = (gsize) babl_format_get_bytes_per_pixel (hotpix_sample_format (
            buffer, self->frame.shape.channels, self->frame.shape.bits, TRUE))
        * (gsize) extent->width * ROWS_AT_A_TIME;
  self->frame.host_thread_only = TRUE;
  return &self->frame;
}
