/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/footprint-private.h"

#include <math.h>
#include <string.h>

#define REACH HOTPIX_FOOTPRINT_REACH
#define SIDE (2 * REACH + 1)
#define N_PIXELS (SIDE * SIDE)
#define PLANES HOTPIX_FOOTPRINT_PLANES

/* How demosaicing spreads a photosite: to its own colour and, at its own place, to the others. */
typedef struct
{
  gdouble colours[3]; /* red, green, blue, at the defect itself */
  gdouble next;       /* of the own colour, beside it */
  gdouble diagonal;
} Spread;

static const Spread spreads[] = {
  { { 1, 0, 0 }, 0.5, 0.25 },   { { 0, 1, 0 }, 0.25, 0 },      { { 0, 0, 1 }, 0.5, 0.25 },
  { { 0.5, 1, 0.5 }, 0.15, 0 }, { { 1, 0.3, 0.3 }, 0.5, 0.2 }, { { 0.3, 0.3, 1 }, 0.5, 0.2 },
};

/* The tone curve over the damage, as a power, and what is added of the difference from the mean around. */
static const gdouble powers[] = { 0.7, 1.3 };
static const gdouble sharpenings[] = { 0, 0.5 };

G_STATIC_ASSERT (G_N_ELEMENTS (spreads) * G_N_ELEMENTS (powers) * G_N_ELEMENTS (sharpenings)
                 <= HOTPIX_FOOTPRINT_MOST_GUESSES);

/* Luma and the two colour differences of ITU-R BT.601. */
static const gdouble to_planes[PLANES][3]
    = { { 0.299, 0.587, 0.114 }, { -0.168736, -0.331264, 0.5 }, { 0.5, -0.418688, -0.081312 } };

guint
hotpix_footprint_ring (gint dx, gint dy)
{
  static const guint8 rings[REACH + 1][REACH + 1]
      = { { 0, 1, 4, 9 }, { 2, 3, 6, 11 }, { 5, 7, 8, 13 }, { 10, 12, 13, 13 } };

  dx = ABS (dx);
  dy = ABS (dy);
  return dx > REACH || dy > REACH ? HOTPIX_FOOTPRINT_RINGS : rings[dy][dx];
}

static gdouble
bend (gdouble height, gdouble power)
{
  return copysign (pow (fabs (height), power), height);
}

static void
draw (const Spread *spread, guint colour, gdouble power, gdouble *picture)
{
  gdouble own = spread->colours[colour];

  for (gint dy = -1; dy <= 1; dy++)
    for (gint dx = -1; dx <= 1; dx++)
      {
        gint distance = ABS (dx) + ABS (dy);
        gdouble share = distance == 0  ? own
                        : own < 1      ? 0
                        : distance > 1 ? spread->diagonal
                                       : spread->next;

        picture[(dy + REACH) * SIDE + dx + REACH] = bend (share, power);
      }
}

static void
sharpen (gdouble *picture, gdouble amount)
{
  gdouble plain[N_PIXELS];

  memcpy (plain, picture, sizeof plain);
  for (guint y = 1; y + 1 < SIDE; y++)
    for (guint x = 1; x + 1 < SIDE; x++)
      {
        gdouble sum = -plain[y * SIDE + x];

        for (guint v = y - 1; v <= y + 1; v++)
          for (guint u = x - 1; u <= x + 1; u++)
            sum += plain[v * SIDE + u];
        picture[y * SIDE + x] += amount * (plain[y * SIDE + x] - sum / 8);
      }
}

static void
add_picture (HotpixFootprint *footprint, guint n_planes, guint colour, const gdouble *picture)
{
  for (gint dy = 0; dy <= REACH; dy++)
    for (gint dx = 0; dx <= REACH; dx++)
      {
        guint ring = hotpix_footprint_ring (dx, dy);

        for (guint plane = 0; plane < MIN (n_planes, PLANES) && ring < HOTPIX_FOOTPRINT_RINGS;
             plane++)
          footprint->heights[plane][ring]
              += (n_planes == 1 ? 1.0 / 3 : to_planes[plane][colour])
                 * picture[(dy + REACH) * SIDE + dx + REACH];
      }
}

void
hotpix_footprint_guesses_init (HotpixFootprintGuesses *guesses, guint n_planes)
{
  guesses->n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (spreads); i++)
    for (guint j = 0; j < G_N_ELEMENTS (powers); j++)
      for (guint k = 0; k < G_N_ELEMENTS (sharpenings); k++)
        {
          HotpixFootprint *guess = &guesses->footprints[guesses->n++];

          *guess = (HotpixFootprint){ 0 };
          for (guint colour = 0; colour < 3; colour++)
            {
              gdouble picture[N_PIXELS] = { 0 };

              draw (&spreads[i], colour, powers[j], picture);
              sharpen (picture, sharpenings[k]);
              add_picture (guess, n_planes, colour, picture);
            }
        }
}
