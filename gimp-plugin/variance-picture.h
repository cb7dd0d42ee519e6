/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sums/accumulator.h"

#include <gegl.h>

G_BEGIN_DECLS

/* Writes the variance of every sample to a buffer of the sums' size: black for 0, white for 0.25, the
 * largest possible, in R'G'B' or Y' of 16 bits proportional to it.
 * Fails with HOTPIX_ERROR_MEMORY. */
gboolean hotpix_variance_picture_write (GeglBuffer *buffer,
                                        const HotpixAccumulator *accumulator, GError **error);

G_END_DECLS
