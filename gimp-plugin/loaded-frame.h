/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "buffer-frame.h"

G_BEGIN_DECLS

/* A photo that a host can load, in whatever format it knows, as a frame. It is loaded twice: for its
 * size when the frame is made, and for its rows when the frame is open. Between, nothing of it is
 * held. */

/* Loads a photo whole. Returns (transfer full): its samples, in a buffer that nothing else changes;
 * or NULL with an error whose words can follow the photo's name. */
typedef GeglBuffer *(*HotpixPhotoLoader) (const gchar *path, GError **error);

/* Returns (transfer full), or NULL with what the loader or hotpix_buffer_frame_new() fails with. It
 * is to be read on the host's thread only. */
HotpixFrame *hotpix_loaded_frame_new (const gchar *path, HotpixPhotoLoader loader,
                                      GError **error);

G_END_DECLS
