/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame-set.h"

G_BEGIN_DECLS

/* The readers that can make frames of a file: the core's own, which recognise a format by its content,
 * and then those that a host adds for everything else. Only this decides which of them reads a file.
 *
 *   g_autoptr (HotpixFrameMakers) makers = hotpix_frame_makers_new ();
 *   hotpix_frame_makers_add (makers, make_by_host, host);
 *   hotpix_frame_makers_add_file (makers, set, "IMG_0001.TIF");
 */
typedef struct HotpixFrameMakers HotpixFrameMakers;

/* Makes frames of the file at `path`, one for each of its photos, and appends them to `frames`.
 * frames: of HotpixFrame, transfer full, which the set then owns. user_data: what the maker was
 * added with.
 * Fails, having appended none, with HOTPIX_ERROR_FORMAT for a format that it does not know, so that the
 * next maker can try; any other error is the reason why the photo is left out. Its message can follow
 * the file's name ("is empty"). */
typedef gboolean (*HotpixFrameMaker) (const gchar *path, GPtrArray *frames, gpointer user_data,
                                      GError **error);

/* Whether a host allows a frame that one of the core's own readers made. format: in capitals, as in
 * "JPEG". Fails with a message that can follow the file's name. */
typedef gboolean (*HotpixFrameCheck) (const HotpixFrame *frame, const gchar *format,
                                      gpointer user_data, GError **error);

/* The core's own: JPEG and PNG. Returns (transfer full). */
HotpixFrameMakers *hotpix_frame_makers_new (void);

/* NULL-safe. */
void hotpix_frame_makers_free (HotpixFrameMakers *makers);

/* Adds a maker after the present ones. user_data: borrowed. */
void hotpix_frame_makers_add (HotpixFrameMakers *makers, HotpixFrameMaker maker,
                              gpointer user_data);

/* user_data: borrowed. */
void hotpix_frame_makers_set_check (HotpixFrameMakers *makers, HotpixFrameCheck check,
                                    gpointer user_data);

/* Adds the file's photos to the set: as frames by the first maker that knows the format, or as
 * left out with the reason.
 * makers: NULL for the core's own alone. */
void hotpix_frame_makers_add_file (const HotpixFrameMakers *makers, HotpixFrameSet *set,
                                   const gchar *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixFrameMakers, hotpix_frame_makers_free)

G_END_DECLS
