/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey.h"
#include "base/text.h"
#include "catalogue/history-record.h"
#include "catalogue/survey-record.h"
#include "detect/detector.h"
#include "state/state.h"

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
report_wait (gpointer user_data)
{
  return report (user_data, HOTPIX_STAGE_WAIT, 0);
}

/* While each is read. */
static void
want_digests (HotpixFrameSet *photos)
{
  for (guint i = 0; i < hotpix_frame_set_get_length (photos); i++)
    {
      HotpixFrame *frame = hotpix_frame_set_get_frame (photos, i);

      if (frame != NULL)
        frame->wants_digest = TRUE;
    }
}

/* The sums of the state and of what is merged into it, and then of the photos; saved. */
static gboolean
go_on (HotpixSurvey *survey, const HotpixSurveyOptions *options, HotpixOptions *scan,
       Watch *watch, GError **error)
{
  guint n_parts = options->merge != NULL ? options->merge->len : 0;
  guint n_photos = hotpix_frame_set_get_length (survey->photos);
  const HotpixSelection *selection = &options->scan.selection;
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  g_autoptr (HotpixState) state
      = hotpix_state_new (options->state, n_photos + n_parts > 0, report_wait, watch, error);

  if (state == NULL)
    return FALSE;
  hotpix_state_set_budget (state, (gsize) scan->memory << 20);
  for (guint i = 0; i < n_parts; i++)
    if (!hotpix_state_merge (state, g_ptr_array_index (options->merge, i),
                             selection->count_again, error))
      return FALSE;
  if (!hotpix_state_check_camera (state, selection->camera, selection->body, error))
    return FALSE;
  want_digests (survey->photos);
  scan->selection.basis = hotpix_state_get_basis (state);
  scan->selection.may_be_few = TRUE;
  accumulator = hotpix_scan_on (survey->photos, scan, hotpix_state_start, state, report_scan,
                                watch, error);
  if (accumulator == NULL || !hotpix_state_save (state, accumulator, survey->photos, error))
    return FALSE;
  survey->accumulator = g_steal_pointer (&accumulator);
  survey->body = hotpix_state_describe_body (state);
  return TRUE;
}

/* A result of one photo would be none. */
static gboolean
check_few (const HotpixSurvey *survey, const HotpixSurveyOptions *options, GError **error)
{
  if (hotpix_accumulator_get_frames (survey->accumulator) > 1)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES,
               _ ("the state %s is of one photo, which is saved: defects are looked for once "
                  "there are two"),
               options->state);
  return FALSE;
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
  if (options->state != NULL)
    {
      scan.sums = HOTPIX_SUMS_EVIDENCE;
      (void) go_on (survey, options, &scan, &watch, error);
    }
  else
    {
      scan.sums = options->detect ? HOTPIX_SUMS_LONG_EVIDENCE : HOTPIX_SUMS_VARIANCE;
      survey->accumulator = hotpix_scan (survey->photos, &scan, report_scan, &watch, error);
      survey->body = hotpix_frame_set_describe_body (survey->photos);
    }
  if (survey->accumulator != NULL
      && (!options->detect
          || (check_few (survey, options, error) && detect (survey, options, &watch, error))))
    return TRUE;
  g_clear_pointer (&survey->accumulator, hotpix_accumulator_free);
  g_clear_pointer (&survey->body, g_free);
  return FALSE;
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
