/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "photos/frame.h"

#include <stdio.h>

G_BEGIN_DECLS

/* A format that the core reads by itself. A reader, of a type of its own, decodes a file's bytes row by row. */
typedef struct
{
  /* Of a stream at its first byte, whose file has `size` bytes and may be of any format: what its header
   * tells, in the frame's shape, exif, fingerprint and working_bytes (of a reader, the file's bytes
   * not counted).
   * Returns the most bytes that a file with this header makes sense with; or 0 with HOTPIX_ERROR_FORMAT for
   * a file of another format, HOTPIX_ERROR_READ, HOTPIX_ERROR_DAMAGED, HOTPIX_ERROR_UNSUPPORTED or
   * HOTPIX_ERROR_MEMORY. */
  gsize (*describe) (FILE *stream, gsize size, HotpixFrame *frame, GError **error);

  /* Ready for row 0. bytes: referenced as long as the reader needs them. pool: nullable.
   * Returns (transfer full), or NULL with an error. */
  gpointer (*start) (GBytes *bytes, HotpixBufferPool *pool, GError **error);

  const HotpixShape *(*get_shape) (gconstpointer reader);

  /* As HotpixFrameClass's read or, with rows NULL, its skip. */
  gboolean (*read) (gpointer reader, guint n_rows, gpointer rows, GError **error);

  void (*free) (gpointer reader);

  /* As HotpixFrameClass's digest, of the file's bytes. */
  gchar *(*digest) (GBytes *bytes);
} HotpixFileFormat;

/* A file as a frame, of which the header was read. While the frame is open it holds the file's bytes in
 * memory, so that decoding it twice gives the same samples, whatever happens to the file meanwhile.
 * format: must outlive the frame.
 * Returns (transfer full), or NULL with an error of hotpix_photo_file_open() or of the format. */
HotpixFrame *hotpix_file_frame_new (const gchar *path, const HotpixFileFormat *format,
                                    GError **error);

/* For a format's describe: whether its header's claims are to be believed of a file of `size` bytes, which
 * must have `least` at least, and whether there is memory to decode it. Fails with HOTPIX_ERROR_DAMAGED or
 * HOTPIX_ERROR_UNSUPPORTED. */
gboolean hotpix_file_frame_check_claim (const HotpixFrame *frame, gsize size, gsize least,
                                        GError **error);

/* For a format's describe: the most bytes that make sense for a file whose image has `image_bytes`. */
gsize hotpix_file_frame_max_bytes (gsize image_bytes);

/* For a format's describe, of a file that begins as no file of it: HOTPIX_ERROR_FORMAT with these
 * words, or HOTPIX_ERROR_READ where its start could not be read. */
void hotpix_file_frame_set_start_error (FILE *stream, const gchar *words, GError **error);

G_END_DECLS
