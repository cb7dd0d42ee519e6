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
