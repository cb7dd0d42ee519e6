/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "photos/frame.h"

G_BEGIN_DECLS

/* A PNG file as a frame: the samples that are stored, without alpha. Making one reads no image data, but
 * what else the file tells: its size, its EXIF, and whether it goes on to its end. While the
 * frame is open it holds the file's bytes in memory, as a JPEG's.
 *
 *   HotpixFrame *frame = hotpix_png_frame_new ("frame-0001.png", &error);
 *
 * Returns (transfer full), or NULL with HOTPIX_ERROR_FORMAT (not a PNG by its first bytes, whatever its
 * name), HOTPIX_ERROR_READ, HOTPIX_ERROR_DAMAGED, HOTPIX_ERROR_UNSUPPORTED or HOTPIX_ERROR_MEMORY.
 * Errors do not name the file. */
HotpixFrame *hotpix_png_frame_new (const gchar *path, GError **error);

G_END_DECLS
