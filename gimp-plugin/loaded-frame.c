/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaded-frame.h"
#include "base/error.h"
#include "base/text.h"
#include "photos/photo-file.h"

typedef struct
{
  HotpixFrame frame;
  HotpixPhotoLoader loader;
  HotpixFrame *content; /* while open */
} LoadedFrame;

static HotpixFrame *
load (const gchar *path, HotpixPhotoLoader loader, GError **error)
{
  g_autoptr (GeglBuffer) buffer = loader (path, error);

  return buffer != NULL ? hotpix_buffer_frame_new (buffer, path, error) : NULL;
}

static gboolean
loaded_frame_open (HotpixFrame *frame, GError **error)
{
  LoadedFrame *self = (LoadedFrame *) frame;
  g_autoptr (HotpixFrame) content = load (frame->name, self->loader, error);

  if (content == NULL)
    return FALSE;
  if (content->shape.width != frame->shape.width || content->shape.height != frame->shape.height
      || content->shape.channels != frame->shape.channels
      || content->shape.bits != frame->shape.bits)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
                   _ ("changed while it was being read"));
      return FALSE;
    }
  if (!content->frame_class->open (content, error))
    return FALSE;
  self->content = g_steal_pointer (&content);
  return TRUE;
}

static gboolean
loaded_frame_read (HotpixFrame *frame, guint n_rows, gpointer rows, GError **error)
{
  HotpixFrame *content = ((LoadedFrame *) frame)->content;

  return content->frame_class->read (content, n_rows, rows, error);
}

static gboolean
loaded_frame_rewind (HotpixFrame *frame, GError **error)
{
  HotpixFrame *content = ((LoadedFrame *) frame)->content;

  return content->frame_class->rewind (content, error);
}

static void
loaded_frame_close (HotpixFrame *frame)
{
  LoadedFrame *self = (LoadedFrame *) frame;

  self->content->frame_class->close (self->content);
  g_clear_pointer (&self->content, hotpix_frame_free);
}

static void
loaded_frame_free (HotpixFrame *frame)
{
  g_free (frame);
}

static gchar *
loaded_frame_digest (HotpixFrame *frame)
{
  return hotpix_photo_file_digest (frame->name, 0);
}

static const HotpixFrameClass loaded_frame_class
    = { loaded_frame_open,  loaded_frame_read, loaded_frame_rewind,
        loaded_frame_close, loaded_frame_free, loaded_frame_digest };

HotpixFrame *
hotpix_loaded_frame_new (const gchar *path, HotpixPhotoLoader loader, GError **error)
{
  g_autoptr (HotpixFrame) content = load (path, loader, error);
  LoadedFrame *self;

  if (content == NULL)
    return NULL;
  self = g_new0 (LoadedFrame, 1);
  self->frame.frame_class = &loaded_frame_class;
  self->frame.name = g_strdup (path);
  self->frame.shape = content->shape;
  self->frame.working_bytes
      = content->working_bytes
        + hotpix_shape_row_bytes (&content->shape) * content->shape.height;
  self->frame.host_thread_only = TRUE;
  self->frame.fingerprint = hotpix_photo_file_fingerprint (path);
  self->loader = loader;
  return &self->frame;
}
