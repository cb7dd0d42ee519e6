/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/detector.h"
#include "base/text.h"
#include "detect/cluster-private.h"
#include "detect/evidence-peaks-private.h"
#include "detect/lines-private.h"
#include "sums/evidence-kernel-private.h"

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

/* Peaks that are high enough to judge; they come first. */
static gsize
count_high_peaks (const HotpixPeaks *peaks, gdouble least_height)
{
  gsize n = 0;

  while (n < peaks->n_peaks && peaks->peaks[n].height >= least_height)
    n++;
  return n;
}

/* From the highest peak down, so that a strong defect comes before its echoes. */
static gboolean
judge_peaks (HotpixPassed *passed, const HotpixMeasure *measure, const HotpixPeaks *peaks,
             gdouble threshold, GError **error)
{
  gsize n_high = count_high_peaks (peaks, measure->limit * threshold);

  for (gsize i = 0; i < n_high; i++)
    {
      HotpixCandidate candidate
          = hotpix_candidate_look_at (measure, peaks->peaks[i].x, peaks->peaks[i].y);

      if (candidate.defect.score < threshold || hotpix_candidate_is_faint (measure, &candidate)
          || hotpix_passed_echoes (passed, &candidate))
        continue;
      candidate.defect.kind = hotpix_candidate_kind (measure, &candidate);
      if ((candidate.defect.kind == HOTPIX_DEFECT_DUST
           || hotpix_candidate_is_photosite (measure, &candidate))
          && !hotpix_passed_add (passed, &candidate, error))
        return FALSE;
    }
  return TRUE;
}

static gint
compare_defects (gconstpointer a, gconstpointer b)
{
  const HotpixDefect *p = a, *q = b;

  if (p->score != q->score)
    return p->score > q->score ? -1 : 1;
  if (p->y != q->y)
    return p->y < q->y ? -1 : 1;
  return p->x < q->x ? -1 : p->x > q->x;
}

static gdouble
height_of_score_one (const HotpixPeakChance *chance)
{
  return chance->once - chance->scale * log (FALSE_REPORTS);
}

/* NULL where all is well. */
static gchar *
make_warning (const HotpixEvidenceNoise *noise, const HotpixPeakChance *chance,
              const HotpixShape *shape, guint n_frames)
{
  gdouble alike = MAX (ALIKE_LEAST_NOISE, ALIKE_SHARE * sqrt (n_frames));

  if (MIN (shape->width, shape->height) < HOTPIX_EVIDENCE_MIN_SIZE)
    return g_strdup_printf (_ ("photos of %u x %u pixels are too small to look for defects in"),
                            shape->width, shape->height);
  if (hotpix_evidence_noise_is_silent (noise))
    return g_strdup (_ ("no defect can show: the photos are blank, or all black or white"));
  if (n_frames < HOTPIX_FEW_FRAMES)
    return g_strdup_printf (ngettext ("%u photo shows only strong defects: use 20 or more, of "
                                      "different scenes",
                                      "%u photos show only strong defects: use 20 or more, of "
                                      "different scenes",
                                      n_frames),
                            n_frames);
  if (chance->scale > MOST_SCALE
      || hotpix_evidence_noise_share_above (noise, alike) > MOST_ALIKE_BLOCKS)
    return g_strdup (_ ("the photos are too alike to separate defects from details that never "
                        "move: add photos of other scenes"));
  return NULL;
}

static HotpixDefects *
defects_new (const HotpixAccumulator *accumulator, const HotpixPassed *passed,
             const GArray *lines, gdouble threshold, guint kinds)
{
  HotpixDefects *defects = g_new0 (HotpixDefects, 1);

  defects->shape = *hotpix_accumulator_get_shape (accumulator);
  defects->n_frames = hotpix_accumulator_get_frames (accumulator);
  defects->threshold = threshold;
  defects->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  for (guint i = 0; i < hotpix_passed_get_length (passed); i++)
    {
      HotpixDefect defect = hotpix_passed_get (passed, i)->defect;

      if (kinds & HOTPIX_KIND_BIT (defect.kind)
          && !hotpix_lines_cover (lines, defect.x, defect.y))
        g_array_append_val (defects->list, defect);
    }
  for (guint i = 0; i < lines->len; i++)
    if (kinds & HOTPIX_KIND_BIT (g_array_index (lines, HotpixDefect, i).kind))
      g_array_append_val (defects->list, g_array_index (lines, HotpixDefect, i));
  g_array_sort (defects->list, compare_defects);
  return defects;
}

static gboolean
check_threshold (gdouble threshold, GError **error)
{
  if (threshold >= HOTPIX_LEAST_THRESHOLD && threshold <= HOTPIX_MOST_THRESHOLD)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
               _ ("threshold must be %g to %g, not %g"), HOTPIX_LEAST_THRESHOLD,
               (gdouble) HOTPIX_MOST_THRESHOLD, threshold);
  return FALSE;
}

HotpixDefects *
hotpix_detect (const HotpixAccumulator *accumulator, gdouble threshold, guint kinds,
               guint n_threads, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  HotpixMeasure measure = { .accumulator = accumulator };
  g_autoptr (HotpixEvidenceNoise) noise = NULL;
  g_autoptr (HotpixPeaks) peaks = NULL;
  g_autoptr (HotpixPassed) passed = NULL;
  g_autoptr (GArray) lines = NULL;
  HotpixDefects *defects;
  HotpixPeakChance chance;
  guint n_frames = hotpix_accumulator_get_frames (accumulator);

  g_return_val_if_fail (n_frames >= 2, NULL);
  if (!check_threshold (threshold, error))
    return NULL;
  noise = hotpix_evidence_noise_new (accumulator, n_threads, error);
  if (noise == NULL)
    return NULL;
  peaks = hotpix_evidence_peaks_find (accumulator, noise, n_threads, error);
  if (peaks == NULL || !hotpix_evidence_peaks_chance (peaks, shape, &chance, error))
    return NULL;
  measure.noise = noise;
  measure.limit = height_of_score_one (&chance);
  passed = hotpix_passed_new (shape, error);
  if (passed == NULL || !judge_peaks (passed, &measure, peaks, threshold, error)
      || !hotpix_cluster_add_all (passed, &measure, threshold, error))
    return NULL;
  lines = hotpix_lines_find (&measure, threshold, error);
  if (lines == NULL)
    return NULL;
  defects = defects_new (accumulator, passed, lines, threshold, kinds);
  defects->warning = make_warning (noise, &chance, shape, n_frames);
  return defects;
}
