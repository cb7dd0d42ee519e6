/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the reader of a HEIF or AVIF file turns its picture (ISO/IEC 23008-12, 6.5.10 and 6.5.12): by the
 * properties `irot` and `imir` of the file, and not by its EXIF. */

/* orientation: out; the EXIF orientation that does the same, 1 for none; 0 where the picture is mirrored,
 * which readers do not agree on.
 * Returns whether the file is a HEIF or AVIF file. */
gboolean heif_turn_read (const gchar *path, guint *orientation);

G_END_DECLS
