/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "find-hot-pixels.h"
#include "image-frames.h"
#include "image-result.h"
#include "photo-names.h"
#include "plugin-text.h"

/* GIMP ends a plug-in whose progress is cancelled: what it has allocated goes with it. */
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
run_job (PluginJob *job, const PluginOptions *options, GError **error)
{
  const gchar *shown = NULL;

  return plugin_job_run (job, options, show_progress, &shown, error);
}

static void
tell (const PluginJob *job, GimpRunMode run_mode)
{
  g_autofree gchar *words = plugin_job_describe (job);

  if (run_mode != GIMP_RUN_NONINTERACTIVE || plugin_job_has_remarks (job))
    g_message ("%s", words);
}

HostLayer
find_hot_pixels_in_layers (HostImage image, GimpRunMode run_mode, const PluginOptions *options,
                           gint *n_defects, GError **error)
{
  g_autoptr (PluginJob) job = plugin_job_new ();
  HostLayer layer;
  gint x, y;

  if (host_image_get_base_type (image) == GIMP_INDEXED)
    {
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
          _ ("marks have no colours in an indexed image: choose Image > Mode > RGB first"));
      return HOST_NONE;
    }
  gimp_progress_init (_ ("Looking for hot pixels in the layers"));
  image_frames_add_layers (job->set, image, options->hidden, &x, &y);
  if (!run_job (job, options, error))
    return HOST_NONE;
  layer = image_result_add (image, job, options, x, y, error);
  if (layer == HOST_NONE)
    return HOST_NONE;
  *n_defects = (gint) job->defects->list->len;
  gimp_displays_flush ();
  tell (job, run_mode);
  return layer;
}

/* A folder can hold thousands, and each may have to be loaded. */
static void
add_photos (HotpixFrameSet *set, const GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++)
    {
      image_frames_add_photo (set, paths->pdata[i]);
      if (i % 16 == 0)
        gimp_progress_update ((gdouble) i / paths->len);
    }
}

HostImage
find_hot_pixels_in_photos (const gchar *const *names, GimpRunMode run_mode,
                           const PluginOptions *options, gint *n_defects, GError **error)
{
  g_autoptr (PluginJob) job = plugin_job_new ();
  g_autoptr (GPtrArray) paths = NULL;
  HostImage image;

  paths
      = photo_names_expand (names, names != NULL ? g_strv_length ((gchar **) names) : 0, error);
  if (paths == NULL)
    return HOST_NONE;
  gimp_progress_init (_ ("Looking at the photos"));
  add_photos (job->set, paths);
  if (!run_job (job, options, error))
    return HOST_NONE;
  image = image_result_new_image (job, options, error);
  if (image == HOST_NONE)
    return HOST_NONE;
  *n_defects = (gint) job->defects->list->len;
  if (run_mode != GIMP_RUN_NONINTERACTIVE)
    gimp_display_new (image);
  tell (job, run_mode);
  return image;
}
