/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows shared out to threads: each thread takes a part, a run of rows of about the same length. The
 * caller combines the results, in a way that does not depend on the number of parts.
 *
 *   guint n_parts = hotpix_row_parts_count (shape.height, n_threads);
 *   Total *totals = new_totals (n_parts);
 *   if (!hotpix_row_parts_run (shape.height, n_parts, add_up_part, totals))
 *     give_up ();
 */

/* Works on one part, rows [first, end), at least one row, while other threads may work on others.
 * Returns FALSE on failure, and then keeps nothing: it may be called again for the same part. */
typedef gboolean (*HotpixRowPart) (guint part, guint first, guint end, gpointer user_data);

/* The number of parts for n_threads, 0 for one a processor (hotpix_processors_count_threads()): at least
 * 1, and no more than rows. */
guint hotpix_row_parts_count (guint n_rows, guint n_threads);

/* Runs all parts, one of them on the calling thread, and waits for them. Parts for which the system
 * has no thread run on the calling one afterwards; so do parts that failed, once more and alone,
 * because threads and their buffers take memory.
 * n_parts: 1 to n_rows. Returns TRUE unless a part failed alone. On return, everything that the
 * parts wrote can be read. */
gboolean hotpix_row_parts_run (guint n_rows, guint n_parts, HotpixRowPart run,
                               gpointer user_data);

G_END_DECLS
