/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "turned-places.h"

#define WIDTH 30 /* of the stored picture */
#define HEIGHT 20

/* Exif 2.32, tag 0x0112: on which side of what is seen the stored picture's first row and its first
 * column are. */
typedef enum
{
  TOP,
  RIGHT,
  BOTTOM,
  LEFT,
} Side;

static const Side sides[HOTPIX_LAST_ORIENTATION + 1][2] = {
  [1] = { TOP, LEFT }, [2] = { TOP, RIGHT }, [3] = { BOTTOM, RIGHT }, [4] = { BOTTOM, LEFT },
  [5] = { LEFT, TOP }, [6] = { RIGHT, TOP }, [7] = { RIGHT, BOTTOM }, [8] = { LEFT, BOTTOM },
};

static void
assert_distance (const HotpixDefect *defect, guint width, guint height, Side side,
                 guint distance)
{
  switch (side)
    {
    case TOP:
      g_assert_cmpuint (defect->y, ==, distance);
      break;
    case BOTTOM:
      g_assert_cmpuint (defect->y, ==, height - 1 - distance);
      break;
    case LEFT:
      g_assert_cmpuint (defect->x, ==, distance);
      break;
    case RIGHT:
    default:
      g_assert_cmpuint (defect->x, ==, width - 1 - distance);
    }
}

static HotpixListedDefects *
make_list (guint x, guint y)
{
  HotpixListedDefects *listed = g_new0 (HotpixListedDefects, 1);
  HotpixDefect defect = { .x = x, .y = y, .score = 3, .channel = 2 };

  listed->list = g_array_new (FALSE, FALSE, sizeof defect);
  g_array_append_val (listed->list, defect);
  return listed;
}

static void
test_sides (void)
{
  const guint places[][2] = { { 0, 0 }, { 29, 0 }, { 0, 19 }, { 7, 11 } };

  for (guint orientation = 1; orientation <= HOTPIX_LAST_ORIENTATION; orientation++)
    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
      {
        guint x = places[i][0], y = places[i][1];
        gboolean swapped = orientation > 4;
        guint width = swapped ? HEIGHT : WIDTH, height = swapped ? WIDTH : HEIGHT;
        g_autoptr (HotpixListedDefects) listed = make_list (x, y);
        g_autoptr (HotpixListedDefects) turned
            = hotpix_turned_places_new (listed, orientation, width, height);
        const HotpixDefect *defect = &g_array_index (turned->list, HotpixDefect, 0);

        g_assert_cmpint (hotpix_turned_places_are_swapped (orientation), ==, swapped);
        g_assert_cmpuint (turned->list->len, ==, 1);
        g_assert_cmpuint (turned->width, ==, width);
        g_assert_cmpuint (turned->height, ==, height);
        assert_distance (defect, width, height, sides[orientation][0], y);
        assert_distance (defect, width, height, sides[orientation][1], x);
        g_assert_cmpuint (defect->channel, ==, 2);
      }
}

/* A line is, in every way, what its pixels are. */
static void
test_lines (void)
{
  const HotpixDefect lines[] = { { .x = 3, .y = 2, .kind = HOTPIX_DEFECT_COLUMN, .length = 4 },
                                 { .x = 0, .y = 5, .kind = HOTPIX_DEFECT_ROW, .length = 3 } };
  g_autoptr (HotpixDefects) defects = g_new0 (HotpixDefects, 1);

  defects->shape = (HotpixShape){ WIDTH, HEIGHT, 3, 8 };
  defects->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  g_array_append_vals (defects->list, lines, 2);
  for (guint orientation = 1; orientation <= HOTPIX_LAST_ORIENTATION; orientation++)
    {
      guint width = orientation > 4 ? HEIGHT : WIDTH, height = orientation > 4 ? WIDTH : HEIGHT;
      g_autoptr (HotpixListedDefects) listed = hotpix_listed_defects_new (defects, NULL);
      g_autoptr (HotpixListedDefects) pixels
          = hotpix_turned_places_new (listed, orientation, width, height);
      g_autoptr (HotpixDefects) turned = hotpix_turned_places_turn (defects, orientation);
      g_autoptr (HotpixListedDefects) of_turned = hotpix_listed_defects_new (turned, NULL);

      g_assert_cmpuint (of_turned->width, ==, width);
      g_assert_cmpuint (of_turned->height, ==, height);
      g_assert_cmpuint (of_turned->list->len, ==, pixels->list->len);
      for (guint i = 0; i < pixels->list->len; i++)
        {
          const HotpixDefect *pixel = &g_array_index (pixels->list, HotpixDefect, i);
          guint n = 0;

          for (guint k = 0; k < of_turned->list->len; k++)
            {
              const HotpixDefect *other = &g_array_index (of_turned->list, HotpixDefect, k);

              n += other->x == pixel->x && other->y == pixel->y;
            }
          g_assert_cmpuint (n, ==, 1);
        }
    }
}

static void
test_outside (void)
{
  g_autoptr (HotpixListedDefects) listed = make_list (WIDTH, 0);
  g_autoptr (HotpixListedDefects) turned = hotpix_turned_places_new (listed, 2, WIDTH, HEIGHT);

  g_assert_cmpuint (turned->list->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turned-places/rows-and-columns-begin-on-the-sides-that-exif-says",
                   test_sides);
  g_test_add_func ("/turned-places/what-is-outside-is-left-out", test_outside);
  g_test_add_func ("/turned-places/a-line-turns-with-its-pixels", test_lines);
  return g_test_run ();
}
