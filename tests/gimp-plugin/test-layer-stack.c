/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layer-stack.h"

static void
add_layer (LayerStack *stack, const gchar *name, gint width, gint x, gint y)
{
  layer_stack_add (stack, name,
                   gegl_buffer_new (GEGL_RECTANGLE (0, 0, width, 10), babl_format ("Y' u8")), x,
                   y);
}

static void
test_places (void)
{
  g_autoptr (LayerStack) stack = layer_stack_new ();
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  gint x, y;

  add_layer (stack, "moved", 20, 3, 0);
  add_layer (stack, "first", 20, 1, 2);
  add_layer (stack, "second", 20, 1, 2);
  add_layer (stack, "empty", 0, 1, 2);
  layer_stack_make_frames (stack, set, &x, &y);
  g_assert_cmpint (x, ==, 1);
  g_assert_cmpint (y, ==, 2);
  g_assert_cmpuint (hotpix_frame_set_get_length (set), ==, 4);
  g_assert_cmpuint (hotpix_frame_set_count_used (set), ==, 2);
  g_assert_cmpstr (hotpix_frame_set_get_name (set, 0), ==, "moved");
  g_assert_cmpstr (hotpix_frame_set_get_reason (set, 0), ==,
                   "is at 3,0, but the other layers are at 1,2");
  g_assert_cmpstr (hotpix_frame_set_get_reason (set, 3), ==, "is empty");
}

static void
test_none (void)
{
  g_autoptr (LayerStack) stack = layer_stack_new ();
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  gint x = 7, y = 7;

  layer_stack_make_frames (stack, set, &x, &y);
  g_assert_cmpuint (hotpix_frame_set_get_length (set), ==, 0);
  g_assert_cmpint (x, ==, 0);
  g_assert_cmpint (y, ==, 0);
}

int
main (int argc, char **argv)
{
  gint result;

  gegl_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layer-stack/layers-elsewhere-are-left-out-and-named", test_places);
  g_test_add_func ("/layer-stack/no-layers-are-no-frames", test_none);
  result = g_test_run ();
  gegl_exit ();
  return result;
}
