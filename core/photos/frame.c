/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/frame.h"

void
hotpix_frame_free (HotpixFrame *frame)
{
  if (frame == NULL)
    return;
  g_clear_pointer (&frame->name, g_free);
  g_clear_pointer (&frame->camera, hotpix_camera_free);
  frame->frame_class->free (frame);
}
