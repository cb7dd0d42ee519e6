/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "plugin-survey.h"

G_BEGIN_DECLS

/* Puts a finished survey's result into an image, at x, y: the variance if it is asked for, the marks on
 * a new layer on top, the list as the parasite PLUGIN_PARASITE, and the selection if it is asked
 * for. All that can fail comes before the image is touched, and what is added is one step of
 * undo.
 *
 * Returns the layer with the marks, or HOST_NONE with HOTPIX_ERROR_MEMORY and the image as it
 * was. */
HostLayer image_result_add (HostImage image, const HotpixSurvey *survey,
                            const PluginOptions *options, gint x, gint y, GError **error);

/* Returns a new image of 16 bits, in colour for the marks: the photos that counted as layers if they
 * are asked for, their variance above, and all that image_result_add() adds; or HOST_NONE with
 * what reading a photo again or image_result_add() fails with. */
HostImage image_result_new_image (const HotpixSurvey *survey, const PluginOptions *options,
                                  GError **error);

G_END_DECLS
