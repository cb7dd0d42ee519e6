/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/growth-private.h"
#include "catalogue/history.h"

#include <math.h>

#define N 60
#define NOISE 0.01

/* Twelve uniform values less six: nearly normal. */
static gdouble
draw_normal (GRand *random)
{
  gdouble sum = -6;

  for (guint i = 0; i < 12; i++)
    sum += g_rand_double (random);
  return sum;
}

/* Photos of many exposures that show nothing. */
static void
draw_nothing (HotpixObservation *observations, guint n, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n; i++)
    observations[i] = (HotpixObservation){
      { (gfloat) (NOISE * draw_normal (random)), NOISE,
        (gfloat) g_rand_double_range (random, 0.02, 0.5), HOTPIX_JUDGED },
      pow (10, g_rand_double_range (random, -3, 1)),
      100u << g_rand_int_range (random, 0, 5),
    };
}

/* What a defect of that kind adds to the photos from `first` to `last`. */
static void
add_defect (HotpixObservation *observations, guint first, guint last, HotpixGrowth growth,
            gdouble amount)
{
  for (guint i = first; i <= last; i++)
    {
      HotpixObservation *observation = &observations[i];
      HotpixMeasurement *measured = &observation->measurement;
      gdouble exposure = observation->exposure_time * observation->iso / 100;
      gdouble contrast = growth == HOTPIX_GROWTH_HOT      ? amount * exposure
                         : growth == HOTPIX_GROWTH_OFFSET ? amount
                         : growth == HOTPIX_GROWTH_STUCK  ? 0.9 * (amount - measured->around)
                                                          : -amount * measured->around;

      measured->contrast += (gfloat) contrast;
      if (measured->contrast + measured->around > 1)
        {
          measured->contrast = 1 - measured->around;
          measured->judgement = HOTPIX_JUDGED_AT_LEAST;
        }
    }
}

/* The definition, summed up as it stands. */
static void
test_definition (void)
{
  enum
  {
    n = 9
  };
  HotpixObservation observations[n];
  HotpixHistory history;
  g_autoptr (GArray) guesses = NULL;
  gdouble since[n], expected[n] = { 0 }, total = 0, gone = 0;
  const gdouble hidden[][2] = { { 0.02, 0.5 }, { 0.15, 0.2 }, { 0.4, 0.15 }, { 0.75, 0.15 } };

  draw_nothing (observations, n, 3);
  add_defect (observations, 4, n - 1, HOTPIX_GROWTH_OFFSET, 0.03);
  guesses = hotpix_growth_guesses_new (observations, n);
  for (guint g = 0; g < guesses->len; g++)
    for (guint h = 0; h < G_N_ELEMENTS (hidden); h++)
      for (guint k = 0; k < n; k++)
        {
          const HotpixGrowthGuess *guess = &g_array_index (guesses, HotpixGrowthGuess, g);
          gdouble product
              = exp (guess->log_prior) * hidden[h][1] * (k == 0 ? 0.5 : 0.5 / (n - 1));

          for (guint m = k + 1; m <= n; m++)
            {
              gdouble whole;

              product
                  *= hidden[h][0]
                     + (1 - hidden[h][0]) * hotpix_growth_ratio (guess, &observations[m - 1]);
              whole = product * (k + 1 == n ? 1 : m == n ? 0.98 : 0.02 / (n - 1 - k));
              expected[k] += whole;
              total += whole;
              gone += m == n ? 0 : whole;
            }
        }
  hotpix_history_infer (observations, n, since, &history);
  for (guint k = 0; k < n; k++)
    g_assert_cmpfloat (fabs (since[k] - expected[k] / total), <, 1e-4);
  g_assert_cmpfloat (fabs (history.always - expected[0] / total), <, 1e-4);
  g_assert_cmpfloat (fabs (history.gone - gone / total), <, 1e-4);
  g_assert_cmpfloat (fabs (history.shown - total / (total + 0.1 / 0.9)), <, 1e-4);
}

static void
test_always (void)
{
  for (guint growth = 0; growth < HOTPIX_N_GROWTHS; growth++)
    {
      HotpixObservation observations[N];
      HotpixHistory history;

      draw_nothing (observations, N, growth + 1);
      add_defect (observations, 0, N - 1, (HotpixGrowth) growth, 0.5);
      hotpix_history_infer (observations, N, NULL, &history);
      g_assert_cmpfloat (history.shown, >, 0.99);
      g_assert_cmpfloat (history.always, >, 0.5);
      g_assert_cmpuint (history.since, ==, 0);
      g_assert_cmpuint (history.until, ==, N - 1);
      g_assert_cmpfloat (history.gone, <, 0.1);
      g_assert_cmpint (history.growth, ==, (HotpixGrowth) growth);
    }
}

/* Within a photo of where it begins, and the interval holds that. */
static void
test_begins (void)
{
  guint n_near = 0, n_held = 0, n_all = 0;

  for (guint growth = HOTPIX_GROWTH_OFFSET; growth < HOTPIX_N_GROWTHS; growth++)
    for (guint first = 1; first < N - 3; first += 4)
      {
        HotpixObservation observations[N];
        HotpixHistory history;

        draw_nothing (observations, N, 100 * growth + first);
        add_defect (observations, first, N - 1, (HotpixGrowth) growth, 0.8);
        hotpix_history_infer (observations, N, NULL, &history);
        n_all++;
        n_near += ABS ((gint) history.since - (gint) first) <= 1;
        n_held += history.since_range.first <= first && history.since_range.last >= first;
      }
  g_assert_cmpuint (n_near, >=, n_all - 2);
  g_assert_cmpuint (n_held, >=, n_all - 2);
}

static void
test_ends (void)
{
  HotpixObservation observations[N];
  HotpixHistory history;

  draw_nothing (observations, N, 7);
  add_defect (observations, 0, 39, HOTPIX_GROWTH_OFFSET, 0.2);
  hotpix_history_infer (observations, N, NULL, &history);
  g_assert_cmpfloat (history.gone, >, 0.99);
  g_assert_cmpuint (history.until, ==, 39);
  g_assert_cmpuint (history.since, ==, 0);
}

/* What cannot be judged around the beginning makes the interval as wide as that. */
static void
test_not_judged (void)
{
  HotpixObservation observations[N];
  HotpixHistory history;

  draw_nothing (observations, N, 8);
  add_defect (observations, 30, N - 1, HOTPIX_GROWTH_OFFSET, 0.2);
  for (guint i = 20; i < 40; i++)
    observations[i].measurement.judgement = HOTPIX_JUDGED_NOT;
  hotpix_history_infer (observations, N, NULL, &history);
  g_assert_cmpuint (history.n_judged, ==, N - 20);
  g_assert_cmpuint (history.since_range.first, <=, 21);
  g_assert_cmpuint (history.since_range.first, >=, 19);
  g_assert_cmpuint (history.since_range.last, >=, 39);
  g_assert_cmpuint (history.since_range.last, <=, 41);
  g_assert_cmpfloat (history.always, <, 0.01);
}

static void
test_nothing (void)
{
  HotpixObservation observations[N];
  HotpixHistory history;

  draw_nothing (observations, N, 9);
  hotpix_history_infer (observations, N, NULL, &history);
  g_assert_cmpfloat (history.shown, <, 0.5);
}

/* One photo in which the scene looks like a defect begins nothing. */
static void
test_outlier (void)
{
  HotpixObservation observations[N];
  HotpixHistory history;

  draw_nothing (observations, N, 10);
  add_defect (observations, 40, N - 1, HOTPIX_GROWTH_OFFSET, 0.2);
  observations[10].measurement.contrast = 0.2f;
  hotpix_history_infer (observations, N, NULL, &history);
  g_assert_cmpuint (history.since, ==, 40);
}

/* And one that hides it ends nothing. */
static void
test_hidden (void)
{
  HotpixObservation observations[N];
  HotpixHistory history;

  draw_nothing (observations, N, 11);
  add_defect (observations, 0, 19, HOTPIX_GROWTH_OFFSET, 0.2);
  add_defect (observations, 21, N - 1, HOTPIX_GROWTH_OFFSET, 0.2);
  hotpix_history_infer (observations, N, NULL, &history);
  g_assert_cmpuint (history.since, ==, 0);
  g_assert_cmpuint (history.until, ==, N - 1);
}

/* How much, and from which exposure on it shows: three times the noise. */
static void
test_dark_current (void)
{
  HotpixObservation observations[N];
  HotpixHistory history;

  draw_nothing (observations, N, 12);
  add_defect (observations, 0, N - 1, HOTPIX_GROWTH_HOT, 0.02);
  hotpix_history_infer (observations, N, NULL, &history);
  g_assert_cmpstr (hotpix_growth_name (history.growth), ==, "hot");
  g_assert_cmpfloat (history.amount, >, 0.02 / 1.5);
  g_assert_cmpfloat (history.amount, <, 0.02 * 1.5);
  g_assert_cmpfloat (fabs (history.shows_from - 100 * 3 * NOISE / history.amount), <, 1);
  g_assert_cmpfloat (history.growth_probability, >, 0.9);
}

static void
test_one_photo (void)
{
  HotpixObservation observation;
  HotpixHistory history;
  gdouble since;

  draw_nothing (&observation, 1, 13);
  add_defect (&observation, 0, 0, HOTPIX_GROWTH_OFFSET, 0.2);
  hotpix_history_infer (&observation, 1, &since, &history);
  g_assert_cmpfloat (fabs (since - 1), <, 1e-9);
  g_assert_cmpuint (history.since, ==, 0);
  g_assert_cmpuint (history.until, ==, 0);
  observation.measurement.judgement = HOTPIX_JUDGED_NOT;
  hotpix_history_infer (&observation, 1, &since, &history);
  g_assert_cmpuint (history.n_judged, ==, 0);
  g_assert_cmpfloat (fabs (history.shown - 0.9), <, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/it-is-the-sum-over-all-changes", test_definition);
  g_test_add_func ("/history/what-is-always-there-is-told-so", test_always);
  g_test_add_func ("/history/the-beginning-is-told", test_begins);
  g_test_add_func ("/history/the-end-is-told", test_ends);
  g_test_add_func ("/history/photos-that-cannot-be-judged-widen-the-interval", test_not_judged);
  g_test_add_func ("/history/a-healthy-photosite-is-told", test_nothing);
  g_test_add_func ("/history/one-photo-begins-nothing", test_outlier);
  g_test_add_func ("/history/one-photo-ends-nothing", test_hidden);
  g_test_add_func ("/history/dark-current-is-measured", test_dark_current);
  g_test_add_func ("/history/one-photo-is-enough", test_one_photo);
  return g_test_run ();
}
