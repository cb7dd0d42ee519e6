/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "repair/damaged-blocks-private.h"

G_BEGIN_DECLS

/* How much of a footprint there is at a defect.
 *
 *   g_autoptr (GArray) blocks = g_array_new (FALSE, TRUE, sizeof (HotpixDamagedBlock));
 *   gfloat damage[HOTPIX_JPEG_BLOCK_SAMPLES] = { 0, 1 };
 *   HotpixFootprintFit fit = hotpix_footprint_fit (blocks, damage);
 *   printf ("%g of 255\n", fit.amount);
 */
typedef struct
{
  gdouble
      amount; /* the likeliest, in units of 1/255; below 0 where the photo is too dark there */
  gdouble
      gain; /* the logarithm of how much likelier the photo is with damage of some amount than
                   * without */
} HotpixFootprintFit;

/* damage: what an amount of 1 adds to each coefficient of the blocks. */
HotpixFootprintFit hotpix_footprint_fit (const GArray *blocks, const gfloat *damage);

/* The gain if quantising were noise: less exact, and fast. */
gdouble hotpix_footprint_fit_roughly (const GArray *blocks, const gfloat *damage);

G_END_DECLS
