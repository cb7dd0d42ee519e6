/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made-up-set.h"
#include "report/picture.h"

#include <math.h>

#define WIDTH 40
#define HEIGHT 30
#define N_FRAMES 5

static const HotpixShape sums_shape = { WIDTH, HEIGHT, 3, 8 };

/* One row of a picture, and the shape that it has. */
typedef struct
{
  HotpixShape shape;
  gdouble values[WIDTH * 3];
  guint16 samples[WIDTH * 3];
} Row;

static Row
draw (HotpixPicture picture, const HotpixAccumulator *accumulator, const HotpixDefects *defects,
      guint y)
{
  Row row = { hotpix_picture_get_shape (picture, &sums_shape, defects), { 0 }, { 0 } };

  g_assert_cmpuint (row.shape.width, ==, WIDTH);
  g_assert_cmpuint (row.shape.height, ==, HEIGHT);
  g_assert_cmpuint (row.shape.bits, ==, 16);
  hotpix_picture_row (picture, accumulator, defects, y, row.values, row.samples);
  return row;
}

/* The nearest of 16 bits to a share of white. */
static guint
nearest (gdouble share)
{
  return (guint) floor (share * 65535 + 0.5);
}

static void
test_values (void)
{
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate (&sums_shape, N_FRAMES, NULL, NULL);
  gdouble most
      = 4 * sqrt (N_FRAMES); /* eight steps a frame, two of which are an evidence of 1 */

  for (guint y = 0; y < HEIGHT; y += 7)
    {
      Row variance = draw (HOTPIX_PICTURE_VARIANCE, accumulator, NULL, y);
      Row deviation = draw (HOTPIX_PICTURE_DEVIATION, accumulator, NULL, y);
      Row mean = draw (HOTPIX_PICTURE_MEAN, accumulator, NULL, y);
      Row evidence = draw (HOTPIX_PICTURE_EVIDENCE, accumulator, NULL, y);

      g_assert_cmpuint (mean.shape.channels, ==, 3);
      for (guint i = 0; i < WIDTH * 3; i++)
        {
          gdouble spread = hotpix_accumulator_variance_at (accumulator, i / 3, y, i % 3);
          gdouble level = hotpix_accumulator_mean_at (accumulator, i / 3, y, i % 3);
          gdouble steps
              = hotpix_accumulator_evidence_at (accumulator, HOTPIX_LOOK_ALL, i / 3, y, i % 3);

          g_assert_cmpuint (variance.samples[i], ==, nearest (spread / 0.25));
          g_assert_cmpuint (deviation.samples[i], ==, nearest (sqrt (spread) / 0.5));
          g_assert_cmpuint (mean.samples[i], ==, nearest (level));
          g_assert_cmpuint (evidence.samples[i], ==, nearest ((1 + steps / most) / 2));
        }
    }
}

static void
test_mask (void)
{
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate (&sums_shape, 2, NULL, NULL);
  HotpixDefect listed[]
      = { { .x = 0, .y = 3 }, { .x = WIDTH - 1, .y = 3 }, { .x = 5, .y = 4 } };
  g_autoptr (HotpixDefects) defects = g_new0 (HotpixDefects, 1);

  defects->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  g_array_append_vals (defects->list, listed, G_N_ELEMENTS (listed));
  for (guint y = 2; y < 6; y++)
    {
      Row row = draw (HOTPIX_PICTURE_MASK, accumulator, defects, y);

      g_assert_cmpuint (row.shape.channels, ==, 1);
      for (guint x = 0; x < WIDTH; x++)
        {
          gboolean is_listed = (y == 3 && (x == 0 || x == WIDTH - 1)) || (y == 4 && x == 5);

          g_assert_cmpuint (row.samples[x], ==, is_listed ? 65535 : 0);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/samples-are-what-they-stand-for-unstretched", test_values);
  g_test_add_func ("/picture/a-mask-is-white-where-a-defect-is", test_mask);
  return g_test_run ();
}
