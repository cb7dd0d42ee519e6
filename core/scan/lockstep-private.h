/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame.h"
#include "scan/shared-sums-private.h"

G_BEGIN_DECLS

/* Reads a few frames side by side, band by band, into the sums: their rows of one band are in
 * cache together and the sums are touched once for all of them.
 *
 *   g_autoptr (HotpixLockstep) lockstep = hotpix_lockstep_new (sums);
 *   hotpix_lockstep_append (lockstep, frame, 0);
 *   while (hotpix_lockstep_has_more (lockstep))
 *     if (!hotpix_lockstep_add_band (lockstep, NULL, &error))
 *       break;
 *
 * A frame that fails, wherever it does, ends up having contributed nothing: what it has added
 * is read again and taken back. One thread at a time uses a lockstep, and the frames in it. */
typedef struct HotpixLockstep HotpixLockstep;

/* The most frames side by side. More save little on the sums and cost memory. */
#define HOTPIX_LOCKSTEP_FRAMES 16

/* sums: borrowed. */
HotpixLockstep *hotpix_lockstep_new (HotpixSharedSums *sums);

/* Closes the frames, whether they were read to their end or not. NULL-safe. */
void hotpix_lockstep_free (HotpixLockstep *lockstep);

/* One more frame, while no band has been added and there are fewer than HOTPIX_LOCKSTEP_FRAMES.
 * frame: borrowed; of the sums' size, of their bits or of 8. number: what the caller knows it
 * by. */
void hotpix_lockstep_append (HotpixLockstep *lockstep, HotpixFrame *frame, guint number);

guint hotpix_lockstep_get_length (const HotpixLockstep *lockstep);

guint hotpix_lockstep_get_number (const HotpixLockstep *lockstep, guint i);

/* Why the i-th frame was not added, or is not any more; NULL while all is well. Borrowed. */
const GError *hotpix_lockstep_get_failure (const HotpixLockstep *lockstep, guint i);

/* Whether there are rows left and frames that have not failed. */
gboolean hotpix_lockstep_has_more (const HotpixLockstep *lockstep);

/* Reads and adds the next band of all frames, which the first one opens.
 * n_rows: out, nullable; how many rows that was, of all frames together and failed ones too.
 * Fails, and the sums are then of no use, with HOTPIX_ERROR_MEMORY, or with HOTPIX_ERROR_READ when
 * what a failing frame has added cannot be read again. */
gboolean hotpix_lockstep_add_band (HotpixLockstep *lockstep, guint *n_rows, GError **error);

/* Parts half of the frames that are still read from the others, to be read on by another thread.
 * Returns (transfer full), or NULL where fewer than two are or few rows are left. */
HotpixLockstep *hotpix_lockstep_split (HotpixLockstep *lockstep);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixLockstep, hotpix_lockstep_free)

G_END_DECLS
