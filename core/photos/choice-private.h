/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame.h"

G_BEGIN_DECLS

/* Which of many photos belong together: those of one size, one number of channels and one camera
 * body, of which there are most. What may be one body is one body: photos that do not tell a
 * serial number, say, count for each body of their model. Of equal numbers the larger photos win,
 * so the order of the photos decides nothing.
 *
 *   HotpixChoice choice;
 *   hotpix_choice_init (&choice, frames, HOTPIX_CAMERA_MOST, NULL, &error);
 *   if (!hotpix_camera_may_be_same (hotpix_frame_get_camera (frame), choice.body))
 *     leave_out (frame);
 *   hotpix_choice_clear (&choice);
 */
typedef struct
{
  HotpixShape shape;  /* whose size and channels were chosen; its bits mean nothing */
  HotpixCamera *body; /* owned; all that the photos together tell of it. NULL where they tell
                       * nothing or any body will do */
} HotpixChoice;

/* frames: of HotpixFrame *, borrowed for the call; of none, no size and no body is chosen.
 * name: nullable; the body's in words as hotpix_camera_describe() gives it, or a part of them that no
 * other body has, in capitals or not.
 * Fails with HOTPIX_ERROR_ARGUMENT, naming the bodies, where the name is that of none or of several; the
 * choice is then empty. */
gboolean hotpix_choice_init (HotpixChoice *choice, const GPtrArray *frames,
                             HotpixCameraChoice which, const gchar *name, GError **error);

/* A choice made before, of which the photos of its size can only tell more: a serial number that it did not
 * know, say. body: nullable, borrowed for the call. Cannot fail. */
void hotpix_choice_init_on (HotpixChoice *choice, const GPtrArray *frames,
                            const HotpixShape *shape, HotpixCameraChoice which,
                            const HotpixCamera *body);

void hotpix_choice_clear (HotpixChoice *choice);

G_END_DECLS
