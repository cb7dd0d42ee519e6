/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "plugin-options.h"

G_BEGIN_DECLS

/* What the two procedures do once their arguments are known: from GIMP's layers, or from files, to
 * an image with marks. Both show their progress, and say in a message what was found; a script is
 * told only what it cannot know by the results: what was left out, and warnings. On failure nothing
 * has been added to any image. */

/* n_defects: out.
 * Returns the new layer with the marks, or HOST_NONE with HOTPIX_ERROR_UNSUPPORTED (an indexed
 * image) or what the job fails with. */
HostLayer find_hot_pixels_in_layers (HostImage image, GimpRunMode run_mode,
                                     const PluginOptions *options, gint *n_defects,
                                     GError **error);

/* names: NULL-terminated, or NULL; as photo_names_expand() takes them.
 * Returns the new image, shown unless a script called; or HOST_NONE with what photo_names_expand(),
 * the job or reading a photo again fails with. */
HostImage find_hot_pixels_in_photos (const gchar *const *names, GimpRunMode run_mode,
                                     const PluginOptions *options, gint *n_defects,
                                     GError **error);

G_END_DECLS
