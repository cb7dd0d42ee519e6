/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What libjpeg itself, called plainly, says of a JPEG's coefficients and of what stands around them. */
typedef struct
{
  guint n_components;
  struct
  {
    guint columns, rows;        /* of blocks */
    guint horizontal, vertical; /* pixels to a sample */
    gint16 *coefficients;       /* 64 a block, row by row */
    guint16 quantisation[64];
  } components[4];
  gboolean is_progressive, is_arithmetic;
  guint restart_interval;
} JpegBlocks;

/* Returns (transfer full); ends the program for what libjpeg cannot read. */
JpegBlocks *jpeg_blocks_new (GBytes *jpeg);

/* NULL-safe. */
void jpeg_blocks_free (JpegBlocks *blocks);

/* Whether both are coded alike, whatever their coefficients are. */
gboolean jpeg_blocks_are_alike (const JpegBlocks *a, const JpegBlocks *b);

/* Whether a block's coefficients are the same in both. */
gboolean jpeg_blocks_same_block (const JpegBlocks *a, const JpegBlocks *b, guint component,
                                 guint column, guint row);

/* Returns (transfer full): all segments before the entropy-coded data, without its tables, and then
 * what follows the last scan, end marker and all. */
GBytes *jpeg_blocks_surroundings (GBytes *jpeg);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpegBlocks, jpeg_blocks_free)

G_END_DECLS
