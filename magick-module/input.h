/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command-line.h"
#include "magick-compat.h"
#include "photos/frame-set.h"

G_BEGIN_DECLS

/* Adds everything that the module was given to a set: the images of ImageMagick's list, decoded or
 * pinged, then the files that `files=` names. The core reads JPEG files, which it recognises by their
 * content, and ImageMagick all others.
 *
 * images: borrowed. Decoded ones must outlive the set's frames; nothing of pinged ones is kept. Where
 * files are given, an image made by xc: or null: is a placeholder and no photo.
 * line: nullable; the images that should be there. files: of gchar *, as hotpix_file_list_expand() takes
 * them.
 * Fails as hotpix_file_list_expand() does. Photos that cannot be read are in the set,
 * left out with the reason. */
gboolean magick_input_add (HotpixFrameSet *set, Image *images, const CommandLine *line,
                           const GPtrArray *files, GError **error);

G_END_DECLS
