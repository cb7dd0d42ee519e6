/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes of memory that the machine could give now without using its swap space, or G_MAXSIZE where the
 * system does not tell (without /proc/meminfo). */
gsize hotpix_free_memory (void);

G_END_DECLS
