/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/vectorised-private.h"
#include "detect/row-kernel-private.h"

HOTPIX_VECTORISED void
hotpix_row_kernel_count_above (guint32 *restrict counts, const gint32 *restrict steps,
                               const gint32 *restrict limits, gsize n)
{
  for (gsize i = 0; i < n; i++)
    counts[i] += ABS (steps[i]) > limits[i];
}

HOTPIX_VECTORISED void
hotpix_row_kernel_between (gfloat *restrict values, const gfloat *upper, const gfloat *lower,
                           gfloat down, gsize n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = upper[i] * (1 - down) + lower[i] * down;
}

static inline gfloat
higher (gfloat a, gfloat b)
{
  return a > b ? a : b;
}

static inline gfloat
height_of (gint32 steps, gfloat noise, gfloat unit)
{
  return (gfloat) ABS (steps) * unit / noise;
}

/* A loop for three channels, in which the compiler takes vectors apart by channel. */
HOTPIX_VECTORISED void
hotpix_row_kernel_heights (gfloat *restrict heights, const gint32 *restrict steps,
                           const gfloat *restrict noise, gfloat unit, guint width,
                           guint channels)
{
  if (channels == 3)
    for (gsize x = 0; x < width; x++)
      {
        gfloat first = height_of (steps[3 * x], noise[3 * x], unit);
        gfloat second = height_of (steps[3 * x + 1], noise[3 * x + 1], unit);
        gfloat third = height_of (steps[3 * x + 2], noise[3 * x + 2], unit);

        heights[x] = higher (higher (first, second), third);
      }
  else
    for (gsize x = 0; x < width; x++)
      {
        heights[x] = 0;
        for (gsize i = x * channels; i < (x + 1) * channels; i++)
          heights[x] = higher (heights[x], height_of (steps[i], noise[i], unit));
      }
}

HOTPIX_VECTORISED void
hotpix_row_kernel_widest (gfloat *restrict widest, const gfloat *restrict heights, gsize n)
{
  for (gsize x = 0; x < n; x++)
    {
      gfloat left = higher (higher (heights[x - 3], heights[x - 2]), heights[x - 1]);
      gfloat right = higher (higher (heights[x + 1], heights[x + 2]), heights[x + 3]);

      widest[x] = higher (higher (left, right), heights[x]);
    }
}

HOTPIX_VECTORISED void
hotpix_row_kernel_peaks (guint8 *restrict is_peak, const gfloat *restrict heights,
                         const gfloat *const *around, gfloat least, gsize n)
{
  const gfloat *restrict above_3 = around[0], *restrict above_2 = around[1];
  const gfloat *restrict above_1 = around[2], *restrict below_1 = around[3];
  const gfloat *restrict below_2 = around[4], *restrict below_3 = around[5];

  for (gsize x = 0; x < n; x++)
    {
      gfloat height = heights[x];
      gfloat left = higher (higher (heights[x - 3], heights[x - 2]), heights[x - 1]);
      gfloat right = higher (higher (heights[x + 1], heights[x + 2]), heights[x + 3]);
      gfloat above = higher (higher (above_3[x], above_2[x]), above_1[x]);
      gfloat below = higher (higher (below_1[x], below_2[x]), below_3[x]);
      gfloat before = higher (above, left), after = higher (higher (below, right), least);

      is_peak[x] = (height > before) & (height >= after);
    }
}

HOTPIX_VECTORISED gboolean
hotpix_row_kernel_is_beyond (const gdouble *values, gdouble least, gdouble most, gsize n)
{
  guint64 n_beyond = 0;

  for (gsize i = 0; i < n; i++)
    n_beyond += (values[i] < least) | (values[i] > most);
  return n_beyond > 0;
}

HOTPIX_VECTORISED void
hotpix_row_kernel_add_signs (gint32 *restrict signs, gint32 *restrict sums,
                             const gint32 *restrict steps, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      signs[i] += (steps[i] > 0) - (steps[i] < 0);
      sums[i] += steps[i];
    }
}
