/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "repair/footprint-private.h"
#include "repair/jpeg-coefficients-private.h"
#include "repair/quantised-private.h"

G_BEGIN_DECLS

/* The blocks of a JPEG that a defect can damage, in all of its planes.
 *
 *   g_autoptr (HotpixJpegCoefficients) jpeg = hotpix_jpeg_coefficients_new (bytes, &error);
 *   g_autoptr (GArray) blocks = hotpix_damaged_blocks_read (jpeg, 1203, 77, &error);
 *   if (blocks != NULL)
 *     printf ("%u blocks\n", blocks->len);
 *
 * Damage is in units of 1/255, times 8 for the lowest frequency; arrays of it have
 * HOTPIX_JPEG_BLOCK_SAMPLES for each block, in the order of the blocks. */
typedef struct
{
  guint component, column, row;
  gboolean is_reached; /* by footprints; else only damage of other shapes can be in it */
  gint values[HOTPIX_JPEG_BLOCK_SAMPLES]; /* in steps of quantisation */
  gfloat steps[HOTPIX_JPEG_BLOCK_SAMPLES];
  gfloat deviations[HOTPIX_JPEG_BLOCK_SAMPLES]; /* see quantised-private.h */
  gfloat weights[HOTPIX_JPEG_BLOCK_SAMPLES]; /* 1 over the variance, with what quantising adds
                                                 * to it; 0 for the lowest frequency */
  gfloat rings[HOTPIX_FOOTPRINT_RINGS]
              [HOTPIX_JPEG_BLOCK_SAMPLES]; /* what 1 in each height of a footprint adds */
} HotpixDamagedBlock;

/* x, y: the defect's pixel.
 * Returns (transfer full): an array of HotpixDamagedBlock; or NULL with HOTPIX_ERROR_MEMORY. */
GArray *hotpix_damaged_blocks_read (HotpixJpegCoefficients *jpeg, guint x, guint y,
                                    GError **error);

/* A coefficient of a block. */
HotpixQuantised hotpix_damaged_blocks_get (const HotpixDamagedBlock *block, guint index);

/* What a footprint adds. damage: out. */
void hotpix_damaged_blocks_draw (const GArray *blocks, const HotpixFootprint *footprint,
                                 gfloat *damage);

/* Takes damage off the coefficients of the JPEG. changed: set to TRUE where any of them changes. */
gboolean hotpix_damaged_blocks_clean (const GArray *blocks, const gfloat *damage,
                                      HotpixJpegCoefficients *jpeg, gboolean *changed,
                                      GError **error);

G_END_DECLS
