/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The damage of a defect in one plane of a photo (luma, a colour difference, or grey), estimated from the
 * samples around it.
 *
 * A window of samples is modelled as a scene plus damage. Scenes are normally distributed fields of
 * several kinds, some smooth, some rough, some with an edge's direction, some with noise. Damage is a
 * combination of a few shapes around the defect, from a single sample to any 5 x 5: what demosaicing,
 * sharpening and JPEG make of one photosite. The likelihood of the window (Rasmussen and Williams,
 * Gaussian Processes for Machine Learning, 2006, equation 2.30) weighs every kind of scene with
 * every shape of damage, and with none; the estimate is the weighted mean of theirs. So the
 * scene that shows through the damage stays, and where no damage shows, none is estimated.
 *
 *   gdouble samples[HOTPIX_DAMAGE_SAMPLES] = { 0 };
 *   g_autoptr (HotpixDamageModel) model = hotpix_damage_model_new ();
 *   if (hotpix_damage_model_estimate (model, &place, samples, NULL, damage))
 *     take_off (damage);
 */
typedef struct HotpixDamageModel HotpixDamageModel;

/* Samples on each side of a window. */
#define HOTPIX_DAMAGE_SIDE 11
#define HOTPIX_DAMAGE_SAMPLES (HOTPIX_DAMAGE_SIDE * HOTPIX_DAMAGE_SIDE)

/* The farthest sample from a defect, along a row or a column, that can be damaged. */
#define HOTPIX_DAMAGE_REACH 3

/* How the plane was sampled, which gives a photosite's damage its shape. */
typedef struct
{
  guint x, y;                 /* where the defect is in the window */
  guint horizontal, vertical; /* photosites to a sample: 1, 2 or 4 */
  guint phase_x, phase_y;     /* which of these the defect is, from 0 */
  gboolean
      is_interpolated; /* there is a sample to each photosite, which a decoder may have made of
                               * fewer; horizontal and vertical are not read, and the phase is that of
                               * two photosites to a sample */
} HotpixDamagePlace;

/* Returns (transfer full). It may be read by several threads at once. */
HotpixDamageModel *hotpix_damage_model_new (void);

/* NULL-safe. */
void hotpix_damage_model_free (HotpixDamageModel *model);

/* window, damage: HOTPIX_DAMAGE_SAMPLES, row by row, in units of 1/255 of full scale.
 * unknown: nullable; samples that are not 0 there say nothing about the scene, because another defect
 * damages them.
 * Returns whether damage can be seen. If not, `damage` is unchanged. */
gboolean hotpix_damage_model_estimate (const HotpixDamageModel *model,
                                       const HotpixDamagePlace *place, const gdouble *window,
                                       const guint8 *unknown, gdouble *damage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixDamageModel, hotpix_damage_model_free)

G_END_DECLS
