/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/choice-private.h"
#include "photos/frame-set.h"

G_BEGIN_DECLS

/* What a selection needs of a set beside what hosts do. */

/* Fails with HOTPIX_ERROR_MEMORY for the first photo whose header found none. */
gboolean hotpix_frame_set_check_memory (const HotpixFrameSet *set, GError **error);

/* Leaves a photo out until the next choice. reason, detail (nullable): transfer full. */
void hotpix_frame_set_pass_over (HotpixFrameSet *set, guint index, HotpixLeftOut why,
                                 gchar *reason, gchar *detail);

/* Takes back what was passed over. */
void hotpix_frame_set_undo_choice (HotpixFrameSet *set);

/* choice: its content is transferred. */
void hotpix_frame_set_take_choice (HotpixFrameSet *set, HotpixCameraChoice which,
                                   const HotpixChoice *choice);

const HotpixShape *hotpix_frame_set_get_chosen_shape (const HotpixFrameSet *set);

G_END_DECLS
