/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Zeroed memory for the sums, in huge pages where the system has them. Only the system zeroes it,
 * page by page as each is first touched. */

/* Returns (transfer full): n_bytes, at least 1, aligned for any type; to be freed by
 * hotpix_large_array_free() with the same number. NULL without enough memory. */
gpointer hotpix_large_array_new (gsize n_bytes);

/* NULL-safe. */
void hotpix_large_array_free (gpointer array, gsize n_bytes);

G_END_DECLS
