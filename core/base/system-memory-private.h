/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much memory this process can have: the least of what the machine, the container that it runs in
 * (container-limits-private.h) and its own limit of address space (RLIMIT_AS, `ulimit -v`) allow. */

/* The most bytes that it is sensible to allocate: three quarters of what this process can have. Some
 * systems promise more memory than they have, and kill a program when it is used; so larger requests
 * are refused beforehand. G_MAXSIZE where the limit is unknown. Determined once, at the first call. */
gsize hotpix_memory_limit (void);

/* Bytes of memory that this process could get now without swapping, or G_MAXSIZE where that is
 * unknown (without /proc/meminfo). */
gsize hotpix_free_memory (void);

/* How many bytes may be taken at once beside so many that will be needed: half of the memory that will then
 * be free, because other programs need some, too. G_MAXSIZE where that is unknown. */
gsize hotpix_memory_beside (gsize needed_bytes);

G_END_DECLS
