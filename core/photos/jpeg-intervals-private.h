/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether each restart interval of a JPEG holds all its blocks and none of another: for files in which
 * libjpeg meets bytes that belong to nothing. Some cameras pad their intervals, and makers leave
 * trailers of their own behind the last; where a decoder loses its way and ends early, what is left
 * over are the blocks that it did not come to. To tell the two apart the codes are followed from
 * block to block, without their values, which takes about as long as libjpeg's own reading of them.
 *
 * Bytes behind an interval's last block are padding where all of them are 0 or all are 255, or where
 * most intervals have some, and they are as many in each or vary throughout; behind the image's last block they may be anything that is not more
 * blocks. The bits up to the next byte must be all set or all clear, as encoders leave them.
 *
 * data: a JPEG from its first byte on.
 * Returns FALSE also for what is not followed: progressive and arithmetic coding, and components in
 * scans of their own. */
gboolean hotpix_jpeg_intervals_are_whole (const guint8 *data, gsize length);

G_END_DECLS
