/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame-set.h"

G_BEGIN_DECLS

/* Hot pixels are hottest in long exposures at a high ISO. Where such photos are few among many, they are
 * looked at by themselves, too.
 *
 *   g_autofree gboolean *is_long = hotpix_long_exposures_find (set);
 *
 * Long is, of the fifth of the photos with the largest exposure time × ISO by their EXIF, and of what equals
 * the least of these, what has HOTPIX_LONG_STOPS stops more than the median of all that tell. A photo that
 * tells no time or no ISO is not. */
#define HOTPIX_LONG_SHARE 5 /* one in so many */
#define HOTPIX_LONG_STOPS 2
#define HOTPIX_LEAST_LONG 10 /* of fewer, a look by themselves shows little */

/* Returns (transfer full, nullable): for each photo of the set whether it is long, the same for any order
 * of the photos; NULL where none are, or fewer than HOTPIX_LEAST_LONG. */
gboolean *hotpix_long_exposures_find (const HotpixFrameSet *set);

G_END_DECLS
