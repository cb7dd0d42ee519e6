/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame.h"

#include <gegl.h>

G_BEGIN_DECLS

/* Writes a frame's rows, as stored, to a buffer of its size; opens and closes the frame.
 * Fails with the errors of reading the frame, or HOTPIX_ERROR_MEMORY; part of the buffer may then be
 * written. */
gboolean hotpix_frame_picture_write (GeglBuffer *buffer, HotpixFrame *frame, GError **error);

G_END_DECLS
