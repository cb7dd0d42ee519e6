/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "repair/repairer.h"

G_BEGIN_DECLS

/* What the repair of a JPEG by its own coefficients (jpeg-repair.h) changes in its decoded pixels. A host
 * that has decoded the JPEG can set these pixels: that leaves less damage than repairing by the pixels alone,
 * which no longer tell what quantising did to it.
 *
 *   g_autoptr (HotpixDecodedJpeg) jpeg
 *       = hotpix_decoded_jpeg_new (repairer, "IMG_0001.JPG", &error);
 *   if (jpeg != NULL)
 *     printf ("%u pixels of %u defects\n", jpeg->pixels->len, jpeg->n_repaired);
 */
typedef struct
{
  guint x, y;
  guint8 before[3], after[3]; /* by channel */
} HotpixChangedPixel;

typedef struct
{
  HotpixShape shape; /* 1 or 3 channels of 8 bits */
  guint n_repaired;  /* defects whose damage showed */
  GArray *pixels;    /* of HotpixChangedPixel, row by row */
} HotpixDecodedJpeg;

/* repairer: for photos of the JPEG's size.
 * Returns (transfer full), or NULL as hotpix_photo_file_load() and hotpix_jpeg_repair() do; then
 * the pixels are to be repaired as they are. */
HotpixDecodedJpeg *hotpix_decoded_jpeg_new (const HotpixRepairer *repairer, const gchar *path,
                                            GError **error);

/* NULL-safe. */
void hotpix_decoded_jpeg_free (HotpixDecodedJpeg *jpeg);

/* Gives a pixel of a host's, 8 bits a channel, what the repair adds to it. Returns FALSE, and leaves it, where it is
 * not as the JPEG has it before the repair, up to the little by which decoders differ. */
gboolean hotpix_decoded_jpeg_repair (const HotpixDecodedJpeg *jpeg,
                                     const HotpixChangedPixel *pixel, guint8 *samples);

/* Whether pixels of which so many are as the JPEG has them before the repair are its own: a few may have
 * been retouched since, and are to stay as they are. */
gboolean hotpix_decoded_jpeg_is_own (const HotpixDecodedJpeg *jpeg, guint n_same);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixDecodedJpeg, hotpix_decoded_jpeg_free)

G_END_DECLS
