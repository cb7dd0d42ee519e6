/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "marks.h"

#include <string.h>

#define WIDTH 120
#define HEIGHT 90
#define RADIUS 12

static HotpixDefects *
make_defects (const HotpixDefect *list, guint n)
{
  HotpixDefects *defects = g_new0 (HotpixDefects, 1);

  defects->shape = (HotpixShape){ WIDTH, HEIGHT, 3, 8 };
  defects->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  g_array_append_vals (defects->list, list, n);
  return defects;
}

typedef struct
{
  guint8 pixels[HEIGHT][WIDTH][4];
} Picture;

static Picture *
draw (const HotpixDefect *list, guint n, HotpixMarks marks)
{
  g_autoptr (HotpixDefects) defects = make_defects (list, n);
  g_autoptr (GeglBuffer) buffer
      = gegl_buffer_new (GEGL_RECTANGLE (0, 0, WIDTH, HEIGHT), babl_format ("R'G'B'A u8"));
  Picture *picture = g_new0 (Picture, 1);

  hotpix_marks_draw (buffer, defects, marks, RADIUS);
  gegl_buffer_get (buffer, NULL, 1, babl_format ("R'G'B'A u8"), picture->pixels,
                   GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
  return picture;
}

static gboolean
is_marked (const Picture *picture, gint x, gint y, HotpixDefectKind kind)
{
  guint8 expected[4] = { 0, 0, 0, 255 };

  hotpix_defect_kind_colour (kind, expected);
  return memcmp (picture->pixels[y][x], expected, 4) == 0;
}

static guint
count_marked (const Picture *picture)
{
  guint n = 0;

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      n += picture->pixels[y][x][3] != 0;
  return n;
}

static const HotpixDefect one[] = { { .x = 50, .y = 40, .kind = HOTPIX_DEFECT_STUCK } };

static void
test_pixel (void)
{
  g_autofree Picture *picture = draw (one, 1, HOTPIX_MARK_PIXELS);

  g_assert_true (is_marked (picture, 50, 40, HOTPIX_DEFECT_STUCK));
  g_assert_cmpuint (count_marked (picture), ==, 1);
}

static void
test_ring (void)
{
  g_autofree Picture *picture = draw (one, 1, HOTPIX_MARK_RINGS);

  for (gint sign = -1; sign <= 1; sign += 2)
    {
      g_assert_true (is_marked (picture, 50 + sign * RADIUS, 40, HOTPIX_DEFECT_STUCK));
      g_assert_true (is_marked (picture, 50, 40 + sign * RADIUS, HOTPIX_DEFECT_STUCK));
    }
  for (gint y = 32; y <= 48; y++)
    for (gint x = 42; x <= 58; x++)
      if ((x - 50) * (x - 50) + (y - 40) * (y - 40) < (RADIUS - 2) * (RADIUS - 2))
        g_assert_cmpuint (picture->pixels[y][x][3], ==, 0);
  g_assert_cmpuint (count_marked (picture), >, 2 * 3 * RADIUS);
}

static void
test_at_the_edge (void)
{
  const HotpixDefect corners[]
      = { { .x = 0, .y = 0, .kind = HOTPIX_DEFECT_HOT },
          { .x = WIDTH - 1, .y = HEIGHT - 1, .kind = HOTPIX_DEFECT_DEAD } };
  g_autofree Picture *picture = draw (corners, 2, HOTPIX_MARK_BOTH);

  g_assert_true (is_marked (picture, 0, 0, HOTPIX_DEFECT_HOT));
  g_assert_true (is_marked (picture, RADIUS, 0, HOTPIX_DEFECT_HOT));
  g_assert_true (is_marked (picture, WIDTH - 1, HEIGHT - 1, HOTPIX_DEFECT_DEAD));
  g_assert_true (is_marked (picture, WIDTH - 1 - RADIUS, HEIGHT - 1, HOTPIX_DEFECT_DEAD));
}

/* A defect on another's ring stays in view with the pixels next to it, and its own ring shows. */
static void
test_near (void)
{
  const HotpixDefect near[] = { { .x = 50, .y = 40, .kind = HOTPIX_DEFECT_HOT },
                                { .x = 50 + RADIUS, .y = 40, .kind = HOTPIX_DEFECT_DEAD } };
  g_autofree Picture *picture = draw (near, 2, HOTPIX_MARK_BOTH);

  g_assert_true (is_marked (picture, 50 + RADIUS, 40, HOTPIX_DEFECT_DEAD));
  g_assert_cmpuint (picture->pixels[41][50 + RADIUS][3], ==, 0);
  g_assert_cmpuint (picture->pixels[40][51][3], ==, 0);
  g_assert_true (is_marked (picture, 50 - RADIUS, 40, HOTPIX_DEFECT_HOT));
  g_assert_true (is_marked (picture, 50 + 2 * RADIUS, 40, HOTPIX_DEFECT_DEAD));
}

static void
test_nearly_the_same (void)
{
  const HotpixDefect near[] = { { .x = 50, .y = 40, .kind = HOTPIX_DEFECT_HOT },
                                { .x = 52, .y = 41, .kind = HOTPIX_DEFECT_DEAD },
                                { .x = 51, .y = 39, .kind = HOTPIX_DEFECT_STUCK } };
  g_autofree Picture *picture = draw (near, 3, HOTPIX_MARK_BOTH);

  g_assert_true (is_marked (picture, 50, 40 + RADIUS, HOTPIX_DEFECT_HOT));
  g_assert_true (is_marked (picture, 52, 41 + RADIUS + 4, HOTPIX_DEFECT_DEAD));
  g_assert_true (is_marked (picture, 51, 39 + RADIUS + 8, HOTPIX_DEFECT_STUCK));
  for (guint i = 0; i < 3; i++)
    g_assert_true (is_marked (picture, (gint) near[i].x, (gint) near[i].y, near[i].kind));
}

int
main (int argc, char **argv)
{
  gint result;

  gegl_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marks/the-pixel-itself", test_pixel);
  g_test_add_func ("/marks/a-ring-around-it", test_ring);
  g_test_add_func ("/marks/rings-are-cut-at-the-edge", test_at_the_edge);
  g_test_add_func ("/marks/rings-leave-other-defects-in-view", test_near);
  g_test_add_func ("/marks/rings-that-would-coincide-are-wider", test_nearly_the_same);
  result = g_test_run ();
  gegl_exit ();
  return result;
}
