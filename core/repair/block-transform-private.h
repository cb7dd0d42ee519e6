/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The discrete cosine transform of a JPEG's blocks (ITU-R T.81, A.3.3), in numbers that are not rounded.
 *
 *   HotpixBlock samples = { { 0 } }, coefficients;
 *   hotpix_block_to_coefficients (samples, coefficients);
 */

#define HOTPIX_BLOCK_SIDE 8

/* By rows. Of coefficients the lowest frequency is first. */
typedef gdouble HotpixBlock[HOTPIX_BLOCK_SIDE][HOTPIX_BLOCK_SIDE];

/* The arrays must be different ones. Threads may call these at once. */
void hotpix_block_to_coefficients (HotpixBlock samples, HotpixBlock coefficients);
void hotpix_block_to_samples (HotpixBlock coefficients, HotpixBlock samples);

G_END_DECLS
