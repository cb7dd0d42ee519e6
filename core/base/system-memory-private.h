/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much memory this process can have: of the machine, of the container that it runs in
 * (container-limits-private.h), and of its own limit of address space (RLIMIT_AS, `ulimit -v`), whichever is
 * the least. */

/* The most bytes that it is sensible to ask the system for: three quarters of what this process can
 * have. Systems that promise more than they have end a program, or another one, when it is used;
 * what is larger is refused before. G_MAXSIZE where nothing says how much there is. It is found out
 * once, at the first call. */
gsize hotpix_memory_limit (void);

/* Bytes of memory that this process could be given now without using swap space, or G_MAXSIZE where
 * nothing says how much there is (without /proc/meminfo). */
gsize hotpix_free_memory (void);

G_END_DECLS
