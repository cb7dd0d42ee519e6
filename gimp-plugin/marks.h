/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/detector.h"

#include <gegl.h>

G_BEGIN_DECLS

/* Draws defects on a transparent layer: the defect's own pixel, and a ring around it that can be
 * seen when zoomed out, both in the colour of its kind. */
typedef enum
{
  HOTPIX_MARK_PIXELS = 1 << 0,
  HOTPIX_MARK_RINGS = 1 << 1,
  HOTPIX_MARK_BOTH = HOTPIX_MARK_PIXELS | HOTPIX_MARK_RINGS,
} HotpixMarks;

#define HOTPIX_DEFAULT_RING_RADIUS 12
#define HOTPIX_LEAST_RING_RADIUS 4
#define HOTPIX_MOST_RING_RADIUS 200

/* buffer: drawn on, in R'G'B'A; the rest of it stays. Marks are clipped at its edge.
 * ring_radius: in pixels, HOTPIX_LEAST_RING_RADIUS to HOTPIX_MOST_RING_RADIUS.
 *
 * Rings hide nothing: none covers another defect's pixel or the pixels next to it, and a ring that
 * would nearly coincide with another is made wider. */
void hotpix_marks_draw (GeglBuffer *buffer, const HotpixDefects *defects, HotpixMarks marks,
                        guint ring_radius);

/* The pixels of a defect itself: a line's all. */
GeglRectangle hotpix_marks_get_extent (const HotpixDefect *defect);

G_END_DECLS
