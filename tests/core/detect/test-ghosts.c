/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/ghosts-private.h"

static const HotpixShape shape = { 900, 600, 3, 8 };

static void
add (HotpixPassed *passed, guint x, guint y, gdouble contrast)
{
  HotpixCandidate candidate = { .defect = { .x = x, .y = y }, .contrast = contrast };

  g_assert_true (hotpix_passed_add (passed, &candidate, NULL));
}

/* n of them, of contrasts from 0.1 to 0.5. */
static HotpixPassed *
scatter (guint n, guint32 seed)
{
  HotpixPassed *passed = hotpix_passed_new (&shape, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n; i++)
    add (passed, (guint) g_rand_int_range (random, 0, (gint) shape.width),
         (guint) g_rand_int_range (random, 0, (gint) shape.height),
         g_rand_double_range (random, 0.1, 0.5));
  return passed;
}

static guint
find (const HotpixPassed *passed, gboolean *is_ghost)
{
  guint n, n_marked = 0;

  g_assert_true (hotpix_ghosts_find (passed, is_ghost, &n));
  for (guint i = 0; i < hotpix_passed_get_length (passed); i++)
    n_marked += is_ghost[i];
  g_assert_cmpuint (n, ==, n_marked);
  return n;
}

/* Of 100 sensors, sparse and dense, three may lose something by chance. */
static void
test_none (void)
{
  const guint n_defects[] = { 2, 25, 400 };
  gboolean is_ghost[400];

  for (guint i = 0; i < G_N_ELEMENTS (n_defects); i++)
    {
      guint n_wrong = 0;

      for (guint32 seed = 1; seed <= 100; seed++)
        {
          g_autoptr (HotpixPassed) passed = scatter (n_defects[i], seed);

          n_wrong += find (passed, is_ghost) > 0;
        }
      g_assert_cmpuint (n_wrong, <=, 3);
    }
}

/* By two motions, one of them so that a ghost may be a pixel off. */
static void
test_two_motions (void)
{
  g_autoptr (HotpixPassed) passed = scatter (30, 7);
  gboolean is_ghost[40];

  for (guint i = 0; i < 10; i++)
    {
      const HotpixCandidate *source = hotpix_passed_get (passed, i);
      gdouble contrast = 0.4 * source->contrast;

      if (i < 5)
        add (passed, source->defect.x + 18, source->defect.y + 2, contrast);
      else
        add (passed, source->defect.x - 30 + i % 2, source->defect.y + 21 - i % 3 / 2,
             contrast);
    }
  g_assert_cmpuint (find (passed, is_ghost), ==, 10);
  for (guint i = 0; i < 40; i++)
    g_assert_true (is_ghost[i] == (i >= 30));
}

/* One that is stronger than what it repeats is on the ghosts' side. */
static void
test_stronger_ghost (void)
{
  g_autoptr (HotpixPassed) passed = hotpix_passed_new (&shape, NULL);
  gboolean is_ghost[10];

  for (guint i = 0; i < 5; i++)
    {
      add (passed, 100 + 150 * i, 100 + 97 * i, 0.2);
      add (passed, 118 + 150 * i, 100 + 97 * i, i == 3 ? 0.3 : 0.1);
    }
  g_assert_cmpuint (find (passed, is_ghost), ==, 5);
  for (guint i = 0; i < 10; i++)
    g_assert_true (is_ghost[i] == (i % 2 == 1));
}

/* Half of a column, too short for a line, has many pairs at all distances down. */
static void
test_column (void)
{
  g_autoptr (HotpixPassed) passed = hotpix_passed_new (&shape, NULL);
  gboolean is_ghost[60];

  for (guint i = 0; i < 60; i++)
    add (passed, 300, 200 + i, 0.2 + 0.05 * (i * 7 % 11));
  g_assert_cmpuint (find (passed, is_ghost), ==, 0);
}

/* Dark ones do not repeat bright ones. */
static void
test_signs (void)
{
  g_autoptr (HotpixPassed) passed = hotpix_passed_new (&shape, NULL);
  gboolean is_ghost[10];

  for (guint i = 0; i < 5; i++)
    {
      add (passed, 100 + 150 * i, 100 + 97 * i, 0.2);
      add (passed, 118 + 150 * i, 102 + 97 * i, -0.1);
    }
  g_assert_cmpuint (find (passed, is_ghost), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ghosts/scattered-defects-have-none", test_none);
  g_test_add_func ("/ghosts/each-motion-has-its-own", test_two_motions);
  g_test_add_func ("/ghosts/all-are-on-one-side", test_stronger_ghost);
  g_test_add_func ("/ghosts/a-column-is-none", test_column);
  g_test_add_func ("/ghosts/of-the-same-sign", test_signs);
  return g_test_run ();
}
