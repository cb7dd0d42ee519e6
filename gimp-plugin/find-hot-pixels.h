/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "plugin-options.h"
#include "survey.h"

G_BEGIN_DECLS

/* The two procedures, once their arguments are known: from GIMP's layers, or from files, to an image
 * with marks. Both show their progress, and a message with what they found; a script gets a message
 * only about what the results do not show: what was left out, and warnings. On failure no image has
 * been changed. */

/* Why the layers of an image cannot be searched: HOTPIX_ERROR_UNSUPPORTED (indexed) or
 * HOTPIX_ERROR_FRAMES (a result of this plug-in, or fewer than two layers that may be photos). */
gboolean find_hot_pixels_check_layers (HostImage image, gboolean hidden, GError **error);

/* What a search has made; HOST_NONE stands for nothing. */
typedef struct
{
  HostImage image; /* the one with the marks */
  HostLayer marks; /* the layer with them; nothing where no defect was found */
  HostImage sheet; /* the defects enlarged, if options->sheet says so and any were found */
  gint n_defects;
} FoundHotPixels;

/* found: out. New images are shown unless a script called.
 * Fails with the errors of find_hot_pixels_check_layers(), of the survey or of reading a photo again. */
gboolean find_hot_pixels_in_layers (HostImage image, GimpRunMode run_mode,
                                    const PluginOptions *options, FoundHotPixels *found,
                                    GError **error);

/* Reads the photos of these names, NULL-terminated or NULL, as photo_names_expand() takes them, and
 * looks for the defects, showing the progress.
 * Returns (transfer full), or NULL with the errors of photo_names_expand() or the survey. */
HotpixSurvey *find_hot_pixels_survey (const gchar *const *names, const PluginOptions *options,
                                      GError **error);

/* Has GIMP show what was found and left out; a script is told only of remarks and of
 * more. more: nullable; a sentence to add. */
void find_hot_pixels_tell (const HotpixSurvey *survey, const gchar *more, GimpRunMode run_mode);

/* The same names.
 * open: the image that the result goes on if options->target says so, HOST_NONE for none. found: out; its
 * image is that one or a new one, shown as above.
 * Fails with HOTPIX_ERROR_ARGUMENT (no image is open, or it does not fit), HOTPIX_ERROR_UNSUPPORTED
 * (indexed), or the errors of find_hot_pixels_survey() or reading a photo again. */
gboolean find_hot_pixels_in_photos (HostImage open, const gchar *const *names,
                                    GimpRunMode run_mode, const PluginOptions *options,
                                    FoundHotPixels *found, GError **error);

G_END_DECLS
