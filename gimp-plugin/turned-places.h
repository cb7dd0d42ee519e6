/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/listed-defects.h"

G_BEGIN_DECLS

/* The places of defects in a photo that was turned by its EXIF orientation, as GIMP turns photos when
 * it loads them: lists count columns and rows of the stored picture.
 *
 *   g_autoptr (HotpixListedDefects) turned = hotpix_turned_places_new (listed, 6, 2000, 3000);
 */

/* EXIF orientations go from 1, as stored, to this. */
#define HOTPIX_LAST_ORIENTATION 8

/* Whether pictures of that orientation change their columns for their rows. */
gboolean hotpix_turned_places_are_swapped (guint orientation);

/* Turns one place. stored_width, stored_height: of the picture before it was turned. x, y: in and out; in
 * it, and in the turned picture. */
void hotpix_turned_places_turn_place (guint orientation, guint stored_width,
                                      guint stored_height, guint *x, guint *y);

/* orientation: 1 to HOTPIX_LAST_ORIENTATION. width, height: of the picture after it was turned.
 * Returns (transfer full): the defects where they are there, with its size; those outside of it are
 * left out. */
HotpixListedDefects *hotpix_turned_places_new (const HotpixListedDefects *listed,
                                               guint orientation, guint width, guint height);

/* The same of what was found in photos of their shape.
 * Returns (transfer full): the defects where they are in the turned picture, columns as rows where these
 * change. */
HotpixDefects *hotpix_turned_places_turn (const HotpixDefects *defects, guint orientation);

G_END_DECLS
