/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-blocks.h"
#include "jpeg-decoder.h"
#include "jpeg-writer.h"
#include "repair/jpeg-repair.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH 99
#define HEIGHT 77
#define BRIGHT 90

/* No pixel farther than that from a defect may change. */
#define FARTHEST 24

static const guint places[][2] = { { 50, 40 }, { 0, 0 }, { WIDTH - 1, HEIGHT - 1 }, { 64, 8 } };

static HotpixListedDefects *
list_places (guint n)
{
  HotpixListedDefects *listed = g_new0 (HotpixListedDefects, 1);

  listed->list = g_array_new (FALSE, TRUE, sizeof (HotpixDefect));
  for (guint i = 0; i < n; i++)
    {
      HotpixDefect defect = { .x = places[i % G_N_ELEMENTS (places)][0],
                              .y = places[i % G_N_ELEMENTS (places)][1] };

      g_array_append_val (listed->list, defect);
    }
  return listed;
}

static guint8 *
draw_photo (guint channels, guint width, guint height)
{
  guint8 *photo = g_malloc_n ((gsize) width * height, channels);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      for (guint c = 0; c < channels; c++)
        photo[(y * width + x) * channels + c] = (guint8) (60 + x / 2 + y / 2 + 15 * c);
  return photo;
}

/* As demosaicing spreads a photosite. */
static void
add_damage (guint8 *photo, guint channels)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (gint dy = -1; dy <= 1; dy++)
      for (gint dx = -1; dx <= 1; dx++)
        {
          guint x = places[i][0] + (guint) dx, y = places[i][1] + (guint) dy;

          if (x < WIDTH && y < HEIGHT)
            photo[(y * WIDTH + x) * channels + (channels == 3)]
                += (guint8) (BRIGHT / ((1 << ABS (dx)) * (1 << ABS (dy))));
        }
}

static guint
distance_of (guint x, guint y)
{
  guint distance = G_MAXUINT;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    distance = MIN (distance, (guint) MAX (abs ((gint) x - (gint) places[i][0]),
                                           abs ((gint) y - (gint) places[i][1])));
  return distance;
}

static const JpegRecipe recipes[] = {
  { .horizontal_sampling = 1, .vertical_sampling = 1 },
  { .horizontal_sampling = 2, .vertical_sampling = 1 },
  { .horizontal_sampling = 2, .vertical_sampling = 2 },
  { .horizontal_sampling = 1, .vertical_sampling = 2 },
  { .horizontal_sampling = 4, .vertical_sampling = 1 },
  { .components = 1, .horizontal_sampling = 1 },
  { .progressive = TRUE },
  { .separate = TRUE },
  { .restart_rows = 1 },
};

/* Sums of differences near the defects, and whether any is far from them. */
static guint
compare (GBytes *jpeg, GBytes *twin, GBytes *old, guint channels)
{
  gsize size;
  g_autofree guint8 *photo = jpeg_decode_plainly (jpeg, &size);
  g_autofree guint8 *clean = jpeg_decode_plainly (twin, &size);
  g_autofree guint8 *before = jpeg_decode_plainly (old, &size);
  guint sum = 0;

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      for (guint c = 0; c < channels; c++)
        {
          gsize i = ((gsize) y * WIDTH + x) * channels + c;

          if (distance_of (x, y) > FARTHEST)
            g_assert_cmpuint (photo[i], ==, before[i]);
          sum += (guint) abs (photo[i] - clean[i]);
        }
  return sum;
}

/* Blocks that a defect's damage does not touch: by a margin for the window's reach. */
static void
assert_untouched (GBytes *jpeg, GBytes *old)
{
  g_autoptr (JpegBlocks) a = jpeg_blocks_new (jpeg), b = jpeg_blocks_new (old);
  guint n_same = 0, n_other = 0;

  g_assert_true (jpeg_blocks_are_alike (a, b));
  for (guint k = 0; k < a->n_components; k++)
    for (guint row = 0; row < a->components[k].rows; row++)
      for (guint column = 0; column < a->components[k].columns; column++)
        {
          gboolean near = FALSE;

          for (guint i = 0; i < G_N_ELEMENTS (places); i++)
            {
              gint x = (gint) (places[i][0] / a->components[k].horizontal);
              gint y = (gint) (places[i][1] / a->components[k].vertical);

              near = near
                     || (x + 2 >= (gint) column * 8 && x - 2 <= (gint) column * 8 + 7
                         && y + 2 >= (gint) row * 8 && y - 2 <= (gint) row * 8 + 7);
            }
          if (!near)
            g_assert_true (jpeg_blocks_same_block (a, b, k, column, row));
          n_same += !near;
          n_other += !jpeg_blocks_same_block (a, b, k, column, row);
        }
  g_assert_cmpuint (n_same, >, 100);
  g_assert_cmpuint (n_other, >=, G_N_ELEMENTS (places));
}

/* Of colours that are sampled every four pixels only luma is repaired. */
static guint
most_tenths_left (const JpegRecipe *recipe)
{
  return recipe->horizontal_sampling == 4 ? 8 : 4;
}

static void
test_repaired (void)
{
  g_autoptr (HotpixListedDefects) listed = list_places (G_N_ELEMENTS (places));
  g_autoptr (HotpixRepairer) repairer = hotpix_repairer_new (listed, WIDTH, HEIGHT);

  for (guint i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      JpegRecipe recipe = recipes[i];
      guint channels = recipe.components == 1 ? 1 : 3, n_repaired;
      g_autofree guint8 *photo = draw_photo (channels, WIDTH, HEIGHT);
      g_autoptr (GBytes) twin = NULL, damaged = NULL, repaired = NULL;
      g_autoptr (GError) error = NULL;

      recipe.width = WIDTH;
      recipe.height = HEIGHT;
      recipe.quality = 92;
      twin = jpeg_writer_encode (&recipe, photo);
      add_damage (photo, channels);
      damaged = jpeg_writer_encode (&recipe, photo);
      repaired = hotpix_jpeg_repair (repairer, damaged, &n_repaired, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_repaired, ==, G_N_ELEMENTS (places));
      g_assert_cmpuint (compare (repaired, twin, damaged, channels), <,
                        compare (damaged, twin, damaged, channels) * most_tenths_left (&recipe)
                            / 10);
      assert_untouched (repaired, damaged);
    }
}

/* The very bytes, where nothing is seen. */
static void
test_unseen (void)
{
  g_autoptr (HotpixListedDefects) listed = list_places (G_N_ELEMENTS (places));
  g_autoptr (HotpixRepairer) repairer = hotpix_repairer_new (listed, WIDTH, HEIGHT);
  JpegRecipe recipe = { .width = WIDTH, .height = HEIGHT, .quality = 92, .progressive = TRUE };
  g_autofree guint8 *photo = draw_photo (3, WIDTH, HEIGHT);
  g_autoptr (GBytes) jpeg = jpeg_writer_encode (&recipe, photo);
  g_autoptr (GBytes) repaired = NULL;
  guint n_repaired = 9;

  repaired = hotpix_jpeg_repair (repairer, jpeg, &n_repaired, NULL);
  g_assert_cmpuint (n_repaired, ==, 0);
  g_assert_true (repaired == jpeg);
}

/* As many as a worn-out sensor has, some next to each other; and a photo smaller than a window. */
static void
test_many (void)
{
  enum
  {
    N = 5000,
    SIDE = 500
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (HotpixListedDefects) listed = list_places (0);
  g_autofree guint8 *photo = draw_photo (3, SIDE, SIDE);
  JpegRecipe recipe = { .width = SIDE, .height = SIDE, .quality = 90 };
  g_autoptr (HotpixRepairer) repairer = NULL;
  g_autoptr (GBytes) jpeg = NULL, repaired = NULL;
  g_autoptr (GError) error = NULL;
  guint n_repaired;

  for (guint i = 0; i < N; i++)
    {
      HotpixDefect defect = { .x = (guint) g_rand_int_range (random, 0, SIDE),
                              .y = (guint) g_rand_int_range (random, 0, SIDE) };

      g_array_append_val (listed->list, defect);
      photo[3 * (defect.y * SIDE + defect.x) + 1] = 255;
    }
  jpeg = jpeg_writer_encode (&recipe, photo);
  repairer = hotpix_repairer_new (listed, SIDE, SIDE);
  repaired = hotpix_jpeg_repair (repairer, jpeg, &n_repaired, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_repaired, >, N * 3 / 4);
}

static void
test_small (void)
{
  g_autoptr (HotpixListedDefects) listed = list_places (0);
  g_autoptr (HotpixRepairer) repairer = NULL;
  HotpixDefect defect = { .x = 3, .y = 3 };
  JpegRecipe recipe = { .width = 10, .height = 10 };
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (&recipe, 1);
  g_autoptr (GBytes) repaired = NULL;
  guint n_repaired;

  g_array_append_val (listed->list, defect);
  repairer = hotpix_repairer_new (listed, 10, 10);
  repaired = hotpix_jpeg_repair (repairer, jpeg, &n_repaired, NULL);
  g_assert_true (repaired == jpeg);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jpeg-repair/damage-goes-and-untouched-blocks-stay", test_repaired);
  g_test_add_func ("/jpeg-repair/a-photo-without-damage-is-the-same-bytes", test_unseen);
  g_test_add_func ("/jpeg-repair/five-thousand-defects-are-repaired", test_many);
  g_test_add_func ("/jpeg-repair/a-photo-smaller-than-a-window-stays", test_small);
  return g_test_run ();
}
