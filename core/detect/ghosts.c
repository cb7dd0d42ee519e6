/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/ghosts-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* How often chance may make a ghost in a set: in one of 33. */
#define FALSE_GHOSTS 0.03

/* Nearer ones may be a cluster's, or echoes in the blocks of a JPEG. */
#define LEAST_DISTANCE 15

/* Distances across and down, from -HOTPIX_GHOST_REACH on. */
#define SIDE (2 * HOTPIX_GHOST_REACH + 1)
#define N_NEAR ((2 * LEAST_DISTANCE - 1) * (2 * LEAST_DISTANCE - 1))
#define N_DISTANCES (SIDE * SIDE - N_NEAR)

typedef struct
{
  const HotpixPassed *passed;
  gboolean *is_ghost; /* known so far; these count no more */

  /* SIDE x SIDE: pairs at each distance, by how far the weaker one is from the stronger one. */
  guint *pairs;
  guint across[SIDE], down[SIDE], n_pairs; /* sums of its columns, its rows, and all */
} Search;

/* A distance in the table, from what is repeated to its ghost, and how far around it ghosts are. */
typedef struct
{
  gint distance;
  guint reach;
  gdouble false_ghosts; /* how many distances have so many pairs by chance */
} Motion;

/* Where in the table it is how far `b` is from `a`; -1 where neither can be the ghost of the other. */
static gint
distance_between (const HotpixCandidate *a, const HotpixCandidate *b)
{
  gint dx = (gint) b->defect.x - (gint) a->defect.x;
  gint dy = (gint) b->defect.y - (gint) a->defect.y;

  if (MAX (ABS (dx), ABS (dy)) < LEAST_DISTANCE || a->contrast * b->contrast <= 0)
    return -1;
  return (dy + HOTPIX_GHOST_REACH) * SIDE + dx + HOTPIX_GHOST_REACH;
}

/* As far on the other side. */
static gint
opposite (gint distance)
{
  return SIDE * SIDE - 1 - distance;
}

typedef struct
{
  Search *search;
  const Motion *motion; /* NULL while pairs are counted */
  const HotpixCandidate *candidate;
} Visit;

static gboolean
count_pair (guint i, const HotpixCandidate *other, gpointer user_data)
{
  const Visit *visit = user_data;
  Search *search = visit->search;
  gint distance = distance_between (other, visit->candidate);

  if (distance >= 0 && !search->is_ghost[i]
      && fabs (visit->candidate->contrast) < fabs (other->contrast))
    {
      search->pairs[distance]++;
      search->across[distance % SIDE]++;
      search->down[distance / SIDE]++;
      search->n_pairs++;
    }
  return FALSE;
}

static gboolean
is_moved (guint i, const HotpixCandidate *other, gpointer user_data)
{
  const Visit *visit = user_data;
  gint reach = (gint) visit->motion->reach, at = visit->motion->distance;
  gint distance = distance_between (other, visit->candidate);

  return distance >= 0 && !visit->search->is_ghost[i]
         && ABS (distance % SIDE - at % SIDE) <= reach
         && ABS (distance / SIDE - at / SIDE) <= reach;
}

/* Calls `visit` for each pair of what are no ghosts.
 * is_found: out, nullable; of which ones a call returned TRUE. */
static void
visit_pairs (Search *self, HotpixPassedVisit visit, const Motion *motion, gboolean *is_found)
{
  Visit data = { .search = self, .motion = motion };

  for (guint i = 0; i < hotpix_passed_get_length (self->passed); i++)
    {
      gboolean found = FALSE;

      data.candidate = hotpix_passed_get (self->passed, i);
      if (!self->is_ghost[i])
        found
            = hotpix_passed_visit (self->passed, data.candidate->defect.x,
                                   data.candidate->defect.y, HOTPIX_GHOST_REACH, visit, &data);
      if (is_found != NULL)
        is_found[i] = found;
    }
}

/* At the distance and those up to `reach` around it. */
static guint
count_around (const Search *self, gint distance, gint reach)
{
  guint n = 0;

  for (gint row = -reach; row <= reach; row++)
    for (gint column = -reach; column <= reach; column++)
      {
        gint x = distance % SIDE + column, y = distance / SIDE + row;

        if (x >= 0 && x < SIDE && y >= 0 && y < SIDE)
          n += self->pairs[y * SIDE + x];
      }
  return n;
}

/* The chance of n or more where so many are expected: Poisson's. */
static gdouble
chance_of (guint n, gdouble expected)
{
  gdouble term = exp (n * log (expected) - expected - lgamma (n + 1.0)), sum = 0;

  for (guint i = n; term > sum * DBL_EPSILON; i++)
    {
      sum += term;
      term *= expected / (i + 1);
    }
  return sum;
}

/* How many pairs those distances have on average that are as far across, or as far down, on both sides: the
 * sensor has rows and columns.
 * sums: by that offset. nearest: pairs that do not count. */
static gdouble
expect_along (const guint *sums, gint offset, guint nearest)
{
  guint n = sums[offset] + sums[SIDE - 1 - offset];
  gboolean has_near = ABS (offset - HOTPIX_GHOST_REACH) < LEAST_DISTANCE;

  return (gdouble) (n - MIN (n, nearest)) / (SIDE - (has_near ? 2 * LEAST_DISTANCE - 1 : 0));
}

/* Up to `reach` around a distance, on both sides. */
static guint
count_both (const Search *self, gint distance, gint reach)
{
  return count_around (self, distance, reach) + count_around (self, opposite (distance), reach);
}

/* How many distances have so many pairs, on both sides, by chance. As many are expected as elsewhere: as at all
 * of them, at those as far across or down, or at those nearby. */
static gdouble
count_false_ghosts (const Search *self, gint distance, gint reach)
{
  const gint nearby = 5, n_nearby = (2 * nearby + 1) * (2 * nearby + 1) - 9;
  guint n = count_both (self, distance, reach), nearest = count_both (self, distance, 1);
  gdouble n_places = (2 * reach + 1) * (2 * reach + 1);
  gdouble expected = MAX (1, 2.0 * (self->n_pairs - nearest)) / N_DISTANCES;

  expected
      = MAX (expected, (gdouble) (count_both (self, distance, nearby) - nearest) / n_nearby);
  expected = MAX (expected, expect_along (self->across, distance % SIDE, nearest));
  expected = n_places * MAX (expected, expect_along (self->down, distance / SIDE, nearest));
  return n < 2 || n < expected ? G_MAXDOUBLE : chance_of (n, expected) * N_DISTANCES / n_places;
}

/* The distance that is least by chance, on the side where most are the weaker ones. */
static Motion
find_motion (const Search *self)
{
  Motion best = { .false_ghosts = G_MAXDOUBLE };

  for (gint distance = 0; distance < SIDE * SIDE; distance++)
    for (gint reach = 0; reach <= 1 && self->pairs[distance] > 0; reach++)
      {
        gdouble false_ghosts = count_false_ghosts (self, distance, reach);

        if (false_ghosts < best.false_ghosts
            && count_around (self, distance, 1) >= count_around (self, opposite (distance), 1))
          best = (Motion){ distance, (guint) reach, false_ghosts };
      }
  return best;
}

/* One motion after the other: what moved together has the same distances as what it repeats. Each has a ghost,
 * the weaker one of a pair at its distance, so this ends. */
gboolean
hotpix_ghosts_find (const HotpixPassed *passed, gboolean *is_ghost, guint *n_ghosts)
{
  guint n = hotpix_passed_get_length (passed);
  g_autofree guint *pairs = g_try_new (guint, SIDE * SIDE);
  g_autofree gboolean *is_found = g_try_new (gboolean, n + 1);

  if (pairs == NULL || is_found == NULL)
    return FALSE;
  *n_ghosts = 0;
  memset (is_ghost, 0, n * sizeof *is_ghost);
  for (;;)
    {
      Search self = { .passed = passed, .is_ghost = is_ghost, .pairs = pairs };
      Motion motion;

      memset (pairs, 0, sizeof *pairs * SIDE * SIDE);
      visit_pairs (&self, count_pair, NULL, NULL);
      motion = find_motion (&self);
      if (motion.false_ghosts >= FALSE_GHOSTS)
        return TRUE;
      visit_pairs (&self, is_moved, &motion, is_found);
      for (guint i = 0; i < n; i++)
        {
          is_ghost[i] |= is_found[i];
          *n_ghosts += is_found[i];
        }
    }
}
