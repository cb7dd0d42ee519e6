/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most bytes that it is sensible to ask the system for: three quarters of its memory. Systems
 * that promise more than they have end a program, or another one, when it is used; what is larger
 * is refused before. G_MAXSIZE where the system does not tell what it has. */
gsize hotpix_memory_limit (void);

/* Bytes of memory that the machine could give now without using its swap space, or G_MAXSIZE where the
 * system does not tell (without /proc/meminfo). */
gsize hotpix_free_memory (void);

G_END_DECLS
