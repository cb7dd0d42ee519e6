/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"
#include "scan/scene-sketch-private.h"

/* Two bands and a part of one, with columns that fill no cell. */
static const HotpixShape shapes[]
    = { { 45, 40, 3, 8 }, { 45, 40, 1, 8 }, { 45, 40, 3, 16 }, { 45, 48, 1, 16 } };

static HotpixSceneSketch *
sketch (FakeFrame *fake, guint n_rows_each)
{
  const HotpixShape *shape = &fake->frame.shape;
  HotpixSceneSketch *self = hotpix_scene_sketch_new (shape);
  g_autofree guint8 *rows = g_malloc (hotpix_shape_row_bytes (shape) * shape->height);

  g_assert_true (fake->frame.frame_class->open (&fake->frame, NULL));
  g_assert_true (fake->frame.frame_class->read (&fake->frame, shape->height, rows, NULL));
  fake->frame.frame_class->close (&fake->frame);
  for (guint row = 0; row < shape->height; row += n_rows_each)
    hotpix_scene_sketch_add_rows (self, row, MIN (n_rows_each, shape->height - row),
                                  rows + row * hotpix_shape_row_bytes (shape));
  return self;
}

static guint
sum_cell (const FakeFrame *fake, guint column, guint first_row)
{
  const HotpixShape *shape = &fake->frame.shape;
  guint sum = 0;

  for (guint y = 0; y < 8; y++)
    for (guint x = 0; x < 8; x++)
      for (guint channel = 0; channel < shape->channels; channel++)
        sum += fake_frame_sample (fake, 8 * column + x, first_row + y, channel)
               / (shape->bits == 8 ? 1 : 257);
  return sum;
}

static void
test_cells (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (guint n_rows = 16; n_rows <= 48; n_rows += 16)
      {
        FakeFrame *fake = fake_frame_new (&shapes[i], 3);
        g_autoptr (HotpixSceneSketch) self = sketch (fake, n_rows);
        const guint16 *cells = hotpix_scene_sketch_get_cells (self);

        g_assert_cmpuint (hotpix_scene_sketch_count_cells (&shapes[i]), ==, 3 * 5);
        for (guint k = 0; k < 15; k++)
          g_assert_cmpuint (cells[k], ==, sum_cell (fake, k % 5, k / 5 * 16));
        hotpix_frame_free (&fake->frame);
      }
}

/* By a strip of nine cells and more, whose ends go on. */
static void
test_details (void)
{
  const HotpixShape shape = { 100, 16, 1, 8 };
  FakeFrame *fake = fake_frame_new (&shape, 4);
  g_autoptr (HotpixSceneSketch) self = sketch (fake, 16);
  gint32 details[12];

  hotpix_scene_sketch_details (self, details);
  for (gint column = 0; column < 12; column++)
    {
      gint expected = 0;

      for (gint k = column - 4; k <= column + 4; k++)
        expected += (gint) sum_cell (fake, (guint) column, 0)
                    - (gint) sum_cell (fake, (guint) CLAMP (k, 0, 11), 0);
      g_assert_cmpint (details[column], ==, expected);
    }
  hotpix_frame_free (&fake->frame);
}

static void
test_sizes (void)
{
  const HotpixShape wide = { 9000, 4000, 1, 8 }, low = { 100, 7, 1, 8 },
                    narrow = { 7, 100, 1, 8 };

  g_assert_cmpuint (hotpix_scene_sketch_count_cells (&wide), <=, 4096);
  g_assert_cmpuint (hotpix_scene_sketch_count_cells (&wide), >, 2048);
  g_assert_cmpuint (hotpix_scene_sketch_count_cells (&low), ==, 0);
  g_assert_cmpuint (hotpix_scene_sketch_count_cells (&narrow), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene-sketch/cells-are-the-sums-of-their-samples", test_cells);
  g_test_add_func ("/scene-sketch/details-are-what-differs-from-around", test_details);
  g_test_add_func ("/scene-sketch/a-few-thousand-cells-at-most", test_sizes);
  return g_test_run ();
}
