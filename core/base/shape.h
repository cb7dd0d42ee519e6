/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The layout of a frame's samples, and so of an accumulator of such frames.
 *
 * A sample is one channel's value at one photosite. Rows of samples are packed: `channels`
 * samples for each column, channel after channel (R G B R G B …), with no padding, 8 bits as
 * guint8 and 16 bits as guint16 of the machine's byte order, where full white is 255 or 65535.
 * Alpha is never a sample: whoever fills a row leaves it out. */
typedef struct
{
  guint width;    /* columns, at least 1 */
  guint height;   /* rows, at least 1 */
  guint channels; /* 1 (grey) or 3 (red, green, blue) */
  guint bits;     /* 8 or 16 */
} HotpixShape;

/* Samples in one row. A product of a width and 3 at the most, so it cannot overflow. */
static inline gsize
hotpix_shape_row_samples (const HotpixShape *shape)
{
  return (gsize) shape->width * shape->channels;
}

/* Bytes in one packed row. */
static inline gsize
hotpix_shape_row_bytes (const HotpixShape *shape)
{
  return hotpix_shape_row_samples (shape) * (shape->bits / 8);
}

/* The value of full white: 255 or 65535. */
static inline guint
hotpix_shape_white (const HotpixShape *shape)
{
  return shape->bits == 8 ? 255 : 65535;
}

/* "R", "G", "B" for three channels, "grey" for one. The string is static. */
const gchar *hotpix_shape_channel_name (const HotpixShape *shape, guint channel);

G_END_DECLS
