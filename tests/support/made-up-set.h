/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sums/accumulator.h"

G_BEGIN_DECLS

/* Sums of made-up photos: each shows waves of its own of several sizes, with a little noise. */

/* Changes a frame before it is counted: packed rows of the shape, 8 bits. */
typedef void (*ChangeFrame) (guint8 *samples, const HotpixShape *shape, guint number,
                             gconstpointer data);

/* shape: of 8 bits, or of 16: the samples are then widened.
 * Returns (transfer full): sums with evidence. */
HotpixAccumulator *made_up_set_accumulate (const HotpixShape *shape, guint n_frames,
                                           ChangeFrame change, gconstpointer data);

/* The same where the first n_long frames are long exposures, with their own look. */
HotpixAccumulator *made_up_set_accumulate_long (const HotpixShape *shape, guint n_frames,
                                                guint n_long, ChangeFrame change,
                                                gconstpointer data);

G_END_DECLS
