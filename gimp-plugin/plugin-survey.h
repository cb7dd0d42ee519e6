/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plugin-options.h"
#include "survey.h"

G_BEGIN_DECLS

/* How the plug-in runs a survey and reports it. No image of GIMP's is touched before it has
 * succeeded. */

/* Called a few times a second on the thread that runs the survey.
 * words: what is being done; a new string only when that changes. fraction: of the whole survey.
 * Returns FALSE to stop it. */
typedef gboolean (*PluginProgress) (const gchar *words, gdouble fraction, gpointer user_data);

/* Runs the survey over its photos, with detection. progress: nullable.
 * Fails as hotpix_survey_run() does, with a message that also names the photos left out. */
gboolean plugin_survey_run (HotpixSurvey *survey, const PluginOptions *options,
                            PluginProgress progress, gpointer user_data, GError **error);

/* Returns (transfer full): the name of the layer with the marks, "Hot pixels (12)". */
gchar *plugin_survey_layer_name (const HotpixSurvey *survey);

/* Returns (transfer full): what the colours of the marks mean, and how many there are of each, "Hot
 * pixels: 9 hot (red), 2 stuck (yellow)". */
gchar *plugin_survey_group_name (const HotpixSurvey *survey);

/* Returns (transfer full): in sentences, how many defects were found in how many photos, the
 * survey's remarks, and what was left out and why. */
gchar *plugin_survey_describe (const HotpixSurvey *survey);

/* Whether it is more than the numbers: photos left out, or a remark. Scripts get that message, too. */
gboolean plugin_survey_has_remarks (const HotpixSurvey *survey);

G_END_DECLS
