/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "frame.h"
#include "shared-sums.h"

G_BEGIN_DECLS

/* Reads a few frames side by side, band by band, into the sums: their rows of one band are in
 * cache together and the sums are touched once for all of them.
 *
 * A frame that fails, wherever it does, ends up having contributed nothing: what it has added
 * is read again and taken back. */

/* The most frames side by side. More save little on the sums and cost memory. */
#define HOTPIX_LOCKSTEP_FRAMES 8

/* Asked after each band, with how many rows of all frames together that was. FALSE stops. */
typedef gboolean (*HotpixProceed) (guint n_rows, gpointer user_data);

/* frames: n_frames of them, all of the sums' size, of its bits or of 8.
 * failures: out, n_frames of them; NULL for a frame that was added whole, else why it was not,
 * to be freed by the caller.
 * Fails, and the sums are then of no use, with HOTPIX_ERROR_MEMORY,
 * with HOTPIX_ERROR_CANCELLED, or with HOTPIX_ERROR_READ when what a failing frame has added
 * cannot be read again. */
gboolean hotpix_lockstep_run (HotpixSharedSums *sums, HotpixFrame *const *frames,
                              guint n_frames, GError **failures, HotpixProceed proceed,
                              gpointer user_data, GError **error);

G_END_DECLS
