/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Something to photograph: a lit background, shapes with soft and hard edges, and a texture of
 * several scales. It depends on nothing but its seed. */
typedef struct Scene Scene;

/* Returns (transfer full): a scene for a frame of width x height pixels. */
Scene *scene_new (guint width, guint height, guint32 seed);

void scene_free (Scene *scene);

/* One row of linear light: 3 x width values, R G B, from 0 (black) to about 1. */
void scene_row (const Scene *scene, guint y, gfloat *light);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

G_END_DECLS
