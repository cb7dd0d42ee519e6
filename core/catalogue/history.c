/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/history.h"
#include "catalogue/growth-private.h"

#include <math.h>

/* Before anything is measured. */
#define PRIOR_NOWHERE 0.1 /* no photo shows it */
#define PRIOR_ALWAYS 0.5
#define PRIOR_GONE 0.02

#define CREDIBLE 0.95

/* How probable it is that a photo hides a defect, and how probable these probabilities are. */
static const gdouble hidden[][2]
    = { { 0.02, 0.5 }, { 0.15, 0.2 }, { 0.4, 0.15 }, { 0.75, 0.15 } };
#define N_HIDDEN G_N_ELEMENTS (hidden)

/* Guesses that fit worse than the best by more than this, as a logarithm, add nothing. */
#define NEGLIGIBLE 14

#define SHOWS_BY 3

/* Sums of probabilities as logarithms, and what they are made of. */
typedef struct
{
  const HotpixObservation *observations;
  guint n;
  gdouble *ratios;        /* n; of the guess at hand */
  gdouble *sums;          /* n + 1: l[0] + … + l[i - 1] */
  gdouble *ends;          /* n; of all ends after a beginning at photo k, as a logarithm */
  gdouble *since, *until; /* n each, as logarithms: the first photo that has it, and the last */

  gdouble growths[HOTPIX_N_GROWTHS], amounts[HOTPIX_N_GROWTHS]; /* relative to `highest` */
  gdouble highest;                                              /* logarithm that counts as 1 */
} Inference;

const gchar *
hotpix_growth_name (HotpixGrowth growth)
{
  static const gchar *const names[] = { "hot", "offset", "stuck", "dead" };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == HOTPIX_N_GROWTHS);
  g_return_val_if_fail ((gsize) growth < G_N_ELEMENTS (names), NULL);
  return names[growth];
}

static gdouble
add_logs (gdouble a, gdouble b)
{
  gdouble most = MAX (a, b);

  return most == -INFINITY ? most : most + log1p (exp (MIN (a, b) - most));
}

/* How much better all photos from k to m - 1 fit, at most, with the best k and m. */
static gdouble
best_of (const gdouble *ratios, guint n, gdouble is_hidden)
{
  gdouble best = -INFINITY, here = 0;

  for (guint i = 0; i < n; i++)
    {
      here = MAX (here, 0) + log (is_hidden + (1 - is_hidden) * ratios[i]);
      best = MAX (best, here);
    }
  return best;
}

static gdouble
log_prior_since (guint n, guint k)
{
  if (n == 1)
    return 0;
  return log (k == 0 ? PRIOR_ALWAYS : (1 - PRIOR_ALWAYS) / (n - 1));
}

static gdouble
log_prior_stays (guint n, guint k)
{
  return k + 1 == n ? 0 : log (1 - PRIOR_GONE);
}

/* Of each of the photos after photo k: -INFINITY where there are none. */
static gdouble
log_prior_goes (guint n, guint k)
{
  return k + 1 == n ? -INFINITY : log (PRIOR_GONE / (n - 1 - k));
}

/* Adds what one guess makes of all beginnings and ends.
 * Returns the logarithm of its whole probability. */
static gdouble
add_changes (Inference *self, gdouble log_prior)
{
  guint n = self->n;
  gdouble total = -INFINITY, later = -INFINITY, staying = -INFINITY, going = -INFINITY;

  for (guint k = n; k-- > 0;)
    {
      self->ends[k]
          = add_logs (log_prior_stays (n, k) + self->sums[n], log_prior_goes (n, k) + later);
      later = add_logs (later, self->sums[k]);
    }
  for (guint k = 0; k < n; k++)
    {
      gdouble begin = log_prior + log_prior_since (n, k) - self->sums[k];

      self->since[k] = add_logs (self->since[k], begin + self->ends[k]);
      total = add_logs (total, begin + self->ends[k]);
      staying = add_logs (staying, begin + log_prior_stays (n, k));
      going = add_logs (going, begin + log_prior_goes (n, k));
      if (k + 1 < n)
        self->until[k] = add_logs (self->until[k], going + self->sums[k + 1]);
    }
  self->until[n - 1] = add_logs (self->until[n - 1], staying + self->sums[n]);
  return total;
}

static void
add_growth (Inference *self, const HotpixGrowthGuess *guess, gdouble logarithm)
{
  if (logarithm > self->highest)
    {
      gdouble less = exp (self->highest - logarithm);

      for (guint i = 0; i < HOTPIX_N_GROWTHS; i++)
        {
          self->growths[i] *= less;
          self->amounts[i] *= less;
        }
      self->highest = logarithm;
    }
  self->growths[guess->growth] += exp (logarithm - self->highest);
  self->amounts[guess->growth] += exp (logarithm - self->highest) * guess->amount;
}

static void
fill_ratios (const Inference *self, const HotpixGrowthGuess *guess)
{
  for (guint i = 0; i < self->n; i++)
    self->ratios[i] = hotpix_growth_ratio (guess, &self->observations[i]);
}

/* With a photo's probability of hiding it. */
static void
add_guess (Inference *self, const HotpixGrowthGuess *guess, guint h)
{
  for (guint i = 0; i < self->n; i++)
    self->sums[i + 1]
        = self->sums[i] + log (hidden[h][0] + (1 - hidden[h][0]) * self->ratios[i]);
  add_growth (self, guess, add_changes (self, guess->log_prior + log (hidden[h][1])));
}

/* First how well each guess fits at most, and then all changes with those that count. */
static void
add_guesses (Inference *self, const GArray *guesses)
{
  g_autofree gdouble *fits = g_new (gdouble, N_HIDDEN * guesses->len);
  gdouble best = -INFINITY;

  for (guint i = 0; i < guesses->len; i++)
    {
      const HotpixGrowthGuess *guess = &g_array_index (guesses, HotpixGrowthGuess, i);

      fill_ratios (self, guess);
      for (guint h = 0; h < N_HIDDEN; h++)
        {
          fits[i * N_HIDDEN + h] = guess->log_prior + log (hidden[h][1])
                                   + best_of (self->ratios, self->n, hidden[h][0]);
          best = MAX (best, fits[i * N_HIDDEN + h]);
        }
    }
  for (guint i = 0; i < guesses->len; i++)
    {
      const HotpixGrowthGuess *guess = &g_array_index (guesses, HotpixGrowthGuess, i);
      gboolean is_filled = FALSE;

      for (guint h = 0; h < N_HIDDEN; h++)
        {
          if (fits[i * N_HIDDEN + h] < best - NEGLIGIBLE)
            continue;
          if (!is_filled)
            fill_ratios (self, guess);
          is_filled = TRUE;
          add_guess (self, guess, h);
        }
    }
}

/* Logarithms into probabilities that add up to 1. */
static void
normalise (gdouble *logarithms, guint n)
{
  gdouble total = -INFINITY;

  for (guint i = 0; i < n; i++)
    total = add_logs (total, logarithms[i]);
  for (guint i = 0; i < n; i++)
    logarithms[i] = exp (logarithms[i] - total);
}

static guint
find_median (const gdouble *probabilities, guint n)
{
  gdouble sum = 0;

  for (guint i = 0; i < n; i++)
    {
      sum += probabilities[i];
      if (sum >= 0.5)
        return i;
    }
  return n - 1;
}

/* From the start on, towards where more is, until it is enough. */
static HotpixPhotoRange
find_range (const gdouble *probabilities, guint n, guint start)
{
  HotpixPhotoRange range = { start, start };
  gdouble sum = probabilities[start];

  while (sum < CREDIBLE && (range.first > 0 || range.last + 1 < n))
    {
      gdouble lower = range.first > 0 ? probabilities[range.first - 1] : -1;
      gdouble upper = range.last + 1 < n ? probabilities[range.last + 1] : -1;

      sum += MAX (lower, upper);
      if (lower > upper)
        range.first--;
      else
        range.last++;
    }
  return range;
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  gdouble p = *(const gdouble *) a, q = *(const gdouble *) b;

  return (p > q) - (p < q);
}

/* n_judged: out. */
static gdouble
median_noise (const HotpixObservation *observations, guint n, guint *n_judged)
{
  g_autofree gdouble *noises = g_new (gdouble, n);

  *n_judged = 0;
  for (guint i = 0; i < n; i++)
    if (observations[i].measurement.judgement != HOTPIX_JUDGED_NOT)
      noises[(*n_judged)++] = observations[i].measurement.noise;
  qsort (noises, *n_judged, sizeof *noises, compare_numbers);
  return *n_judged > 0 ? noises[*n_judged / 2] : 0;
}

static void
describe_growth (const Inference *self, HotpixHistory *history)
{
  gdouble sum = 0, noise = median_noise (self->observations, self->n, &history->n_judged);

  for (guint i = 0; i < HOTPIX_N_GROWTHS; i++)
    {
      sum += self->growths[i];
      if (self->growths[i] > self->growths[history->growth])
        history->growth = (HotpixGrowth) i;
    }
  history->growth_probability = self->growths[history->growth] / sum;
  history->amount = self->amounts[history->growth] / self->growths[history->growth];
  if (history->growth == HOTPIX_GROWTH_HOT)
    history->shows_from = 100 * SHOWS_BY * noise / history->amount;
  history->shown
      = 1 / (1 + PRIOR_NOWHERE / (1 - PRIOR_NOWHERE) * exp (-self->highest - log (sum)));
}

void
hotpix_history_infer (const HotpixObservation *observations, guint n, gdouble *since,
                      HotpixHistory *history)
{
  g_autoptr (GArray) guesses = NULL;
  g_autofree gdouble *memory = NULL;
  gsize length = n;
  Inference self = { .observations = observations, .n = n, .highest = -INFINITY };

  g_return_if_fail (n > 0);
  guesses = hotpix_growth_guesses_new (observations, n);
  memory = g_new0 (gdouble, 5 * (length + 1));
  self.sums = memory;
  self.ratios = memory + (length + 1);
  self.ends = memory + 2 * (length + 1);
  self.since = memory + 3 * (length + 1);
  self.until = memory + 4 * (length + 1);
  for (guint i = 0; i < n; i++)
    self.since[i] = self.until[i] = -INFINITY;
  add_guesses (&self, guesses);
  normalise (self.since, n);
  normalise (self.until, n);

  *history = (HotpixHistory){ .always = self.since[0], .gone = 1 - self.until[n - 1] };
  history->since = find_median (self.since, n);
  history->since_range = find_range (self.since, n, history->since);
  history->until = find_median (self.until, n);
  history->until_range = find_range (self.until, n, history->until);
  describe_growth (&self, history);
  for (guint i = 0; since != NULL && i < n; i++)
    since[i] = self.since[i];
}
