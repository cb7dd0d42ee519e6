/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame-set.h"

#include <gegl.h>

G_BEGIN_DECLS

/* The layers of an image as the frames of a set. */
typedef struct
{
  gchar *name;
  GeglBuffer *buffer; /* owned */
  gint x, y;          /* where its corner lies in the image */
} StackedLayer;

typedef struct
{
  GArray *layers; /* of StackedLayer */
} LayerStack;

LayerStack *layer_stack_new (void);
void layer_stack_free (LayerStack *stack);

/* name: copied. buffer: transfer full. */
void layer_stack_add (LayerStack *stack, const gchar *name, GeglBuffer *buffer, gint x, gint y);

/* Adds every layer to the set: as a frame if it lies where most layers lie, otherwise left out with
 * the reason. In a tie the layers added first decide. x, y: out; that place, where the result
 * belongs. Having no layers is no error here. */
void layer_stack_make_frames (const LayerStack *stack, HotpixFrameSet *set, gint *x, gint *y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LayerStack, layer_stack_free)

G_END_DECLS
