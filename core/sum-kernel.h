/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The inner loops of the accumulator: n samples of a frame, or of several frames at the same
 * place, into n sums and n sums of squares. The arrays do not overlap. Arithmetic is modulo the
 * width of a sum, so a subtraction undoes an addition exactly; keeping within range is the
 * caller's matter.
 *
 * tests/core/test-sum-kernel.c holds the readable reference. */

/* sums[i] += Σ frames[k][i], squares[i] += Σ frames[k][i]², over n_frames frames. Several
 * frames a call cost less than several calls: the sums are loaded and stored once for four
 * frames. */
void hotpix_sum_kernel_add_u8 (guint32 *sums, guint32 *squares, const guint8 *const *frames,
                               guint n_frames, gsize n);

void hotpix_sum_kernel_subtract_u8 (guint32 *sums, guint32 *squares, const guint8 *samples,
                                    gsize n);

void hotpix_sum_kernel_add_u16 (guint32 *sums, guint64 *squares, const guint16 *samples,
                                gsize n);

void hotpix_sum_kernel_subtract_u16 (guint32 *sums, guint64 *squares, const guint16 *samples,
                                     gsize n);

/* wide[i] = factor · samples[i]. A factor of 257 maps 0…255 exactly on to 0…65535, for
 * 65535 = 257 · 255. */
void hotpix_sum_kernel_widen (guint16 *wide, const guint8 *samples, guint16 factor, gsize n);

G_END_DECLS
