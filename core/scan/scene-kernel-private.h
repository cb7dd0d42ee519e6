/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The inner loop of still-scenes-private.h.
 *
 * Σ a[i]·b[i] of fewer than 2^17 numbers. */
gint32 hotpix_scene_kernel_product (const gint8 *a, const gint8 *b, gsize n);

G_END_DECLS
