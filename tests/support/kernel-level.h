/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The level of the processor's vectors that a test of kernels was built for, by the name that
 * tests/meson.build gives it. Without one, the test runs what the loader takes. */
#ifndef KERNEL_LEVEL
#  define KERNEL_LEVEL "default"
#endif

/* Whether this processor has that level. Where it has not, says in TAP that the whole test is skipped. */
gboolean kernel_level_is_here (const gchar *level);

G_END_DECLS
