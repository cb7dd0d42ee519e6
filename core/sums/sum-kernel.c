/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/vectorised-private.h"
#include "sums/sum-kernel-private.h"

#include <string.h>

/* Samples whose sums fit the second-level cache together with the frames. */
#define PART_SAMPLES 8192

/* At most 127 · 128: four of them fit 16 bits, unlike four squares, and a vector holds twice as many
 * 16-bit lanes as 32-bit ones. */
static inline guint16
product_u8 (guint8 sample)
{
  return (guint16) (sample * (guint16) (HOTPIX_SUM_KERNEL_WHITE - sample));
}

static inline guint16
products_of_four (guint8 a, guint8 b, guint8 c, guint8 d)
{
  return (guint16) (product_u8 (a) + product_u8 (b) + product_u8 (c) + product_u8 (d));
}

HOTPIX_VECTORISED static void
add_eight (guint16 *restrict sums, guint32 *restrict products,
           const guint8 *const *restrict frames, gsize n)
{
  const guint8 *restrict a = frames[0], *restrict b = frames[1], *restrict c = frames[2],
                         *restrict d = frames[3], *restrict e = frames[4],
                         *restrict f = frames[5], *restrict g = frames[6],
                         *restrict h = frames[7];

  for (gsize i = 0; i < n; i++)
    {
      sums[i] = (guint16) (sums[i] + a[i] + b[i] + c[i] + d[i] + e[i] + f[i] + g[i] + h[i]);
      products[i] += (guint32) products_of_four (a[i], b[i], c[i], d[i])
                     + products_of_four (e[i], f[i], g[i], h[i]);
    }
}

HOTPIX_VECTORISED static void
add_four (guint16 *restrict sums, guint32 *restrict products,
          const guint8 *const *restrict frames, gsize n)
{
  const guint8 *restrict a = frames[0], *restrict b = frames[1], *restrict c = frames[2],
                         *restrict d = frames[3];

  for (gsize i = 0; i < n; i++)
    {
      sums[i] = (guint16) (sums[i] + a[i] + b[i] + c[i] + d[i]);
      products[i] += products_of_four (a[i], b[i], c[i], d[i]);
    }
}

HOTPIX_VECTORISED static void
add_one (guint16 *restrict sums, guint32 *restrict products, const guint8 *restrict a, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      sums[i] = (guint16) (sums[i] + a[i]);
      products[i] += product_u8 (a[i]);
    }
}

/* n samples from `first` on of each frame, into sums and products that begin there. */
static void
add_part (guint16 *sums, guint32 *products, const guint8 *const *frames, guint n_frames,
          gsize first, gsize n)
{
  static const guint8 black[PART_SAMPLES]; /* adds nothing to either sum */
  const guint8 *parts[8];
  guint k = 0;

  while (k < n_frames)
    {
      guint left = n_frames - k, together = left > 4 ? 8 : left > 1 ? 4 : 1;

      for (guint i = 0; i < together; i++)
        parts[i] = i < left ? frames[k + i] + first : black;
      if (together == 8)
        add_eight (sums, products, parts, n);
      else if (together == 4)
        add_four (sums, products, parts, n);
      else
        add_one (sums, products, parts[0], n);
      k += together;
    }
}

/* Part by part, so that the sums are still in cache for the next eight frames. */
void
hotpix_sum_kernel_add_u8_narrow (guint16 *sums, guint32 *products, const guint8 *const *frames,
                                 guint n_frames, gsize n)
{
  for (gsize done = 0; done < n; done += PART_SAMPLES)
    add_part (sums + done, products + done, frames, n_frames, done,
              MIN (n - done, (gsize) PART_SAMPLES));
}

HOTPIX_VECTORISED static void
add_narrow (guint32 *restrict sums, const guint16 *restrict narrow, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] += narrow[i];
}

void
hotpix_sum_kernel_add_u8 (guint32 *sums, guint32 *products, const guint8 *const *frames,
                          guint n_frames, gsize n)
{
  guint16 narrow[PART_SAMPLES];

  for (gsize done = 0; done < n; done += PART_SAMPLES)
    for (guint k = 0; k < n_frames; k += HOTPIX_SUM_KERNEL_NARROW_FRAMES)
      {
        gsize part = MIN (n - done, (gsize) PART_SAMPLES);

        memset (narrow, 0, part * sizeof *narrow);
        add_part (narrow, products + done, frames + k,
                  MIN (n_frames - k, (guint) HOTPIX_SUM_KERNEL_NARROW_FRAMES), done, part);
        add_narrow (sums + done, narrow, part);
      }
}

HOTPIX_VECTORISED void
hotpix_sum_kernel_subtract_u8_narrow (guint16 *restrict sums, guint32 *restrict products,
                                      const guint8 *restrict samples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      sums[i] = (guint16) (sums[i] - samples[i]);
      products[i] -= product_u8 (samples[i]);
    }
}

HOTPIX_VECTORISED void
hotpix_sum_kernel_subtract_u8 (guint32 *restrict sums, guint32 *restrict products,
                               const guint8 *restrict samples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      sums[i] -= samples[i];
      products[i] -= product_u8 (samples[i]);
    }
}

static inline gdouble
variance_u8 (gdouble sum, gdouble products, gdouble count)
{
  gdouble full = count * HOTPIX_SUM_KERNEL_WHITE;

  return (sum * (full - sum) - count * products) / (full * full);
}

HOTPIX_VECTORISED void
hotpix_sum_kernel_variance_u8_narrow (gdouble *restrict variance, const guint16 *restrict sums,
                                      const guint32 *restrict products, guint n_frames, gsize n)
{
  for (gsize i = 0; i < n; i++)
    variance[i] = variance_u8 (sums[i], products[i], n_frames);
}

HOTPIX_VECTORISED void
hotpix_sum_kernel_variance_u8 (gdouble *restrict variance, const guint32 *restrict sums,
                               const guint32 *restrict products, guint n_frames, gsize n)
{
  for (gsize i = 0; i < n; i++)
    variance[i] = variance_u8 (sums[i], products[i], n_frames);
}

HOTPIX_VECTORISED void
hotpix_sum_kernel_add_u16 (guint32 *restrict sums, guint64 *restrict squares,
                           const guint16 *restrict samples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      sums[i] += samples[i];
      squares[i] += (guint32) samples[i] * samples[i];
    }
}

HOTPIX_VECTORISED void
hotpix_sum_kernel_subtract_u16 (guint32 *restrict sums, guint64 *restrict squares,
                                const guint16 *restrict samples, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      sums[i] -= samples[i];
      squares[i] -= (guint32) samples[i] * samples[i];
    }
}

HOTPIX_VECTORISED void
hotpix_sum_kernel_widen (guint16 *restrict wide, const guint8 *restrict samples, guint16 factor,
                         gsize n)
{
  for (gsize i = 0; i < n; i++)
    wide[i] = (guint16) (samples[i] * factor);
}
