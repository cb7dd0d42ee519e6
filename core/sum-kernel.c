/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sum-kernel.h"

/* A square of an 8-bit sample fits 16 bits: vectors of 16-bit lanes hold twice as many as
 * of 32. */
static inline guint32
square_u8 (guint8 sample)
{
  return (guint16) (sample * sample);
}

static void
add_four_u8 (guint32 *restrict sums, guint32 *restrict squares, const guint8 *restrict a,
             const guint8 *restrict b, const guint8 *restrict c, const guint8 *restrict d,
             gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      sums[i] += (guint16) (a[i] + b[i] + c[i] + d[i]);
      squares[i] += square_u8 (a[i]) + square_u8 (b[i]) + square_u8 (c[i]) + square_u8 (d[i]);
    }
}

static void
add_one_u8 (guint32 *restrict sums, guint32 *restrict squares, const guint8 *restrict a,
            gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      sums[i] += a[i];
      squares[i] += square_u8 (a[i]);
    }
}

void
hotpix_sum_kernel_add_u8 (guint32 *sums, guint32 *squares, const guint8 *const *frames,
                          guint n_frames, gsize n)
{
  guint k = 0;

  for (; k + 4 <= n_frames; k += 4)
    add_four_u8 (sums, squares, frames[k], frames[k + 1], frames[k + 2], frames[k + 3], n);
  for (; k < n_frames; k++)
    add_one_u8 (sums, squares, frames[k], n);
}

void
hotpix_sum_kernel_subtract_u8 (guint32 *restrict sums, guint32 *restrict squares,
                               const guint8 *restrict samples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      sums[i] -= samples[i];
      squares[i] -= square_u8 (samples[i]);
    }
}

void
hotpix_sum_kernel_add_u16 (guint32 *restrict sums, guint64 *restrict squares,
                           const guint16 *restrict samples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      sums[i] += samples[i];
      squares[i] += (guint32) samples[i] * samples[i];
    }
}

void
hotpix_sum_kernel_subtract_u16 (guint32 *restrict sums, guint64 *restrict squares,
                                const guint16 *restrict samples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      sums[i] -= samples[i];
      squares[i] -= (guint32) samples[i] * samples[i];
    }
}

void
hotpix_sum_kernel_widen (guint16 *restrict wide, const guint8 *restrict samples, guint16 factor,
                         gsize n)
{
  for (gsize i = 0; i < n; i++)
    wide[i] = (guint16) (samples[i] * factor);
}
