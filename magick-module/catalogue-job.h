/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arguments.h"
#include "catalogue/catalogue.h"
#include "magick-compat.h"

G_BEGIN_DECLS

/* What catalogue= does: what a survey finds is written down, what is known is listed or repaired by. */

/* Whether lists of a catalogue are asked for: no photos are given. */
gboolean catalogue_job_is_listing (const HotpixArguments *arguments, const Image *images);

/* Opens the catalogue that catalogue= names, else the user's own, as far as ImageMagick's policy allows it.
 * catalogue: out (transfer full); NULL where the arguments need none.
 * Fails as hotpix_catalogue_open() does. */
gboolean catalogue_job_open (const HotpixArguments *arguments, gboolean is_listing,
                             HotpixCatalogue **catalogue, GError **error);

/* Writes down what a survey found, whose photos are still open. Fails as hotpix_survey_write_down() does. */
gboolean catalogue_job_write (HotpixCatalogue *catalogue, HotpixSurvey *survey,
                              const HotpixOptions *options, HotpixProgress progress,
                              gpointer user_data, GError **error);

/* Writes what is known to where list= says: a list of each camera that camera= fits, with photos of one
 * size. Fails with HOTPIX_ERROR_ARGUMENT where list= is missing or names a file and the lists are several,
 * with HOTPIX_ERROR_READ where nothing is known, as hotpix_known_camera_list() or list_output_write() do. */
gboolean catalogue_job_list (HotpixCatalogue *catalogue, const HotpixArguments *arguments,
                             GError **error);

G_END_DECLS
