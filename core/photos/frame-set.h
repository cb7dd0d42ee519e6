/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame.h"

G_BEGIN_DECLS

/* The photos that a user gave, in the order given, each with the reason why it is left out if
 * it is. Nothing that was given disappears from a set, so that a host can name all of it.
 *
 *   g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
 *   hotpix_frame_makers_add_file (NULL, set, "IMG_0001.JPG");
 *   accumulator = hotpix_scan (set, &options, NULL, NULL, &error);
 *   for (guint i = 0; i < hotpix_frame_set_get_length (set); i++)
 *     if (hotpix_frame_set_get_reason (set, i) != NULL)
 *       show (hotpix_frame_set_get_reason (set, i));
 */
typedef struct HotpixFrameSet HotpixFrameSet;

/* Why a photo is left out. */
typedef enum
{
  HOTPIX_LEFT_OUT_NO_PHOTO, /* a file of another kind */
  HOTPIX_LEFT_OUT_DAMAGED,
  HOTPIX_LEFT_OUT_UNREAD, /* whatever else it could not be read for */
  HOTPIX_LEFT_OUT_SIZE,
  HOTPIX_LEFT_OUT_CHANNELS,
  HOTPIX_LEFT_OUT_CAMERA, /* another body, or another lens of a phone */
  HOTPIX_LEFT_OUT_ZOOMED,
  HOTPIX_LEFT_OUT_EDITED,
  HOTPIX_LEFT_OUT_REPEATED,
  HOTPIX_LEFT_OUT_COUNTED, /* in sums that are gone on with */
} HotpixLeftOut;

HotpixFrameSet *hotpix_frame_set_new (void);
void hotpix_frame_set_free (HotpixFrameSet *set);

/* frame: transfer full. */
void hotpix_frame_set_add (HotpixFrameSet *set, HotpixFrame *frame);

/* A photo that could not be made a frame, HOTPIX_LEFT_OUT_UNREAD. Both strings are copied. */
void hotpix_frame_set_add_left_out (HotpixFrameSet *set, const gchar *name,
                                    const gchar *reason);

/* A photo of which the header could not be read, with what its maker failed with. A
 * lack of memory is no fault of the photo: the next choice then fails with it, rather than leave
 * photos out by chance. */
void hotpix_frame_set_add_failed (HotpixFrameSet *set, const gchar *name, const GError *error);

/* Photos given, left out or not. */
guint hotpix_frame_set_get_length (const HotpixFrameSet *set);

/* Photos not left out. */
guint hotpix_frame_set_count_used (const HotpixFrameSet *set);

/* NULL for a photo that could not be made a frame. Owned by the set. */
HotpixFrame *hotpix_frame_set_get_frame (const HotpixFrameSet *set, guint index);

const gchar *hotpix_frame_set_get_name (const HotpixFrameSet *set, guint index);

/* Frees all frames, where nothing is to be read any more. Names, reasons, counts and the body stay. */
void hotpix_frame_set_drop_frames (HotpixFrameSet *set);

/* Why the photo is left out, as words that can follow its name ("is empty"); NULL when it is
 * not. */
const gchar *hotpix_frame_set_get_reason (const HotpixFrameSet *set, guint index);

/* What kind of reason that is; of a photo that is left out only. */
HotpixLeftOut hotpix_frame_set_get_kind (const HotpixFrameSet *set, guint index);

/* A few words to the reason, for a list of many: "320 x 240" for a photo of another size. NULL where
 * there are none. */
const gchar *hotpix_frame_set_get_detail (const HotpixFrameSet *set, guint index);

/* Leaves out a photo that could not be read, with what reading it failed with. */
void hotpix_frame_set_leave_out (HotpixFrameSet *set, guint index, const GError *error);

/* All that the photos that stay tell of their body, owned by the set until the next choice; NULL
 * when none is told or chosen. */
const HotpixCamera *hotpix_frame_set_get_body (const HotpixFrameSet *set);

/* Which bodies' photos count by the last choice; HOTPIX_CAMERA_MOST before. */
HotpixCameraChoice hotpix_frame_set_get_choice (const HotpixFrameSet *set);

/* Returns (transfer full): that body in words, or those for any camera where the choice was
 * HOTPIX_CAMERA_ANY. */
gchar *hotpix_frame_set_describe_body (const HotpixFrameSet *set);

/* Fails with HOTPIX_ERROR_FRAMES, in words that tell how many were given, when fewer than two
 * photos are not left out. */
gboolean hotpix_frame_set_check_used (const HotpixFrameSet *set, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixFrameSet, hotpix_frame_set_free)

G_END_DECLS
