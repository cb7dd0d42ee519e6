/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/buffer-pool.h"
#include "base/error.h"
#include "base/shape.h"

G_BEGIN_DECLS

/* Decodes one PNG row by row, into the samples that are stored: grey or red, green and blue, of 8 bits, or
 * of 16 where the file has them. Palettes become colours, 1 to 4 bits grey become 8, alpha is left
 * out. Gamma, colour profiles and significant bits change nothing: hosts, too, keep them beside the samples.
 *
 *   g_autoptr (HotpixPngReader) reader = hotpix_png_reader_new (bytes, NULL, &error);
 *   hotpix_png_reader_read (reader, 16, samples, &error);
 *
 * A file that is cut short or has a wrong checksum in its image fails with HOTPIX_ERROR_DAMAGED; what
 * is wrong with texts and profiles is passed over. Errors do not name the file; a caller
 * who knows it adds it. One thread at a time. */
typedef struct HotpixPngReader HotpixPngReader;

/* The first bytes of every PNG. */
#define HOTPIX_PNG_SIGNATURE "\x89PNG\r\n\x1a\n"
#define HOTPIX_PNG_SIGNATURE_BYTES 8

/* Reads what is before the image's data, which need not be there. The bytes are referenced, not copied.
 * pool: what the samples of an interlaced image are taken from; nullable. It must outlive the reader.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_DAMAGED or HOTPIX_ERROR_MEMORY. */
HotpixPngReader *hotpix_png_reader_new (GBytes *bytes, HotpixBufferPool *pool, GError **error);

void hotpix_png_reader_free (HotpixPngReader *reader);

/* What hotpix_png_reader_read() yields. Valid while the reader is. */
const HotpixShape *hotpix_png_reader_get_shape (const HotpixPngReader *reader);

/* Bytes of the image as it is stored, before compression; G_MAXSIZE where they are more. */
gsize hotpix_png_reader_get_stored_bytes (const HotpixPngReader *reader);

/* About how much memory decoding takes besides the file's bytes: little, but an interlaced image is held
 * whole. */
gsize hotpix_png_reader_get_working_bytes (const HotpixPngReader *reader);

/* The Exif block, with or without its leading "Exif\0\0"; of its own chunk or of the text in which
 * older programs keep it. Returns (transfer full), or NULL where there is none. */
GBytes *hotpix_png_reader_get_exif (const HotpixPngReader *reader);

/* Decodes the next n_rows rows, no more than are left, into n_rows packed rows or, with rows NULL,
 * passes over them. With the last row it also checks the rest of the file. Fails with HOTPIX_ERROR_DAMAGED or HOTPIX_ERROR_MEMORY; after
 * that, only free the reader. */
gboolean hotpix_png_reader_read (HotpixPngReader *reader, guint n_rows, gpointer rows,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixPngReader, hotpix_png_reader_free)

G_END_DECLS
