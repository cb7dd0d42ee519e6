/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/shape.h"

G_BEGIN_DECLS

/* Σx and Σx² of each sample of a shape, exact, in as few bytes as a number of frames allows: 6 a sample
 * for up to 257 frames of 8 bits, 8 for up to 66,051, and 12 for more or for 16 bits.
 *
 * The caller counts the frames that it adds, and keeps them within the room. Calls on
 * different samples may run at once. */
typedef struct HotpixVarianceSums HotpixVarianceSums;

/* Bytes a sample with room for n_frames frames of so many bits, 8 or 16. */
guint hotpix_variance_sums_sample_bytes (guint bits, guint n_frames);

/* All 0. Returns (transfer full), or NULL without enough memory. */
HotpixVarianceSums *hotpix_variance_sums_new (const HotpixShape *shape, guint n_frames);

/* NULL-safe. */
void hotpix_variance_sums_free (HotpixVarianceSums *sums);

/* The most frames that there is room for. */
guint hotpix_variance_sums_get_room (const HotpixVarianceSums *sums);

/* Adds n samples of n_frames frames to those from `first` on. frames[k]: those samples of frame k,
 * of the sums' bits. */
void hotpix_variance_sums_add (HotpixVarianceSums *sums, gsize first,
                               const gconstpointer *frames, guint n_frames, gsize n);

void hotpix_variance_sums_subtract (HotpixVarianceSums *sums, gsize first, gconstpointer frame,
                                    gsize n);

/* Adds the sums of `other`, of the same shape. */
void hotpix_variance_sums_merge (HotpixVarianceSums *sums, const HotpixVarianceSums *other);

/* Adds sums of other frames, as they are kept elsewhere, to n samples from `first` on. */
void hotpix_variance_sums_add_sums (HotpixVarianceSums *sums, gsize first, const guint64 *add,
                                    const guint64 *add_squares, gsize n);

/* Of one sample: Σx, and Σx². */
guint64 hotpix_variance_sums_sum (const HotpixVarianceSums *sums, gsize i);
guint64 hotpix_variance_sums_squares (const HotpixVarianceSums *sums, gsize i);

/* Means and population variances (accumulator.h) of n samples from `first` on, of n_frames frames. */
void hotpix_variance_sums_mean (const HotpixVarianceSums *sums, gsize first, guint n_frames,
                                gdouble *mean, gsize n);
void hotpix_variance_sums_variance (const HotpixVarianceSums *sums, gsize first, guint n_frames,
                                    gdouble *variance, gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixVarianceSums, hotpix_variance_sums_free)

G_END_DECLS
