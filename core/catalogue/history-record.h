/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/catalogue.h"
#include "defects/defect.h"
#include "photos/frame-set.h"
#include "scan/scan.h"

G_BEGIN_DECLS

/* Writes down in a catalogue what each defect of a camera did in the photos of a survey, and what follows for
 * the defect's history from these photos and all earlier ones.
 *
 *   if (!hotpix_history_record_write (catalogue, set, defects, &options, NULL, NULL, &error))
 *     give_up ();
 *
 * All defects that the catalogue knows of the camera are measured, those of earlier surveys, too. Photos are
 * in the order of their dates; one without a date that can be believed is measured, and counts for no
 * history. */

/* set: the photos of a survey that hotpix_survey_record_write() has just written, whose frames are not yet
 * dropped. Of several surveys of the same photos the last is meant.
 * found: in and out; what that survey found, which gets its histories. options, progress: as of
 * hotpix_measure().
 * Fails as hotpix_measure() and hotpix_database_transact() do; the catalogue then has nothing of it. */
gboolean hotpix_history_record_write (HotpixCatalogue *catalogue, HotpixFrameSet *set,
                                      HotpixDefects *found, const HotpixOptions *options,
                                      HotpixProgress progress, gpointer user_data,
                                      GError **error);

G_END_DECLS
