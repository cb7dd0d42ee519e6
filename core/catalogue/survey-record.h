/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/catalogue.h"
#include "defects/defect.h"
#include "photos/frame-set.h"

G_BEGIN_DECLS

/* Writes down in a catalogue what a survey found, under the camera body that the photos tell, all of it or
 * nothing. A photo that another survey had is the same photo, by its content; a place that another one
 * found is the same defect.
 *
 *   if (!hotpix_survey_record_write (catalogue, set, defects, NULL, &error))
 *     give_up ();
 *
 * Bodies that EXIF does not tell apart, for want of a serial number, are told apart by their defects: where
 * two surveys have three or more each and none in common, they are of two bodies, unless they have
 * photos in common. */

/* set: the photos, whose frames are not yet dropped; those that are not left out count, and are of one body.
 * Reads the photos' digests, those that are not known yet from their files.
 * defects: what was found in them. name: out, nullable; what the catalogue calls the camera (transfer full).
 * Fails with HOTPIX_ERROR_ARGUMENT where the choice was HOTPIX_CAMERA_ANY, or as hotpix_database_transact()
 * does. */
gboolean hotpix_survey_record_write (HotpixCatalogue *catalogue, const HotpixFrameSet *set,
                                     const HotpixDefects *defects, gchar **name,
                                     GError **error);

G_END_DECLS
