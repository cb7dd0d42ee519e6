/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin-survey.h"
#include "base/text.h"
#include "photos/left-out.h"

/* A line for each kind of what was left out, each after a line break. */
static gchar *
name_left_out (const HotpixFrameSet *set)
{
  g_autoptr (GPtrArray) sentences = hotpix_left_out_describe (set);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (text, _ ("\nLeft out: %s."),
                            (const gchar *) g_ptr_array_index (sentences, i));
  return g_string_free (text, FALSE);
}

typedef struct
{
  PluginProgress progress; /* nullable */
  gpointer user_data;
} Progress;

static gboolean
show_stage (HotpixStage stage, gdouble fraction, gpointer user_data)
{
  const Progress *self = user_data;
  const gchar *words = NULL;

  if (self->progress == NULL)
    return TRUE;
  switch (stage)
    {
    case HOTPIX_STAGE_SCAN:
      words = _ ("Adding up the photos");
      break;
    case HOTPIX_STAGE_DETECT:
    default:
      words = _ ("Separating defects from noise");
    }
  return self->progress (words, fraction, self->user_data);
}

gboolean
plugin_survey_run (HotpixSurvey *survey, const PluginOptions *options, PluginProgress progress,
                   gpointer user_data, GError **error)
{
  Progress shown = { progress, user_data };
  HotpixSurveyOptions choices = hotpix_survey_options_default ();
  g_autoptr (GError) reason = NULL;
  g_autofree gchar *left_out = NULL;

  choices.detect = TRUE;
  choices.threshold = options->threshold;
  choices.scan.selection.camera = (HotpixCameraChoice) options->camera;
  choices.scan.selection.body = *options->body != '\0' ? options->body : NULL;
  if (hotpix_survey_run (survey, &choices, show_stage, &shown, &reason))
    return TRUE;
  left_out = name_left_out (survey->photos);
  g_set_error (error, reason->domain, reason->code, "%s%s", reason->message, left_out);
  return FALSE;
}

gchar *
plugin_survey_layer_name (const HotpixSurvey *survey)
{
  return g_strdup_printf (_ ("Hot pixels (%u)"), survey->defects->list->len);
}

/* By the colours of hotpix_defect_kind_colour(). */
static const gchar *const kind_words[HOTPIX_N_KINDS] = {
  [HOTPIX_DEFECT_HOT] = N_ ("hot (red)"),
  [HOTPIX_DEFECT_STUCK] = N_ ("stuck (yellow)"),
  [HOTPIX_DEFECT_DEAD] = N_ ("dead (blue)"),
  [HOTPIX_DEFECT_CLUSTER] = N_ ("in clusters (orange)"),
  [HOTPIX_DEFECT_COLUMN] = N_ ("column (magenta)"),
  [HOTPIX_DEFECT_ROW] = N_ ("row (magenta)"),
  [HOTPIX_DEFECT_DUST] = N_ ("dust (grey)"),
};

gchar *
plugin_survey_group_name (const HotpixSurvey *survey)
{
  GString *name = g_string_new (_ ("Hot pixels:"));
  guint counts[HOTPIX_N_KINDS] = { 0 };
  const gchar *separator = " ";

  for (guint i = 0; i < survey->defects->list->len; i++)
    counts[g_array_index (survey->defects->list, HotpixDefect, i).kind]++;
  for (guint kind = 0; kind < HOTPIX_N_KINDS; kind++)
    if (counts[kind] > 0)
      {
        g_string_append_printf (name, "%s%u %s", separator, counts[kind], _ (kind_words[kind]));
        separator = ", ";
      }
  return g_string_free (name, FALSE);
}

gchar *
plugin_survey_describe (const HotpixSurvey *survey)
{
  g_autofree gchar *left_out = name_left_out (survey->photos);
  GString *text = g_string_new (NULL);
  guint n = survey->defects->list->len;

  g_string_append_printf (text,
                          ngettext ("%u defect in %u photos.", "%u defects in %u photos.", n),
                          n, survey->defects->n_frames);
  for (guint i = 0; i < survey->remarks->len; i++)
    g_string_append_printf (text, _ ("\nNote: %s."),
                            (const gchar *) g_ptr_array_index (survey->remarks, i));
  g_string_append (text, left_out);
  return g_string_free (text, FALSE);
}

gboolean
plugin_survey_has_remarks (const HotpixSurvey *survey)
{
  return survey->remarks->len > 0 || hotpix_survey_count_left_out (survey) > 0;
}
