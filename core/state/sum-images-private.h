/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sums/accumulator.h"

#include <fitsio.h>

G_BEGIN_DECLS

/* The sums of an accumulator with evidence as images of a FITS file, a plane for each channel:
 * docs/state-file.md describes them. */

/* Appends the images to the file. compress: by tiles, one a row, without loss (RICE_1).
 * status: cfitsio's; nothing is done where it is not 0. */
void hotpix_sum_images_write (const HotpixAccumulator *accumulator, gboolean compress,
                              fitsfile *fits, gint *status);

/* Adds the sums in the file to the accumulator, which has evidence and room for them, without counting the
 * frames. bits, n_frames: of the photos in the file. Sums of 8 bits go into an accumulator of 16 as if each
 * sample had been 257 times as large.
 * Fails with HOTPIX_ERROR_DAMAGED, in words that can follow the file's name, where there are not such images of the
 * accumulator's size, or they have sums that no photos have; the accumulator is then useless. */
gboolean hotpix_sum_images_add (HotpixAccumulator *accumulator, guint bits, guint n_frames,
                                fitsfile *fits, GError **error);

G_END_DECLS
