/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame.h"

G_BEGIN_DECLS

/* Which photos of many are the same once more: copies, and what differs in its EXIF alone. Only
 * those are read for it whose shapes and fingerprints agree.
 *
 * frames: of HotpixFrame *, none of them open; borrowed for the call.
 * Returns (transfer full): for each frame the index of the first that is the same, its own where
 * there is none before it. */
guint *hotpix_repeats_find (const GPtrArray *frames);

G_END_DECLS
