/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/block-transform-private.h"
#include "repair/damaged-blocks-private.h"
#include "repair/footprint-fit-private.h"
#include "repair/jpeg-damage-private.h"
#include "repair/repairer-private.h"

#include <math.h>
#include <string.h>

#define SIDE HOTPIX_JPEG_BLOCK_SIDE
#define N HOTPIX_JPEG_BLOCK_SAMPLES
#define LEVEL 128 /* that coefficients are told from */

/* Prior knowledge. Damage has to be clear, because what the scene has there is lost with it. */
#define PRIOR_OF_NONE 0.965
#define PRIOR_OF_GUESSES 0.025
#define PRIOR_OF_FREE 0.01

/* Damage of any shape fits the coefficients better than it should, by that much: it was chosen for them. */
#define FREE_PENALTY 6.0

#define LEAST_PROBABILITY 0.5

/* Footprints that are looked at closely, after a fast look at all. */
#define N_KEPT 3

/* One explanation of what the coefficients are. */
typedef struct
{
  gdouble gain; /* the logarithm of how much likelier they are than without damage */
  gdouble prior;
  gfloat *damage; /* owned; of each coefficient */
} Candidate;

/* Puts the samples of a block into its part of the window. */
static gboolean
decode_block (HotpixJpegCoefficients *jpeg, guint component, const HotpixRepairWindow *window,
              guint column, guint row, gdouble *samples, GError **error)
{
  const HotpixJpegComponent *layout
      = &hotpix_jpeg_coefficients_get_layout (jpeg)->components[component];
  const gint16 *block
      = hotpix_jpeg_coefficients_get_block (jpeg, component, column, row, error);
  HotpixBlock coefficients, decoded;

  if (block == NULL)
    return FALSE;
  for (guint i = 0; i < SIDE * SIDE; i++)
    coefficients[i / SIDE][i % SIDE] = block[i] * (gdouble) layout->quantisation[i];
  hotpix_block_to_samples (coefficients, decoded);
  for (guint v = 0; v < SIDE; v++)
    for (guint u = 0; u < SIDE; u++)
      {
        guint x = column * SIDE + u - window->x, y = row * SIDE + v - window->y;

        if (x < HOTPIX_DAMAGE_SIDE && y < HOTPIX_DAMAGE_SIDE)
          samples[y * HOTPIX_DAMAGE_SIDE + x] = CLAMP (decoded[v][u] + LEVEL, 0, 255);
      }
  return TRUE;
}

/* What the damage in a window adds to the coefficients of one component. */
static void
transform_window (const HotpixRepairWindow *window, const gdouble *window_damage,
                  guint component, const GArray *blocks, gfloat *damage)
{
  for (guint i = 0; i < blocks->len; i++, damage += N)
    {
      const HotpixDamagedBlock *block = &g_array_index (blocks, HotpixDamagedBlock, i);
      HotpixBlock samples = { { 0 } }, added;

      if (block->component != component)
        continue;
      for (guint v = 0; v < SIDE; v++)
        for (guint u = 0; u < SIDE; u++)
          {
            guint x = block->column * SIDE + u - window->x;
            guint y = block->row * SIDE + v - window->y;

            if (x < HOTPIX_DAMAGE_SIDE && y < HOTPIX_DAMAGE_SIDE)
              samples[v][u] = window_damage[y * HOTPIX_DAMAGE_SIDE + x];
          }
      hotpix_block_to_coefficients (samples, added);
      for (guint k = 0; k < N; k++)
        damage[k] = (gfloat) added[k / SIDE][k % SIDE];
    }
}

/* Adds the damage of a component as the samples alone tell it. */
static gboolean
estimate_component (HotpixJpegCoefficients *jpeg, const HotpixRepairer *repairer, guint index,
                    guint component, const GArray *blocks, gfloat *damage, GError **error)
{
  const HotpixJpegComponent *layout
      = &hotpix_jpeg_coefficients_get_layout (jpeg)->components[component];
  HotpixRepairPlane plane
      = { layout->width, layout->height, layout->horizontal, layout->vertical, FALSE };
  gdouble samples[HOTPIX_DAMAGE_SAMPLES], window_damage[HOTPIX_DAMAGE_SAMPLES];
  HotpixRepairWindow window;

  if (!hotpix_repairer_place_window (repairer, index, &plane, &window))
    return TRUE;
  for (guint row = window.y / SIDE; row <= (window.y + HOTPIX_DAMAGE_SIDE - 1) / SIDE; row++)
    for (guint column = window.x / SIDE; column <= (window.x + HOTPIX_DAMAGE_SIDE - 1) / SIDE;
         column++)
      if (!decode_block (jpeg, component, &window, column, row, samples, error))
        return FALSE;
  if (hotpix_repairer_estimate (repairer, index, &plane, samples, window_damage))
    transform_window (&window, window_damage, component, blocks, damage);
  return TRUE;
}

static void
clear_candidate (gpointer data)
{
  g_free (((Candidate *) data)->damage);
}

static gint
compare_candidates (gconstpointer a, gconstpointer b)
{
  gdouble difference = ((const Candidate *) b)->gain - ((const Candidate *) a)->gain;

  return (difference > 0) - (difference < 0);
}

/* Adds the common footprints that fit best. */
static void
add_guesses (const GArray *blocks, const HotpixFootprintGuesses *guesses, GArray *candidates)
{
  for (guint i = 0; i < guesses->n; i++)
    {
      Candidate candidate = { .prior = PRIOR_OF_GUESSES / guesses->n,
                              .damage = g_new (gfloat, blocks->len * N) };

      hotpix_damaged_blocks_draw (blocks, &guesses->footprints[i], candidate.damage);
      candidate.gain = hotpix_footprint_fit_roughly (blocks, candidate.damage);
      g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_candidates);
  g_array_set_size (candidates, MIN (guesses->n, N_KEPT));
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);
      HotpixFootprintFit fit = hotpix_footprint_fit (blocks, candidate->damage);

      candidate->gain = fit.gain;
      for (guint k = 0; k < blocks->len * N; k++)
        candidate->damage[k] *= (gfloat) fit.amount;
    }
}

/* Adds the damage as the samples alone tell it. */
static gboolean
add_free (HotpixJpegCoefficients *jpeg, const HotpixRepairer *repairer, guint index,
          const GArray *blocks, GArray *candidates, GError **error)
{
  const HotpixJpegLayout *layout = hotpix_jpeg_coefficients_get_layout (jpeg);
  Candidate candidate = { .gain = -FREE_PENALTY,
                          .prior = PRIOR_OF_FREE,
                          .damage = g_new0 (gfloat, blocks->len * N) };

  for (guint i = 0; i < layout->n_components; i++)
    if (!estimate_component (jpeg, repairer, index, i, blocks, candidate.damage, error))
      {
        g_free (candidate.damage);
        return FALSE;
      }
  for (guint i = 0; i < blocks->len * N; i++)
    {
      HotpixQuantised quantised = hotpix_damaged_blocks_get (
          &g_array_index (blocks, HotpixDamagedBlock, i / N), i % N);

      if (candidate.damage[i] != 0)
        candidate.gain += hotpix_quantised_gain (&quantised, (gdouble) candidate.damage[i]);
    }
  g_array_append_val (candidates, candidate);
  return TRUE;
}

/* FALSE where none is likelier than all candidates together. */
static gboolean
average (const GArray *candidates, guint n, gfloat *damage)
{
  gdouble highest = 0, total, none;

  for (guint i = 0; i < candidates->len; i++)
    highest = MAX (highest, g_array_index (candidates, Candidate, i).gain);
  total = none = PRIOR_OF_NONE * exp (-highest);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);

      total += candidate->prior * exp (candidate->gain - highest);
    }
  if (none > LEAST_PROBABILITY * total)
    return FALSE;
  memset (damage, 0, n * sizeof *damage);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      gfloat share = (gfloat) (candidate->prior * exp (candidate->gain - highest) / total);

      for (guint k = 0; k < n; k++)
        damage[k] += share * candidate->damage[k];
    }
  return TRUE;
}

gboolean
hotpix_jpeg_damage_estimate (HotpixJpegCoefficients *jpeg, const HotpixRepairer *repairer,
                             guint index, const HotpixFootprintGuesses *guesses,
                             const GArray *blocks, gfloat *damage, gboolean *is_seen,
                             GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  g_array_set_clear_func (candidates, clear_candidate);
  add_guesses (blocks, guesses, candidates);
  if (!add_free (jpeg, repairer, index, blocks, candidates, error))
    return FALSE;
  *is_seen = average (candidates, blocks->len * N, damage);
  return TRUE;
}
