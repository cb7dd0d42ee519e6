/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a file's name ends as a photo's: JPEG, PNG, TIFF, WebP, HEIF, AVIF, JPEG XL, JPEG 2000,
 * BMP or PNM. */
gboolean photo_names_is_photo (const gchar *name);

/* From the files and folders that a user chooses to the paths of photos. A folder stands for the photos
 * in it, by the endings of their names and in the order of their names: not for hidden files, raw
 * files or others, nor for the folders in it. Anything else goes to hotpix_file_list_expand(). A photo
 * that is named twice counts once.
 *
 * names: n_names of them.
 * Returns (transfer full): an array of gchar * with a free function set, or NULL with
 * HOTPIX_ERROR_ARGUMENT (no names; a folder without photos) or the errors of
 * hotpix_file_list_expand() or reading a folder, with its name. */
GPtrArray *photo_names_expand (const gchar *const *names, gsize n_names, GError **error);

G_END_DECLS
