/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command-line.h"
#include "magick-compat.h"
#include "photos/frame-set.h"

G_BEGIN_DECLS

/* Whether the image is a placeholder, made by xc: or null:, for a command that needs one. */
gboolean magick_input_is_placeholder (const Image *image);

/* Whether a command has photos: images that are no placeholders, or files= of these. */
gboolean magick_input_has_photos (const Image *images, const GPtrArray *files);

/* The paths that a specification names, as hotpix_file_list_expand() takes it; ImageMagick's policy must allow
 * reading a list. Fails as that does. */
GPtrArray *magick_input_expand (const gchar *specification, GError **error);

/* Adds everything that the module was given to a set: the images of ImageMagick's list, decoded or
 * pinged, then the files that `files=` names. The core reads JPEG files, which it recognises by their
 * content, and ImageMagick all others.
 *
 * images: borrowed. Decoded ones must outlive the set's frames; nothing of pinged ones is kept.
 * skip_placeholders: those are no photos. They never are where files are given.
 * line: nullable; the images that should be there. files: of gchar *, as hotpix_file_list_expand() takes
 * them.
 * Fails as hotpix_file_list_expand() does. Photos that cannot be read are in the set,
 * left out with the reason. */
gboolean magick_input_add (HotpixFrameSet *set, Image *images, const CommandLine *line,
                           const GPtrArray *files, gboolean skip_placeholders, GError **error);

G_END_DECLS
