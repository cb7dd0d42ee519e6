/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "plugin-survey.h"

G_BEGIN_DECLS

/* Where the photos of a survey lie in an image. */
typedef struct
{
  guint
      orientation; /* EXIF's, by which the stored photo becomes the picture there; 1 for none */
  gint x, y;       /* its corner */
} ImagePlace;

/* Adds the result of a finished survey to an image, in place of an earlier one: the marks on a layer in a
 * group on top, the list by kept-list.h and, if the options say so, the variance in the group,
 * hidden, and the selection. Where no defect was found there are no marks. The layer that the user works on
 * stays the active one. Whatever can fail comes before the image is touched, and all
 * changes are one step of undo.
 *
 * marks: out; the layer with the marks, HOST_NONE where there is none.
 * Fails with HOTPIX_ERROR_MEMORY and leaves the image as it was. */
gboolean image_result_add (HostImage image, const HotpixSurvey *survey,
                           const PluginOptions *options, const ImagePlace *place,
                           HostLayer *marks, GError **error);

/* Returns a new image of 16 bits, in colour for the marks: the mean of the photos or, if the options say
 * so, the photos themselves as layers, below all that image_result_add() adds with the variance; or
 * HOST_NONE with the errors of reading a photo again or of image_result_add(). It is named after the
 * photos' folder. */
HostImage image_result_new_image (const HotpixSurvey *survey, const PluginOptions *options,
                                  HostLayer *marks, GError **error);

G_END_DECLS
