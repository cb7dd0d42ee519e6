/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "repair/damaged-blocks-private.h"
#include "repair/repairer.h"

G_BEGIN_DECLS

/* The damage of a defect in a JPEG, told from its quantised coefficients: for each of the footprints that
 * are common, how likely the coefficients are with so much of it; and for the damage that the samples
 * alone tell (damage-private.h), which can have any shape. The estimate is the mean, weighted by
 * these likelihoods and that of no damage.
 *
 *   g_autoptr (HotpixJpegCoefficients) jpeg = hotpix_jpeg_coefficients_new (bytes, &error);
 *   g_autoptr (GArray) blocks = hotpix_damaged_blocks_read (jpeg, 1203, 77, &error);
 *   g_autofree gfloat *damage = g_new (gfloat, blocks->len * HOTPIX_JPEG_BLOCK_SAMPLES);
 *   HotpixFootprintGuesses guesses;
 *   gboolean is_seen;
 *   hotpix_footprint_guesses_init (&guesses, 3);
 *   hotpix_jpeg_damage_estimate (jpeg, repairer, 0, &guesses, blocks, damage, &is_seen, &error);
 */

/* index: of the repairer's defect. guesses: for as many planes as the JPEG has. blocks: those of its place. damage: out; see
 * damaged-blocks-private.h. is_seen: out; whether there is damage to take off; if not, `damage` is unchanged.
 * Fails with HOTPIX_ERROR_MEMORY. */
gboolean hotpix_jpeg_damage_estimate (HotpixJpegCoefficients *jpeg,
                                      const HotpixRepairer *repairer, guint index,
                                      const HotpixFootprintGuesses *guesses,
                                      const GArray *blocks, gfloat *damage, gboolean *is_seen,
                                      GError **error);

G_END_DECLS
