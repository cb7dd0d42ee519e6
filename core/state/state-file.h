/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/counted.h"
#include "sums/accumulator.h"

G_BEGIN_DECLS

/* Sums that last: a FITS file of an accumulator's sums and of the photos that they are of. docs/state-file.md
 * describes it for other programs.
 *
 *   g_autoptr (HotpixStateFile) file = hotpix_state_file_open ("d80.fits", &error);
 *   if (file != NULL && hotpix_state_file_add_sums (file, accumulator, &error))
 *     hotpix_accumulator_count_frames (accumulator, hotpix_state_file_get_frames (file), 0);
 *
 * Errors name the file. Only one thread at a time may use a file, but each may use one of its own. */
typedef struct HotpixStateFile HotpixStateFile;

/* Opens a file, checks all of its checksums, and reads what it tells.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_READ, HOTPIX_ERROR_FORMAT (it is no state),
 * HOTPIX_ERROR_UNSUPPORTED (it is of another version) or HOTPIX_ERROR_DAMAGED. */
HotpixStateFile *hotpix_state_file_open (const gchar *path, GError **error);

/* NULL-safe. */
void hotpix_state_file_free (HotpixStateFile *file);

/* What the sums are of. All owned by the file. */
const HotpixShape *hotpix_state_file_get_shape (const HotpixStateFile *file);
guint hotpix_state_file_get_frames (const HotpixStateFile *file);
const HotpixCounted *hotpix_state_file_get_counted (const HotpixStateFile *file);

/* The body that took the photos, NULL where they tell none; and whether they may be of any. */
const HotpixCamera *hotpix_state_file_get_body (const HotpixStateFile *file);
gboolean hotpix_state_file_has_any_body (const HotpixStateFile *file);

/* Adds the sums to an accumulator of the same size and channels, with evidence, which has room for them,
 * without counting the frames. Sums of photos of 8 bits go into an accumulator of 16 as those of the same
 * photos in 16 bits.
 * Fails with HOTPIX_ERROR_DAMAGED, HOTPIX_ERROR_READ, or HOTPIX_ERROR_SHAPE (another size); the
 * accumulator is then useless. */
gboolean hotpix_state_file_add_sums (HotpixStateFile *file, HotpixAccumulator *accumulator,
                                     GError **error);

/* Writes a file, whole or not at all, over an older one, and waits until it is on the disk. With a name that ends in
 * .fz the images are compressed: half as large, several times as slow.
 * accumulator: with evidence. counted: as many as its frames, borrowed; they are sorted. body:
 * nullable.
 * The bytes of the file depend on nothing but these.
 * Fails with HOTPIX_ERROR_WRITE; an older file is then as it was. */
gboolean hotpix_state_file_write (const gchar *path, const HotpixAccumulator *accumulator,
                                  HotpixCounted *counted, const HotpixCamera *body,
                                  gboolean any_body, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixStateFile, hotpix_state_file_free)

G_END_DECLS
