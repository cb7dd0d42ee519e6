/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence-kernel.h"

/* The loops are plain C that the compiler makes vectors of. AVX2's hold twice the samples of those
 * that every x86-64 has: 23 ms for a frame of 10 megapixels instead of 41. The sanitizers are not
 * ready yet when the loader chooses between the two, and what clang 14 names the chooser no other
 * file finds. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__)                       \
    && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#  define VECTORISED __attribute__ ((target_clones ("avx2", "default")))
#else
#  define VECTORISED
#endif

/* Batcher's odd-even merge sort of eight values (Batcher 1968): pairs to be put in order, one
 * after the other. What only orders values that are not looked at is optimised away. */
#define N_EXCHANGES 19
static const guint8 exchanges[N_EXCHANGES][2]
    = { { 0, 1 }, { 2, 3 }, { 4, 5 }, { 6, 7 }, { 0, 2 }, { 1, 3 }, { 4, 6 },
        { 5, 7 }, { 1, 2 }, { 5, 6 }, { 0, 4 }, { 1, 5 }, { 2, 6 }, { 3, 7 },
        { 2, 4 }, { 3, 5 }, { 1, 2 }, { 3, 4 }, { 5, 6 } };

/* ring: eight samples in any order; they are sorted. 16-bit arithmetic holds all values: the
 * largest is 8 units of 259. */
static inline gint8
steps_u8 (guint8 sample, guint8 *ring)
{
  gint16 off, twice, unit;
  gint8 steps = 0;

#pragma GCC unroll 19
  for (guint i = 0; i < N_EXCHANGES; i++)
    {
      guint8 a = ring[exchanges[i][0]], b = ring[exchanges[i][1]];

      ring[exchanges[i][0]] = MIN (a, b);
      ring[exchanges[i][1]] = MAX (a, b);
    }
  off = (gint16) (2 * sample - ring[3] - ring[4]);
  twice = (gint16) (2 * ABS (off));
  unit = (gint16) (4 + ring[7] - ring[0]);
#pragma GCC unroll 8
  for (gint16 k = 1; k <= HOTPIX_EVIDENCE_MAX_STEPS; k++)
    steps = (gint8) (steps + (twice >= (gint16) (k * unit)));
  return off < 0 ? (gint8) -steps : steps;
}

static inline gint8
steps_u16 (guint16 sample, guint16 *ring)
{
  gint32 off, unit, steps = 0;

#pragma GCC unroll 19
  for (guint i = 0; i < N_EXCHANGES; i++)
    {
      guint16 a = ring[exchanges[i][0]], b = ring[exchanges[i][1]];

      ring[exchanges[i][0]] = MIN (a, b);
      ring[exchanges[i][1]] = MAX (a, b);
    }
  off = 2 * sample - ring[3] - ring[4];
  unit = 4 * 257 + ring[7] - ring[0];
#pragma GCC unroll 8
  for (gint k = 1; k <= HOTPIX_EVIDENCE_MAX_STEPS; k++)
    steps += 2 * ABS (off) >= k * unit;
  return (gint8) (off < 0 ? -steps : steps);
}

/* The column whose samples stand at the left end of pixel x's ring, and at its right end. */
static inline gsize
left_column (gsize x)
{
  return x < HOTPIX_EVIDENCE_REACH ? x + HOTPIX_EVIDENCE_REACH : x - HOTPIX_EVIDENCE_REACH;
}

static inline gsize
right_column (gsize x, gsize width)
{
  return x + HOTPIX_EVIDENCE_REACH < width ? x + HOTPIX_EVIDENCE_REACH
                                           : x - HOTPIX_EVIDENCE_REACH;
}

/* Of the two outer columns on either side, the one that comes `number`-th, from 0 to 3. */
static inline gsize
outer_column (gsize number, gsize width)
{
  return number < HOTPIX_EVIDENCE_REACH ? number : width - 2 * HOTPIX_EVIDENCE_REACH + number;
}

VECTORISED void
hotpix_evidence_kernel_steps_u8 (gint8 *restrict steps, const guint8 *restrict above,
                                 const guint8 *restrict centre, const guint8 *restrict below,
                                 guint width, guint channels)
{
  gsize reach = HOTPIX_EVIDENCE_REACH * (gsize) channels;
  gsize n = (gsize) width * channels;

  for (gsize i = reach; i < n - reach; i++)
    {
      gsize l = i - reach, r = i + reach;
      guint8 ring[8] = { above[l],  above[i], above[r], centre[l],
                         centre[r], below[l], below[i], below[r] };

      steps[i] = steps_u8 (centre[i], ring);
    }
  for (gsize k = 0; k < 2 * reach; k++)
    {
      gsize x = outer_column (k / channels, width), channel = k % channels;
      gsize i = x * channels + channel;
      gsize l = left_column (x) * channels + channel;
      gsize r = right_column (x, width) * channels + channel;
      guint8 ring[8] = { above[l],  above[i], above[r], centre[l],
                         centre[r], below[l], below[i], below[r] };

      steps[i] = steps_u8 (centre[i], ring);
    }
}

VECTORISED void
hotpix_evidence_kernel_steps_u16 (gint8 *restrict steps, const guint16 *restrict above,
                                  const guint16 *restrict centre, const guint16 *restrict below,
                                  guint width, guint channels)
{
  gsize reach = HOTPIX_EVIDENCE_REACH * (gsize) channels;
  gsize n = (gsize) width * channels;

  for (gsize i = reach; i < n - reach; i++)
    {
      gsize l = i - reach, r = i + reach;
      guint16 ring[8] = { above[l],  above[i], above[r], centre[l],
                          centre[r], below[l], below[i], below[r] };

      steps[i] = steps_u16 (centre[i], ring);
    }
  for (gsize k = 0; k < 2 * reach; k++)
    {
      gsize x = outer_column (k / channels, width), channel = k % channels;
      gsize i = x * channels + channel;
      gsize l = left_column (x) * channels + channel;
      gsize r = right_column (x, width) * channels + channel;
      guint16 ring[8] = { above[l],  above[i], above[r], centre[l],
                          centre[r], below[l], below[i], below[r] };

      steps[i] = steps_u16 (centre[i], ring);
    }
}

VECTORISED void
hotpix_evidence_kernel_add (gint32 *restrict sums, const gint8 *restrict steps, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] += steps[i];
}

VECTORISED void
hotpix_evidence_kernel_subtract (gint32 *restrict sums, const gint8 *restrict steps, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] -= steps[i];
}
