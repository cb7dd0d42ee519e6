/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/detector.h"
#include "base/text.h"
#include "detect/cluster-private.h"
#include "detect/detection-memory-private.h"
#include "detect/ghosts-private.h"
#include "detect/lines-private.h"
#include "detect/trouble-private.h"
#include "sums/evidence-kernel-private.h"

/* From the highest peak down, so that a strong defect comes before its echoes. What two looks show at one
 * place, or beside it, is listed once. */
static gboolean
judge_peaks (HotpixPassed *passed, HotpixLooks *looks, gdouble threshold, GError **error)
{
  const HotpixMeasure *measure;
  const HotpixPeak *peak;

  while ((peak = hotpix_looks_next_peak (looks, threshold, &measure)) != NULL)
    {
      HotpixCandidate candidate = hotpix_candidate_look_at (measure, peak->x, peak->y);

      if (candidate.defect.score < threshold || hotpix_candidate_is_faint (measure, &candidate)
          || hotpix_passed_is_near (passed, peak->x, peak->y, HOTPIX_PEAK_REACH)
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

/* Returns (transfer full): those that have passed without the ghosts of others, or NULL. n_ghosts: out. */
static HotpixPassed *
drop_ghosts (const HotpixPassed *passed, const HotpixShape *shape, guint *n_ghosts,
             GError **error)
{
  g_autoptr (HotpixPassed) rest = hotpix_passed_new (shape, error);
  g_autofree gboolean *is_ghost = g_try_new0 (gboolean, hotpix_passed_get_length (passed) + 1);

  if (rest == NULL)
    return NULL;
  if (is_ghost == NULL || !hotpix_ghosts_find (passed, is_ghost, n_ghosts))
    {
      (void) hotpix_detection_memory_fail (shape, error);
      return NULL;
    }
  for (guint i = 0; i < hotpix_passed_get_length (passed); i++)
    if (!is_ghost[i] && !hotpix_passed_add (rest, hotpix_passed_get (passed, i), error))
      return NULL;
  return g_steal_pointer (&rest);
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

static const gchar *
describe_trouble (HotpixTrouble trouble)
{
  switch (trouble)
    {
    case HOTPIX_TROUBLE_ALIKE:
      return _ (
          "the photos are too alike to separate defects from details that never move: add "
          "photos of other scenes, or of stars with the camera moved a little between them "
          "(dither)");
    case HOTPIX_TROUBLE_FIXED:
      return _ (
          "the scenes differ, but so much is at the same place in all photos that defects "
          "cannot be separated from it: an overlay, a fixed pattern of the sensor, or very "
          "many defects");
    case HOTPIX_TROUBLE_NONE:
    default:
      return NULL;
    }
}

/* NULL where all is well. */
static gchar *
make_warning (const HotpixLooks *looks, const HotpixShape *shape, guint n_frames,
              guint n_ghosts)
{
  const gchar *trouble;

  if (MIN (shape->width, shape->height) < HOTPIX_EVIDENCE_MIN_SIZE)
    return g_strdup_printf (_ ("photos of %u x %u pixels are too small to look for defects in"),
                            shape->width, shape->height);
  if (hotpix_evidence_noise_is_silent (
          hotpix_looks_get_measure (looks, HOTPIX_LOOK_ALL)->noise))
    return g_strdup (_ ("no defect can show: the photos are blank, or all black or white"));
  if (n_frames < HOTPIX_FEW_FRAMES)
    return g_strdup_printf (ngettext ("%u photo shows only strong defects: use 20 or more, of "
                                      "different scenes",
                                      "%u photos show only strong defects: use 20 or more, of "
                                      "different scenes",
                                      n_frames),
                            n_frames);
  trouble = describe_trouble (hotpix_trouble_find (looks));
  if (trouble != NULL)
    return g_strdup (trouble);
  if (n_ghosts > 0)
    return g_strdup_printf (
        ngettext ("%u place is not listed, as it repeats a stronger one at the same distance "
                  "as others do: that is what a video's motion makes of a defect",
                  "%u places are not listed, as they repeat stronger ones at one distance: "
                  "that is what a video's motion makes of defects",
                  n_ghosts),
        n_ghosts);
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
  g_autoptr (HotpixLooks) looks = NULL;
  g_autoptr (HotpixPassed) passed = NULL, real = NULL;
  g_autoptr (GArray) lines = NULL;
  HotpixDefects *defects;
  guint n_ghosts;

  g_return_val_if_fail (
      hotpix_accumulator_get_evidence_frames (accumulator, HOTPIX_LOOK_ALL) >= 2, NULL);
  if (!check_threshold (threshold, error))
    return NULL;
  looks = hotpix_looks_new (accumulator, n_threads, error);
  if (looks == NULL)
    return NULL;
  passed = hotpix_passed_new (shape, error);
  if (passed == NULL || !judge_peaks (passed, looks, threshold, error))
    return NULL;
  real = drop_ghosts (passed, shape, &n_ghosts, error);
  if (real == NULL || !hotpix_cluster_add_all (real, looks, threshold, error))
    return NULL;
  lines
      = hotpix_lines_find (hotpix_looks_get_measure (looks, HOTPIX_LOOK_ALL), threshold, error);
  if (lines == NULL)
    return NULL;
  defects = defects_new (accumulator, real, lines, threshold, kinds);
  defects->warning
      = make_warning (looks, shape, hotpix_accumulator_get_frames (accumulator), n_ghosts);
  return defects;
}
