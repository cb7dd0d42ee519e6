/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

/* The quantised coefficients of a whole JPEG: read, changed in place and written back, with everything
 * else unchanged. The only file of the room that knows libjpeg.
 *
 *   g_autoptr (HotpixJpegCoefficients) jpeg = hotpix_jpeg_coefficients_new (bytes, &error);
 *   gint16 *block = hotpix_jpeg_coefficients_get_block (jpeg, 0, 0, 0, &error);
 *   block[0]++;
 *   bytes = hotpix_jpeg_coefficients_write (jpeg, &error);
 *
 * Messages of errors can follow a photo's name. One thread at a time. */
typedef struct HotpixJpegCoefficients HotpixJpegCoefficients;

#define HOTPIX_JPEG_BLOCK_SIDE 8
#define HOTPIX_JPEG_BLOCK_SAMPLES 64
#define HOTPIX_JPEG_MOST_COMPONENTS 3

typedef struct
{
  guint width, height;        /* samples, those that only fill the last blocks not counted */
  guint horizontal, vertical; /* pixels to a sample */
  guint16 quantisation[HOTPIX_JPEG_BLOCK_SAMPLES]; /* by rows, as the coefficients are */
} HotpixJpegComponent;

typedef struct
{
  guint width, height; /* pixels */
  guint n_components;  /* 1 or 3 */
  HotpixJpegComponent components[HOTPIX_JPEG_MOST_COMPONENTS];
} HotpixJpegLayout;

/* Reads all of the photo. The bytes are referenced.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_FORMAT if it is no JPEG,
 * HOTPIX_ERROR_UNSUPPORTED for 12 bits, lossless coding, CMYK and the like, HOTPIX_ERROR_DAMAGED for a
 * photo that is not whole, or HOTPIX_ERROR_MEMORY. */
HotpixJpegCoefficients *hotpix_jpeg_coefficients_new (GBytes *bytes, GError **error);

/* NULL-safe. */
void hotpix_jpeg_coefficients_free (HotpixJpegCoefficients *self);

/* Valid as long as self. */
const HotpixJpegLayout *
hotpix_jpeg_coefficients_get_layout (const HotpixJpegCoefficients *self);

/* The coefficients of the block in that column and row of blocks of the component, row by row from the
 * lowest frequency on: to be read and changed until the next call.
 * Returns NULL only without enough memory, with HOTPIX_ERROR_MEMORY. */
gint16 *hotpix_jpeg_coefficients_get_block (HotpixJpegCoefficients *self, guint component,
                                            guint column, guint row, GError **error);

/* The JPEG with the coefficients as they are now: its kind of coding, scans and restart intervals, and
 * every segment and byte that is not of the entropy coding, are those of the old one. What is behind the
 * photo, where previews and videos are that an index counts to, stays at its place, unless the
 * photo became longer and other Huffman tables do not make it shorter. Call it once; after that only
 * free it.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_UNSUPPORTED or HOTPIX_ERROR_MEMORY. */
GBytes *hotpix_jpeg_coefficients_write (HotpixJpegCoefficients *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixJpegCoefficients, hotpix_jpeg_coefficients_free)

G_END_DECLS
