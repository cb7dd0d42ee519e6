/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "base/shape.h"
#include "command-line.h"
#include "magick-compat.h"

G_BEGIN_DECLS

/* ImageMagick's security policy and resource limits, for files that the module opens itself: what they
 * forbid ImageMagick, they forbid the module. Whether the module may run at all, ImageMagick has
 * checked against its policy for filters. */

/* path: of a file, or "-" for standard input or output. A link is allowed where both it and its
 * target are.
 * Fails with HOTPIX_ERROR_READ, or HOTPIX_ERROR_WRITE, with a message that can follow a name. */
gboolean policy_check_read (const gchar *path, GError **error);
gboolean policy_check_write (const gchar *path, GError **error);

/* Whether photos in ImageMagick's format of that name may be read.
 * Fails with HOTPIX_ERROR_UNSUPPORTED, likewise. */
gboolean policy_check_format (const gchar *format, GError **error);

/* The limits of width and height. Fails with HOTPIX_ERROR_UNSUPPORTED, likewise. */
gboolean policy_check_size (const HotpixShape *shape, GError **error);

/* The limit of images in a list. Fails with HOTPIX_ERROR_FRAMES and a whole sentence. */
gboolean policy_check_length (guint n_photos, GError **error);

/* How many threads to use: what a user limits ImageMagick's to on purpose, by -limit, MAGICK_THREAD_LIMIT,
 * OpenMP's variables or policy.xml; else 0, for one a processor. ImageMagick 7 by itself takes one fewer
 * than there are processors, which is one of two. line: nullable. */
guint policy_get_threads (const CommandLine *line);

/* The limit of time in seconds, or G_MAXUINT64 for none. */
guint64 policy_get_seconds (void);

G_END_DECLS
