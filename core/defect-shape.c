/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defect-shape.h"

#include <math.h>
#include <stdlib.h>

/* Samples in the squares at distance two (16) and three (24). */
#define N_SQUARES 40

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

/* A place that far from another, mirrored about it where the frame ends; itself where both ways
 * do. */
static guint
mirrored (guint place, gint distance, guint size)
{
  gint64 other = (gint64) place + distance, opposite = (gint64) place - distance;

  if (other >= 0 && other < size)
    return (guint) other;
  return opposite >= 0 && opposite < size ? (guint) opposite : place;
}

/* The median of the means of opposite samples at two distances. */
static gdouble
opposite_median (const HotpixAccumulator *accumulator, guint x, guint y, guint channel,
                 const gint *distances)
{
  static const gint directions[4][2] = { { 1, 0 }, { 0, 1 }, { 1, 1 }, { 1, -1 } };
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gdouble means[8];
  guint n = 0;

  for (guint k = 0; k < 2; k++)
    for (guint i = 0; i < 4; i++)
      {
        gint dx = directions[i][0] * distances[k], dy = directions[i][1] * distances[k];
        gdouble one = hotpix_accumulator_mean_at (accumulator, mirrored (x, dx, shape->width),
                                                  mirrored (y, dy, shape->height), channel);
        gdouble other
            = hotpix_accumulator_mean_at (accumulator, mirrored (x, -dx, shape->width),
                                          mirrored (y, -dy, shape->height), channel);

        means[n++] = (one + other) / 2;
      }
  return median (means, n);
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

/* The values in the square at a distance, as far as it is inside the frame. Returns how many. */
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

        if (MAX (ABS (dx), ABS (dy)) == distance && u >= 0 && u < shape->width && v >= 0
            && v < shape->height)
          values[n++] = value_at (accumulator, (guint) u, (guint) v, channel);
      }
  return n;
}

/* The share of the square at distance two that is nearer to (x, y) than to `around`. */
static gdouble
share_alike (const HotpixAccumulator *accumulator, guint x, guint y, guint channel,
             gdouble around)
{
  gdouble contrast = hotpix_accumulator_mean_at (accumulator, x, y, channel) - around;
  gdouble means[N_SQUARES];
  guint n = square_values (accumulator, x, y, channel, 2, hotpix_accumulator_mean_at, means);
  guint n_alike = 0;

  for (guint i = 0; i < n; i++)
    n_alike += (means[i] - around) / contrast > 0.5;
  return n > 0 ? (gdouble) n_alike / n : 0;
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
