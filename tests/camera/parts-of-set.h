/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/detector.h"

G_BEGIN_DECLS

/* Whether more photos find less: what random parts of a set list again and again must be in the
 * list of the whole set. */

/* Returns (transfer full): the defects that these photos of a set show. */
typedef HotpixDefects *(*DetectPart) (const guint *numbers, guint n, gpointer user_data);

/* Draws 20 halves, 20 thirds and 20 fifths of n photos, none of fewer than HOTPIX_FEW_FRAMES. A row that
 * at least three drawings of four list within a pixel, and the whole set does not, is lost.
 * describe: nullable; the rows that are lost are appended, one a line.
 * Returns how many are. */
guint parts_of_set_count_lost (guint n, DetectPart detect, gpointer user_data,
                               GString *describe);

G_END_DECLS
