/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The inner loops of the steps after the sums: over one row of steps of evidence (evidence-kernel-private.h),
 * of noise, of heights or of variances. Arrays do not overlap. All do the same floating-point
 * operations in the same order in every build.
 *
 * tests/core/detect/test-row-kernel.c holds the readable reference. */

/* counts[i] += 1 where |steps[i]| > limits[i]. */
void hotpix_row_kernel_count_above (guint32 *counts, const gint32 *steps, const gint32 *limits,
                                    gsize n);

/* values[i] = upper[i]·(1 - down) + lower[i]·down. upper and lower may be the same. */
void hotpix_row_kernel_between (gfloat *values, const gfloat *upper, const gfloat *lower,
                                gfloat down, gsize n);

/* heights[x] = the largest |steps|·unit / noise of the pixel's channels. noise: above 0. */
void hotpix_row_kernel_heights (gfloat *heights, const gint32 *steps, const gfloat *noise,
                                gfloat unit, guint width, guint channels);

/* How far around a pixel it is compared with others. */
#define HOTPIX_ROW_KERNEL_REACH 3

/* widest[x] = the largest of heights[x - REACH] to heights[x + REACH], all of which are there. */
void hotpix_row_kernel_widest (gfloat *widest, const gfloat *heights, gsize n);

/* is_peak[x] = 1 where a pixel is no lower than `least` and than those up to REACH around it, and
 * higher than those of them that come before it in reading order; else 0.
 * heights: as far as above. around[k]: the results of hotpix_row_kernel_widest() for the REACH
 * rows above, and then for the REACH rows below. */
void hotpix_row_kernel_peaks (guint8 *is_peak, const gfloat *heights,
                              const gfloat *const *around, gfloat least, gsize n);

/* Whether any value is below `least` or above `most`. */
gboolean hotpix_row_kernel_is_beyond (const gdouble *values, gdouble least, gdouble most,
                                      gsize n);

/* signs[i] += 1 where steps[i] is above 0, and -= 1 where it is below; sums[i] += steps[i]. */
void hotpix_row_kernel_add_signs (gint32 *signs, gint32 *sums, const gint32 *steps, gsize n);

G_END_DECLS
