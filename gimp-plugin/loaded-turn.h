/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"

G_BEGIN_DECLS

/* How GIMP has turned a photo that it loaded, by comparing what the file tells with what is left of it in the
 * image: GIMP turns by EXIF if the user wants it, and then drops the orientation; HEIF files are turned
 * always.
 * orientation: out; EXIF's, 1 where it has not turned the photo.
 * Fails with HOTPIX_ERROR_UNSUPPORTED where that cannot be known, in words that can follow the photo's
 * name. */
gboolean loaded_turn_find (HostImage image, const gchar *path, guint *orientation,
                           GError **error);

G_END_DECLS
