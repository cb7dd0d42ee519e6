/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/passed-private.h"

static const HotpixShape shape = { 200, 100, 3, 8 };

static HotpixCandidate
candidate_at (guint x, guint y, gdouble contrast)
{
  return (HotpixCandidate){ .defect = { .x = x, .y = y, .length = 1 },
                            .contrast = contrast,
                            .luma = contrast,
                            .largest = contrast };
}

static void
test_found_by_place (void)
{
  g_autoptr (HotpixPassed) passed = hotpix_passed_new (&shape, NULL);

  for (guint y = 0; y < shape.height; y += 3)
    for (guint x = 0; x < shape.width; x += 3)
      {
        HotpixCandidate candidate = candidate_at (x, y, 0.1);

        g_assert_true (hotpix_passed_add (passed, &candidate, NULL));
      }
  g_assert_cmpuint (hotpix_passed_get_length (passed), ==, 67 * 34);
  g_assert_cmpuint (hotpix_passed_get (passed, 68)->defect.x, ==, 3);
  g_assert_cmpuint (hotpix_passed_get (passed, 68)->defect.y, ==, 3);
  for (guint y = 0; y < shape.height; y++)
    for (guint x = 0; x < shape.width; x++)
      g_assert_true (hotpix_passed_is_near (passed, x, y, 0) == (x % 3 == 0 && y % 3 == 0));
}

/* What is told by (distance, contrast) beside one of contrast 1. */
static void
test_echoes (void)
{
  const struct
  {
    guint distance;
    gdouble contrast;
    gboolean is_echo;
  } rows[] = {
    { 4, 0.19, TRUE },  { 4, 0.21, FALSE },  { 7, 0.19, TRUE },   { 8, 0.19, FALSE },
    { 14, 0.11, TRUE }, { 14, 0.13, FALSE }, { 15, 0.01, FALSE },
  };
  g_autoptr (HotpixPassed) passed = hotpix_passed_new (&shape, NULL);
  HotpixCandidate strong = candidate_at (100, 47, 1);

  g_assert_true (hotpix_passed_add (passed, &strong, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gint side = -1; side <= 1; side += 2)
      {
        guint moved = (guint) (side * (gint) rows[i].distance);
        HotpixCandidate beside = candidate_at (100 + moved, 47, rows[i].contrast);
        HotpixCandidate below = candidate_at (101, 47 + moved, rows[i].contrast);

        g_assert_true (hotpix_passed_echoes (passed, &beside) == rows[i].is_echo);
        g_assert_true (hotpix_passed_echoes (passed, &below) == rows[i].is_echo);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/passed/those-that-passed-are-found-by-their-place", test_found_by_place);
  g_test_add_func ("/passed/weak-ones-near-a-strong-one-are-its-echoes", test_echoes);
  return g_test_run ();
}
