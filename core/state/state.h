/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame-set.h"
#include "photos/selection.h"
#include "sums/accumulator.h"

G_BEGIN_DECLS

/* Sums that a run goes on from and leaves for the next one: those in a state's file, which need not be there
 * yet, and those merged into them.
 *
 *   g_autoptr (HotpixState) state = hotpix_state_new ("d80.fits", TRUE, NULL, NULL, &error);
 *   options.selection.basis = hotpix_state_get_basis (state);
 *   accumulator = hotpix_scan_on (set, &options, hotpix_state_start, state, NULL, NULL, &error);
 *   if (accumulator == NULL || !hotpix_state_save (state, accumulator, set, &error))
 *     give_up ();
 *
 * Errors name the file. Only one thread at a time may use a state. */
typedef struct HotpixState HotpixState;

/* Called again and again while another run changes the same file. Returns FALSE to give up. */
typedef gboolean (*HotpixStateWait) (gpointer user_data);

/* Reads what the file tells, but for the sums, and checks all of it.
 * changes: whether it will be merged into or saved. Then it need not be there, and other runs that change it wait until
 * the state is freed, as this one waits for them. wait: nullable.
 * Returns (transfer full), or NULL as hotpix_state_file_open() does, or with HOTPIX_ERROR_WRITE where
 * nothing can be written there, or with HOTPIX_ERROR_CANCELLED. */
HotpixState *hotpix_state_new (const gchar *path, gboolean changes, HotpixStateWait wait,
                               gpointer user_data, GError **error);

/* NULL-safe. What was not saved is lost. */
void hotpix_state_free (HotpixState *state);

/* What photos must be like to be added, owned by the state until it is changed. NULL where no photo was
 * counted yet. */
const HotpixBasis *hotpix_state_get_basis (const HotpixState *state);

/* 0 where there is no file yet. */
guint hotpix_state_get_frames (const HotpixState *state);

/* Whether a user's choice of cameras is that of the state. name: nullable; of a body or part of it.
 * Fails with HOTPIX_ERROR_ARGUMENT. */
gboolean hotpix_state_check_camera (const HotpixState *state, HotpixCameraChoice which,
                                    const gchar *name, GError **error);

/* How many bytes the sums may take; 0 for as many as there are. */
void hotpix_state_set_budget (HotpixState *state, gsize bytes);

/* Adds the sums of another state's file.
 * count_again: whether photos that are in both count twice.
 * Fails as hotpix_state_file_open() does; with HOTPIX_ERROR_SHAPE for another size or camera; with
 * HOTPIX_ERROR_FRAMES, naming the photos, for those that are in both; or with HOTPIX_ERROR_MEMORY.
 * The state is then useless, its file as it was. */
gboolean hotpix_state_merge (HotpixState *state, const gchar *path, gboolean count_again,
                             GError **error);

/* A HotpixScanStart: the sums so far with room for n_frames more. state: a HotpixState, whose sums are handed
 * over by this: it is called once.
 * Fails as hotpix_state_file_add_sums() does, with HOTPIX_ERROR_FRAMES where there is no photo at all,
 * or with HOTPIX_ERROR_MEMORY. */
HotpixAccumulator *hotpix_state_start (const HotpixShape *shape, guint n_frames, gpointer state,
                                       GError **error);

/* Writes the file: the sums, to which the photos of the set that are not left out were added. Where nothing
 * was added nor merged, and the file is there, it stays as it is.
 * Fails with HOTPIX_ERROR_WRITE; the file is then as it was. */
gboolean hotpix_state_save (HotpixState *state, const HotpixAccumulator *accumulator,
                            const HotpixFrameSet *set, GError **error);

/* Returns (transfer full): the body in words, as hotpix_frame_set_describe_body(). */
gchar *hotpix_state_describe_body (const HotpixState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixState, hotpix_state_free)

G_END_DECLS
