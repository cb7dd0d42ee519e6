/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a file's name ends as a photo's: JPEG, PNG, TIFF, WebP, HEIF, AVIF, JPEG XL, JPEG 2000,
 * BMP or PNM. */
gboolean photo_names_is_photo (const gchar *name);

/* From what a user chooses, files or folders, to the paths of photos: a folder stands for the photos
 * in it by their names' endings, hidden ones and folders below aside, in the order of their names: raw files and whatever else lies
 * beside them are not meant. Anything else is taken as hotpix_file_list_expand() takes it.
 * What is named twice counts once.
 *
 * names: n_names of them.
 * Returns (transfer full): an array of gchar * with a free function set, or NULL with
 * HOTPIX_ERROR_ARGUMENT (no names; a folder without photos) or what hotpix_file_list_expand() or
 * reading a folder fails with, naming what was given. */
GPtrArray *photo_names_expand (const gchar *const *names, gsize n_names, GError **error);

G_END_DECLS
