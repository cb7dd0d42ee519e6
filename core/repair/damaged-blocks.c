/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/block-transform-private.h"
#include "repair/damaged-blocks-private.h"

#include <math.h>
#include <string.h>

#define SIDE HOTPIX_JPEG_BLOCK_SIDE
#define REACH HOTPIX_FOOTPRINT_REACH
#define RINGS HOTPIX_FOOTPRINT_RINGS

/* A block of more pixels than that on a side reaches too far from a defect. */
#define MOST_SAMPLING 2

/* Of coefficients that are all 0 around a block, as a share of a step. */
#define LEAST_DEVIATION 0.1

/* Adds the squares of the block's coefficients to the sums. FALSE without enough memory. */
static gboolean
add_squares (HotpixJpegCoefficients *jpeg, guint component, guint column, guint row,
             HotpixBlock squares, GError **error)
{
  const HotpixJpegComponent *layout
      = &hotpix_jpeg_coefficients_get_layout (jpeg)->components[component];
  const gint16 *block
      = hotpix_jpeg_coefficients_get_block (jpeg, component, column, row, error);

  if (block == NULL)
    return FALSE;
  for (guint i = 0; i < SIDE * SIDE; i++)
    {
      gdouble value = block[i] * (gdouble) layout->quantisation[i];

      squares[i / SIDE][i % SIDE] += value * value;
    }
  return TRUE;
}

static gdouble
mean_around (HotpixBlock squares, guint u, guint v)
{
  gdouble sum = 0;
  guint n = 0;

  for (guint j = v - MIN (v, 1); j <= MIN (v + 1, SIDE - 1); j++)
    for (guint i = u - MIN (u, 1); i <= MIN (u + 1, SIDE - 1); i++)
      if (i + j > 0)
        {
          sum += squares[j][i];
          n++;
        }
  return sum / n;
}

/* The standard deviations to expect of a block's coefficients, by those of the blocks around it and of
 * the neighbouring frequencies. */
static gboolean
expect_deviations (HotpixJpegCoefficients *jpeg, HotpixDamagedBlock *block, GError **error)
{
  const HotpixJpegComponent *layout
      = &hotpix_jpeg_coefficients_get_layout (jpeg)->components[block->component];
  guint columns = (layout->width + SIDE - 1) / SIDE;
  guint rows = (layout->height + SIDE - 1) / SIDE, n = 0;
  guint column = block->column, row = block->row;
  HotpixBlock squares = { { 0 } };

  for (guint v = row - MIN (row, 1); v <= MIN (row + 1, rows - 1); v++)
    for (guint u = column - MIN (column, 1); u <= MIN (column + 1, columns - 1); u++)
      if (u != column || v != row)
        {
          if (!add_squares (jpeg, block->component, u, v, squares, error))
            return FALSE;
          n++;
        }
  for (guint i = 1; i < SIDE * SIDE; i++)
    {
      gdouble least = LEAST_DEVIATION * layout->quantisation[i];

      block->deviations[i] = (gfloat) sqrt (
          mean_around (squares, i % SIDE, i / SIDE) / MAX (n, 1) + least * least);
    }
  return TRUE;
}

/* What 1 in a height of the footprint is in the samples of a block. FALSE where it is nothing.
 * x, y: the defect's pixel, from the block's first one. */
static gboolean
draw_ring (guint ring, const HotpixJpegComponent *layout, gint x, gint y, HotpixBlock samples)
{
  gdouble share = 1.0 / (layout->horizontal * layout->vertical);
  gint width = (gint) (SIDE * layout->horizontal), height = (gint) (SIDE * layout->vertical);
  gboolean any = FALSE;

  for (gint v = MAX (y - REACH, 0); v <= MIN (y + REACH, height - 1); v++)
    for (gint u = MAX (x - REACH, 0); u <= MIN (x + REACH, width - 1); u++)
      if (hotpix_footprint_ring (u - x, v - y) == ring)
        {
          samples[v / (gint) layout->vertical][u / (gint) layout->horizontal] += share;
          any = TRUE;
        }
  return any;
}

/* x, y: the defect's pixel, from the block's first one. */
static void
draw_rings (HotpixDamagedBlock *block, const HotpixJpegComponent *layout, gint x, gint y)
{
  for (guint ring = 0; ring < RINGS; ring++)
    {
      HotpixBlock samples = { { 0 } }, added;

      if (!draw_ring (ring, layout, x, y, samples))
        continue;
      block->is_reached = TRUE;
      hotpix_block_to_coefficients (samples, added);
      for (guint i = 0; i < SIDE * SIDE; i++)
        block->rings[ring][i] = (gfloat) added[i / SIDE][i % SIDE];
    }
}

static gboolean
read_block (HotpixJpegCoefficients *jpeg, HotpixDamagedBlock *block, GError **error)
{
  const HotpixJpegComponent *layout
      = &hotpix_jpeg_coefficients_get_layout (jpeg)->components[block->component];
  const gint16 *values;

  if (!expect_deviations (jpeg, block, error))
    return FALSE;
  values = hotpix_jpeg_coefficients_get_block (jpeg, block->component, block->column,
                                               block->row, error);
  for (guint i = 0; values != NULL && i < SIDE * SIDE; i++)
    {
      block->values[i] = values[i];
      block->steps[i] = layout->quantisation[i];
      if (i > 0)
        block->weights[i] = 1
                            / (block->deviations[i] * block->deviations[i]
                               + block->steps[i] * block->steps[i] / 12);
    }
  return values != NULL;
}

static gboolean
read_component (HotpixJpegCoefficients *jpeg, guint component, guint x, guint y, GArray *blocks,
                GError **error)
{
  const HotpixJpegLayout *photo = hotpix_jpeg_coefficients_get_layout (jpeg);
  const HotpixJpegComponent *layout = &photo->components[component];
  guint width = SIDE * layout->horizontal, height = SIDE * layout->vertical;
  guint reach_x = REACH + 2 * (layout->horizontal - 1);
  guint reach_y = REACH + 2 * (layout->vertical - 1);
  guint last_column = MIN (x + reach_x, photo->width - 1) / width;
  guint last_row = MIN (y + reach_y, photo->height - 1) / height;

  for (guint row = (y - MIN (y, reach_y)) / height; row <= last_row; row++)
    for (guint column = (x - MIN (x, reach_x)) / width; column <= last_column; column++)
      {
        HotpixDamagedBlock *block;

        g_array_set_size (blocks, blocks->len + 1);
        block = &g_array_index (blocks, HotpixDamagedBlock, blocks->len - 1);
        block->component = component;
        block->column = column;
        block->row = row;
        draw_rings (block, layout, (gint) x - (gint) (column * width),
                    (gint) y - (gint) (row * height));
        if (!read_block (jpeg, block, error))
          return FALSE;
      }
  return TRUE;
}

GArray *
hotpix_damaged_blocks_read (HotpixJpegCoefficients *jpeg, guint x, guint y, GError **error)
{
  const HotpixJpegLayout *layout = hotpix_jpeg_coefficients_get_layout (jpeg);
  g_autoptr (GArray) blocks = g_array_new (FALSE, TRUE, sizeof (HotpixDamagedBlock));

  for (guint i = 0; i < layout->n_components; i++)
    if (MAX (layout->components[i].horizontal, layout->components[i].vertical) <= MOST_SAMPLING
        && !read_component (jpeg, i, x, y, blocks, error))
      return NULL;
  return g_steal_pointer (&blocks);
}

HotpixQuantised
hotpix_damaged_blocks_get (const HotpixDamagedBlock *block, guint index)
{
  return (HotpixQuantised){ .value = block->values[index],
                            .step = (gdouble) block->steps[index],
                            .deviation = (gdouble) block->deviations[index] };
}

void
hotpix_damaged_blocks_draw (const GArray *blocks, const HotpixFootprint *footprint,
                            gfloat *damage)
{
  memset (damage, 0, blocks->len * SIDE * SIDE * sizeof *damage);
  for (guint i = 0; i < blocks->len; i++, damage += SIDE * SIDE)
    {
      const HotpixDamagedBlock *block = &g_array_index (blocks, HotpixDamagedBlock, i);

      for (guint ring = 0; block->is_reached && ring < RINGS; ring++)
        {
          gfloat height = (gfloat) footprint->heights[block->component][ring];

          for (guint k = 0; height != 0 && k < SIDE * SIDE; k++)
            damage[k] += height * block->rings[ring][k];
        }
    }
}

static gboolean
clean_block (const HotpixDamagedBlock *block, const gfloat *damage,
             HotpixJpegCoefficients *jpeg, gboolean *changed, GError **error)
{
  gint16 *values = hotpix_jpeg_coefficients_get_block (jpeg, block->component, block->column,
                                                       block->row, error);

  for (guint i = 0; values != NULL && i < SIDE * SIDE; i++)
    {
      HotpixQuantised quantised = hotpix_damaged_blocks_get (block, i);
      gint value = hotpix_quantised_clean (&quantised, (gdouble) damage[i]);

      *changed = *changed || value != quantised.value;
      values[i] = (gint16) value;
    }
  return values != NULL;
}

gboolean
hotpix_damaged_blocks_clean (const GArray *blocks, const gfloat *damage,
                             HotpixJpegCoefficients *jpeg, gboolean *changed, GError **error)
{
  for (guint i = 0; i < blocks->len; i++)
    if (!clean_block (&g_array_index (blocks, HotpixDamagedBlock, i),
                      damage + (gsize) i * SIDE * SIDE, jpeg, changed, error))
      return FALSE;
  return TRUE;
}
