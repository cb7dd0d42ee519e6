/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "repair/damage-private.h"
#include "repair/repairer.h"

G_BEGIN_DECLS

/* A plane of a photo, each sample of which stands for one or more photosites: shared by the repair of
 * pixels and that of JPEG coefficients. */
typedef struct
{
  guint width, height;        /* samples */
  guint horizontal, vertical; /* photosites to a sample */
  gboolean is_interpolated;   /* see damage-private.h */
} HotpixRepairPlane;

/* Where the window of a defect begins in the plane. FALSE where the plane has fewer samples than a
 * window, or where the defect is beyond it. */
gboolean hotpix_repairer_place_window (const HotpixRepairer *repairer, guint index,
                                       const HotpixRepairPlane *plane,
                                       HotpixRepairWindow *window);

/* The damage of the defect in its window of the plane; see hotpix_damage_model_estimate(). */
gboolean hotpix_repairer_estimate (const HotpixRepairer *repairer, guint index,
                                   const HotpixRepairPlane *plane, const gdouble *samples,
                                   gdouble *damage);

G_END_DECLS
