/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/shape.h"

G_BEGIN_DECLS

/* The evidence's steps (evidence-kernel-private.h) of each sample of a shape, summed over frames: in 2 bytes
 * a sample for up to 4,095 frames, in 4 for more. Frames too small to have rings give none.
 *
 * The caller counts the frames that it adds, and keeps them within the room. Calls on
 * different rows may run at once. */
typedef struct HotpixEvidenceSums HotpixEvidenceSums;

/* Bytes a sample with room for n_frames frames. */
guint hotpix_evidence_sums_sample_bytes (guint n_frames);

/* All 0. Returns (transfer full), or NULL without enough memory. */
HotpixEvidenceSums *hotpix_evidence_sums_new (const HotpixShape *shape, guint n_frames);

/* NULL-safe. */
void hotpix_evidence_sums_free (HotpixEvidenceSums *sums);

/* The most frames that there is room for. */
guint hotpix_evidence_sums_get_room (const HotpixEvidenceSums *sums);

/* Adds the steps of rows [row, row + n_rows), or subtracts them. frames[k] points to row `at` of
 * frame k; the packed rows from two above `row` to two below the last are read, as far as
 * the frame has them. also: nullable; other sums of the same shape, which get the same steps.
 * scratch: hotpix_shape_row_samples() integers, overwritten. */
void hotpix_evidence_sums_add (HotpixEvidenceSums *sums, HotpixEvidenceSums *also, guint row,
                               guint n_rows, const gconstpointer *frames, guint at,
                               guint n_frames, gint8 *scratch);
void hotpix_evidence_sums_subtract (HotpixEvidenceSums *sums, HotpixEvidenceSums *also,
                                    guint row, guint n_rows, gconstpointer frame, guint at,
                                    gint8 *scratch);

/* Adds the sums of `other`, of the same shape. */
void hotpix_evidence_sums_merge (HotpixEvidenceSums *sums, const HotpixEvidenceSums *other);

/* Adds steps of other frames, as they are kept elsewhere, to one row. */
void hotpix_evidence_sums_add_row (HotpixEvidenceSums *sums, guint row, const gint32 *steps);

/* Of one sample, by its place in reading order. */
gint32 hotpix_evidence_sums_steps (const HotpixEvidenceSums *sums, gsize i);

/* Of one row: hotpix_shape_row_samples() integers. */
void hotpix_evidence_sums_row (const HotpixEvidenceSums *sums, guint row, gint32 *steps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixEvidenceSums, hotpix_evidence_sums_free)

G_END_DECLS
