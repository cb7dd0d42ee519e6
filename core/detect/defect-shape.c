/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/defect-shape-private.h"

#include <math.h>
#include <stdlib.h>

/* Samples in the square at distance two, and in those at two and three. */
#define N_SQUARE 16
#define N_SQUARES 40

/* How far the relief of a place reaches. */
#define RELIEF_REACH 8

static int
compare_doubles (const void *a, const void *b)
{
  return (*(const gdouble *) a > *(const gdouble *) b)
         - (*(const gdouble *) a < *(const gdouble *) b);
}

/* Sorts the values. */
static gdouble
median (gdouble *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static gboolean
is_inside (const HotpixShape *shape, gint64 x, gint64 y)
{
  return x >= 0 && x < shape->width && y >= 0 && y < shape->height;
}

/* The median of the means of opposite samples at two distances: of pairs with both samples in
 * the frame; in its very corners there are none, and single samples must do. */
static gdouble
opposite_median (const HotpixAccumulator *accumulator, guint x, guint y, guint channel,
                 const gint *distances)
{
  static const gint directions[4][2] = { { 1, 0 }, { 0, 1 }, { 1, 1 }, { 1, -1 } };
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gdouble means[8], singles[16];
  guint n = 0, n_singles = 0;

  for (guint k = 0; k < 2; k++)
    for (guint i = 0; i < 4; i++)
      {
        gint64 dx = directions[i][0] * distances[k], dy = directions[i][1] * distances[k];
        gdouble sum = 0;
        guint n_inside = 0;

        for (gint side = -1; side <= 1; side += 2)
          if (is_inside (shape, x + side * dx, y + side * dy))
            {
              singles[n_singles] = hotpix_accumulator_mean_at (
                  accumulator, (guint) (x + side * dx), (guint) (y + side * dy), channel);
              sum += singles[n_singles++];
              n_inside++;
            }
        if (n_inside == 2)
          means[n++] = sum / 2;
      }
  if (n > 0)
    return median (means, n);
  return n_singles > 0 ? median (singles, n_singles)
                       : hotpix_accumulator_mean_at (accumulator, x, y, channel);
}

gdouble
hotpix_defect_shape_around (const HotpixAccumulator *accumulator, guint x, guint y,
                            guint channel)
{
  static const gint distances[] = { 2, 3 };

  return opposite_median (accumulator, x, y, channel, distances);
}

typedef gdouble (*ValueAt) (const HotpixAccumulator *accumulator, guint x, guint y,
                            guint channel);

/* The values in the part of the square at a distance that is inside the frame. Returns how many. */
static guint
square_values (const HotpixAccumulator *accumulator, guint x, guint y, guint channel,
               gint distance, ValueAt value_at, gdouble *values)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  guint n = 0;

  for (gint dy = -distance; dy <= distance; dy++)
    for (gint dx = -distance; dx <= distance; dx++)
      {
        gint64 u = (gint64) x + dx, v = (gint64) y + dy;

        if (MAX (ABS (dx), ABS (dy)) == distance && is_inside (shape, u, v))
          values[n++] = value_at (accumulator, (guint) u, (guint) v, channel);
      }
  return n;
}

/* The share of the square at distance two that is nearer to (x, y) than to `around`. A square
 * that the frame's edge cuts has fewer samples, so each weighs more. */
static gdouble
share_alike (const HotpixAccumulator *accumulator, guint x, guint y, guint channel,
             gdouble around)
{
  gdouble contrast = hotpix_accumulator_mean_at (accumulator, x, y, channel) - around;
  gdouble means[N_SQUARES];
  guint n_alike = 0, n;

  if (contrast == 0)
    return 1;
  n = square_values (accumulator, x, y, channel, 2, hotpix_accumulator_mean_at, means);
  for (guint i = 0; i < n; i++)
    n_alike += (means[i] - around) / contrast > 0.5;
  return n > 0 ? (gdouble) n_alike / n * N_SQUARE / n : 0;
}

gdouble
hotpix_defect_shape_edge_share (const HotpixAccumulator *accumulator, guint x, guint y,
                                guint channel)
{
  return share_alike (accumulator, x, y, channel,
                      hotpix_defect_shape_around (accumulator, x, y, channel));
}

gdouble
hotpix_defect_shape_speck_share (const HotpixAccumulator *accumulator, guint x, guint y,
                                 guint channel)
{
  static const gint distances[] = { 4, 6 };

  return share_alike (accumulator, x, y, channel,
                      opposite_median (accumulator, x, y, channel, distances));
}

gdouble
hotpix_defect_shape_relief (const HotpixAccumulator *accumulator, guint x, guint y,
                            guint channel)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gdouble least = 1, most = 0;

  for (gint64 dy = -RELIEF_REACH; dy <= RELIEF_REACH; dy++)
    for (gint64 dx = -RELIEF_REACH; dx <= RELIEF_REACH; dx++)
      if (MAX (ABS (dx), ABS (dy)) >= 2 && is_inside (shape, x + dx, y + dy))
        {
          gdouble mean = hotpix_accumulator_mean_at (accumulator, (guint) (x + dx),
                                                     (guint) (y + dy), channel);

          least = MIN (least, mean);
          most = MAX (most, mean);
        }
  return MAX (most - least, 0);
}

gdouble
hotpix_defect_shape_variance_ratio (const HotpixAccumulator *accumulator, guint x, guint y)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gdouble least = G_MAXDOUBLE;

  for (guint channel = 0; channel < shape->channels; channel++)
    {
      gdouble values[N_SQUARES];
      gdouble variance = hotpix_accumulator_variance_at (accumulator, x, y, channel);
      guint n = square_values (accumulator, x, y, channel, 2, hotpix_accumulator_variance_at,
                               values);
      gdouble around;

      n += square_values (accumulator, x, y, channel, 3, hotpix_accumulator_variance_at,
                          values + n);
      around = n > 0 ? median (values, n) : 0;
      if (around > 0)
        least = MIN (least, variance / around);
      else
        least = MIN (least, variance > 0 ? G_MAXDOUBLE : 1);
    }
  return least;
}

static gdouble
absolute_contrast (const HotpixAccumulator *accumulator, guint x, guint y, guint channel)
{
  return fabs (hotpix_accumulator_mean_at (accumulator, x, y, channel)
               - hotpix_defect_shape_around (accumulator, x, y, channel));
}

gdouble
hotpix_defect_shape_contrast_around (const HotpixAccumulator *accumulator, guint x, guint y,
                                     guint channel)
{
  gdouble contrasts[N_SQUARES];
  guint n = square_values (accumulator, x, y, channel, 2, absolute_contrast, contrasts);

  n += square_values (accumulator, x, y, channel, 3, absolute_contrast, contrasts + n);
  return n > 0 ? median (contrasts, n) : 0;
}

/* Of one channel, at (u, v), against the surroundings of (x, y). */
static gdouble
shade_at (const HotpixAccumulator *accumulator, guint u, guint v, guint channel, gdouble around)
{
  return around > 0 ? 1 - hotpix_accumulator_mean_at (accumulator, u, v, channel) / around : 0;
}

void
hotpix_defect_shape_shade (const HotpixAccumulator *accumulator, guint x, guint y,
                           gdouble *least_colour, gdouble *least_neighbour)
{
  static const gint distances[] = { 4, 6 },
                    steps[4][2] = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gdouble least = 1, most = 0, middle = 0, beside[4] = { 0 };

  *least_colour = *least_neighbour = 0;
  for (guint channel = 0; channel < shape->channels; channel++)
    {
      gdouble around = opposite_median (accumulator, x, y, channel, distances);
      gdouble shade = shade_at (accumulator, x, y, channel, around);

      least = MIN (least, shade);
      most = MAX (most, shade);
      middle += shade;
      for (guint i = 0; i < 4; i++)
        if (is_inside (shape, (gint64) x + steps[i][0], (gint64) y + steps[i][1]))
          beside[i] += shade_at (accumulator, x + (guint) steps[i][0], y + (guint) steps[i][1],
                                 channel, around);
    }
  if (shape->channels < 3 || least <= 0)
    return;
  *least_colour = least / most;
  *least_neighbour = MIN (MIN (beside[0], beside[1]), MIN (beside[2], beside[3])) / middle;
}
