/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/vectorised-private.h"
#include "sums/evidence-kernel-private.h"

/* Batcher's odd-even merge sort of eight values (Batcher 1968), pairs to be put in order one after
 * the other, without its last exchanges: the least comes first and the greatest last, and the
 * middle two are in the middle, in either order; the order of the others does not matter. */
#define N_EXCHANGES 16
static const guint8 exchanges[N_EXCHANGES][2]
    = { { 0, 1 }, { 2, 3 }, { 4, 5 }, { 6, 7 }, { 0, 2 }, { 1, 3 }, { 4, 6 }, { 5, 7 },
        { 1, 2 }, { 5, 6 }, { 0, 4 }, { 1, 5 }, { 2, 6 }, { 3, 7 }, { 2, 4 }, { 3, 5 } };

/* ⌈a / 2⌉, and a - b or 0: one instruction each for a whole vector. */
static inline guint8
half_up (guint8 a)
{
  return (guint8) ((a + 1) >> 1);
}

static inline guint8
exceeding (guint8 a, guint8 b)
{
  return (guint8) (MAX (a, b) - b);
}

/* In 8 bits throughout: a vector holds twice as many of these as of 16 bits.
 *
 * With m = r3 + r4, o = m mod 2, s = r7 - r0 and a = ⌊|2x - m| / 2⌋ the k-th step is taken where
 *
 *   2·|2x - m| = 4a + 2o ≥ k·(4 + s), that is a ≥ t(k) = k + ⌈(k·s - 2o) / 4⌉.
 *
 * The fourth is t(4) = 4 + s, and t(4 + k) = t(4) + t(k): beyond it everything repeats. Below it
 *
 *   t(1) = 1 + ⌈(s - 2o) / 4⌉,  t(2) = 2 + ⌈(s - o) / 2⌉,  t(3) = 3 + s - ⌊(s + 2o) / 4⌋.
 *
 * The code compares a > t - 1; t(4) - 1 saturates at 255, which no a exceeds.
 *
 * ring: eight samples in any order; this sorts them. */
static inline gint8
steps_u8 (guint8 sample, guint8 *ring)
{
  guint8 odd, upper, lower, spread, half, beyond, t1, t2, t3, t4, off;
  gint8 steps;

#pragma GCC unroll 16
  for (guint i = 0; i < N_EXCHANGES; i++)
    {
      guint8 a = ring[exchanges[i][0]], b = ring[exchanges[i][1]];

      ring[exchanges[i][0]] = MIN (a, b);
      ring[exchanges[i][1]] = MAX (a, b);
    }
  odd = (ring[3] ^ ring[4]) & 1;
  upper = (guint8) ((ring[3] + ring[4] + 1) >> 1);
  lower = (guint8) (upper - odd);
  off = (guint8) (exceeding (sample, upper) + exceeding (lower, sample));

  /* Each less 1. */
  spread = (guint8) (ring[7] - ring[0]);
  half = half_up (spread);
  t1 = half_up (exceeding (half, odd));
  t2 = (guint8) (1 + half_up (exceeding (spread, odd)));
  t3 = (guint8) (2 + spread - ((guint8) (spread - half + odd) >> 1));
  t4 = (guint8) (3 + MIN (spread, G_MAXUINT8 - 3));

  beyond = off > t4;
  off = (guint8) (beyond ? off - t4 - 1 : off);
  steps = (gint8) (4 * beyond + (off > t1) + (off > t2) + (off > t3) + (off > t4));
  return sample < upper ? (gint8) -steps : steps;
}

static inline gint8
steps_u16 (guint16 sample, guint16 *ring)
{
  gint32 off, unit, steps = 0;

#pragma GCC unroll 16
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

/* The `number`-th, from 0 to 3, of the four outer columns, two on either side. */
static inline gsize
outer_column (gsize number, gsize width)
{
  return number < HOTPIX_EVIDENCE_REACH ? number : width - 2 * HOTPIX_EVIDENCE_REACH + number;
}

/* The samples around centre[i], whose ring ends at l on the left and at r on the right. */
#define RING(above, centre, below, i, l, r)                                                    \
  {                                                                                            \
    (above)[l], (above)[i], (above)[r], (centre)[l], (centre)[r], (below)[l], (below)[i],      \
        (below)[r]                                                                             \
  }

/* The body of a kernel for one type of samples, whose steps steps_of() gives: what is inside of the
 * row, and then its outer columns. A function would hide the type from the compiler's vectors. */
#define ADD_STEPS_OF_ROW(Sample, steps_of)                                                     \
  gsize reach = HOTPIX_EVIDENCE_REACH * (gsize) channels;                                      \
  gsize n = (gsize) width * channels;                                                          \
                                                                                               \
  for (gsize i = reach; i < n - reach; i++)                                                    \
    {                                                                                          \
      Sample ring[8] = RING (above, centre, below, i, i - reach, i + reach);                   \
                                                                                               \
      steps[i] = (gint8) (steps[i] + steps_of (centre[i], ring));                              \
    }                                                                                          \
  for (gsize k = 0; k < 2 * reach; k++)                                                        \
    {                                                                                          \
      gsize x = outer_column (k / channels, width), channel = k % channels;                    \
      gsize i = x * channels + channel;                                                        \
      gsize l = left_column (x) * channels + channel;                                          \
      gsize r = right_column (x, width) * channels + channel;                                  \
      Sample ring[8] = RING (above, centre, below, i, l, r);                                   \
                                                                                               \
      steps[i] = (gint8) (steps[i] + steps_of (centre[i], ring));                              \
    }

HOTPIX_VECTORISED void
hotpix_evidence_kernel_steps_u8 (gint8 *restrict steps, const guint8 *restrict above,
                                 const guint8 *restrict centre, const guint8 *restrict below,
                                 guint width,
                                 guint channels){ ADD_STEPS_OF_ROW (guint8, steps_u8) }

HOTPIX_VECTORISED
    void hotpix_evidence_kernel_steps_u16 (gint8 *restrict steps, const guint16 *restrict above,
                                           const guint16 *restrict centre,
                                           const guint16 *restrict below, guint width,
                                           guint channels){ ADD_STEPS_OF_ROW (guint16,
                                                                              steps_u16) }

HOTPIX_VECTORISED void hotpix_evidence_kernel_add (gint32 *restrict sums,
                                                   const gint8 *restrict steps, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] += steps[i];
}

HOTPIX_VECTORISED void
hotpix_evidence_kernel_subtract (gint32 *restrict sums, const gint8 *restrict steps, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] -= steps[i];
}

HOTPIX_VECTORISED void
hotpix_evidence_kernel_add_narrow (gint16 *restrict sums, const gint8 *restrict steps, gsize n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] = (gint16) (sums[i] + steps[i]);
}

HOTPIX_VECTORISED void
hotpix_evidence_kernel_subtract_narrow (gint16 *restrict sums, const gint8 *restrict steps,
                                        gsize n)
{
  for (gsize i = 0; i < n; i++)
    sums[i] = (gint16) (sums[i] - steps[i]);
}

HOTPIX_VECTORISED void
hotpix_evidence_kernel_widen (gint32 *restrict wide, const gint16 *restrict sums, gsize n)
{
  for (gsize i = 0; i < n; i++)
    wide[i] = sums[i];
}
