/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layer-stack.h"
#include "base/text.h"
#include "buffer-frame.h"

static void
clear_layer (gpointer data)
{
  StackedLayer *layer = data;

  g_free (layer->name);
  g_object_unref (layer->buffer);
}

LayerStack *
layer_stack_new (void)
{
  LayerStack *stack = g_new0 (LayerStack, 1);

  stack->layers = g_array_new (FALSE, FALSE, sizeof (StackedLayer));
  g_array_set_clear_func (stack->layers, clear_layer);
  return stack;
}

void
layer_stack_free (LayerStack *stack)
{
  if (stack == NULL)
    return;
  g_array_unref (stack->layers);
  g_free (stack);
}

void
layer_stack_add (LayerStack *stack, const gchar *name, GeglBuffer *buffer, gint x, gint y)
{
  StackedLayer layer = { g_strdup (name), buffer, x, y };

  g_array_append_val (stack->layers, layer);
}

static const StackedLayer *
layer_at (const LayerStack *stack, guint i)
{
  return &g_array_index (stack->layers, StackedLayer, i);
}

/* Layers of one image are few enough to compare each with each. */
static guint
count_at (const LayerStack *stack, gint x, gint y)
{
  guint n = 0;

  for (guint i = 0; i < stack->layers->len; i++)
    n += layer_at (stack, i)->x == x && layer_at (stack, i)->y == y;
  return n;
}

static void
find_most_common_place (const LayerStack *stack, gint *x, gint *y)
{
  guint most = 0;

  *x = *y = 0;
  for (guint i = 0; i < stack->layers->len; i++)
    {
      const StackedLayer *layer = layer_at (stack, i);
      guint n = count_at (stack, layer->x, layer->y);

      if (n > most)
        {
          most = n;
          *x = layer->x;
          *y = layer->y;
        }
    }
}

static void
add_frame (HotpixFrameSet *set, const StackedLayer *layer)
{
  g_autoptr (GError) error = NULL;
  HotpixFrame *frame = hotpix_buffer_frame_new (layer->buffer, layer->name, &error);

  if (frame != NULL)
    {
      frame->fingerprint = hotpix_frame_fingerprint_row (frame);
      hotpix_frame_set_add (set, frame);
    }
  else
    hotpix_frame_set_add_left_out (set, layer->name, error->message);
}

void
layer_stack_make_frames (const LayerStack *stack, HotpixFrameSet *set, gint *x, gint *y)
{
  find_most_common_place (stack, x, y);
  for (guint i = 0; i < stack->layers->len; i++)
    {
      const StackedLayer *layer = layer_at (stack, i);
      g_autofree gchar *reason = NULL;

      if (layer->x == *x && layer->y == *y)
        {
          add_frame (set, layer);
          continue;
        }
      reason = g_strdup_printf (_ ("is at %d,%d, but the other layers are at %d,%d"), layer->x,
                                layer->y, *x, *y);
      hotpix_frame_set_add_left_out (set, layer->name, reason);
    }
}
