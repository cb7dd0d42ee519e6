/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "buffer-frame.h"

#include <string.h>

#define WIDTH 7
#define HEIGHT 5

static GeglBuffer *
make_buffer (const gchar *format, gconstpointer pixels)
{
  GeglBuffer *buffer
      = gegl_buffer_new (GEGL_RECTANGLE (0, 0, WIDTH, HEIGHT), babl_format (format));

  gegl_buffer_set (buffer, NULL, 0, babl_format (format), pixels, GEGL_AUTO_ROWSTRIDE);
  return buffer;
}

static HotpixFrame *
make_frame (const gchar *format, gconstpointer pixels)
{
  g_autoptr (GeglBuffer) buffer = make_buffer (format, pixels);
  g_autoptr (GError) error = NULL;
  HotpixFrame *frame = hotpix_buffer_frame_new (buffer, "a layer", &error);

  g_assert_no_error (error);
  g_assert_true (frame->host_thread_only);
  g_assert_cmpuint (frame->shape.width, ==, WIDTH);
  g_assert_cmpuint (frame->shape.height, ==, HEIGHT);
  return frame;
}

/* The frame yields these samples, in bands, and again after a rewind. */
static void
assert_yields (HotpixFrame *frame, guint channels, guint bits, gconstpointer expected)
{
  gsize row_bytes = hotpix_shape_row_bytes (&frame->shape);
  guint8 rows[WIDTH * HEIGHT * 4 * 2];

  g_assert_cmpuint (frame->shape.channels, ==, channels);
  g_assert_cmpuint (frame->shape.bits, ==, bits);
  g_assert_true (frame->frame_class->open (frame, NULL));
  for (guint turn = 0; turn < 2; turn++)
    {
      memset (rows, 1, sizeof rows);
      g_assert_true (frame->frame_class->read (frame, 2, rows, NULL));
      g_assert_true (frame->frame_class->read (frame, HEIGHT - 2, rows + 2 * row_bytes, NULL));
      g_assert_cmpmem (rows, HEIGHT * row_bytes, expected, HEIGHT * row_bytes);
      g_assert_true (frame->frame_class->rewind (frame, NULL));
    }
  frame->frame_class->close (frame);
  hotpix_frame_free (frame);
}

static void
fill (gpointer samples, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    ((guint8 *) samples)[i] = (guint8) (37 * i + i / 256);
}

static void
test_exact (void)
{
  guint8 narrow[WIDTH * HEIGHT * 3];
  guint16 wide[WIDTH * HEIGHT * 3];

  fill (narrow, sizeof narrow);
  fill (wide, sizeof wide);
  assert_yields (make_frame ("R'G'B' u8", narrow), 3, 8, narrow);
  assert_yields (make_frame ("R'G'B' u16", wide), 3, 16, wide);
  assert_yields (make_frame ("Y' u8", narrow), 1, 8, narrow);
  assert_yields (make_frame ("Y' u16", wide), 1, 16, wide);
}

static void
test_opaque_alpha (void)
{
  guint8 pixels[WIDTH * HEIGHT * 4], samples[WIDTH * HEIGHT * 3];

  fill (samples, sizeof samples);
  for (gsize i = 0; i < WIDTH * HEIGHT; i++)
    {
      memcpy (pixels + 4 * i, samples + 3 * i, 3);
      pixels[4 * i + 3] = 255;
    }
  assert_yields (make_frame ("R'G'B'A u8", pixels), 3, 8, samples);
}

static void
test_float (void)
{
  gfloat pixels[WIDTH * HEIGHT];
  guint16 samples[WIDTH * HEIGHT];

  for (gint i = 0; i < WIDTH * HEIGHT; i++)
    {
      pixels[i] = (gfloat) (i - 5) / 20;
      samples[i] = (guint16) (CLAMP (pixels[i], 0, 1) * 65535 + 0.5f);
    }
  assert_yields (make_frame ("Y' float", pixels), 1, 16, samples);
}

static void
test_transparent (void)
{
  guint8 pixels[WIDTH * HEIGHT * 4], rows[WIDTH * HEIGHT * 3];
  HotpixFrame *frame;
  g_autoptr (GError) error = NULL;

  memset (pixels, 255, sizeof pixels);
  pixels[WIDTH * 3 * 4 + 3] = 254;
  frame = make_frame ("R'G'B'A u8", pixels);
  g_assert_true (frame->frame_class->open (frame, NULL));
  g_assert_true (frame->frame_class->read (frame, 3, rows, NULL));
  g_assert_false (frame->frame_class->read (frame, 2, rows, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "transparent"));
  frame->frame_class->close (frame);
  hotpix_frame_free (frame);
}

int
main (int argc, char **argv)
{
  gint result;

  gegl_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/buffer-frame/8-and-16-bits-are-kept-exactly", test_exact);
  g_test_add_func ("/buffer-frame/opaque-alpha-is-dropped", test_opaque_alpha);
  g_test_add_func ("/buffer-frame/floats-are-rounded-and-clipped-to-16-bits", test_float);
  g_test_add_func ("/buffer-frame/transparent-pixels-leave-the-frame-out", test_transparent);
  result = g_test_run ();
  gegl_exit ();
  return result;
}
