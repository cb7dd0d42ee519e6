/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "photos/frame-makers.h"

G_BEGIN_DECLS

/* Layers of GIMP's, and photos that it can load, as the frames of a set. */

/* Adds an image's layers, also those in groups, but not those that this plug-in has made.
 * hidden: whether hidden layers, and layers in hidden groups, count.
 * x, y: out; where the frames lie in the image. */
void image_frames_add_layers (HotpixFrameSet *set, HostImage image, gboolean hidden, gint *x,
                              gint *y);

/* Returns (transfer full): the core's own readers and, for anything else, GIMP's loaders. */
HotpixFrameMakers *image_frames_makers_new (void);

G_END_DECLS
