/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/defect.h"
#include "sums/accumulator.h"

G_BEGIN_DECLS

/* The result as a picture of 16 bits a sample that any host can show. Black is 0 and white
 * 65535; nothing is stretched:
 *
 *   variance   black 0, white 0.25, the largest there is
 *   deviation  its square root: black 0, white 0.5
 *   mean       black 0, white 1
 *   evidence   mid-grey none; black and white the most there can be, dark and bright
 *   mask       white where a defect is, else black; grey for photos in colour, too
 *   marks      the mean, dimmed, with a numbered ring around each defect, and the first ones enlarged
 *              in a strip below; in colour for grey photos, too
 */
typedef enum
{
  HOTPIX_PICTURE_VARIANCE,
  HOTPIX_PICTURE_DEVIATION,
  HOTPIX_PICTURE_MEAN,
  HOTPIX_PICTURE_EVIDENCE,
  HOTPIX_PICTURE_MASK,
  HOTPIX_PICTURE_MARKS,
} HotpixPicture;

/* Whether the picture shows what only detection finds: defects, or evidence. */
gboolean hotpix_picture_needs_detection (HotpixPicture picture);

/* The picture's own shape: that of the sums, in 16 bits; a mask has one channel, and marks have three
 * and more rows. defects: nullable but for marks. */
HotpixShape hotpix_picture_get_shape (HotpixPicture picture, const HotpixShape *sums,
                                      const HotpixDefects *defects);

/* One packed row of it, in the shape above.
 * accumulator: with at least one frame, and with evidence where that is shown. defects: nullable but
 * for a mask and marks. values: as many as a row of the picture has samples; they are overwritten.
 * Calls with values of their own may run at once. */
void hotpix_picture_row (HotpixPicture picture, const HotpixAccumulator *accumulator,
                         const HotpixDefects *defects, guint row, gdouble *values,
                         guint16 *samples);

G_END_DECLS
