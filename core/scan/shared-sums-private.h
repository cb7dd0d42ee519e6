/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sums/accumulator.h"

G_BEGIN_DECLS

/* An accumulator that several threads add to at once. Its rows are parted in bands with a lock
 * each: threads decode for long and add for short, mostly in different bands, so they hardly
 * ever meet, and one copy of the sums serves them all. */

/* Rows in a band: two rows of the largest JPEG blocks, so a decoder never holds half of one
 * back. */
#define HOTPIX_BAND_ROWS 16

typedef struct HotpixSharedSums HotpixSharedSums;

/* Fails as hotpix_accumulator_new() does. */
HotpixSharedSums *hotpix_shared_sums_new (const HotpixShape *shape, HotpixSums sums,
                                          guint n_frames, GError **error);

void hotpix_shared_sums_free (HotpixSharedSums *sums);

const HotpixShape *hotpix_shared_sums_get_shape (const HotpixSharedSums *sums);

/* Rows of the band that starts at `row`, a multiple of HOTPIX_BAND_ROWS: fewer in the last
 * band. */
guint hotpix_shared_sums_band_rows (const HotpixSharedSums *sums, guint row);

/* Rows above a band that adding it wants: with evidence, the rows that lag behind and their rings;
 * else none. */
guint hotpix_shared_sums_halo_rows (const HotpixSharedSums *sums);

/* Adds the band that starts at `row`, or takes it back; with it, where there is evidence, that of
 * the rows whose rings are complete by it: it lags two rows behind but in the last band. frames[k]
 * points to `row` in packed rows of frame k that also hold the hotpix_shared_sums_halo_rows() above,
 * as far as the frame has them. scratch: hotpix_shared_sums_scratch_bytes() that are overwritten, of
 * the calling thread's own. Any thread may call these at any time. */
void hotpix_shared_sums_add (HotpixSharedSums *sums, guint row, const gconstpointer *frames,
                             guint n_frames, gpointer scratch);
void hotpix_shared_sums_subtract (HotpixSharedSums *sums, guint row, gconstpointer frame,
                                  gpointer scratch);

/* At least 1. */
gsize hotpix_shared_sums_scratch_bytes (const HotpixSharedSums *sums);

/* Hands the accumulator over; the sums are left empty. No thread may be adding any more. */
HotpixAccumulator *hotpix_shared_sums_steal (HotpixSharedSums *sums);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixSharedSums, hotpix_shared_sums_free)

G_END_DECLS
