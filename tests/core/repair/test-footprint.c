/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/footprint-private.h"

#include <math.h>

#define REACH HOTPIX_FOOTPRINT_REACH
#define RINGS HOTPIX_FOOTPRINT_RINGS

static void
test_rings (void)
{
  guint seen = 0;

  for (gint dy = -REACH - 1; dy <= REACH + 1; dy++)
    for (gint dx = -REACH - 1; dx <= REACH + 1; dx++)
      {
        guint ring = hotpix_footprint_ring (dx, dy);

        g_assert_cmpuint (ring, ==, hotpix_footprint_ring (-dx, dy));
        g_assert_cmpuint (ring, ==, hotpix_footprint_ring (dx, -dy));
        g_assert_cmpuint (ring, <=, RINGS);
        if (MAX (ABS (dx), ABS (dy)) > REACH)
          g_assert_cmpuint (ring, ==, RINGS);
        seen |= 1u << ring;
      }
  g_assert_cmpuint (seen, ==, (1u << (RINGS + 1)) - 1);
  g_assert_cmpuint (hotpix_footprint_ring (0, 0), ==, 0);
  g_assert_cmpuint (hotpix_footprint_ring (1, 0), !=, hotpix_footprint_ring (0, 1));
}

/* The first two are of a red photosite: half of it beside, a quarter at the corner, by a power. */
static void
test_guesses (void)
{
  HotpixFootprintGuesses colour, grey;
  const HotpixFootprint *red;

  hotpix_footprint_guesses_init (&colour, 3);
  hotpix_footprint_guesses_init (&grey, 1);
  red = &colour.footprints[0];
  g_assert_cmpuint (colour.n, >, 10);
  g_assert_cmpuint (grey.n, ==, colour.n);
  g_assert_cmpfloat_with_epsilon (red->heights[0][0], 0.299, 1e-6);
  g_assert_cmpfloat_with_epsilon (red->heights[2][0], 0.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (red->heights[0][hotpix_footprint_ring (1, 0)],
                                  0.299 * pow (0.5, 0.7), 1e-6);
  g_assert_cmpfloat_with_epsilon (red->heights[0][hotpix_footprint_ring (1, 1)],
                                  0.299 * pow (0.25, 0.7), 1e-6);
  g_assert_cmpfloat (red->heights[0][hotpix_footprint_ring (2, 0)], ==, 0);
  /* Sharpening makes a dark rim. */
  g_assert_cmpfloat (colour.footprints[1].heights[0][hotpix_footprint_ring (2, 0)], <, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/footprint/what-mirrors-each-other-is-one-ring", test_rings);
  g_test_add_func ("/footprint/guesses-are-demosaiced-and-sharpened", test_guesses);
  return g_test_run ();
}
