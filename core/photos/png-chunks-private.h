/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"

#include <stdio.h>

G_BEGIN_DECLS

/* What a PNG tells beside its image's data: its kind of image and, wherever they are in the file, its
 * palette, its Exif and its texts; without reading the data between.
 * stream: at any place; borrowed. size: of the file, in bytes.
 * fingerprint: out; of the first data, 0 where there is none.
 * Returns (transfer full): a PNG that ends where its data would begin, for hotpix_png_reader_new(); or
 * NULL with HOTPIX_ERROR_DAMAGED where the file does not go on to its end chunk, or HOTPIX_ERROR_READ. */
GBytes *hotpix_png_read_header (FILE *stream, gsize size, guint64 *fingerprint, GError **error);

/* Returns (transfer full): a digest of whatever of the file says what its picture looks like, alpha not
 * counted. How the data are divided into chunks makes no difference. */
gchar *hotpix_png_digest (GBytes *file);

G_END_DECLS
