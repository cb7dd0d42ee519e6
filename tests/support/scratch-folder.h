/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A new folder for a test's files.
 * Returns (transfer full): its path, for scratch_folder_remove(). */
gchar *scratch_folder_new (void);

/* Removes the folder with all that is in it, and frees the path. */
void scratch_folder_remove (gchar *folder);

G_END_DECLS
