/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/scene-sketch-private.h"

/* About as many as tell scenes apart; a large photo has fewer strips. */
#define MOST_CELLS 4096

/* Cells to the left and right that a detail is measured against. */
#define DETAIL_REACH 4

/* White fits 16 bits. */
G_STATIC_ASSERT (HOTPIX_SKETCH_CELL *HOTPIX_SKETCH_CELL * 4 * 255 <= G_MAXUINT16);

struct HotpixSceneSketch
{
  HotpixShape shape;
  guint strips, columns; /* of cells */
  guint16 *cells;
};

static guint
count_columns (const HotpixShape *shape)
{
  return shape->width / HOTPIX_SKETCH_CELL;
}

static guint
count_strips (const HotpixShape *shape)
{
  guint most = (shape->height + HOTPIX_SKETCH_STRIP_STEP - HOTPIX_SKETCH_CELL)
               / HOTPIX_SKETCH_STRIP_STEP;

  return count_columns (shape) == 0 ? 0 : MIN (most, MOST_CELLS / count_columns (shape));
}

guint
hotpix_scene_sketch_count_cells (const HotpixShape *shape)
{
  return count_strips (shape) * count_columns (shape);
}

HotpixSceneSketch *
hotpix_scene_sketch_new (const HotpixShape *shape)
{
  HotpixSceneSketch *self = g_new0 (HotpixSceneSketch, 1);

  self->shape = *shape;
  self->strips = count_strips (shape);
  self->columns = count_columns (shape);
  self->cells = g_new0 (guint16, hotpix_scene_sketch_count_cells (shape));
  return self;
}

void
hotpix_scene_sketch_free (HotpixSceneSketch *self)
{
  if (self == NULL)
    return;
  g_free (self->cells);
  g_free (self);
}

/* They are spread evenly over the picture. */
static guint
strip_row (const HotpixSceneSketch *self, guint strip)
{
  guint most = (self->shape.height + HOTPIX_SKETCH_STRIP_STEP - HOTPIX_SKETCH_CELL)
               / HOTPIX_SKETCH_STRIP_STEP;

  return strip * most / self->strips * HOTPIX_SKETCH_STRIP_STEP;
}

static guint
sum_u8 (const guint8 *samples, guint n)
{
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    sum += samples[i];
  return sum;
}

static guint
sum_u16 (const guint16 *samples, guint n)
{
  guint sum = 0;

  for (guint i = 0; i < n; i++)
    sum += samples[i] / 257u;
  return sum;
}

/* rows: those of the strip. */
static void
add_strip (HotpixSceneSketch *self, guint strip, const guint8 *rows)
{
  gsize row_bytes = hotpix_shape_row_bytes (&self->shape);
  guint n = HOTPIX_SKETCH_CELL * self->shape.channels;
  gsize cell_bytes = (gsize) n * self->shape.bits / 8;
  guint16 *cells = self->cells + (gsize) strip * self->columns;

  for (guint y = 0; y < HOTPIX_SKETCH_CELL; y++)
    for (guint column = 0; column < self->columns; column++)
      {
        gconstpointer samples = rows + y * row_bytes + column * cell_bytes;

        cells[column] = (guint16) (cells[column]
                                   + (self->shape.bits == 8 ? sum_u8 (samples, n)
                                                            : sum_u16 (samples, n)));
      }
}

void
hotpix_scene_sketch_add_rows (HotpixSceneSketch *self, guint row, guint n_rows,
                              gconstpointer rows)
{
  for (guint strip = 0; strip < self->strips; strip++)
    {
      guint at = strip_row (self, strip);

      if (at >= row && at - row < n_rows)
        add_strip (self, strip,
                   (const guint8 *) rows + (at - row) * hotpix_shape_row_bytes (&self->shape));
    }
}

const guint16 *
hotpix_scene_sketch_get_cells (const HotpixSceneSketch *self)
{
  return self->cells;
}

/* Beyond a strip's ends, the last cell goes on. */
void
hotpix_scene_sketch_details (const HotpixSceneSketch *self, gint32 *details)
{
  for (guint strip = 0; strip < self->strips; strip++)
    {
      const guint16 *cells = self->cells + (gsize) strip * self->columns;

      for (gint column = 0; column < (gint) self->columns; column++)
        {
          gint32 sum = 0;

          for (gint k = -DETAIL_REACH; k <= DETAIL_REACH; k++)
            sum += (gint32) cells[CLAMP (column + k, 0, (gint) self->columns - 1)];
          *details++ = (2 * DETAIL_REACH + 1) * (gint32) cells[column] - sum;
        }
    }
}
