/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sums/accumulator.h"

G_BEGIN_DECLS

/* How much evidence a place shows by itself: the size that |E| has around it, for each channel.
 *
 * What keeps its place in every frame, an edge of the window that one photographs through or the
 * text of a date stamp, gives evidence too, but not at one photosite alone. So |E| is measured in
 * blocks of about 32 x 32 samples, by its 99 % quantile over 2.576 (the standard deviation, if it
 * were normal), which a defect or two in the block hardly move. Between the blocks' centres it is
 * interpolated; a block is never taken for quieter than the median of all blocks. */
typedef struct HotpixEvidenceNoise HotpixEvidenceNoise;

/* Of an accumulator with evidence and at least one frame. n_threads: that share the work, 0 for one a
 * processor; their number makes no difference to the noise.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_MEMORY. */
HotpixEvidenceNoise *hotpix_evidence_noise_new (const HotpixAccumulator *accumulator,
                                                guint n_threads, GError **error);

void hotpix_evidence_noise_free (HotpixEvidenceNoise *noise);

/* The median over the blocks: what the channel shows in most of the picture. Never 0. */
gdouble hotpix_evidence_noise_median (const HotpixEvidenceNoise *noise, guint channel);

/* One row, hotpix_shape_row_samples() values, none below the channel's median. */
void hotpix_evidence_noise_row (const HotpixEvidenceNoise *noise, guint row, gfloat *values);

/* Whether no block of any channel shows any evidence to speak of. */
gboolean hotpix_evidence_noise_is_silent (const HotpixEvidenceNoise *noise);

/* The share of blocks, [0, 1], whose noise is above the level in any channel. */
gdouble hotpix_evidence_noise_share_above (const HotpixEvidenceNoise *noise, gdouble level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixEvidenceNoise, hotpix_evidence_noise_free)

G_END_DECLS
