/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command-line.h"
#include "magick-compat.h"
#include "photos/frame-set.h"

G_BEGIN_DECLS

/* Adds everything that the module was given to a set: the images of ImageMagick's list, decoded or
 * pinged, then the files that `files=` names. JPEG files, by their content, are read by the core
 * and all others through ImageMagick.
 *
 * images: borrowed. Decoded ones must outlive the set's frames; of pinged ones nothing is kept. An
 * image made by xc: or null: is a placeholder, and no photo, where files are given.
 * line: nullable; what the images should be. files: of gchar *, as hotpix_file_list_expand() takes
 * them.
 * Fails with what hotpix_file_list_expand() fails with. Photos that cannot be read are in the set,
 * left out with the reason. */
gboolean magick_input_add (HotpixFrameSet *set, Image *images, const CommandLine *line,
                           const GPtrArray *files, GError **error);

G_END_DECLS
