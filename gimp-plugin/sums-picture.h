/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sums/accumulator.h"

#include <gegl.h>

G_BEGIN_DECLS

/* What the sums show, as a layer. */
typedef enum
{
  SUMS_PICTURE_MEAN,               /* black for 0, white for full white */
  SUMS_PICTURE_VARIANCE,           /* black for 0, white for 0.25, the largest possible */
  SUMS_PICTURE_STRETCHED_VARIANCE, /* black for the least that there is, white for the most */
} SumsPicture;

/* Writes it to a buffer of the sums' size, in R'G'B' or Y' of 16 bits proportional to the value.
 * Fails with HOTPIX_ERROR_MEMORY. */
gboolean hotpix_sums_picture_write (GeglBuffer *buffer, SumsPicture picture,
                                    const HotpixAccumulator *accumulator, GError **error);

G_END_DECLS
