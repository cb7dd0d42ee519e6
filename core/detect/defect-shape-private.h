/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sums/accumulator.h"

G_BEGIN_DECLS

/* The mean and the variance around one place, to decide whether a single photosite can look like
 * that. Values of the mean are on the scale where 1 is full white. */

/* The mean to expect at (x, y) from its surroundings: the median of eight means of two opposite
 * samples at distance two or three, in which a slope of the picture cancels. At the frame's edge
 * only pairs inside it count; in its outer corners, where there are none, single samples. */
gdouble hotpix_defect_shape_around (const HotpixAccumulator *accumulator, guint x, guint y,
                                    guint channel);

/* The share, [0, 1], of the samples in the square at distance two whose mean is nearer to that of
 * (x, y) than to the one to expect there. Almost none for a photosite; a third inside a corner of
 * something that keeps its place, half along its edge. */
gdouble hotpix_defect_shape_edge_share (const HotpixAccumulator *accumulator, guint x, guint y,
                                        guint channel);

/* The same with surroundings at distance four and six: the middle of a soft speck, such as dust on
 * the sensor, looks much like the pixels two or three away from it. */
gdouble hotpix_defect_shape_speck_share (const HotpixAccumulator *accumulator, guint x, guint y,
                                         guint channel);

/* The largest less the smallest mean from two to eight pixels away: details that keep their place, and
 * strong defects, ring in a JPEG and under sharpening. */
gdouble hotpix_defect_shape_relief (const HotpixAccumulator *accumulator, guint x, guint y,
                                    guint channel);

/* The variance at (x, y) over the median of those in the squares at distance two and three; the
 * least of all channels. 1 where all of them are 0. */
gdouble hotpix_defect_shape_variance_ratio (const HotpixAccumulator *accumulator, guint x,
                                            guint y);

/* The median of the absolute contrasts, of the mean to what its own surroundings let expect, in the
 * squares at distance two and three: what means differ by there without a defect. */
gdouble hotpix_defect_shape_contrast_around (const HotpixAccumulator *accumulator, guint x,
                                             guint y, guint channel);

/* What a shade at (x, y) is like: how much darker the mean is than four and six pixels away, as a
 * share of that. least_colour: out; of the channel that is shaded least over the one that is most.
 * least_neighbour: out; of the least shaded of the four nearest pixels over (x, y), all channels
 * together; 0 where one of them is outside of the frame. Both are 0 where any channel is not shaded there, and for grey photos, whose shades tell
 * no colours. */
void hotpix_defect_shape_shade (const HotpixAccumulator *accumulator, guint x, guint y,
                                gdouble *least_colour, gdouble *least_neighbour);

G_END_DECLS
