/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey.h"
#include "base/text.h"
#include "catalogue/history-record.h"
#include "catalogue/survey-record.h"
#include "detect/detector.h"

/* About this share of the time goes to the scan, in a survey that looks for defects. */
#define SCAN_SHARE 0.9

typedef struct
{
  HotpixSurveyProgress progress; /* nullable */
  gpointer user_data;
  gdouble scan_share;
} Watch;

HotpixSurveyOptions
hotpix_survey_options_default (void)
{
  return (HotpixSurveyOptions){ .scan = hotpix_options_default (),
                                .threshold = HOTPIX_DEFAULT_THRESHOLD,
                                .kinds = HOTPIX_DEFAULT_KINDS };
}

HotpixSurvey *
hotpix_survey_new (void)
{
  HotpixSurvey *survey = g_new0 (HotpixSurvey, 1);

  survey->photos = hotpix_frame_set_new ();
  survey->remarks = g_ptr_array_new_with_free_func (g_free);
  return survey;
}

void
hotpix_survey_free (HotpixSurvey *survey)
{
  if (survey == NULL)
    return;
  hotpix_frame_set_free (survey->photos);
  hotpix_accumulator_free (survey->accumulator);
  hotpix_defects_free (survey->defects);
  g_free (survey->body);
  g_ptr_array_unref (survey->remarks);
  g_free (survey);
}

static gboolean
report (const Watch *watch, HotpixStage stage, gdouble fraction)
{
  return watch->progress == NULL || watch->progress (stage, fraction, watch->user_data);
}

static gboolean
report_scan (gdouble fraction, gpointer user_data)
{
  const Watch *watch = user_data;

  return report (watch, HOTPIX_STAGE_SCAN, watch->scan_share * fraction);
}

static void
remark_on_defects (HotpixSurvey *survey)
{
  gchar *remark = NULL;

  if (survey->defects->warning != NULL)
    remark = g_strdup (survey->defects->warning);
  else if (survey->defects->n_frames < HOTPIX_ENOUGH_FRAMES)
    remark = g_strdup_printf (_ ("%u photos may show only half of the defects, and one in six "
                                 "that more photos would not confirm: use %d or more, of "
                                 "different scenes"),
                              survey->defects->n_frames, HOTPIX_ENOUGH_FRAMES);
  if (remark != NULL)
    g_ptr_array_add (survey->remarks, remark);
}

/* Tells of photos that count in the variance alone. */
static void
remark_on_repeats (HotpixSurvey *survey)
{
  guint n = hotpix_accumulator_get_frames (survey->accumulator);
  guint n_repeats
      = n - hotpix_accumulator_get_evidence_frames (survey->accumulator, HOTPIX_LOOK_ALL);

  if (n_repeats > 0)
    g_ptr_array_add (
        survey->remarks,
        g_strdup_printf (
            ngettext ("%u photo shows the scene of another one, which did not move; "
                      "defects are looked for in the %u others",
                      "%u photos show the scene of another one, which did not "
                      "move; defects are looked for in the %u others",
                      n_repeats),
            n_repeats, n - n_repeats));
}

static void
keep_regions (HotpixSurvey *survey, const GArray *regions)
{
  const HotpixShape *shape = &survey->defects->shape;

  for (guint i = 0; i < regions->len; i++)
    {
      const HotpixRegion *region = &g_array_index (regions, HotpixRegion, i);

      if (!hotpix_region_touches (region, shape))
        g_ptr_array_add (
            survey->remarks,
            g_strdup_printf (
                _ ("the region %ux%u+%u+%u is outside of the photos, which have %u "
                   "x %u pixels"),
                region->width, region->height, region->x, region->y, shape->width,
                shape->height));
    }
  hotpix_defects_keep_regions (
      survey->defects, (const HotpixRegion *) (gconstpointer) regions->data, regions->len);
}

static gboolean
detect (HotpixSurvey *survey, const HotpixSurveyOptions *options, const Watch *watch,
        GError **error)
{
  if (!report (watch, HOTPIX_STAGE_DETECT, watch->scan_share))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED, "cancelled");
      return FALSE;
    }
  survey->defects = hotpix_detect (survey->accumulator, options->threshold, options->kinds,
                                   options->scan.threads, error);
  if (survey->defects == NULL)
    return FALSE;
  if (options->regions != NULL)
    keep_regions (survey, options->regions);
  remark_on_repeats (survey);
  remark_on_defects (survey);
  report (watch, HOTPIX_STAGE_DETECT, 1);
  return TRUE;
}

gboolean
hotpix_survey_run (HotpixSurvey *survey, const HotpixSurveyOptions *options,
                   HotpixSurveyProgress progress, gpointer user_data, GError **error)
{
  Watch watch = { progress, user_data, options->detect ? SCAN_SHARE : 1 };
  HotpixOptions scan = options->scan;

  g_return_val_if_fail (survey->accumulator == NULL, FALSE);
  scan.sums = options->detect ? HOTPIX_SUMS_LONG_EVIDENCE : HOTPIX_SUMS_VARIANCE;
  survey->accumulator = hotpix_scan (survey->photos, &scan, report_scan, &watch, error);
  if (survey->accumulator == NULL)
    return FALSE;
  if (options->detect && !detect (survey, options, &watch, error))
    {
      g_clear_pointer (&survey->accumulator, hotpix_accumulator_free);
      return FALSE;
    }
  survey->body = hotpix_frame_set_describe_body (survey->photos);
  return TRUE;
}

gboolean
hotpix_survey_write_down (HotpixSurvey *survey, HotpixCatalogue *catalogue,
                          const HotpixOptions *options, HotpixProgress progress,
                          gpointer user_data, gchar **name, GError **error)
{
  return hotpix_survey_record_write (catalogue, survey->photos, survey->defects, name, error)
         && hotpix_history_record_write (catalogue, survey->photos, survey->defects, options,
                                         progress, user_data, error);
}

void
hotpix_survey_close_photos (HotpixSurvey *survey)
{
  hotpix_frame_set_drop_frames (survey->photos);
}

gchar *
hotpix_survey_format_list (const HotpixSurvey *survey, HotpixListFormat format, gint offset_x,
                           gint offset_y)
{
  return hotpix_defect_list_format (survey->defects, format, survey->body, offset_x, offset_y);
}

guint
hotpix_survey_count_used (const HotpixSurvey *survey)
{
  return hotpix_frame_set_count_used (survey->photos);
}

guint
hotpix_survey_count_left_out (const HotpixSurvey *survey)
{
  return hotpix_frame_set_get_length (survey->photos)
         - hotpix_frame_set_count_used (survey->photos);
}
