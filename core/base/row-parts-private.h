/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Rows shared out to threads: each has a part of them, one below the other, of about the same
 * length. The caller puts together what the parts come to, and does it so that their number makes
 * no difference.
 *
 *   guint n_parts = hotpix_row_parts_count (shape.height, n_threads);
 *   Total *totals = new_totals (n_parts);
 *   if (!hotpix_row_parts_run (shape.height, n_parts, add_up_part, totals))
 *     give_up ();
 */

/* Does the part of that number, which is rows [first, end), at least one. Other parts may run on
 * other threads meanwhile.
 * Returns FALSE where it fails, and then keeps nothing: it may be called for the part once more. */
typedef gboolean (*HotpixRowPart) (guint part, guint first, guint end, gpointer user_data);

/* The parts for so many threads, 0 for one a processor (hotpix_processors_count_threads()): at least
 * 1, and no more than rows. */
guint hotpix_row_parts_count (guint n_rows, guint n_threads);

/* Runs all parts, one of them on the calling thread, and waits for them. Where the system gives
 * fewer threads than parts, the calling one then does what they would have; and what failed beside
 * others it does again by itself, for threads and what they work with take memory.
 * n_parts: 1 to n_rows. Returns TRUE where no part failed by itself. What a part wrote can be read
 * then. */
gboolean hotpix_row_parts_run (guint n_rows, guint n_parts, HotpixRowPart run,
                               gpointer user_data);

G_END_DECLS
