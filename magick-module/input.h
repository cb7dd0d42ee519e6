/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command-line.h"
#include "magick-compat.h"
#include "photos/frame-set.h"

G_BEGIN_DECLS

/* Everything that the module was given, as one set of frames: the images of ImageMagick's list,
 * decoded or pinged, then the files that `files=` names. JPEG files, by their content, are read
 * by the core and all others through ImageMagick.
 *
 * images: borrowed; must outlive the set. An image made by xc: or null: is a placeholder, and
 * no photo, where files are given.
 * line: nullable; what the images should be. files: of gchar *, as hotpix_file_list_expand() takes them.
 * Returns (transfer full), or NULL with what hotpix_file_list_expand() fails with. Photos that
 * cannot be read are in the set, left out with the reason. */
HotpixFrameSet *magick_input_new (Image *images, const CommandLine *line,
                                  const GPtrArray *files, GError **error);

G_END_DECLS
