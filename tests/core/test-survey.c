/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/detector.h"
#include "fake-frame.h"
#include "survey.h"

#include <string.h>

static const HotpixShape shape = { 40, 30, 3, 8 };

/* The fractions that a survey reported, and where it is to stop. */
typedef struct
{
  gdouble last;
  guint n_calls[2]; /* by stage */
  HotpixStage stop_at;
  gboolean stops;
} Watch;

static gboolean
watch (HotpixStage stage, gdouble fraction, gpointer user_data)
{
  Watch *self = user_data;

  g_assert_cmpfloat (fraction, >=, self->last);
  g_assert_cmpfloat (fraction, <=, 1);
  self->last = fraction;
  self->n_calls[stage]++;
  return !self->stops || stage != self->stop_at;
}

static HotpixSurvey *
make_survey (guint n_frames)
{
  HotpixSurvey *survey = hotpix_survey_new ();

  for (guint i = 0; i < n_frames; i++)
    hotpix_frame_set_add (survey->photos, &fake_frame_new (&shape, i)->frame);
  return survey;
}

static void
test_variance (void)
{
  g_autoptr (HotpixSurvey) survey = make_survey (3);
  HotpixSurveyOptions options = hotpix_survey_options_default ();
  g_autoptr (GError) error = NULL;
  Watch seen = { 0 };

  hotpix_frame_set_add_left_out (survey->photos, "notes.txt", "is not a JPEG");
  g_assert_true (hotpix_survey_run (survey, &options, watch, &seen, &error));
  g_assert_no_error (error);
  g_assert_null (survey->defects);
  g_assert_cmpuint (hotpix_accumulator_get_frames (survey->accumulator), ==, 3);
  g_assert_cmpint (hotpix_accumulator_get_sums (survey->accumulator), ==, HOTPIX_SUMS_VARIANCE);
  g_assert_cmpuint (hotpix_survey_count_used (survey), ==, 3);
  g_assert_cmpuint (hotpix_survey_count_left_out (survey), ==, 1);
  g_assert_cmpuint (survey->remarks->len, ==, 0);
  g_assert_cmpfloat (seen.last, ==, 1);
  g_assert_cmpuint (seen.n_calls[HOTPIX_STAGE_DETECT], ==, 0);
}

static void
test_detection (void)
{
  g_autoptr (HotpixSurvey) survey = make_survey (3);
  HotpixSurveyOptions options = hotpix_survey_options_default ();
  g_autoptr (HotpixDefects) defects = NULL;
  g_autofree gchar *list = NULL, *expected = NULL;
  Watch seen = { 0 };

  options.detect = TRUE;
  g_assert_true (hotpix_survey_run (survey, &options, watch, &seen, NULL));
  g_assert_cmpfloat (seen.last, ==, 1);
  g_assert_cmpuint (seen.n_calls[HOTPIX_STAGE_DETECT], >, 0);
  defects
      = hotpix_detect (survey->accumulator, options.threshold, HOTPIX_DEFAULT_KINDS, 1, NULL);
  list = hotpix_survey_format_list (survey, HOTPIX_LIST_TSV, 2, 3);
  expected = hotpix_defect_list_format (defects, HOTPIX_LIST_TSV, survey->body, 2, 3);
  g_assert_cmpstr (list, ==, expected);
  /* Three photos are few, which the detector says. */
  g_assert_cmpuint (survey->remarks->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (survey->remarks, 0), ==, defects->warning);
}

/* The photos of a camera without defects: as many as the detector has no remark about. */
static void
test_few_photos_are_remarked_on (void)
{
  for (guint n = HOTPIX_ENOUGH_FRAMES - 1; n <= HOTPIX_ENOUGH_FRAMES; n++)
    {
      g_autoptr (HotpixSurvey) survey = make_survey (n);
      HotpixSurveyOptions options = hotpix_survey_options_default ();

      options.detect = TRUE;
      g_assert_true (hotpix_survey_run (survey, &options, NULL, NULL, NULL));
      g_assert_null (survey->defects->warning);
      g_assert_cmpuint (survey->remarks->len, ==, n < HOTPIX_ENOUGH_FRAMES);
      if (survey->remarks->len > 0)
        g_assert_true (
            g_str_has_prefix (g_ptr_array_index (survey->remarks, 0), "19 photos may show"));
    }
}

/* One that none of the photos' pixels is in, which leaves no defect, and is remarked on. */
static void
test_regions (void)
{
  g_autoptr (HotpixSurvey) survey = make_survey (HOTPIX_ENOUGH_FRAMES);
  HotpixSurveyOptions options = hotpix_survey_options_default ();
  const HotpixRegion outside = { .x = 60000, .width = 3, .height = 4 };
  g_autoptr (GArray) regions = g_array_new (FALSE, FALSE, sizeof (HotpixRegion));

  g_array_append_val (regions, outside);
  options.detect = TRUE;
  options.regions = regions;
  options.threshold = HOTPIX_LEAST_THRESHOLD;
  g_assert_true (hotpix_survey_run (survey, &options, NULL, NULL, NULL));
  g_assert_cmpuint (survey->defects->list->len, ==, 0);
  g_assert_cmpuint (survey->remarks->len, ==, 1);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (survey->remarks, 0),
                                   "the region 3x4+60000+0 is outside of the photos, which "));
}

static void
test_closed_photos (void)
{
  g_autoptr (HotpixSurvey) survey = make_survey (3);
  HotpixSurveyOptions options = hotpix_survey_options_default ();

  hotpix_frame_set_add_left_out (survey->photos, "notes.txt", "is not a JPEG");
  g_assert_true (hotpix_survey_run (survey, &options, NULL, NULL, NULL));
  hotpix_survey_close_photos (survey);
  g_assert_null (hotpix_frame_set_get_frame (survey->photos, 0));
  g_assert_cmpuint (hotpix_survey_count_used (survey), ==, 3);
  g_assert_cmpstr (hotpix_frame_set_get_name (survey->photos, 3), ==, "notes.txt");
  g_assert_cmpstr (hotpix_frame_set_get_reason (survey->photos, 3), ==, "is not a JPEG");
}

static void
test_cancelled (void)
{
  for (HotpixStage stage = HOTPIX_STAGE_SCAN; stage <= HOTPIX_STAGE_DETECT; stage++)
    {
      g_autoptr (HotpixSurvey) survey = make_survey (3);
      HotpixSurveyOptions options = hotpix_survey_options_default ();
      g_autoptr (GError) error = NULL;
      Watch seen = { .stops = TRUE, .stop_at = stage };

      options.detect = TRUE;
      /* A scan as short as this one reports nothing but its end, when it is too late to stop. */
      if (hotpix_survey_run (survey, &options, watch, &seen, &error))
        {
          g_assert_cmpint (stage, ==, HOTPIX_STAGE_SCAN);
          continue;
        }
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED);
      g_assert_null (survey->accumulator);
      g_assert_null (survey->defects);
    }
}

static void
test_failure (void)
{
  g_autoptr (HotpixSurvey) survey = make_survey (1);
  HotpixSurveyOptions options = hotpix_survey_options_default ();
  g_autoptr (GError) error = NULL;

  hotpix_frame_set_add_left_out (survey->photos, "notes.txt", "is not a JPEG");
  g_assert_false (hotpix_survey_run (survey, &options, NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES);
  g_assert_null (survey->accumulator);
  g_assert_cmpuint (hotpix_survey_count_left_out (survey), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/survey/defects-are-listed-in-the-regions", test_regions);
  g_test_add_func ("/survey/without-detection-there-are-sums-only", test_variance);
  g_test_add_func ("/survey/defects-are-those-of-the-detector", test_detection);
  g_test_add_func ("/survey/few-photos-are-remarked-on", test_few_photos_are_remarked_on);
  g_test_add_func ("/survey/names-and-reasons-outlive-the-frames", test_closed_photos);
  g_test_add_func ("/survey/a-user-can-stop-it-and-nothing-is-found-then", test_cancelled);
  g_test_add_func ("/survey/a-failure-leaves-what-was-left-out", test_failure);
  return g_test_run ();
}
