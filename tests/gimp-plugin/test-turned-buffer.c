/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "turned-buffer.h"

#define WIDTH 3
#define HEIGHT 2

/* A picture of three columns and two rows, 1 2 3 / 4 5 6, as each EXIF orientation shows it (Exif 2.32, tag
 * 0x0112: where its row 0 and its column 0 are on the screen). */
static const struct
{
  guint width, height;
  guint8 shown[WIDTH * HEIGHT];
} pictures[] = {
  [1] = { 3, 2, { 1, 2, 3, 4, 5, 6 } }, [2] = { 3, 2, { 3, 2, 1, 6, 5, 4 } },
  [3] = { 3, 2, { 6, 5, 4, 3, 2, 1 } }, [4] = { 3, 2, { 4, 5, 6, 1, 2, 3 } },
  [5] = { 2, 3, { 1, 4, 2, 5, 3, 6 } }, [6] = { 2, 3, { 4, 1, 5, 2, 6, 3 } },
  [7] = { 2, 3, { 6, 3, 5, 2, 4, 1 } }, [8] = { 2, 3, { 3, 6, 2, 5, 1, 4 } },
};

static void
test_each (void)
{
  const Babl *format = babl_format ("Y' u8");

  for (guint i = 1; i < G_N_ELEMENTS (pictures); i++)
    {
      GeglRectangle extent = { 5, -2, (gint) pictures[i].width, (gint) pictures[i].height };
      g_autoptr (GeglBuffer) buffer = gegl_buffer_new (&extent, format), stored = NULL;
      g_autoptr (GError) error = NULL;
      guint8 samples[WIDTH * HEIGHT];

      gegl_buffer_set (buffer, &extent, 0, format, pictures[i].shown, GEGL_AUTO_ROWSTRIDE);
      stored = hotpix_turned_buffer_undo (buffer, i, &error);
      g_assert_no_error (error);
      g_assert_cmpint (gegl_buffer_get_width (stored), ==, WIDTH);
      g_assert_cmpint (gegl_buffer_get_height (stored), ==, HEIGHT);
      gegl_buffer_get (stored, GEGL_RECTANGLE (0, 0, WIDTH, HEIGHT), 1, format, samples,
                       GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
      g_assert_cmpmem (samples, sizeof samples, pictures[1].shown, sizeof samples);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gegl_init (&argc, &argv);
  g_test_add_func ("/turned-buffer/each-orientation-is-undone", test_each);
  status = g_test_run ();
  gegl_exit ();
  return status;
}
