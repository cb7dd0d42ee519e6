/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame.h"

#include <gegl.h>

G_BEGIN_DECLS

/* A GEGL buffer as a frame: a layer, or a photo that GIMP has loaded. Its samples follow
 * sample-format.h: Y' where the buffer is grey, 8 bits where it has 8, else 16, to which floats are
 * rounded and clipped. Transparent pixels have no samples, so a frame with any is left out when it is
 * read. */

/* buffer: a reference is taken. name: copied; for messages.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_UNSUPPORTED (an empty buffer). Read it
 * on the host's thread only. */
HotpixFrame *hotpix_buffer_frame_new (GeglBuffer *buffer, const gchar *name, GError **error);

G_END_DECLS
