/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether each restart interval of a JPEG holds all its blocks and none of another: for files in which
 * libjpeg meets extra bytes. Some cameras pad their intervals, and makers leave their own trailers
 * after the last; but when a decoder loses its way and ends early, the extra bytes are the blocks that
 * it did not reach. To distinguish the two, this follows the codes from block to block, without their
 * values, which takes about as long as libjpeg's own reading of them.
 *
 * Bytes after an interval's last block are padding where all of them are 0 or all are 255, or where
 * most intervals have some, equally many in each or varying throughout; after the image's last block
 * they may be anything but more blocks. The bits up to the next byte must be all set or all clear, as
 * encoders leave them.
 *
 * data: a JPEG from its first byte on.
 * Returns FALSE also for what this does not follow: progressive and arithmetic coding, and components
 * in separate scans. */
gboolean hotpix_jpeg_intervals_are_whole (const guint8 *data, gsize length);

G_END_DECLS
