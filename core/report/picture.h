/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/defect.h"
#include "sums/accumulator.h"

G_BEGIN_DECLS

/* What was found, as a picture of 16 bits a sample that any host can show. Black is 0 and white
 * 65535; nothing is stretched:
 *
 *   variance   black 0, white 0.25, the largest there is
 *   deviation  its square root: black 0, white 0.5
 *   mean       black 0, white 1
 *   evidence   mid-grey none; black and white the most there can be, dark and bright
 *   mask       white where a defect is, else black; grey for photos in colour, too
 */
typedef enum
{
  HOTPIX_PICTURE_VARIANCE,
  HOTPIX_PICTURE_DEVIATION,
  HOTPIX_PICTURE_MEAN,
  HOTPIX_PICTURE_EVIDENCE,
  HOTPIX_PICTURE_MASK,
} HotpixPicture;

/* The picture's own shape: that of the sums, in 16 bits; a mask has one channel. */
HotpixShape hotpix_picture_get_shape (HotpixPicture picture, const HotpixShape *sums);

/* One packed row of it, as the shape above has it.
 * accumulator: with at least one frame, and with evidence where that is shown. defects: nullable but
 * for a mask. values: hotpix_shape_row_samples() numbers that are overwritten.
 * Calls with values of their own may run at once. */
void hotpix_picture_row (HotpixPicture picture, const HotpixAccumulator *accumulator,
                         const HotpixDefects *defects, guint row, gdouble *values,
                         guint16 *samples);

G_END_DECLS
