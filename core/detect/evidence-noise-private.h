/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sums/accumulator.h"

G_BEGIN_DECLS

/* How much evidence a place shows without a defect: the size of |E| around it, for each channel.
 *
 * Details that keep their place in every frame, such as the frame of a window or the text of a date
 * stamp, give evidence, too, but not at a single photosite. So |E| is measured in
 * blocks of about 32 x 32 samples, by its 99 % quantile over 2.576 (the standard deviation, if it
 * were normal), which one or two defects in the block hardly change. It is interpolated
 * between the centres of blocks, and never below the median of all blocks. */
typedef struct HotpixEvidenceNoise HotpixEvidenceNoise;

/* Of an accumulator with evidence, by a look of at least one frame. n_threads: to share the work, 0 for one a
 * processor; the noise does not depend on their number.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_MEMORY. */
HotpixEvidenceNoise *hotpix_evidence_noise_new (const HotpixAccumulator *accumulator,
                                                HotpixLook look, guint n_threads,
                                                GError **error);

void hotpix_evidence_noise_free (HotpixEvidenceNoise *noise);

/* The median of the blocks: the noise of the channel in most of the picture. Never 0. */
gdouble hotpix_evidence_noise_median (const HotpixEvidenceNoise *noise, guint channel);

/* One row, hotpix_shape_row_samples() values, none below the channel's median. */
void hotpix_evidence_noise_row (const HotpixEvidenceNoise *noise, guint row, gfloat *values);

/* Whether hardly any evidence is in any block of any channel. */
gboolean hotpix_evidence_noise_is_silent (const HotpixEvidenceNoise *noise);

/* The share of blocks, [0, 1], whose noise is above the level in any channel. */
gdouble hotpix_evidence_noise_share_above (const HotpixEvidenceNoise *noise, gdouble level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixEvidenceNoise, hotpix_evidence_noise_free)

G_END_DECLS
