/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/candidate-private.h"

G_BEGIN_DECLS

/* Columns and rows, whole or a part of at least HOTPIX_LEAST_LINE pixels, that stand off from those on
 * both sides of them: each pixel too little to be told from chance, and all the same way. What stands
 * off from one side only is an edge of what keeps its place.
 *
 * A line's score is the sum of its evidence, over the noise and the root of its length, over
 * HOTPIX_LINE_DEVIATIONS. */
#define HOTPIX_LEAST_LINE 96
#define HOTPIX_LINE_DEVIATIONS 8

/* Returns (transfer full): an array of HotpixDefect of at least the score, or NULL with
 * HOTPIX_ERROR_MEMORY. */
GArray *hotpix_lines_find (const HotpixMeasure *measure, gdouble threshold, GError **error);

/* Whether (x, y) is on one of them, or so near that it may be what the line smears. */
gboolean hotpix_lines_cover (const GArray *lines, guint x, guint y);

G_END_DECLS
