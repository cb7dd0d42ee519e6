/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulated-camera.h"

G_BEGIN_DECLS

/* How often the history of planted defects is told right. */
typedef struct
{
  /* Those that begin at some photo; strong ones have a median contrast of more than eight times the noise
   * from there on. `near` are told within two photos, `held` are in the credible interval. */
  guint strong, strong_near, strong_held;
  guint weak, weak_near, weak_held;

  guint always, always_told; /* those that are there from the first photo on */
  guint judged, kind_right;  /* all that any photo shows, by their history */
} HistoryTally;

/* Takes photos by a camera of that model, measures its planted defects in them and adds to the tally. */
void camera_history_try (const CameraModel *model, guint n_photos, HistoryTally *tally);

void camera_history_add (HistoryTally *total, const HistoryTally *part);

G_END_DECLS
