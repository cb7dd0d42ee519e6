/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gegl.h>

G_BEGIN_DECLS

/* Turns a picture back that was turned by its EXIF orientation: hotpix counts what the camera stored.
 *
 *   g_autoptr (GeglBuffer) stored = hotpix_turned_buffer_undo (buffer, 6, &error);
 */

/* buffer: the turned picture; it stays. orientation: 1 to HOTPIX_LAST_ORIENTATION.
 * Returns (transfer full): the picture as it was stored, of the same format, from 0, 0 on; or NULL with
 * HOTPIX_ERROR_MEMORY, in words that can follow the photo's name. */
GeglBuffer *hotpix_turned_buffer_undo (GeglBuffer *buffer, guint orientation, GError **error);

G_END_DECLS
