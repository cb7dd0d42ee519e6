/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "magick-compat.h"
#include "photos/frame.h"

G_BEGIN_DECLS

/* ImageMagick's images as frames. Grey gives one channel and RGB in any of its colour spaces
 * three; other colour spaces (CMYK, Lab) are refused. Alpha is ignored. Both kinds are read
 * on the thread that runs the scan. Errors do not name the image. */

/* An image that ImageMagick has decoded. Its pixel cache is read row by row; where the image has
 * 8 bits and every sample fits them, the frame has 8 bits, otherwise 16.
 * image: borrowed; must outlive the frame. An image in YCbCr is converted to RGB.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_UNSUPPORTED, HOTPIX_ERROR_READ or
 * HOTPIX_ERROR_MEMORY. */
HotpixFrame *magick_frame_new_decoded (Image *image, GError **error);

/* An image of which ImageMagick has only read the header. The whole file is read when the scan comes
 * to it.
 * image: a pinged image; borrowed for the call. path: the file that it is in.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_UNSUPPORTED. */
HotpixFrame *magick_frame_new_pinged (const Image *image, const gchar *path, GError **error);

/* Whether it came from a HEIF file, which says how its photo is to be turned. Files that this module opens
 * by itself are read as stored. */
gboolean magick_frame_is_heif (const Image *image);

/* The headers of all the images in a file, whatever its format and name.
 * Returns (transfer full): pinged images, to be freed by DestroyImageList(); or NULL with
 * HOTPIX_ERROR_READ, in ImageMagick's words. */
Image *magick_frame_ping_file (const gchar *path, GError **error);

G_END_DECLS
