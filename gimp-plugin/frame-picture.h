/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame.h"

#include <gegl.h>

G_BEGIN_DECLS

/* Writes a frame's rows, as they are stored, to a buffer of its size. The frame is opened and closed.
 * Fails with what reading the frame fails with, or HOTPIX_ERROR_MEMORY; part of the buffer may be
 * written then. */
gboolean hotpix_frame_picture_write (GeglBuffer *buffer, HotpixFrame *frame, GError **error);

G_END_DECLS
