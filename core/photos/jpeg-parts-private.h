/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A part of a JPEG file, from one marker to the next. */
typedef struct
{
  guint8 marker;       /* its second byte, as in 0xda */
  const guint8 *start; /* the marker's first byte; borrowed */
  gsize length;        /* with the marker and, behind a start of scan, the entropy-coded data */
} HotpixJpegPart;

#define HOTPIX_JPEG_PART_SCAN 0xda

/* at: in and out; where to go on, at first the start of the file.
 * Returns FALSE at the end marker or where no more follows. */
gboolean hotpix_jpeg_part_next (const guint8 **at, const guint8 *end, HotpixJpegPart *part);

/* Returns (transfer full): the digest, as HotpixFrameClass has it, of whatever of the file says what its
 * picture looks like, which is all but its application segments and comments, up to its end marker. Two
 * files in which this is the same are of the same photo. */
gchar *hotpix_jpeg_digest (GBytes *file);

G_END_DECLS
