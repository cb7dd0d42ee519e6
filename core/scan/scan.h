/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame-set.h"
#include "scan/options.h"

G_BEGIN_DECLS

/* Runs the frames of a set through an accumulator, on all cores.
 *
 *   g_autoptr (HotpixAccumulator) accumulator
 *       = hotpix_scan (set, &options, show_progress, window, &error);
 *
 * The result is the same, bit for bit, for any number of threads and any order of the frames.
 */

/* Called on the thread that called hotpix_scan(), a few times a second.
 * fraction: of the work, [0, 1]. Returns FALSE to stop the scan; then it is not called again. */
typedef gboolean (*HotpixProgress) (gdouble fraction, gpointer user_data);

/* Makes the sums that the frames are added to: empty ones, or those of frames counted before.
 * shape: of the frames that were chosen. n_frames: how many of them there must be room for.
 * Returns (transfer full), or NULL with an error, which ends the scan. */
typedef HotpixAccumulator *(*HotpixScanStart) (const HotpixShape *shape, guint n_frames,
                                               gpointer user_data, GError **error);

/* Chooses by hotpix_frame_set_select() which frames belong together, reads them and adds them
 * up. Frames that turn out to be damaged are left out, with the reason in the set, and leave no
 * trace in the sums. Blocks until all is done. Reads as many frames at once as threads and
 * options->memory allow, at least one.
 *
 * progress: nullable.
 * Returns (transfer full): the sums of the frames that are not left out, at least two; or NULL
 * with HOTPIX_ERROR_ARGUMENT (options), HOTPIX_ERROR_FRAMES, HOTPIX_ERROR_MEMORY,
 * HOTPIX_ERROR_CANCELLED, or HOTPIX_ERROR_READ where a damaged frame of a host cannot be taken
 * out again. The set keeps the reasons found so far. */
HotpixAccumulator *hotpix_scan (HotpixFrameSet *set, const HotpixOptions *options,
                                HotpixProgress progress, gpointer user_data, GError **error);

/* The same, going on from what the options' selection.basis tells of: adds the frames to the sums that
 * `start` makes, of options->sums. Where selection.may_be_few no frame or one will do. Still scenes are not
 * looked for. */
HotpixAccumulator *hotpix_scan_on (HotpixFrameSet *set, const HotpixOptions *options,
                                   HotpixScanStart start, gpointer start_data,
                                   HotpixProgress progress, gpointer user_data, GError **error);

G_END_DECLS
