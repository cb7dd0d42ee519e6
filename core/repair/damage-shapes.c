/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/damage-shapes-private.h"

#include <string.h>

/* Shapes are drawn on the grid of photosites around the defect, and then sampled as the plane is. */
#define GRID_REACH 3
#define GRID_SIDE (2 * GRID_REACH + 1)

typedef gdouble Grid[GRID_SIDE][GRID_SIDE];

/* Photosites at the same distances, which demosaicing and sharpening treat alike. */
typedef enum
{
  RING_CENTRE,
  RING_NEXT,
  RING_DIAGONAL,
  RING_SECOND,
  RING_KNIGHT, /* two by one */
  RING_CORNER,
  N_RINGS
} Ring;

/* The share of the damage in the centre to expect there. */
static const gdouble ring_shares[N_RINGS] = { 1, 0.6, 0.4, 0.25, 0.15, 0.15 };

/* Samples of a shape that vary independently, by the number of the outermost ring. */
static const Ring free_rings[] = { RING_DIAGONAL, RING_SECOND, RING_CORNER };

/* Shapes of rings that vary independently. */
static const Ring ring_sets[] = { RING_CENTRE, RING_NEXT, RING_DIAGONAL, RING_CORNER };

/* Bilinear demosaicing of a green photosite, and of a red or blue one. */
static const gdouble bilinear[][N_RINGS] = { { 1, 0.25 }, { 1, 0.5, 0.25 } };

/* Part of each sample's difference from its neighbours' mean, as sharpening adds it. */
static const gdouble sharpenings[] = { 0, 0.5 };

static Ring
ring_at (gint dx, gint dy)
{
  static const Ring rings[3][3] = { { RING_CENTRE, RING_NEXT, RING_SECOND },
                                    { RING_NEXT, RING_DIAGONAL, RING_KNIGHT },
                                    { RING_SECOND, RING_KNIGHT, RING_CORNER } };

  return ABS (dx) > 2 || ABS (dy) > 2 ? N_RINGS : rings[ABS (dy)][ABS (dx)];
}

static void
draw_rings (Grid grid, const gdouble *heights)
{
  for (gint dy = -GRID_REACH; dy <= GRID_REACH; dy++)
    for (gint dx = -GRID_REACH; dx <= GRID_REACH; dx++)
      {
        Ring ring = ring_at (dx, dy);

        grid[dy + GRID_REACH][dx + GRID_REACH] = ring < N_RINGS ? heights[ring] : 0;
      }
}

static void
sharpen (Grid grid, gdouble amount)
{
  Grid plain;

  memcpy (plain, grid, sizeof plain);
  for (guint y = 1; y + 1 < GRID_SIDE; y++)
    for (guint x = 1; x + 1 < GRID_SIDE; x++)
      {
        gdouble sum = -plain[y][x];

        for (guint v = y - 1; v <= y + 1; v++)
          for (guint u = x - 1; u <= x + 1; u++)
            sum += plain[v][u];
        grid[y][x] += amount * (plain[y][x] - sum / 8);
      }
}

/* Where a photosite so far from the defect is in the plane, as samples from the defect's own. */
static gint
sample_of (gint distance, guint phase, guint sampling)
{
  gint at = distance + (gint) phase;

  return at >= 0 ? at / (gint) sampling : -((-at + (gint) sampling - 1) / (gint) sampling);
}

/* The weight that a decoder's smooth upsampling by two gives a sample of the plane at one of the
 * photosites: three quarters of the nearer and one quarter of the farther. */
static gdouble
interpolation_weight (gint distance, guint phase, guint sampling, gint sample)
{
  gint at = distance + (gint) phase, nearer = sample_of (distance, phase, sampling), farther;

  if (sampling == 1)
    return sample == at;
  farther = at - nearer * (gint) sampling == 0 ? nearer - 1 : nearer + 1;
  return sample == nearer ? 0.75 : sample == farther ? 0.25 : 0;
}

/* The share of the grid in the plane's sample at dx, dy from the defect's. */
static gdouble
weigh_sample (Grid grid, const HotpixDamagePlace *place, gint dx, gint dy)
{
  gdouble sum = 0;

  for (gint v = -GRID_REACH; v <= GRID_REACH; v++)
    for (gint u = -GRID_REACH; u <= GRID_REACH; u++)
      if (sample_of (u, place->phase_x, place->horizontal) == dx
          && sample_of (v, place->phase_y, place->vertical) == dy)
        sum += grid[v + GRID_REACH][u + GRID_REACH];
  return sum / (place->horizontal * place->vertical);
}

static gdouble
weigh_interpolated (Grid grid, const HotpixDamagePlace *place, gint dx, gint dy)
{
  gdouble sum = 0;

  for (gint v = -GRID_REACH; v <= GRID_REACH; v++)
    for (gint u = -GRID_REACH; u <= GRID_REACH; u++)
      {
        gdouble wx = interpolation_weight (dx, place->phase_x, place->horizontal, u);
        gdouble wy = interpolation_weight (dy, place->phase_y, place->vertical, v);

        if (wx * wy != 0)
          sum += wx * wy * weigh_sample (grid, place, u, v);
      }
  return sum;
}

/* Appends the grid as the plane has it, `share` high where it is highest. */
static void
add_vector (HotpixDamageShape *shape, const HotpixDamageShapes *shapes,
            const HotpixDamagePlace *place, Grid grid, gdouble share)
{
  gdouble *vector = shape->vectors[shape->n_vectors], highest = 0;

  for (guint i = 0; i < shapes->n_support; i++)
    {
      gint dx = (gint) (shapes->support[i] % HOTPIX_DAMAGE_SIDE) - (gint) place->x;
      gint dy = (gint) (shapes->support[i] / HOTPIX_DAMAGE_SIDE) - (gint) place->y;

      vector[i] = place->is_interpolated ? weigh_interpolated (grid, place, dx, dy)
                                         : weigh_sample (grid, place, dx, dy);
      highest = MAX (highest, ABS (vector[i]));
    }
  if (highest == 0)
    return;
  for (guint i = 0; i < shapes->n_support; i++)
    vector[i] *= share / highest;
  shape->n_vectors++;
}

static HotpixDamageShape *
next_shape (HotpixDamageShapes *shapes)
{
  HotpixDamageShape *shape = &shapes->shapes[shapes->n_shapes++];

  shape->n_vectors = 0;
  return shape;
}

static void
add_ring_set (HotpixDamageShape *shape, const HotpixDamageShapes *shapes,
              const HotpixDamagePlace *place, Ring outermost)
{
  for (guint ring = RING_CENTRE; ring <= outermost; ring++)
    {
      gdouble heights[N_RINGS] = { 0 };
      Grid grid;

      heights[ring] = 1;
      draw_rings (grid, heights);
      add_vector (shape, shapes, place, grid, ring_shares[ring]);
    }
}

static void
add_demosaiced (HotpixDamageShapes *shapes, const HotpixDamagePlace *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (bilinear); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sharpenings); k++)
      {
        Grid grid;

        draw_rings (grid, bilinear[i]);
        sharpen (grid, sharpenings[k]);
        add_vector (next_shape (shapes), shapes, place, grid, 1);
      }
}

/* The samples of the plane itself, up to a ring. */
static void
add_free (HotpixDamageShapes *shapes, const HotpixDamagePlace *place)
{
  for (guint k = 0; k < G_N_ELEMENTS (free_rings); k++)
    {
      HotpixDamageShape *shape = next_shape (shapes);

      for (guint i = 0; i < shapes->n_support; i++)
        {
          gint dx = (gint) (shapes->support[i] % HOTPIX_DAMAGE_SIDE) - (gint) place->x;
          gint dy = (gint) (shapes->support[i] / HOTPIX_DAMAGE_SIDE) - (gint) place->y;
          Ring ring = ring_at (dx, dy);

          if (ring > free_rings[k])
            continue;
          memset (shape->vectors[shape->n_vectors], 0, sizeof shape->vectors[0]);
          shape->vectors[shape->n_vectors++][i] = ring_shares[ring];
        }
    }
}

/* Photosites to a sample, of the samplings from which a plane may have been interpolated. */
static const guint samplings[][2] = { { 1, 1 }, { 2, 1 }, { 2, 2 } };

static void
add_interpolated (HotpixDamageShapes *shapes, const HotpixDamagePlace *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (samplings); i++)
    {
      HotpixDamagePlace sampled = *place;

      sampled.horizontal = samplings[i][0];
      sampled.vertical = samplings[i][1];
      sampled.phase_x = place->phase_x % sampled.horizontal;
      sampled.phase_y = place->phase_y % sampled.vertical;
      add_ring_set (next_shape (shapes), shapes, &sampled, RING_CENTRE);
      add_ring_set (next_shape (shapes), shapes, &sampled, RING_DIAGONAL);
      add_ring_set (next_shape (shapes), shapes, &sampled, RING_CORNER);
    }
}

void
hotpix_damage_shapes_init (HotpixDamageShapes *shapes, const HotpixDamagePlace *place)
{
  gint reach = place->is_interpolated ? HOTPIX_DAMAGE_REACH : 2;

  shapes->n_support = 0;
  shapes->n_shapes = 0;
  for (gint y = (gint) place->y - reach; y <= (gint) place->y + reach; y++)
    for (gint x = (gint) place->x - reach; x <= (gint) place->x + reach; x++)
      if (x >= 0 && y >= 0 && x < HOTPIX_DAMAGE_SIDE && y < HOTPIX_DAMAGE_SIDE)
        shapes->support[shapes->n_support++] = (guint) (y * HOTPIX_DAMAGE_SIDE + x);
  if (place->is_interpolated)
    add_interpolated (shapes, place);
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (ring_sets); i++)
        add_ring_set (next_shape (shapes), shapes, place, ring_sets[i]);
      add_demosaiced (shapes, place);
    }
  add_free (shapes, place);
}
