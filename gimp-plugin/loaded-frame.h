/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "buffer-frame.h"

G_BEGIN_DECLS

/* A photo that a host can load, in any format that it knows, as a frame. It is loaded twice: for its
 * size when the frame is made, and for its rows when the frame is opened. In between, nothing is kept
 * in memory. */

/* Loads a photo whole. Returns (transfer full): its samples, in a buffer that nothing else changes;
 * or NULL with an error whose message can follow the photo's name. */
typedef GeglBuffer *(*HotpixPhotoLoader) (const gchar *path, GError **error);

/* Returns (transfer full), or NULL with the errors of the loader or hotpix_buffer_frame_new(). Read
 * it on the host's thread only. */
HotpixFrame *hotpix_loaded_frame_new (const gchar *path, HotpixPhotoLoader loader,
                                      GError **error);

G_END_DECLS
