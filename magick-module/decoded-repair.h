/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/listed-defects.h"
#include "magick-compat.h"

G_BEGIN_DECLS

/* Repairs an image that ImageMagick holds decoded, in place. One that still has the pixels of its JPEG file
 * gets those of the file's repair: see repair/decoded-jpeg.h.
 * shape: the image's. n_repaired: adds the defects whose damage showed.
 * Fails with HOTPIX_ERROR_MEMORY where ImageMagick gives no pixels. */
gboolean decoded_repair_run (Image *image, const HotpixListedDefects *listed,
                             const HotpixShape *shape, guint *n_repaired, GError **error);

G_END_DECLS
