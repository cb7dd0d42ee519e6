/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/jpeg-repair.h"
#include "repair/jpeg-coefficients-private.h"
#include "repair/repairer-private.h"

#include <math.h>
#include <string.h>

#define SIDE HOTPIX_JPEG_BLOCK_SIDE
#define LEVEL 128 /* that coefficients are told from */

/* What eight bits can make of a block: ITU-R T.81, annex F. */
#define MOST_COEFFICIENT 1023

/* A block of more pixels than that on a side reaches too far from a defect. */
#define MOST_SAMPLING 2

/* Of coefficients that are all 0 around a block, as a share of a step. */
#define LEAST_DEVIATION 0.1

/* How far the damage of a coefficient may be from the estimate: a share of it, and units of 1/255. */
#define DAMAGE_DOUBT 0.1
#define LEAST_DOUBT 0.5

/* Damage of less than this share of a step does not move a coefficient. */
#define LEAST_DAMAGE 0.05

#define INTEGRATION_STEPS 6

typedef gdouble Block[SIDE][SIDE];

/* A component of a photo that is being repaired. */
typedef struct
{
  HotpixJpegCoefficients *jpeg;
  guint component;
  const HotpixJpegComponent *layout;
  Block basis; /* cosines: frequency by sample */
} Work;

static void
init_basis (Block basis)
{
  for (guint k = 0; k < SIDE; k++)
    for (guint i = 0; i < SIDE; i++)
      basis[k][i] = (k == 0 ? sqrt (0.125) : 0.5) * cos ((2 * i + 1) * k * G_PI / (2 * SIDE));
}

/* Samples of coefficients (ITU-R T.81, A.3.3). */
static void
to_samples (Block basis, Block coefficients, Block samples)
{
  Block half = { { 0 } };

  memset (samples, 0, sizeof (Block));
  for (guint v = 0; v < SIDE; v++)
    for (guint u = 0; u < SIDE; u++)
      for (guint x = 0; coefficients[v][u] != 0 && x < SIDE; x++)
        half[v][x] += coefficients[v][u] * basis[u][x];
  for (guint v = 0; v < SIDE; v++)
    for (guint y = 0; y < SIDE; y++)
      for (guint x = 0; x < SIDE; x++)
        samples[y][x] += half[v][x] * basis[v][y];
}

static void
to_coefficients (Block basis, Block samples, Block coefficients)
{
  Block half = { { 0 } };

  memset (coefficients, 0, sizeof (Block));
  for (guint y = 0; y < SIDE; y++)
    for (guint u = 0; u < SIDE; u++)
      for (guint x = 0; x < SIDE; x++)
        half[y][u] += samples[y][x] * basis[u][x];
  for (guint v = 0; v < SIDE; v++)
    for (guint y = 0; y < SIDE; y++)
      for (guint u = 0; u < SIDE; u++)
        coefficients[v][u] += half[y][u] * basis[v][y];
}

/* Puts the samples of a block into its part of the window. */
static gboolean
decode_block (Work *work, const HotpixRepairWindow *window, guint column, guint row,
              gdouble *samples, GError **error)
{
  Block coefficients, decoded;
  const gint16 *block
      = hotpix_jpeg_coefficients_get_block (work->jpeg, work->component, column, row, error);

  if (block == NULL)
    return FALSE;
  for (guint i = 0; i < SIDE * SIDE; i++)
    coefficients[i / SIDE][i % SIDE] = block[i] * (gdouble) work->layout->quantisation[i];
  to_samples (work->basis, coefficients, decoded);
  for (guint v = 0; v < SIDE; v++)
    for (guint u = 0; u < SIDE; u++)
      {
        guint x = column * SIDE + u - window->x, y = row * SIDE + v - window->y;

        if (x < HOTPIX_DAMAGE_SIDE && y < HOTPIX_DAMAGE_SIDE)
          samples[y * HOTPIX_DAMAGE_SIDE + x] = CLAMP (decoded[v][u] + LEVEL, 0, 255);
      }
  return TRUE;
}

/* Adds the squares of the block's coefficients to the sums. FALSE without enough memory. */
static gboolean
add_squares (Work *work, guint column, guint row, Block squares, GError **error)
{
  const gint16 *block
      = hotpix_jpeg_coefficients_get_block (work->jpeg, work->component, column, row, error);

  if (block == NULL)
    return FALSE;
  for (guint i = 0; i < SIDE * SIDE; i++)
    {
      gdouble value = block[i] * (gdouble) work->layout->quantisation[i];

      squares[i / SIDE][i % SIDE] += value * value;
    }
  return TRUE;
}

/* The standard deviations to expect of a block's coefficients, by those of the blocks around it and of
 * the neighbouring frequencies. */
static gboolean
expect_deviations (Work *work, guint column, guint row, Block deviations, GError **error)
{
  guint columns = (work->layout->width + SIDE - 1) / SIDE;
  guint rows = (work->layout->height + SIDE - 1) / SIDE, n = 0;
  Block squares = { { 0 } };

  for (guint v = row - MIN (row, 1); v <= MIN (row + 1, rows - 1); v++)
    for (guint u = column - MIN (column, 1); u <= MIN (column + 1, columns - 1); u++)
      if (u != column || v != row)
        {
          if (!add_squares (work, u, v, squares, error))
            return FALSE;
          n++;
        }
  for (guint v = 0; v < SIDE; v++)
    for (guint u = 0; u < SIDE; u++)
      {
        gdouble sum = 0, least = LEAST_DEVIATION * work->layout->quantisation[v * SIDE + u];
        guint n_frequencies = 0;

        for (guint j = v - MIN (v, 1); j <= MIN (v + 1, SIDE - 1); j++)
          for (guint i = u - MIN (u, 1); i <= MIN (u + 1, SIDE - 1); i++)
            if (i + j > 0)
              {
                sum += squares[j][i];
                n_frequencies++;
              }
        deviations[v][u] = sqrt (sum / (n_frequencies * MAX (n, 1)) + least * least);
      }
  return TRUE;
}

/* How likely a quantised value is where the coefficient was `before` and then had damage taken away:
 * integrated over what rounds to the value, the prior being Laplace's. */
static gdouble
weigh_value (gint value, gint before, gdouble step, gdouble damage, gdouble deviation)
{
  gdouble doubt
      = sqrt (DAMAGE_DOUBT * DAMAGE_DOUBT * damage * damage + LEAST_DOUBT * LEAST_DOUBT);
  gdouble sum = 0;

  for (guint i = 0; i < INTEGRATION_STEPS; i++)
    {
      gdouble clean = (value - 0.5 + (i + 0.5) / INTEGRATION_STEPS) * step;
      gdouble above = (before + 0.5) * step - clean - damage;

      sum += exp (-G_SQRT2 * fabs (clean) / deviation)
             * (erf (above / (doubt * G_SQRT2)) - erf ((above - step) / (doubt * G_SQRT2)));
    }
  return sum;
}

/* The likeliest quantised coefficient without the damage. deviation: 0 for one that may be anything. */
static gint
choose_value (gint before, gdouble step, gdouble damage, gdouble deviation)
{
  gint nearest = (gint) rint (
      CLAMP (before - damage / step, -2 * MOST_COEFFICIENT, 2 * MOST_COEFFICIENT));
  gint best = nearest;
  gdouble most = 0;

  if (deviation == 0 || fabs (damage) < LEAST_DAMAGE * step)
    return deviation == 0 ? nearest : before;
  for (gint value = nearest - 2; value <= nearest + 2; value++)
    {
      gdouble weight = weigh_value (value, before, step, damage, deviation);

      if (weight > most)
        {
          most = weight;
          best = value;
        }
    }
  return best;
}

/* Removes a window's damage from a block. */
static gboolean
change_block (Work *work, const HotpixRepairWindow *window, guint column, guint row,
              const gdouble *damage, gboolean *changed, GError **error)
{
  Block samples = { { 0 } }, coefficients, deviations;
  gint16 *block;
  gboolean any = FALSE;

  for (guint v = 0; v < SIDE; v++)
    for (guint u = 0; u < SIDE; u++)
      {
        guint x = column * SIDE + u - window->x, y = row * SIDE + v - window->y;

        if (x < HOTPIX_DAMAGE_SIDE && y < HOTPIX_DAMAGE_SIDE)
          samples[v][u] = damage[y * HOTPIX_DAMAGE_SIDE + x];
        any = any || samples[v][u] != 0;
      }
  if (!any)
    return TRUE;
  if (!expect_deviations (work, column, row, deviations, error))
    return FALSE;
  block = hotpix_jpeg_coefficients_get_block (work->jpeg, work->component, column, row, error);
  if (block == NULL)
    return FALSE;
  to_coefficients (work->basis, samples, coefficients);
  for (guint i = 0; i < SIDE * SIDE; i++)
    {
      gint value = choose_value (block[i], work->layout->quantisation[i],
                                 coefficients[i / SIDE][i % SIDE],
                                 i == 0 ? 0 : deviations[i / SIDE][i % SIDE]);

      if (value == block[i])
        continue;
      block[i] = (gint16) CLAMP (value, -MOST_COEFFICIENT, MOST_COEFFICIENT);
      *changed = TRUE;
    }
  return TRUE;
}

static gboolean
repair_component (Work *work, const HotpixRepairer *repairer, guint index, gboolean *changed,
                  GError **error)
{
  HotpixRepairPlane plane = { work->layout->width, work->layout->height,
                              work->layout->horizontal, work->layout->vertical, FALSE };
  gdouble samples[HOTPIX_DAMAGE_SAMPLES], damage[HOTPIX_DAMAGE_SAMPLES];
  HotpixRepairWindow window;
  guint last_column, last_row;

  if (!hotpix_repairer_place_window (repairer, index, &plane, &window))
    return TRUE;
  last_column = (window.x + HOTPIX_DAMAGE_SIDE - 1) / SIDE;
  last_row = (window.y + HOTPIX_DAMAGE_SIDE - 1) / SIDE;
  for (guint row = window.y / SIDE; row <= last_row; row++)
    for (guint column = window.x / SIDE; column <= last_column; column++)
      if (!decode_block (work, &window, column, row, samples, error))
        return FALSE;
  if (!hotpix_repairer_estimate (repairer, index, &plane, samples, damage))
    return TRUE;
  for (guint row = window.y / SIDE; row <= last_row; row++)
    for (guint column = window.x / SIDE; column <= last_column; column++)
      if (!change_block (work, &window, column, row, damage, changed, error))
        return FALSE;
  return TRUE;
}

static gboolean
repair_blocks (const HotpixRepairer *repairer, HotpixJpegCoefficients *jpeg, guint *n_repaired,
               GError **error)
{
  const HotpixJpegLayout *layout = hotpix_jpeg_coefficients_get_layout (jpeg);
  Work work = { .jpeg = jpeg };

  init_basis (work.basis);
  for (guint i = 0; i < hotpix_repairer_count (repairer); i++)
    {
      gboolean changed = FALSE;

      for (guint k = 0; k < layout->n_components; k++)
        {
          work.component = k;
          work.layout = &layout->components[k];
          if (MAX (work.layout->horizontal, work.layout->vertical) <= MOST_SAMPLING
              && !repair_component (&work, repairer, i, &changed, error))
            return FALSE;
        }
      *n_repaired += changed;
    }
  return TRUE;
}

GBytes *
hotpix_jpeg_repair (const HotpixRepairer *repairer, GBytes *jpeg, guint *n_repaired,
                    GError **error)
{
  g_autoptr (HotpixJpegCoefficients) coefficients = hotpix_jpeg_coefficients_new (jpeg, error);

  *n_repaired = 0;
  if (coefficients == NULL || !repair_blocks (repairer, coefficients, n_repaired, error))
    return NULL;
  return *n_repaired > 0 ? hotpix_jpeg_coefficients_write (coefficients, error)
                         : g_bytes_ref (jpeg);
}
