/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera-history.h"
#include "camera-session.h"
#include "catalogue/history.h"

#include <math.h>
#include <stdlib.h>

#define STRONG 8
#define NEAR 2

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  gdouble p = *(const gdouble *) a, q = *(const gdouble *) b;

  return (p > q) - (p < q);
}

/* The median of contrast over noise, of photos from `first` on. */
static gdouble
strength (const HotpixObservation *observations, guint first, guint n)
{
  g_autofree gdouble *ratios = g_new (gdouble, n);
  guint n_judged = 0;

  for (guint i = first; i < n; i++)
    {
      const HotpixMeasurement *measured = &observations[i].measurement;

      if (measured->judgement != HOTPIX_JUDGED_NOT)
        ratios[n_judged++] = fabs (measured->contrast) / measured->noise;
    }
  qsort (ratios, n_judged, sizeof *ratios, compare_numbers);
  return n_judged > 0 ? ratios[n_judged / 2] : 0;
}

/* What the simulated camera's kinds are called in a history. */
static gboolean
is_kind (const CameraModel *model, const Defect *defect, HotpixGrowth growth)
{
  switch (defect->kind)
    {
    case DEFECT_STUCK:
      return growth == HOTPIX_GROWTH_STUCK;
    case DEFECT_DEAD:
      return growth == HOTPIX_GROWTH_DEAD;
    case DEFECT_HOT:
    default:
      return growth
             == (model->condition == CAMERA_DARK_CURRENT ? HOTPIX_GROWTH_HOT
                                                         : HOTPIX_GROWTH_OFFSET);
    }
}

static void
count (const CameraModel *model, const Defect *defect, const HotpixObservation *observations,
       guint n, HistoryTally *tally)
{
  HotpixHistory history;
  gboolean is_near, is_held;

  hotpix_history_infer (observations, n, NULL, &history);
  tally->judged += history.shown >= 0.5;
  tally->kind_right += history.shown >= 0.5 && is_kind (model, defect, history.growth);
  if (defect->first == 0)
    {
      tally->always++;
      tally->always_told += history.since == 0;
      return;
    }
  is_near = ABS ((gint) history.since - (gint) defect->first) <= NEAR;
  is_held
      = history.since_range.first <= defect->first && history.since_range.last >= defect->first;
  if (strength (observations, defect->first, n) > STRONG)
    {
      tally->strong++;
      tally->strong_near += is_near;
      tally->strong_held += is_held;
    }
  else
    {
      tally->weak++;
      tally->weak_near += is_near;
      tally->weak_held += is_held;
    }
}

void
camera_history_try (const CameraModel *model, guint n_photos, HistoryTally *tally)
{
  g_autoptr (SimulatedCamera) camera = simulated_camera_new (model);
  g_autoptr (CameraSession) session = camera_session_new (camera, n_photos, NULL);
  g_autofree HotpixObservation *observations = camera_session_observe (session, n_photos);
  guint n;
  const Defect *defects = simulated_camera_get_defects (camera, &n);

  for (guint i = 0; i < n; i++)
    count (model, &defects[i], observations + (gsize) i * n_photos, n_photos, tally);
}

void
camera_history_add (HistoryTally *total, const HistoryTally *part)
{
  total->strong += part->strong;
  total->strong_near += part->strong_near;
  total->strong_held += part->strong_held;
  total->weak += part->weak;
  total->weak_near += part->weak_near;
  total->weak_held += part->weak_held;
  total->always += part->always;
  total->always_told += part->always_told;
  total->judged += part->judged;
  total->kind_right += part->kind_right;
}
