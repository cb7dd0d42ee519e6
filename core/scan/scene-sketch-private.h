/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/shape.h"

G_BEGIN_DECLS

/* A few thousand numbers by which two photos of one scene, from one place, know each other: how bright
 * cells of 8 x 8 pixels are, in some strips across the picture. A sketch is made while its photo is read.
 *
 *   g_autoptr (HotpixSceneSketch) sketch = hotpix_scene_sketch_new (&shape);
 *   hotpix_scene_sketch_add_rows (sketch, 0, shape.height, rows);
 *
 * Only one thread at a time may use a sketch. */
typedef struct HotpixSceneSketch HotpixSceneSketch;

#define HOTPIX_SKETCH_CELL 8 /* columns and rows of one */

/* A strip begins at a multiple of this, so that it is in the rows of one call. */
#define HOTPIX_SKETCH_STRIP_STEP 16

/* Cells that a sketch of a photo of that shape has; 0 where it has not one row of them. */
guint hotpix_scene_sketch_count_cells (const HotpixShape *shape);

/* Returns (transfer full): of nothing seen. */
HotpixSceneSketch *hotpix_scene_sketch_new (const HotpixShape *shape);

/* NULL-safe. */
void hotpix_scene_sketch_free (HotpixSceneSketch *sketch);

/* Looks at packed rows [row, row + n_rows), of the shape's bits. row: a multiple of
 * HOTPIX_SKETCH_STRIP_STEP; n_rows: another, unless the last row is among them. */
void hotpix_scene_sketch_add_rows (HotpixSceneSketch *sketch, guint row, guint n_rows,
                                   gconstpointer rows);

/* How bright each cell is: the sum of its samples, on the scale where white is 255. Owned by the sketch. */
const guint16 *hotpix_scene_sketch_get_cells (const HotpixSceneSketch *sketch);

/* How much brighter each cell is than the nine around it in its strip, itself among them: what stays where
 * a sky changes its light. In 1 / 9 of the cells' scale.
 * details: out; one for each cell. */
void hotpix_scene_sketch_details (const HotpixSceneSketch *sketch, gint32 *details);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixSceneSketch, hotpix_scene_sketch_free)

G_END_DECLS
