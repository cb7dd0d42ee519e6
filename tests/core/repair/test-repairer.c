/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/repairer.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH 40
#define HEIGHT 30

static HotpixListedDefects *
list_places (const guint (*places)[2], guint n)
{
  HotpixListedDefects *listed = g_new0 (HotpixListedDefects, 1);

  listed->list = g_array_new (FALSE, TRUE, sizeof (HotpixDefect));
  for (guint i = 0; i < n; i++)
    {
      HotpixDefect defect = { .x = places[i][0], .y = places[i][1] };

      g_array_append_val (listed->list, defect);
    }
  return listed;
}

/* A slope. */
static guint
scene_at (guint x, guint y, guint channel)
{
  return 60 + 2 * x + y + 10 * channel;
}

/* Sets the sample of a photo in 8 bits or 16. */
static void
set (const HotpixShape *shape, gpointer photo, guint x, guint y, guint channel, guint value)
{
  gsize i = ((gsize) y * shape->width + x) * shape->channels + channel;

  if (shape->bits == 8)
    ((guint8 *) photo)[i] = (guint8) value;
  else
    ((guint16 *) photo)[i] = (guint16) (value * 257);
}

static guint
get (const HotpixShape *shape, gconstpointer photo, guint x, guint y, guint channel)
{
  gsize i = ((gsize) y * shape->width + x) * shape->channels + channel;

  return shape->bits == 8 ? ((const guint8 *) photo)[i]
                          : (((const guint16 *) photo)[i] + 128) / 257;
}

static gpointer
draw_photo (const HotpixShape *shape)
{
  gpointer photo = g_malloc (hotpix_shape_row_bytes (shape) * shape->height);

  for (guint y = 0; y < shape->height; y++)
    for (guint x = 0; x < shape->width; x++)
      for (guint c = 0; c < shape->channels; c++)
        set (shape, photo, x, y, c, scene_at (x, y, c));
  return photo;
}

/* As a host does. Returns how many defects were repaired. */
static guint
repair (const HotpixRepairer *repairer, const HotpixShape *shape, gpointer photo)
{
  gsize row_bytes = hotpix_shape_row_bytes (shape);
  gsize pixel_bytes = (gsize) shape->channels * shape->bits / 8;
  gsize window_bytes = HOTPIX_REPAIR_WINDOW * pixel_bytes;
  g_autofree guint8 *samples = g_malloc (HOTPIX_REPAIR_WINDOW * window_bytes);
  guint n = 0;

  for (guint i = 0; i < hotpix_repairer_count (repairer); i++)
    {
      HotpixRepairWindow window;
      guint8 *first;

      g_assert_true (hotpix_repairer_get_window (repairer, i, &window));
      first = (guint8 *) photo + window.y * row_bytes + window.x * pixel_bytes;
      for (guint y = 0; y < HOTPIX_REPAIR_WINDOW; y++)
        memcpy (samples + y * window_bytes, first + y * row_bytes, window_bytes);
      n += hotpix_repairer_repair (repairer, i, shape, samples);
      for (guint y = 0; y < HOTPIX_REPAIR_WINDOW; y++)
        memcpy (first + y * row_bytes, samples + y * window_bytes, window_bytes);
    }
  return n;
}

/* In every kind of photo, in the midst, in corners and next to each other, damage of 80 goes to 4 at
 * most, and nothing farther away changes. */
static void
test_repaired (void)
{
  static const HotpixShape shapes[]
      = { { WIDTH, HEIGHT, 3, 8 }, { WIDTH, HEIGHT, 1, 8 }, { WIDTH, HEIGHT, 3, 16 } };
  static const guint places[][2]
      = { { 20, 15 }, { 0, 0 }, { WIDTH - 1, HEIGHT - 1 }, { 24, 15 }, { 0, 14 } };
  g_autoptr (HotpixListedDefects) listed = list_places (places, G_N_ELEMENTS (places));
  g_autoptr (HotpixRepairer) repairer = hotpix_repairer_new (listed, WIDTH, HEIGHT);

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      const HotpixShape *shape = &shapes[i];
      g_autofree gpointer photo = draw_photo (shape);

      for (guint k = 0; k < G_N_ELEMENTS (places); k++)
        for (guint c = 0; c < shape->channels; c++)
          set (shape, photo, places[k][0], places[k][1], c,
               scene_at (places[k][0], places[k][1], c) + 80);
      g_assert_cmpuint (repair (repairer, shape, photo), ==, G_N_ELEMENTS (places));
      for (guint y = 0; y < HEIGHT; y++)
        for (guint x = 0; x < WIDTH; x++)
          for (guint c = 0; c < shape->channels; c++)
            {
              guint distance = G_MAXUINT;

              for (guint k = 0; k < G_N_ELEMENTS (places); k++)
                distance = MIN (distance, (guint) MAX (abs ((gint) x - (gint) places[k][0]),
                                                       abs ((gint) y - (gint) places[k][1])));
              g_assert_cmpint (
                  abs ((gint) get (shape, photo, x, y, c) - (gint) scene_at (x, y, c)), <=,
                  distance <= HOTPIX_REPAIR_REACH ? 4 : 0);
            }
    }
}

static void
test_unseen (void)
{
  static const guint places[][2] = { { 20, 15 }, { 3, 28 }, { 39, 0 } };
  static const HotpixShape shape = { WIDTH, HEIGHT, 3, 8 };
  g_autoptr (HotpixListedDefects) listed = list_places (places, G_N_ELEMENTS (places));
  g_autoptr (HotpixRepairer) repairer = hotpix_repairer_new (listed, WIDTH, HEIGHT);
  g_autofree guint8 *photo = draw_photo (&shape);
  g_autofree guint8 *before = draw_photo (&shape);

  g_assert_cmpuint (repair (repairer, &shape, photo), ==, 0);
  g_assert_cmpmem (photo, WIDTH * HEIGHT * 3, before, WIDTH * HEIGHT * 3);
}

static void
test_places (void)
{
  static const guint places[][2]
      = { { 5, 6 }, { WIDTH, 0 }, { 5, 6 }, { 0, HEIGHT }, { 7, 8 } };
  g_autoptr (HotpixListedDefects) listed = list_places (places, G_N_ELEMENTS (places));
  HotpixDefect dust = { .x = 9, .y = 9, .kind = HOTPIX_DEFECT_DUST };
  HotpixDefect column = { .x = 19, .y = 9, .kind = HOTPIX_DEFECT_COLUMN, .length = 20 };
  g_autoptr (HotpixRepairer) repairer = NULL;
  guint x, y;

  g_array_append_val (listed->list, dust);
  g_array_append_val (listed->list, column);
  repairer = hotpix_repairer_new (listed, WIDTH, HEIGHT);

  g_assert_cmpuint (hotpix_repairer_count (repairer), ==, 2);
  hotpix_repairer_get_place (repairer, 1, &x, &y);
  g_assert_cmpuint (x, ==, 7);
  g_assert_cmpuint (y, ==, 8);
}

static void
test_small (void)
{
  static const guint places[][2] = { { 5, 6 } };
  g_autoptr (HotpixListedDefects) listed = list_places (places, 1);
  g_autoptr (HotpixRepairer) repairer
      = hotpix_repairer_new (listed, HOTPIX_REPAIR_WINDOW - 1, HEIGHT);
  HotpixRepairWindow window;

  g_assert_false (hotpix_repairer_get_window (repairer, 0, &window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repairer/damage-goes-and-all-else-stays", test_repaired);
  g_test_add_func ("/repairer/nothing-changes-where-nothing-is-seen", test_unseen);
  g_test_add_func ("/repairer/places-count-once-and-inside-the-photo", test_places);
  g_test_add_func ("/repairer/a-photo-smaller-than-a-window-is-not-repaired", test_small);
  return g_test_run ();
}
