/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "photos/frame-makers.h"

G_BEGIN_DECLS

/* What GIMP holds, or can load, as the frames of a set. */

/* Adds an image's layers, those in groups too; not what this plug-in has added itself.
 * hidden: whether hidden layers, and what is in hidden groups, count.
 * x, y: out; where the frames lie in the image. */
void image_frames_add_layers (HotpixFrameSet *set, HostImage image, gboolean hidden, gint *x,
                              gint *y);

/* Returns (transfer full): the core's own readers and, for anything else, what GIMP loads it with. */
HotpixFrameMakers *image_frames_makers_new (void);

G_END_DECLS
