/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/passed-private.h"

G_BEGIN_DECLS

/* Ghosts of defects: where a video's codec predicts a block from another place, as far away as things moved,
 * it repeats a part of a defect that was there. When a camera pans, that is the same distance for all
 * defects. Photosites are independent: pairs at one and the same distance, more often than chance makes them,
 * are defects and their ghosts. These are at the side where most are the weaker ones.
 *
 *   g_autoptr (HotpixPassed) passed = hotpix_passed_new (&shape, &error);
 *   gboolean is_ghost[1];
 *   hotpix_passed_add (passed, &(HotpixCandidate){ .contrast = 0.1 }, &error);
 *   if (hotpix_ghosts_find (passed, is_ghost, &n))
 *     printf ("%u ghosts\n", n);
 *
 * Chance: were the pairs spread as evenly over the distances up to HOTPIX_GHOST_REACH pixels as they are
 * around one, or along the sensor's columns and rows, the number at one would be Poisson's. Ghosts are those at a distance
 * whose number comes by chance, at any distance, once in 33 sets. */
#define HOTPIX_GHOST_REACH 48 /* pixels across and down */

/* is_ghost: out; of each that has passed, hotpix_passed_get_length(). n_ghosts: out; how many are.
 * FALSE without enough memory. */
gboolean hotpix_ghosts_find (const HotpixPassed *passed, gboolean *is_ghost, guint *n_ghosts);

G_END_DECLS
