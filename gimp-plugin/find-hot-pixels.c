/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "find-hot-pixels.h"
#include "base/text.h"
#include "image-frames.h"
#include "image-result.h"
#include "photo-names.h"

/* GIMP ends a plug-in whose progress is cancelled, and its memory goes with it. */
static gboolean
show_progress (const gchar *words, gdouble fraction, gpointer user_data)
{
  const gchar **shown = user_data;

  if (*shown != words)
    {
      gimp_progress_set_text (words);
      *shown = words;
    }
  gimp_progress_update (fraction);
  return TRUE;
}

static gboolean
run_survey (HotpixSurvey *survey, const PluginOptions *options, GError **error)
{
  const gchar *shown = NULL;

  return plugin_survey_run (survey, options, show_progress, &shown, error);
}

void
find_hot_pixels_tell (const HotpixSurvey *survey, GimpRunMode run_mode)
{
  g_autofree gchar *words = plugin_survey_describe (survey);

  if (run_mode != GIMP_RUN_NONINTERACTIVE || plugin_survey_has_remarks (survey))
    gimp_message (words);
}

HostLayer
find_hot_pixels_in_layers (HostImage image, GimpRunMode run_mode, const PluginOptions *options,
                           gint *n_defects, GError **error)
{
  g_autoptr (HotpixSurvey) survey = hotpix_survey_new ();
  HostLayer layer;
  gint x, y;

  if (host_image_get_base_type (image) == GIMP_INDEXED)
    {
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
          _ ("an indexed image has no colours for the marks: choose Image > Mode > RGB first"));
      return HOST_NONE;
    }
  gimp_progress_init (_ ("Looking for hot pixels in the layers"));
  image_frames_add_layers (survey->photos, image, options->hidden, &x, &y);
  if (!run_survey (survey, options, error))
    return HOST_NONE;
  gimp_progress_set_text (_ ("Marking the defects"));
  layer = image_result_add (image, survey, options, x, y, error);
  if (layer == HOST_NONE)
    return HOST_NONE;
  *n_defects = (gint) survey->defects->list->len;
  gimp_displays_flush ();
  find_hot_pixels_tell (survey, run_mode);
  return layer;
}

/* A folder can hold thousands, and each may have to be loaded. */
static void
add_photos (HotpixFrameSet *set, const GPtrArray *paths)
{
  g_autoptr (HotpixFrameMakers) makers = image_frames_makers_new ();

  for (guint i = 0; i < paths->len; i++)
    {
      hotpix_frame_makers_add_file (makers, set, paths->pdata[i]);
      if (i % 16 == 0)
        gimp_progress_update ((gdouble) i / paths->len);
    }
}

HotpixSurvey *
find_hot_pixels_survey (const gchar *const *names, const PluginOptions *options, GError **error)
{
  g_autoptr (HotpixSurvey) survey = hotpix_survey_new ();
  g_autoptr (GPtrArray) paths
      = photo_names_expand (names, names != NULL ? g_strv_length ((gchar **) names) : 0, error);

  if (paths == NULL)
    return NULL;
  gimp_progress_init (_ ("Opening the photos"));
  add_photos (survey->photos, paths);
  return run_survey (survey, options, error) ? g_steal_pointer (&survey) : NULL;
}

HostImage
find_hot_pixels_in_photos (const gchar *const *names, GimpRunMode run_mode,
                           const PluginOptions *options, gint *n_defects, GError **error)
{
  g_autoptr (HotpixSurvey) survey = find_hot_pixels_survey (names, options, error);
  HostImage image;

  if (survey == NULL)
    return HOST_NONE;
  gimp_progress_set_text (_ ("Marking the defects"));
  image = image_result_new_image (survey, options, error);
  if (image == HOST_NONE)
    return HOST_NONE;
  *n_defects = (gint) survey->defects->list->len;
  if (run_mode != GIMP_RUN_NONINTERACTIVE)
    gimp_display_new (image);
  find_hot_pixels_tell (survey, run_mode);
  return image;
}
