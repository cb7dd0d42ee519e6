/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "base/shape.h"

#include <stdio.h>

G_BEGIN_DECLS

/* Decodes one JPEG row by row, by libjpeg's own defaults (accurate integer DCT, smooth chroma
 * upsampling): the samples that ImageMagick and most others see. Grey gives one channel and
 * YCbCr or RGB three, 8 bits each; CMYK, 12 bits and kinds that libjpeg does not know are refused
 * with a message.
 *
 *   g_autoptr (HotpixJpegReader) reader = hotpix_jpeg_reader_new_from_bytes (bytes, &error);
 *   hotpix_jpeg_reader_read (reader, 16, samples, &error);
 *
 * Where libjpeg warns and paints over (a file cut short, garbage in the entropy-coded data),
 * the reader fails with HOTPIX_ERROR_DAMAGED: a photo that is not whole does not count. One
 * with all its blocks counts, whatever follows them or is missing: padding before restart markers,
 * a trailer, no end marker. It also fails where a header goes on for more than 64 MiB, or a photo has
 * more than 100 scans (20 of 100 megapixels or more).
 * Errors do not name the file; a caller who knows it adds it. One thread at a time. */
typedef struct HotpixJpegReader HotpixJpegReader;

/* Whether these first bytes of a file are a JPEG's. Two bytes are enough. */
gboolean hotpix_jpeg_reader_recognises (const guint8 *start, gsize length);

/* Reads the header. The bytes are referenced, not copied.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_DAMAGED, HOTPIX_ERROR_UNSUPPORTED or
 * HOTPIX_ERROR_MEMORY. */
HotpixJpegReader *hotpix_jpeg_reader_new_from_bytes (GBytes *bytes, GError **error);

/* The same from a stream at the JPEG's first byte, of which little more than the header is
 * read. The stream is borrowed, and must outlive the reader. Also fails with HOTPIX_ERROR_READ.
 */
HotpixJpegReader *hotpix_jpeg_reader_new_from_stream (FILE *stream, GError **error);

void hotpix_jpeg_reader_free (HotpixJpegReader *reader);

/* What hotpix_jpeg_reader_read() yields. Valid while the reader is. */
const HotpixShape *hotpix_jpeg_reader_get_shape (const HotpixJpegReader *reader);

/* About how much memory decoding takes besides the file's bytes. A progressive JPEG takes much, because
 * the coefficients of the whole photo are held. */
gsize hotpix_jpeg_reader_get_working_bytes (const HotpixJpegReader *reader);

/* The fewest bytes that a file with this header can have: a block of 64 samples takes two bits of a
 * baseline JPEG and one of a progressive one. In arithmetic coding there is no such least; an eighth
 * of a bit is less than any camera's noise takes. A shorter file lacks samples that it claims. */
gsize hotpix_jpeg_reader_get_least_bytes (const HotpixJpegReader *reader);

/* Of a reader from a stream: where in the file the first scan's entropy-coded data begins. */
gsize hotpix_jpeg_reader_get_data_offset (const HotpixJpegReader *reader);

/* The Exif block with its leading "Exif\0\0", or NULL. Borrowed; valid while the reader is. */
const guint8 *hotpix_jpeg_reader_get_exif (const HotpixJpegReader *reader, gsize *length);

/* Decodes the next n_rows rows, no more than are left, into n_rows packed rows. With the last
 * row it also checks the rest of the file. Fails with HOTPIX_ERROR_DAMAGED or HOTPIX_ERROR_MEMORY;
 * after that, only free the reader. */
gboolean hotpix_jpeg_reader_read (HotpixJpegReader *reader, guint n_rows, guint8 *rows,
                                  GError **error);

/* Passes over the next n_rows rows, no more than are left. Those after them come out as without it. What
 * is passed over is followed, but hardly decoded: damage in it is found, except where no row is left
 * after it. Fails as hotpix_jpeg_reader_read() does. */
gboolean hotpix_jpeg_reader_skip (HotpixJpegReader *reader, guint n_rows, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixJpegReader, hotpix_jpeg_reader_free)

G_END_DECLS
