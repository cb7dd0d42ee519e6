/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Zeroed memory for the sums: in huge pages where the system gives them, and zeroed by the system
 * alone, page by page when it is first touched. */

/* Returns (transfer full): n_bytes, at least 1, aligned for any type; to be freed by
 * hotpix_large_array_free() with the same number. NULL where the system does not give them. */
gpointer hotpix_large_array_new (gsize n_bytes);

/* NULL-safe. */
void hotpix_large_array_free (gpointer array, gsize n_bytes);

G_END_DECLS
