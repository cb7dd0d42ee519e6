/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "plugin-survey.h"

G_BEGIN_DECLS

/* Adds the result of a finished survey to an image, at x, y: the marks on a new layer on top, the list
 * as the parasite PLUGIN_PARASITE and, if the options say so, the variance and the selection. Whatever
 * can fail comes before the image is touched, and all changes are one step of undo.
 *
 * Returns the layer with the marks, or HOST_NONE with HOTPIX_ERROR_MEMORY and the image as it
 * was. */
HostLayer image_result_add (HostImage image, const HotpixSurvey *survey,
                            const PluginOptions *options, gint x, gint y, GError **error);

/* Returns a new image of 16 bits, in colour for the marks: the photos that count as layers, if the
 * options say so, their variance above, and all that image_result_add() adds; or HOST_NONE with the
 * errors of reading a photo again or of image_result_add(). */
HostImage image_result_new_image (const HotpixSurvey *survey, const PluginOptions *options,
                                  GError **error);

G_END_DECLS
