/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/footprint-fit-private.h"

#include <math.h>

#define N HOTPIX_JPEG_BLOCK_SAMPLES

/* Amounts that are tried, each that many times the one before, from this share of what fits if quantising
 * were noise: where it made 0 of coefficients, more fits than that. */
#define FIRST_SHARE 0.6
#define AMOUNT_RATIO 1.4
#define N_AMOUNTS 6
#define LARGEST_SHARE 3.3

/* Amounts so far apart that there can be, of both signs. */
#define N_POSSIBLE 30

/* Coefficients of which the largest amount moves less than that part of a step say nothing. */
#define LEAST_MOVE 0.2

/* Where a rough look says less than that, a close one does not say much. */
#define LEAST_ROUGH_GAIN 1.5

/* How far the damage of a coefficient may be from the footprint's: a share of it. */
#define DOUBT 0.1

/* No coefficient is less likely: scenes have what no distribution expects. */
#define LEAST_LOGARITHM (-13.8)

typedef struct
{
  gdouble along;   /* sum of damage times value, by their variance */
  gdouble squares; /* of damage times damage */
} Moments;

/* A coefficient in units of the scale of Laplace's distribution. */
typedef struct
{
  gfloat from; /* of the step's interval */
  gfloat step;
  gfloat damage; /* by an amount of 1 */
  gfloat edge;   /* the logarithm of the interval's likelihood where it begins at 0 */
} Term;

static Moments
sum_moments (const GArray *blocks, const gfloat *damage)
{
  Moments moments = { 0, 0 };

  for (guint i = 0; i < blocks->len; i++)
    {
      const HotpixDamagedBlock *block = &g_array_index (blocks, HotpixDamagedBlock, i);
      gfloat along = 0, squares = 0;

      for (guint k = 1; block->is_reached && k < N; k++)
        {
          gfloat share = damage[i * N + k] * block->weights[k];

          along += share * (gfloat) block->values[k] * block->steps[k];
          squares += share * damage[i * N + k];
        }
      moments.along += (gdouble) along;
      moments.squares += (gdouble) squares;
    }
  return moments;
}

gdouble
hotpix_footprint_fit_roughly (const GArray *blocks, const gfloat *damage)
{
  Moments moments = sum_moments (blocks, damage);

  return moments.squares > 0 ? moments.along * moments.along / moments.squares / 2 : 0;
}

/* The logarithm of the interval's likelihood, with that much damage. */
static gfloat
log_likelihood (const Term *term, gfloat amount)
{
  gfloat from = term->from - amount * term->damage, to = from + term->step, logarithm;

  if (from >= 0)
    logarithm = term->edge - from;
  else if (to <= 0)
    logarithm = term->edge + to;
  else
    logarithm = logf (1 - 0.5f * (expf (from) + expf (-to)));
  return MAX (logarithm, (gfloat) LEAST_LOGARITHM);
}

static void
make_term (const HotpixDamagedBlock *block, guint k, gfloat damage, gfloat deviation,
           Term *term)
{
  gfloat per_scale = (gfloat) G_SQRT2 / deviation;

  term->from = ((gfloat) block->values[k] - 0.5f) * block->steps[k] * per_scale;
  term->step = block->steps[k] * per_scale;
  term->damage = damage * per_scale;
  term->edge = logf (0.5f * (1 - expf (-term->step)));
}

/* amount: about as much as there is. none: out; the logarithm of all terms' likelihood without damage.
 * Returns how many terms there are. */
static guint
make_terms (const GArray *blocks, const gfloat *damage, gfloat amount, Term *terms,
            gdouble *none)
{
  const gfloat least = (gfloat) (LEAST_MOVE / LARGEST_SHARE);
  guint n = 0;

  *none = 0;
  for (guint i = 0; i < blocks->len; i++)
    {
      const HotpixDamagedBlock *block = &g_array_index (blocks, HotpixDamagedBlock, i);

      for (guint k = 1; block->is_reached && k < N; k++)
        {
          gfloat own = damage[i * N + k], doubt = (gfloat) DOUBT * amount * own;
          gfloat deviation = block->deviations[k];

          if (fabsf (amount * own) < least * block->steps[k])
            continue;
          make_term (block, k, own, deviation, &terms[n]);
          *none += (gdouble) log_likelihood (&terms[n], 0);
          make_term (block, k, own, sqrtf (deviation * deviation + doubt * doubt), &terms[n]);
          n++;
        }
    }
  return n;
}

static gdouble
sum_logarithms (const Term *terms, guint n, gdouble amount)
{
  gdouble sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (gdouble) log_likelihood (&terms[i], (gfloat) amount);
  return sum;
}

/* The peak of a parabola through three gains, in steps from the middle one. */
static gdouble
find_peak (gdouble before, gdouble at, gdouble after)
{
  gdouble curvature = before + after - 2 * at;

  return curvature < 0 ? CLAMP ((before - after) / (2 * curvature), -0.5, 0.5) : 0;
}

HotpixFootprintFit
hotpix_footprint_fit (const GArray *blocks, const gfloat *damage)
{
  Moments moments = sum_moments (blocks, damage);
  g_autofree Term *terms = NULL;
  gdouble gains[N_AMOUNTS], amount, none, total = 0, peak = 0;
  guint n, best = 0;

  if (moments.along * moments.along <= 2 * LEAST_ROUGH_GAIN * moments.squares)
    return (HotpixFootprintFit){ 0, 0 };
  terms = g_new (Term, blocks->len * N);
  amount = moments.along / moments.squares;
  n = make_terms (blocks, damage, (gfloat) amount, terms, &none);
  amount *= FIRST_SHARE;
  for (guint i = 0; i < N_AMOUNTS; i++)
    {
      gains[i] = sum_logarithms (terms, n, amount * pow (AMOUNT_RATIO, i)) - none;
      if (gains[i] > gains[best])
        best = i;
    }
  for (guint i = 0; i < N_AMOUNTS; i++)
    total += exp (gains[i] - gains[best]);
  if (best > 0 && best + 1 < N_AMOUNTS)
    peak = find_peak (gains[best - 1], gains[best], gains[best + 1]);
  return (HotpixFootprintFit){ .amount = amount * pow (AMOUNT_RATIO, best + peak),
                               .gain = gains[best] + log (total / N_POSSIBLE) };
}
