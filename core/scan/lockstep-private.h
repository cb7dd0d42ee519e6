/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame.h"
#include "scan/scene-sketch-private.h"
#include "scan/shared-sums-private.h"

G_BEGIN_DECLS

/* Reads a few frames side by side, band by band, into the sums: their rows of one band are in
 * cache together, and the sums are loaded once for all of them.
 *
 *   g_autoptr (HotpixLockstep) lockstep = hotpix_lockstep_new (sums, HOTPIX_LOCKSTEP_ADD, NULL);
 *   hotpix_lockstep_append (lockstep, &(HotpixLockstepFrame){ .frame = frame });
 *   while (hotpix_lockstep_has_more (lockstep))
 *     if (!hotpix_lockstep_add_band (lockstep, NULL, &error))
 *       break;
 *
 * A frame that fails, at any row, contributes nothing: the rows that it has added are read again and
 * subtracted. Only one thread at a time may use a lockstep and the frames in it. */
typedef struct HotpixLockstep HotpixLockstep;

/* The most frames side by side. More save little on the sums and cost memory. */
#define HOTPIX_LOCKSTEP_FRAMES 16

/* What happens to the rows. */
typedef enum
{
  HOTPIX_LOCKSTEP_ADD,
  HOTPIX_LOCKSTEP_SUBTRACT_EVIDENCE, /* of frames that were added whole; one that fails ends it */
} HotpixLockstepWork;

/* sums: borrowed. pool: for what frames take while they are open; borrowed, nullable. */
HotpixLockstep *hotpix_lockstep_new (HotpixSharedSums *sums, HotpixLockstepWork work,
                                     HotpixBufferPool *pool);

typedef struct
{
  HotpixFrame *frame;        /* borrowed; of the sums' size, of their bits or of 8 */
  guint number;              /* by which the caller knows it */
  gboolean is_long;          /* a long exposure, as in hotpix_accumulator_add_evidence() */
  HotpixSceneSketch *sketch; /* borrowed, nullable; looks at the rows that are added */
} HotpixLockstepFrame;

/* Closes the frames, whether they were read to their end or not. NULL-safe. */
void hotpix_lockstep_free (HotpixLockstep *lockstep);

/* One more frame, while no band has been added and there are fewer than HOTPIX_LOCKSTEP_FRAMES. It is
 * copied. */
void hotpix_lockstep_append (HotpixLockstep *lockstep, const HotpixLockstepFrame *frame);

guint hotpix_lockstep_get_length (const HotpixLockstep *lockstep);

guint hotpix_lockstep_get_number (const HotpixLockstep *lockstep, guint i);

/* Why the i-th frame is not in the sums, or NULL while it is well. Borrowed. */
const GError *hotpix_lockstep_get_failure (const HotpixLockstep *lockstep, guint i);

/* Whether there are rows left and frames that have not failed. */
gboolean hotpix_lockstep_has_more (const HotpixLockstep *lockstep);

/* Reads and adds the next band of all frames, which the first one opens.
 * n_rows: out, nullable; how many rows that was, of all frames together, failed ones included.
 * Fails with HOTPIX_ERROR_MEMORY, or with HOTPIX_ERROR_READ when rows that a frame has added cannot be
 * read again; the sums are then useless. */
gboolean hotpix_lockstep_add_band (HotpixLockstep *lockstep, guint *n_rows, GError **error);

/* Splits off half of the frames that are still being read, for another thread to go on with.
 * Returns (transfer full), or NULL where fewer than two are being read or few rows are left. */
HotpixLockstep *hotpix_lockstep_split (HotpixLockstep *lockstep);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixLockstep, hotpix_lockstep_free)

G_END_DECLS
