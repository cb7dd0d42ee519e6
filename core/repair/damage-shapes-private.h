/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "repair/damage-private.h"

G_BEGIN_DECLS

/* The shapes that a defect's damage can have in a window: each is the span of a few vectors over the
 * same samples, the support. A vector's length is how much of it to expect. */

#define HOTPIX_DAMAGE_MOST_SUPPORT 49
#define HOTPIX_DAMAGE_MOST_VECTORS 25
#define HOTPIX_DAMAGE_MOST_SHAPES 16

typedef struct
{
  guint n_vectors;
  gdouble vectors[HOTPIX_DAMAGE_MOST_VECTORS][HOTPIX_DAMAGE_MOST_SUPPORT];
} HotpixDamageShape;

typedef struct
{
  guint n_support;
  guint support[HOTPIX_DAMAGE_MOST_SUPPORT]; /* indices into the window */
  guint n_shapes;
  HotpixDamageShape shapes[HOTPIX_DAMAGE_MOST_SHAPES];
} HotpixDamageShapes;

/* The shapes around a place. Those that reach outside the window are cut. */
void hotpix_damage_shapes_init (HotpixDamageShapes *shapes, const HotpixDamagePlace *place);

G_END_DECLS
