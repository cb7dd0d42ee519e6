/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include <math.h>

#define N_SHAPES 24
#define N_OCTAVES 4
#define LATTICE 64 /* cells of a texture before it repeats */

typedef struct
{
  gfloat x, y, radius_x, radius_y, softness;
  gfloat colour[3];
  gboolean is_box;
} Blob;

struct Scene
{
  guint width;
  guint height;
  gfloat top[3], bottom[3];
  Blob blobs[N_SHAPES];
  gfloat lattice[LATTICE][LATTICE];
  gfloat texture; /* strength, 0 to 1 */
  gfloat octave_cells[N_OCTAVES];
};

static gfloat
draw (GRand *random, gdouble low, gdouble high)
{
  return (gfloat) g_rand_double_range (random, low, high);
}

/* Light is spread over stops rather than evenly, as scenes are. */
static void
draw_colour (GRand *random, gfloat *colour)
{
  gfloat level = exp2f (draw (random, -5, -0.3));

  for (guint i = 0; i < 3; i++)
    colour[i] = level * draw (random, 0.5, 1);
}

Scene *
scene_new (guint width, guint height, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  Scene *scene = g_new0 (Scene, 1);

  scene->width = width;
  scene->height = height;
  draw_colour (random, scene->top);
  draw_colour (random, scene->bottom);
  for (guint i = 0; i < N_SHAPES; i++)
    {
      Blob *blob = &scene->blobs[i];

      blob->x = draw (random, 0, width);
      blob->y = draw (random, 0, height);
      blob->radius_x = (gfloat) height * draw (random, 0.02, 0.35);
      blob->radius_y = (gfloat) height * draw (random, 0.02, 0.35);
      blob->softness = draw (random, 0.01, 0.3);
      blob->is_box = g_rand_boolean (random);
      draw_colour (random, blob->colour);
    }
  for (guint y = 0; y < LATTICE; y++)
    for (guint x = 0; x < LATTICE; x++)
      scene->lattice[y][x] = draw (random, -1, 1);
  scene->texture = draw (random, 0.05, 0.5);
  for (guint i = 0; i < N_OCTAVES; i++)
    scene->octave_cells[i] = (gfloat) (4 << i) * draw (random, 0.8, 1.25);
  return scene;
}

void
scene_free (Scene *scene)
{
  g_free (scene);
}

/* Value noise: the lattice's values, blended linearly within a cell. */
static gfloat
lattice_at (const Scene *scene, gfloat x, gfloat y)
{
  gint column = (gint) x, row = (gint) y;
  gfloat part_x = x - (gfloat) column, part_y = y - (gfloat) row;
  const gfloat *upper = scene->lattice[row % LATTICE],
               *lower = scene->lattice[(row + 1) % LATTICE];
  gfloat a = upper[column % LATTICE], b = upper[(column + 1) % LATTICE];
  gfloat c = lower[column % LATTICE], d = lower[(column + 1) % LATTICE];

  return (a + (b - a) * part_x) * (1 - part_y) + (c + (d - c) * part_x) * part_y;
}

static gfloat
texture_at (const Scene *scene, gfloat x, gfloat y)
{
  gfloat sum = 0, weight = 0.5f;

  for (guint i = 0; i < N_OCTAVES; i++, weight *= 0.6f)
    sum += weight * lattice_at (scene, x / scene->octave_cells[i], y / scene->octave_cells[i]);
  return 1 + scene->texture * sum;
}

/* How much of a blob covers the point, 0 to 1. */
static gfloat
coverage (const Blob *blob, gfloat x, gfloat y)
{
  gfloat u = fabsf (x - blob->x) / blob->radius_x, v = fabsf (y - blob->y) / blob->radius_y;
  gfloat distance = blob->is_box ? MAX (u, v) : sqrtf (u * u + v * v);

  return CLAMP ((1 - distance) / blob->softness, 0, 1);
}

void
scene_row (const Scene *scene, guint y, gfloat *light)
{
  gfloat down = (gfloat) y / (gfloat) scene->height;

  for (guint x = 0; x < scene->width; x++)
    {
      gfloat texture = texture_at (scene, (gfloat) x, (gfloat) y);

      for (guint i = 0; i < 3; i++)
        light[3 * x + i] = scene->top[i] * (1 - down) + scene->bottom[i] * down;
      for (guint k = 0; k < N_SHAPES; k++)
        {
          gfloat share = coverage (&scene->blobs[k], (gfloat) x, (gfloat) y);

          for (guint i = 0; i < 3 && share > 0; i++)
            light[3 * x + i] += share * (scene->blobs[k].colour[i] - light[3 * x + i]);
        }
      for (guint i = 0; i < 3; i++)
        light[3 * x + i] *= texture;
    }
}
