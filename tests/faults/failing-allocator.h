/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes the C library's place for this program and all libraries that it uses, and refuses one
 * request for memory. For glibc, and where no sanitizer does the same. */

/* Refuses the nth request from now on, from 1, of at least so many bytes, and no other; none for
 * 0. */
void failing_allocator_refuse (guint nth, gsize least_bytes);

/* Whether it came to that. */
gboolean failing_allocator_has_refused (void);

G_END_DECLS
