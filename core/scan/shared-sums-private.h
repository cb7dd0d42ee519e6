/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sums/accumulator.h"

G_BEGIN_DECLS

/* An accumulator that several threads add to at once. Its rows are divided into bands with a lock
 * each. Threads decode for long and add for short, mostly in different bands, so they hardly ever
 * meet, and one copy of the sums serves them all. */

/* Rows in a band: two rows of the largest JPEG blocks, so that a decoder never keeps back half a
 * block. */
#define HOTPIX_BAND_ROWS 16

typedef struct HotpixSharedSums HotpixSharedSums;

/* Fails as hotpix_accumulator_new() does. */
HotpixSharedSums *hotpix_shared_sums_new (const HotpixShape *shape, HotpixSums sums,
                                          guint n_frames, GError **error);

/* accumulator: transfer full; with room for what will be added to what it has. */
HotpixSharedSums *hotpix_shared_sums_new_from (HotpixAccumulator *accumulator);

void hotpix_shared_sums_free (HotpixSharedSums *sums);

const HotpixShape *hotpix_shared_sums_get_shape (const HotpixSharedSums *sums);

/* Rows of the band that starts at `row`, a multiple of HOTPIX_BAND_ROWS: fewer in the last
 * band. */
guint hotpix_shared_sums_band_rows (const HotpixSharedSums *sums, guint row);

/* Rows above a band that adding it needs: with evidence, the rows that lag behind and their rings;
 * otherwise none. */
guint hotpix_shared_sums_halo_rows (const HotpixSharedSums *sums);

/* Adds or subtracts the band that starts at `row` and, with evidence, the steps of the rows whose
 * rings it completes: they lag two rows behind, except in the last band. frames[k]
 * points to `row` in packed rows of frame k that also hold the hotpix_shared_sums_halo_rows() above,
 * as far as the frame has them. n_long, is_long: as in hotpix_accumulator_add_evidence(); no matter without
 * that look. scratch: hotpix_shared_sums_scratch_bytes() of the calling thread's own, overwritten.
 * Any thread may call these at any time. */
void hotpix_shared_sums_add (HotpixSharedSums *sums, guint row, const gconstpointer *frames,
                             guint n_frames, guint n_long, gpointer scratch);
void hotpix_shared_sums_subtract (HotpixSharedSums *sums, guint row, gconstpointer frame,
                                  gboolean is_long, gpointer scratch);

/* The steps alone, of sums with evidence. */
void hotpix_shared_sums_subtract_evidence (HotpixSharedSums *sums, guint row,
                                           gconstpointer frame, gboolean is_long,
                                           gpointer scratch);

/* At least 1. */
gsize hotpix_shared_sums_scratch_bytes (const HotpixSharedSums *sums);

/* Hands over the accumulator and leaves the sums empty. No thread may be adding any more. */
HotpixAccumulator *hotpix_shared_sums_steal (HotpixSharedSums *sums);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixSharedSums, hotpix_shared_sums_free)

G_END_DECLS
