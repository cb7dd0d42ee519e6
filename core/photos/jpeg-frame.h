/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "photos/frame.h"

G_BEGIN_DECLS

/* A JPEG file as a frame. Making one reads the file's header only: its size and its EXIF. While
 * the frame is open it holds the file's bytes in memory, so that decoding it twice gives the
 * same samples, whatever happens to the file meanwhile.
 *
 *   HotpixFrame *frame = hotpix_jpeg_frame_new ("IMG_0001.JPG", &error);
 *
 * Returns (transfer full), or NULL with HOTPIX_ERROR_FORMAT (not a JPEG by its first bytes,
 * whatever its name), HOTPIX_ERROR_READ, HOTPIX_ERROR_DAMAGED, HOTPIX_ERROR_UNSUPPORTED or
 * HOTPIX_ERROR_MEMORY. Errors do not name the file. */
HotpixFrame *hotpix_jpeg_frame_new (const gchar *path, GError **error);

G_END_DECLS
