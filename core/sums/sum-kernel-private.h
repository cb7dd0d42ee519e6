/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The inner loops of the accumulator: n samples of a frame, or of several frames at the same
 * place, into n sums and n sums of squares. The arrays do not overlap. Arithmetic is modulo the
 * width of a sum, so a subtraction undoes an addition exactly; keeping within range is up
 * to the caller.
 *
 * tests/core/sums/test-sum-kernel.c holds the readable reference. */

#define HOTPIX_SUM_KERNEL_WHITE 255

/* Frames of 8 bits whose Σx fits 16 bits: 65,535 / 255. */
#define HOTPIX_SUM_KERNEL_NARROW_FRAMES 257

/* For 8 bits, sums[i] += Σ x and products[i] += Σ x·(255 - x) over the samples x = frames[k][i] of
 * n_frames frames. The products stand for the squares, Σx² = 255·Σx - Σ x·(255 - x), and are
 * cheaper to sum. One call for several frames costs less than several calls: it loads and stores
 * the sums once for eight frames. */
void hotpix_sum_kernel_add_u8 (guint32 *sums, guint32 *products, const guint8 *const *frames,
                               guint n_frames, gsize n);

void hotpix_sum_kernel_subtract_u8 (guint32 *sums, guint32 *products, const guint8 *samples,
                                    gsize n);

/* The sum of squares, modulo 2^32, that a sum and a sum of products stand for, and the reverse. */
static inline guint32
hotpix_sum_kernel_squares (guint32 sum, guint32 products)
{
  return HOTPIX_SUM_KERNEL_WHITE * sum - products;
}

static inline guint32
hotpix_sum_kernel_products (guint32 sum, guint32 squares)
{
  return HOTPIX_SUM_KERNEL_WHITE * sum - squares;
}

/* variance[i] = (n_frames·Σx² - (Σx)²) / (n_frames·255)² for 8-bit frames, of which Σx² must fit 32
 * bits. The difference, Σx·(255·n_frames - Σx) - n_frames·Σ x·(255 - x), is one of whole numbers that
 * a double holds exactly, so only the division rounds. */
void hotpix_sum_kernel_variance_u8 (gdouble *variance, const guint32 *sums,
                                    const guint32 *products, guint n_frames, gsize n);

/* These three with sums of 16 bits. */
void hotpix_sum_kernel_add_u8_narrow (guint16 *sums, guint32 *products,
                                      const guint8 *const *frames, guint n_frames, gsize n);

void hotpix_sum_kernel_subtract_u8_narrow (guint16 *sums, guint32 *products,
                                           const guint8 *samples, gsize n);

void hotpix_sum_kernel_variance_u8_narrow (gdouble *variance, const guint16 *sums,
                                           const guint32 *products, guint n_frames, gsize n);

/* For 16 bits, sums[i] += samples[i] and squares[i] += samples[i]². */
void hotpix_sum_kernel_add_u16 (guint32 *sums, guint64 *squares, const guint16 *samples,
                                gsize n);

void hotpix_sum_kernel_subtract_u16 (guint32 *sums, guint64 *squares, const guint16 *samples,
                                     gsize n);

/* wide[i] = factor · samples[i]. A factor of 257 maps 0…255 exactly on to 0…65535, for
 * 65535 = 257 · 255. */
void hotpix_sum_kernel_widen (guint16 *wide, const guint8 *samples, guint16 factor, gsize n);

G_END_DECLS
