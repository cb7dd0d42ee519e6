/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulated-camera.h"

G_BEGIN_DECLS

/* Which photosites of a simulated sensor are broken, and how. */

/* Returns (transfer full): an array of Defect, by the model's seed alone. Those of a group share
 * its number; groups are at least eight pixels apart. */
GArray *planting_draw_defects (const CameraModel *model);

/* Returns (transfer full): an array of DefectLine; empty unless the model has lines. */
GArray *planting_draw_lines (const CameraModel *model);

G_END_DECLS
