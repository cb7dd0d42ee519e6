/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame.h"

G_BEGIN_DECLS

/* Knows by their first bytes the files that lie beside photos in a camera's folder: videos, text such
 * as XMP sidecars, what macOS keeps beside each file, documents. Some of them a host would read as a
 * picture of something else.
 *
 * A maker of frames that makes none. Always returns NULL, with HOTPIX_ERROR_NO_PHOTO for such a
 * file, and HOTPIX_ERROR_FORMAT or HOTPIX_ERROR_READ for any other. */
HotpixFrame *hotpix_other_file_refuse (const gchar *path, GError **error);

G_END_DECLS
