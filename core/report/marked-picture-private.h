/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/defect.h"
#include "sums/accumulator.h"

G_BEGIN_DECLS

/* Where the defects are, to be seen in the whole picture: the mean of the photos, dimmed, with a ring
 * around each defect in the colour of its kind and its number in the list beside it. Below is a strip
 * of the first ones enlarged, each stretched from its darkest sample to its brightest.
 *
 * In RGB and 16 bits, whatever the photos are. Pictures too small for a strip have none. */

/* defects: those that are marked; without any there is no strip. */
HotpixShape hotpix_marked_picture_get_shape (const HotpixShape *sums,
                                             const HotpixDefects *defects);

/* One row, as hotpix_picture_row() gives it. values: as many as a row of the sums has samples, at
 * least. */
void hotpix_marked_picture_row (const HotpixAccumulator *accumulator,
                                const HotpixDefects *defects, guint row, gdouble *values,
                                guint16 *samples);

G_END_DECLS
