/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "plugin-options.h"

G_BEGIN_DECLS

/* The procedure that repairs a layer, once its arguments are known: all changes are one step of undo,
 * and on failure no image has been changed.
 *
 * drawable: a layer. source: where the defects are told: a list's file; a folder of photos of the same
 * camera, or a pattern; "image:12", the list that an earlier run left in the open image of that
 * number; or nothing, for the one in this image or else in any other. Places in lists are those of the stored photo: for one that GIMP has turned by its
 * EXIF they are turned, too.
 * layer: out; the new layer with the repaired pixels, HOST_NONE where the drawable itself was repaired
 * or nothing was to be repaired. n_repaired: out; defects whose damage could be seen.
 *
 * Fails with HOTPIX_ERROR_UNSUPPORTED (no layer, an indexed image), HOTPIX_ERROR_ARGUMENT (a list that
 * cannot be read, that does not fit, or that there is none of) or the errors of the survey. */
gboolean repair_hot_pixels (HostImage image, HostDrawable drawable, GimpRunMode run_mode,
                            const gchar *source, const PluginOptions *options, HostLayer *layer,
                            gint *n_repaired, GError **error);

/* Whether a source is of photos, in which the defects are found first. */
gboolean repair_hot_pixels_searches (const gchar *source);

G_END_DECLS
