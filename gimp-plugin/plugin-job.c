/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin-job.h"
#include "defects/defect-list.h"
#include "plugin-text.h"

/* So many of the frames that are left out are named; of the others it is told how many. */
#define MOST_NAMED 10

/* Of the time that a job takes, about. */
#define SCAN_SHARE 0.9

PluginJob *
plugin_job_new (void)
{
  PluginJob *job = g_new0 (PluginJob, 1);

  job->set = hotpix_frame_set_new ();
  return job;
}

void
plugin_job_free (PluginJob *job)
{
  if (job == NULL)
    return;
  hotpix_frame_set_free (job->set);
  hotpix_accumulator_free (job->accumulator);
  hotpix_defects_free (job->defects);
  g_free (job->list);
  g_free (job);
}

/* A line for each of the first frames that are left out, each after a line break. */
static gchar *
name_left_out (const HotpixFrameSet *set)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < hotpix_frame_set_get_length (set); i++)
    {
      const gchar *reason = hotpix_frame_set_get_reason (set, i);

      if (reason != NULL && n++ < MOST_NAMED)
        g_string_append_printf (text, _ ("\nLeft out: %s %s."),
                                hotpix_frame_set_get_name (set, i), reason);
    }
  if (n > MOST_NAMED)
    g_string_append_printf (
        text, ngettext ("\nLeft out: %u more.", "\nLeft out: %u more.", n - MOST_NAMED),
        n - MOST_NAMED);
  return g_string_free (text, FALSE);
}

typedef struct
{
  PluginProgress progress;
  gpointer user_data;
} Progress;

static gboolean
show (const Progress *self, const gchar *words, gdouble fraction)
{
  return self->progress == NULL || self->progress (words, fraction, self->user_data);
}

static gboolean
show_scan (gdouble fraction, gpointer user_data)
{
  return show (user_data, _ ("Adding the photos up"), SCAN_SHARE * fraction);
}

gboolean
plugin_job_run (PluginJob *job, const PluginOptions *options, PluginProgress progress,
                gpointer user_data, GError **error)
{
  Progress shown = { progress, user_data };
  HotpixOptions scan = hotpix_options_default ();
  g_autoptr (GError) reason = NULL;
  g_autofree gchar *camera = NULL;

  scan.camera = (HotpixCameraChoice) options->camera;
  scan.sums = HOTPIX_SUMS_EVIDENCE;
  job->accumulator = hotpix_scan (job->set, &scan, show_scan, &shown, &reason);
  if (job->accumulator == NULL)
    {
      g_autofree gchar *left_out = name_left_out (job->set);

      g_set_error (error, reason->domain, reason->code, "%s%s", reason->message, left_out);
      return FALSE;
    }
  if (!show (&shown, _ ("Telling defects from noise"), SCAN_SHARE))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED, _ ("cancelled"));
      return FALSE;
    }
  job->defects = hotpix_detect (job->accumulator, options->threshold, scan.threads, error);
  if (job->defects == NULL)
    return FALSE;
  show (&shown, _ ("Marking the defects"), SCAN_SHARE);
  camera = hotpix_frame_set_describe_body (job->set);
  job->list = hotpix_defect_list_format (job->defects, HOTPIX_LIST_TSV, camera, 0, 0);
  return TRUE;
}

gchar *
plugin_job_layer_name (const PluginJob *job)
{
  return g_strdup_printf (_ ("Hot pixels (%u)"), job->defects->list->len);
}

gchar *
plugin_job_describe (const PluginJob *job)
{
  g_autofree gchar *left_out = name_left_out (job->set);
  GString *text = g_string_new (NULL);
  guint n = job->defects->list->len;

  g_string_append_printf (text,
                          ngettext ("%u defect in %u frames.", "%u defects in %u frames.", n),
                          n, job->defects->n_frames);
  if (job->defects->warning != NULL)
    g_string_append_printf (text, _ ("\nNote: %s."), job->defects->warning);
  g_string_append (text, left_out);
  return g_string_free (text, FALSE);
}

gboolean
plugin_job_has_remarks (const PluginJob *job)
{
  return job->defects->warning != NULL
         || hotpix_frame_set_count_used (job->set) < hotpix_frame_set_get_length (job->set);
}
