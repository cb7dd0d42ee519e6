/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file's name to be shown: valid UTF-8 in one line, whatever its bytes are. What is not UTF-8 is
 * taken for Latin-1, which older cards and disks have; control characters become "?".
 * Returns (transfer full). */
gchar *hotpix_display_name (const gchar *path);

/* The same of its last part, without the folders. */
gchar *hotpix_display_base_name (const gchar *path);

G_END_DECLS
