/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/defect.h"
#include "photos/frame-set.h"
#include "scan/options.h"
#include "scan/scan.h"

G_BEGIN_DECLS

/* What known defects did in each photo of a set. The photos are read once more, and decoded only around
 * the defects.
 *
 *   g_autoptr (HotpixMeasurements) measurements
 *       = hotpix_measure (set, defects->list, &options, NULL, NULL, &error);
 *   for (guint i = 0; measurements != NULL && i < defects->list->len; i++)
 *     show (hotpix_measurements_get (measurements, 0, i));
 *
 * Light is on the scale where full white is 1, with the sRGB curve (IEC 61966-2-1) taken off:
 * what a photosite adds is then the same in front of a dark scene and of a bright one, as far as the camera
 * keeps to that curve. */

typedef enum
{
  HOTPIX_JUDGED_NOT, /* the scene is clipped, or the photo could not be read, or is left out */
  HOTPIX_JUDGED,
  HOTPIX_JUDGED_AT_LEAST, /* the defect itself is clipped, and may be stronger */
} HotpixJudgement;

/* Of one defect in one photo. All but the judgement is 0 where it cannot be judged. */
typedef struct
{
  gfloat contrast; /* what it adds to the light of its channel, or takes from it, -1 to 1 */
  gfloat noise;    /* standard deviation of the contrast if there were no defect, above 0 */
  gfloat around;   /* light around it, 0 to 1 */
  HotpixJudgement judgement;
} HotpixMeasurement;

/* Of all defects in all photos. Immutable; several threads may read it. */
typedef struct HotpixMeasurements HotpixMeasurements;

/* Whether defects of that kind are measured: not columns and rows, and not dust. Others are "not judged"
 * in every photo. */
gboolean hotpix_measurement_is_for (HotpixDefectKind kind);

/* set: chosen by a scan or by hotpix_frame_set_select(); photos that are left out are not read.
 * defects: of HotpixDefect, inside the photos, in any order. options: threads and memory count.
 * progress: nullable; called on the calling thread.
 * Nothing is judged in a photo that cannot be read any more. That it was whole when it was scanned is
 * taken for granted: damage below the last defect is not seen.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_CANCELLED or, where not even one photo can be open,
 * HOTPIX_ERROR_MEMORY. */
HotpixMeasurements *hotpix_measure (HotpixFrameSet *set, const GArray *defects,
                                    const HotpixOptions *options, HotpixProgress progress,
                                    gpointer user_data, GError **error);

/* photo: index in the set; defect: index in the array. Owned by the measurements. */
const HotpixMeasurement *hotpix_measurements_get (const HotpixMeasurements *measurements,
                                                  guint photo, guint defect);

/* Why nothing is judged in the photo, as words that can follow its name; NULL where it was read, or was left
 * out before. */
const gchar *hotpix_measurements_get_reason (const HotpixMeasurements *measurements,
                                             guint photo);

/* NULL-safe. */
void hotpix_measurements_free (HotpixMeasurements *measurements);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixMeasurements, hotpix_measurements_free)

G_END_DECLS
