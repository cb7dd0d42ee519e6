/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/buffer-pool.h"
#include "base/error.h"

#include <stdio.h>

G_BEGIN_DECLS

/* Opens what a user names as a photo, and nothing that could be waited on for ever:
 * directories, FIFOs, sockets and devices are refused, and so are empty files. Errors say what
 * is wrong with the file but not its name, which the caller shows beside them. */

/* size: out, nullable; the file's length in bytes, at least 1.
 * Returns (transfer full): a stream at the first byte, to be closed by fclose(); or NULL with
 * HOTPIX_ERROR_READ or, of an empty file, HOTPIX_ERROR_NO_PHOTO. */
FILE *hotpix_photo_file_open (const gchar *path, gsize *size, GError **error);

/* The whole file.
 * max_bytes: the most that is sensible; a longer file is refused before any memory is asked for.
 * pool: what the memory is taken from; nullable. It must outlive the bytes.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_READ, HOTPIX_ERROR_NO_PHOTO or
 * HOTPIX_ERROR_MEMORY. */
GBytes *hotpix_photo_file_load (const gchar *path, gsize max_bytes, HotpixBufferPool *pool,
                                GError **error);

/* For frames of whole files, as those that a host loads: a fingerprint of the file's length and first
 * bytes, 0 where it cannot be read; and, as HotpixFrameClass has it, a digest of all of it for the photo of
 * this number in it, from 0 on, or NULL, to be freed by g_free(). */
guint64 hotpix_photo_file_fingerprint (const gchar *path);
gchar *hotpix_photo_file_digest (const gchar *path, gsize number);

G_END_DECLS
