/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/footprint-fit-private.h"

#include <math.h>

#define N HOTPIX_JPEG_BLOCK_SAMPLES

/* A block of a scene without details, to which so much of the damage was added before it was
 * quantised. */
static GArray *
make_blocks (const gfloat *damage, gfloat amount, gfloat step)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (HotpixDamagedBlock));
  HotpixDamagedBlock *block;

  g_array_set_size (blocks, 1);
  block = &g_array_index (blocks, HotpixDamagedBlock, 0);
  block->is_reached = TRUE;
  for (guint i = 0; i < N; i++)
    {
      gfloat scene = (gfloat) g_rand_double_range (random, -2, 2);

      block->steps[i] = step;
      block->deviations[i] = 2;
      block->weights[i] = i > 0 ? 1 / (4 + step * step / 12) : 0;
      block->values[i] = (gint) rintf ((scene + amount * damage[i]) / step);
    }
  return blocks;
}

static void
draw_damage (gfloat *damage)
{
  for (guint i = 0; i < N; i++)
    damage[i] = 0.25f * (gfloat) cos (i * 1.3) * (gfloat) cos (i / 8 * 0.7);
}

/* Also where quantising took half of the coefficients away, and of both signs. */
static void
test_amount (void)
{
  gfloat damage[N];

  draw_damage (damage);
  for (gfloat step = 1; step <= 8; step *= 2)
    for (gfloat amount = -60; amount <= 60; amount += 120)
      {
        g_autoptr (GArray) blocks = make_blocks (damage, amount, step);
        HotpixFootprintFit fit = hotpix_footprint_fit (blocks, damage);

        g_assert_cmpfloat (fit.gain, >, 8);
        g_assert_cmpfloat (fabs (fit.amount - (gdouble) amount), <, 12);
        g_assert_cmpfloat (hotpix_footprint_fit_roughly (blocks, damage), >, 8);
      }
}

static void
test_nothing (void)
{
  gfloat damage[N], none[N] = { 0 };
  g_autoptr (GArray) blocks = NULL;

  draw_damage (damage);
  blocks = make_blocks (damage, 0, 4);
  g_assert_cmpfloat (hotpix_footprint_fit (blocks, damage).gain, <, 1);
  g_assert_cmpfloat (hotpix_footprint_fit (blocks, none).amount, ==, 0);
  g_assert_cmpfloat (hotpix_footprint_fit_roughly (blocks, none), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/footprint-fit/the-amount-is-found-again", test_amount);
  g_test_add_func ("/footprint-fit/no-damage-gains-nothing", test_nothing);
  return g_test_run ();
}
