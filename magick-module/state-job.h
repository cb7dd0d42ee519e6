/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arguments.h"
#include "magick-compat.h"

G_BEGIN_DECLS

/* What state= and merge= ask for, before any photo is read: whether ImageMagick's policy allows it, and whether the
 * photos are read from their files. A photo that ImageMagick decoded is another than its file tells, and
 * would be counted twice.
 *
 * images: those of ImageMagick's list, borrowed.
 * parts: out; the files that merge= names, of gchar * with a free function set. Only set with state=.
 * Fails with HOTPIX_ERROR_ARGUMENT, HOTPIX_ERROR_READ, HOTPIX_ERROR_WRITE, or as hotpix_file_list_expand() does. */
gboolean state_job_prepare (const HotpixArguments *arguments, const Image *images,
                            GPtrArray **parts, GError **error);

/* Says once on standard error that another run is waited for.
 * told: in and out; whether that was said. */
void state_job_tell_of_wait (const HotpixArguments *arguments, gboolean *told);

G_END_DECLS
