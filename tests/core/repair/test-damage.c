/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/damage-private.h"

#include <math.h>
#include <string.h>

#define SIDE HOTPIX_DAMAGE_SIDE
#define MIDST 5

/* A slope with noise. */
static void
draw_scene (guint32 seed, gdouble noise, gdouble *window)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < HOTPIX_DAMAGE_SAMPLES; i++)
    window[i] = 100 + 2.0 * (i % SIDE) - 1.0 * (i / SIDE)
                + noise * (g_rand_double (random) + g_rand_double (random) - 1);
}

/* As bilinear demosaicing of a red or blue photosite spreads it. */
static void
add_bump (gdouble *window, guint x, guint y, gdouble height)
{
  for (gint dy = -1; dy <= 1; dy++)
    for (gint dx = -1; dx <= 1; dx++)
      if (y + (guint) dy < SIDE && x + (guint) dx < SIDE)
        window[(y + (guint) dy) * SIDE + x + (guint) dx]
            += height / ((1 << ABS (dx)) * (1 << ABS (dy)));
}

static gdouble
mean_error (const gdouble *window, const gdouble *clean)
{
  gdouble sum = 0;

  for (guint i = 0; i < HOTPIX_DAMAGE_SAMPLES; i++)
    sum += fabs (window[i] - clean[i]);
  return sum / HOTPIX_DAMAGE_SAMPLES;
}

/* In the midst and in a corner, bright and dark: at most a fifth is left. */
static void
test_told (void)
{
  static const guint places[][2] = { { MIDST, MIDST }, { 0, 0 }, { SIDE - 1, 4 } };
  g_autoptr (HotpixDamageModel) model = hotpix_damage_model_new ();

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (gdouble height = -40; height <= 40; height += 80)
      {
        HotpixDamagePlace place
            = { .x = places[i][0], .y = places[i][1], .horizontal = 1, .vertical = 1 };
        gdouble clean[HOTPIX_DAMAGE_SAMPLES], window[HOTPIX_DAMAGE_SAMPLES];
        gdouble damage[HOTPIX_DAMAGE_SAMPLES], before;

        draw_scene (i, 2, clean);
        memcpy (window, clean, sizeof window);
        add_bump (window, place.x, place.y, height);
        before = mean_error (window, clean);
        g_assert_true (hotpix_damage_model_estimate (model, &place, window, NULL, damage));
        for (guint k = 0; k < HOTPIX_DAMAGE_SAMPLES; k++)
          window[k] -= damage[k];
        g_assert_cmpfloat (mean_error (window, clean), <, before / 5);
      }
}

static void
test_nothing (void)
{
  g_autoptr (HotpixDamageModel) model = hotpix_damage_model_new ();
  HotpixDamagePlace place = { .x = MIDST, .y = MIDST, .horizontal = 1, .vertical = 1 };
  guint n_seen = 0;

  for (guint seed = 0; seed < 40; seed++)
    {
      gdouble window[HOTPIX_DAMAGE_SAMPLES];
      gdouble damage[HOTPIX_DAMAGE_SAMPLES] = { 42 };

      draw_scene (seed, 4, window);
      if (hotpix_damage_model_estimate (model, &place, window, NULL, damage))
        n_seen++;
      else
        g_assert_cmpfloat (damage[0], ==, 42);
    }
  g_assert_cmpuint (n_seen, <=, 4);
}

/* Nothing is told beyond the reach. */
static void
test_reach (void)
{
  g_autoptr (HotpixDamageModel) model = hotpix_damage_model_new ();

  for (guint interpolated = 0; interpolated < 2; interpolated++)
    {
      HotpixDamagePlace place = {
        .x = MIDST, .y = MIDST, .horizontal = 1, .vertical = 1, .is_interpolated = interpolated
      };
      gdouble window[HOTPIX_DAMAGE_SAMPLES], damage[HOTPIX_DAMAGE_SAMPLES];

      draw_scene (1, 1, window);
      add_bump (window, MIDST, MIDST, 60);
      g_assert_true (hotpix_damage_model_estimate (model, &place, window, NULL, damage));
      for (gint i = 0; i < HOTPIX_DAMAGE_SAMPLES; i++)
        if (MAX (ABS (i % SIDE - MIDST), ABS (i / SIDE - MIDST)) > HOTPIX_DAMAGE_REACH)
          g_assert_cmpfloat (damage[i], ==, 0);
    }
}

/* What lies under another defect is no scene. */
static void
test_unknown (void)
{
  g_autoptr (HotpixDamageModel) model = hotpix_damage_model_new ();
  HotpixDamagePlace place = { .x = MIDST, .y = MIDST, .horizontal = 1, .vertical = 1 };
  gdouble clean[HOTPIX_DAMAGE_SAMPLES], window[HOTPIX_DAMAGE_SAMPLES];
  gdouble damage[HOTPIX_DAMAGE_SAMPLES];
  guint8 unknown[HOTPIX_DAMAGE_SAMPLES] = { 0 };
  guint centre = MIDST * SIDE + MIDST;

  draw_scene (3, 1, clean);
  memcpy (window, clean, sizeof window);
  add_bump (window, MIDST, MIDST, 40);
  add_bump (window, MIDST + 4, MIDST, 150);
  for (guint y = MIDST - 1; y <= MIDST + 1; y++)
    for (guint x = MIDST + 3; x <= MIDST + 5; x++)
      unknown[y * SIDE + x] = 1;
  g_assert_true (hotpix_damage_model_estimate (model, &place, window, unknown, damage));
  g_assert_cmpfloat (fabs (window[centre] - damage[centre] - clean[centre]), <, 4);
}

/* Two photosites to a sample: the damage of one that begins a pair reaches left. */
static void
test_sampled (void)
{
  g_autoptr (HotpixDamageModel) model = hotpix_damage_model_new ();
  HotpixDamagePlace place
      = { .x = MIDST, .y = MIDST, .horizontal = 2, .vertical = 1, .phase_x = 0 };
  gdouble window[HOTPIX_DAMAGE_SAMPLES], damage[HOTPIX_DAMAGE_SAMPLES];
  guint centre = MIDST * SIDE + MIDST;

  draw_scene (5, 1, window);
  for (gint dy = -1; dy <= 1; dy++)
    {
      gdouble share = dy == 0 ? 1 : 0.5;

      window[centre + dy * SIDE] += share * 30;
      window[centre + dy * SIDE - 1] += share * 10;
    }
  g_assert_true (hotpix_damage_model_estimate (model, &place, window, NULL, damage));
  g_assert_cmpfloat (fabs (damage[centre] - 30), <, 5);
  g_assert_cmpfloat (damage[centre - 1], >, damage[centre + 1] + 5);
}

/* How the windows are numbered: in the midst and at an edge, of planes sampled in several ways. */
static void
estimate_numbered (const HotpixDamageModel *model, guint number, gdouble *damage)
{
  guint sampling = number % 3 == 0 ? 1 : 2;
  HotpixDamagePlace place = { .x = number % 4 == 3 ? 2 : MIDST,
                              .y = MIDST,
                              .horizontal = sampling,
                              .vertical = sampling,
                              .phase_x = number / 3 % sampling,
                              .phase_y = number / 6 % sampling,
                              .is_interpolated = number % 5 == 4 };
  gdouble window[HOTPIX_DAMAGE_SAMPLES];

  draw_scene (number, 4, window);
  add_bump (window, place.x, place.y, 60);
  memset (damage, 0, HOTPIX_DAMAGE_SAMPLES * sizeof *damage);
  g_assert_true (hotpix_damage_model_estimate (model, &place, window, NULL, damage));
}

#define N_WINDOWS 60
#define N_THREADS 4

typedef struct
{
  const HotpixDamageModel *model;
  guint first; /* where the thread begins, to meet the others at other places */
  gdouble damage[N_WINDOWS][HOTPIX_DAMAGE_SAMPLES];
} Work;

static gpointer
estimate_all (gpointer data)
{
  Work *work = data;

  for (guint i = 0; i < N_WINDOWS; i++)
    {
      guint number = (work->first + i) % N_WINDOWS;

      estimate_numbered (work->model, number, work->damage[number]);
    }
  return NULL;
}

/* What a model keeps of earlier estimates, or of other threads' at the same time, changes none. */
static void
test_threads (void)
{
  g_autoptr (HotpixDamageModel) shared = hotpix_damage_model_new ();
  g_autofree Work *works = g_new (Work, N_THREADS);
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    {
      works[i].model = shared;
      works[i].first = i * N_WINDOWS / N_THREADS / 2;
      threads[i] = g_thread_new ("estimate", estimate_all, &works[i]);
    }
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  for (guint number = 0; number < N_WINDOWS; number += 7)
    {
      g_autoptr (HotpixDamageModel) fresh = hotpix_damage_model_new ();
      gdouble expected[HOTPIX_DAMAGE_SAMPLES];

      estimate_numbered (fresh, number, expected);
      for (guint i = 0; i < N_THREADS; i++)
        g_assert_cmpmem (works[i].damage[number], sizeof expected, expected, sizeof expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/damage/what-was-added-is-told", test_told);
  g_test_add_func ("/damage/a-scene-without-damage-is-left-as-it-is", test_nothing);
  g_test_add_func ("/damage/nothing-is-told-beyond-its-reach", test_reach);
  g_test_add_func ("/damage/another-defect-says-nothing-of-the-scene", test_unknown);
  g_test_add_func ("/damage/sampling-shapes-the-damage", test_sampled);
  g_test_add_func ("/damage/estimates-do-not-depend-on-earlier-ones-or-threads", test_threads);
  return g_test_run ();
}
