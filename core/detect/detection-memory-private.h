/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "base/shape.h"

G_BEGIN_DECLS

/* What the detector does where memory is refused. Arrays that grow with the picture, or with what
 * stands out in it, are asked for by g_try_new() and its like, and fail with this; only those of
 * the defects that are listed are GLib's, which end the program. */

/* Sets HOTPIX_ERROR_MEMORY. Returns FALSE. */
gboolean hotpix_detection_memory_fail (const HotpixShape *shape, GError **error);

G_END_DECLS
