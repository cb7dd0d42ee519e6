/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-blocks.h"
#include "jpeg-writer.h"
#include "repair/damaged-blocks-private.h"

#include <math.h>

#define N HOTPIX_JPEG_BLOCK_SAMPLES
#define WIDTH 72
#define HEIGHT 56

static HotpixJpegCoefficients *
make_jpeg (guint horizontal, guint vertical)
{
  JpegRecipe recipe = { .width = WIDTH,
                        .height = HEIGHT,
                        .horizontal_sampling = horizontal,
                        .vertical_sampling = vertical };
  g_autoptr (GBytes) bytes = jpeg_writer_encode_scene (&recipe, 1);
  g_autoptr (GError) error = NULL;
  HotpixJpegCoefficients *jpeg = hotpix_jpeg_coefficients_new (bytes, &error);

  g_assert_no_error (error);
  return jpeg;
}

/* A footprint's samples all together: the lowest frequency of a block is eight times their mean. */
static gdouble
sum_of_plane (const GArray *blocks, const gfloat *damage, guint component)
{
  gdouble sum = 0;

  for (guint i = 0; i < blocks->len; i++)
    if (g_array_index (blocks, HotpixDamagedBlock, i).component == component)
      sum += (gdouble) damage[i * N] * 8;
  return sum;
}

static void
test_planes (void)
{
  static const guint samplings[][2] = { { 1, 1 }, { 2, 1 }, { 2, 2 } };
  static const guint places[][2] = { { 20, 20 }, { 7, 8 }, { 33, 15 } };
  HotpixFootprint footprint = { .heights = { { 10, 2 }, { -4 }, { 6, 0, 1 } } };

  for (guint i = 0; i < G_N_ELEMENTS (samplings); i++)
    for (guint k = 0; k < G_N_ELEMENTS (places); k++)
      {
        g_autoptr (HotpixJpegCoefficients) jpeg = make_jpeg (samplings[i][0], samplings[i][1]);
        g_autoptr (GArray) blocks
            = hotpix_damaged_blocks_read (jpeg, places[k][0], places[k][1], NULL);
        g_autofree gfloat *damage = g_new (gfloat, blocks->len * N);
        gdouble share = 1.0 / (samplings[i][0] * samplings[i][1]);

        hotpix_damaged_blocks_draw (blocks, &footprint, damage);
        g_assert_cmpfloat_with_epsilon (sum_of_plane (blocks, damage, 0), 14, 1e-3);
        g_assert_cmpfloat_with_epsilon (sum_of_plane (blocks, damage, 1), -4 * share, 1e-3);
        g_assert_cmpfloat_with_epsilon (sum_of_plane (blocks, damage, 2), 8 * share, 1e-3);
      }
}

static void
test_edges (void)
{
  static const guint places[][2] = { { 0, 0 }, { WIDTH - 1, HEIGHT - 1 }, { 0, HEIGHT - 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (HotpixJpegCoefficients) jpeg = make_jpeg (2, 2);
      g_autoptr (GArray) blocks
          = hotpix_damaged_blocks_read (jpeg, places[i][0], places[i][1], NULL);

      g_assert_nonnull (blocks);
      for (guint k = 0; k < blocks->len; k++)
        {
          const HotpixDamagedBlock *block = &g_array_index (blocks, HotpixDamagedBlock, k);

          g_assert_cmpuint (block->column, <, block->component == 0 ? 9 : 5);
          g_assert_cmpuint (block->row, <, block->component == 0 ? 7 : 4);
          for (guint j = 1; j < N; j++)
            g_assert_cmpfloat ((gdouble) block->deviations[j], >, 0);
          g_assert_cmpfloat ((gdouble) block->deviations[0], ==, 0);
        }
    }
}

/* Whole steps of the lowest frequency go, and no other coefficient. */
static void
test_clean (void)
{
  g_autoptr (HotpixJpegCoefficients) jpeg = make_jpeg (1, 1);
  g_autoptr (GArray) blocks = hotpix_damaged_blocks_read (jpeg, 20, 20, NULL);
  const HotpixDamagedBlock *block = &g_array_index (blocks, HotpixDamagedBlock, 0);
  g_autofree gfloat *damage = g_new0 (gfloat, blocks->len * N);
  gboolean changed = FALSE;
  const gint16 *values;

  g_assert_true (hotpix_damaged_blocks_clean (blocks, damage, jpeg, &changed, NULL));
  g_assert_false (changed);
  damage[0] = 3 * block->steps[0];
  g_assert_true (hotpix_damaged_blocks_clean (blocks, damage, jpeg, &changed, NULL));
  g_assert_true (changed);
  values = hotpix_jpeg_coefficients_get_block (jpeg, 0, block->column, block->row, NULL);
  for (guint i = 0; i < N; i++)
    g_assert_cmpint (values[i], ==, block->values[i] - (i == 0 ? 3 : 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/damaged-blocks/a-footprint-is-whole-in-each-plane", test_planes);
  g_test_add_func ("/damaged-blocks/blocks-are-inside-the-photo", test_edges);
  g_test_add_func ("/damaged-blocks/only-damaged-coefficients-change", test_clean);
  return g_test_run ();
}
