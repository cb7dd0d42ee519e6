/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/detector.h"
#include "detect/looks-private.h"

#include <math.h>

/* How many false reports chance makes in a set: one in 33 sets. */
#define FALSE_REPORTS 0.03

/* Above this the tail of the peaks is not that of chance. */
#define MOST_SCALE 0.6

/* Where frames are alike, the evidence of a block is above the noise, and at least this share of what
 * it would be if all frames were the same. */
#define ALIKE_SHARE 0.25
#define ALIKE_LEAST_NOISE 0.9
#define MOST_ALIKE_BLOCKS 0.25

/* What one look at the photos shows. */
typedef struct
{
  HotpixMeasure measure;
  HotpixEvidenceNoise *noise;
  HotpixPeaks *peaks;
  HotpixPeakChance chance;
  gsize next; /* the highest peak that is not asked for yet */
} View;

struct HotpixLooks
{
  View views[HOTPIX_N_LOOKS]; /* by look */
  guint n;                    /* the first so many are worth one */
};

void
hotpix_looks_free (HotpixLooks *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < HOTPIX_N_LOOKS; i++)
    {
      hotpix_evidence_noise_free (self->views[i].noise);
      hotpix_peaks_free (self->views[i].peaks);
    }
  g_free (self);
}

static gboolean
view_take (View *view, const HotpixAccumulator *accumulator, HotpixLook look, guint n_threads,
           GError **error)
{
  view->measure.accumulator = accumulator;
  view->measure.look = look;
  view->noise = hotpix_evidence_noise_new (accumulator, look, n_threads, error);
  if (view->noise == NULL)
    return FALSE;
  view->measure.noise = view->noise;
  view->peaks = hotpix_evidence_peaks_find (accumulator, look, view->noise, n_threads, error);
  return view->peaks != NULL
         && hotpix_evidence_peaks_chance (
             view->peaks, hotpix_accumulator_get_shape (accumulator), &view->chance, error);
}

/* Whether much of it stands out, as what never moves does. */
static gboolean
view_is_alike (const View *view)
{
  guint n_frames
      = hotpix_accumulator_get_evidence_frames (view->measure.accumulator, view->measure.look);
  gdouble alike = MAX (ALIKE_LEAST_NOISE, ALIKE_SHARE * sqrt (n_frames));

  return view->chance.scale > MOST_SCALE
         || hotpix_evidence_noise_share_above (view->noise, alike) > MOST_ALIKE_BLOCKS;
}

/* More looks are more chances to be wrong, so each has its share of them. Long exposures that are few, or
 * of scenes that are alike, tell nothing. */
static gboolean
take_all (HotpixLooks *self, const HotpixAccumulator *accumulator, guint n_threads,
          GError **error)
{
  View *all = &self->views[HOTPIX_LOOK_ALL], *longest = &self->views[HOTPIX_LOOK_LONG];

  if (!view_take (all, accumulator, HOTPIX_LOOK_ALL, n_threads, error))
    return FALSE;
  self->n = 1;
  if (hotpix_accumulator_get_evidence_frames (accumulator, HOTPIX_LOOK_LONG)
      >= HOTPIX_FEW_FRAMES)
    {
      if (!view_take (longest, accumulator, HOTPIX_LOOK_LONG, n_threads, error))
        return FALSE;
      if (!view_is_alike (longest))
        self->n++;
    }
  for (guint i = 0; i < self->n; i++)
    {
      const HotpixPeakChance *chance = &self->views[i].chance;

      self->views[i].measure.limit
          = chance->once - chance->scale * log (FALSE_REPORTS / self->n);
    }
  return TRUE;
}

HotpixLooks *
hotpix_looks_new (const HotpixAccumulator *accumulator, guint n_threads, GError **error)
{
  g_autoptr (HotpixLooks) self = g_new0 (HotpixLooks, 1);

  return take_all (self, accumulator, n_threads, error) ? g_steal_pointer (&self) : NULL;
}

const HotpixMeasure *
hotpix_looks_get_measure (const HotpixLooks *self, HotpixLook look)
{
  return &self->views[look].measure;
}

gboolean
hotpix_looks_are_alike (const HotpixLooks *self)
{
  return view_is_alike (&self->views[HOTPIX_LOOK_ALL]);
}

const HotpixPeak *
hotpix_looks_next_peak (HotpixLooks *self, gdouble threshold, const HotpixMeasure **measure)
{
  View *best = NULL;
  gdouble highest = 0;

  for (guint i = 0; i < self->n; i++)
    {
      View *view = &self->views[i];
      gdouble score = view->next < view->peaks->n_peaks
                          ? view->peaks->peaks[view->next].height / view->measure.limit
                          : 0;

      if (score >= threshold && score > highest)
        {
          best = view;
          highest = score;
        }
    }
  if (best == NULL)
    return NULL;
  *measure = &best->measure;
  return &best->peaks->peaks[best->next++];
}
