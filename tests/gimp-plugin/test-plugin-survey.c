/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "buffer-frame.h"
#include "plugin-survey.h"
#include "variance-picture.h"

#include <math.h>
#include <string.h>

#define WIDTH 160
#define HEIGHT 120
#define N_FRAMES 24

/* Frames of waves and noise; the sample at (70, 50) is brighter in all of them. */
static HotpixSurvey *
make_survey (void)
{
  HotpixSurvey *survey = hotpix_survey_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint k = 0; k < N_FRAMES; k++)
    {
      g_autoptr (GeglBuffer) buffer
          = gegl_buffer_new (GEGL_RECTANGLE (0, 0, WIDTH, HEIGHT), babl_format ("Y' u8"));
      guint8 samples[HEIGHT][WIDTH];
      gdouble length = g_rand_double_range (random, 20, 90);

      for (guint y = 0; y < HEIGHT; y++)
        for (guint x = 0; x < WIDTH; x++)
          samples[y][x] = (guint8) (110 + 40 * sin ((x + k * y / 10.0) / length)
                                    + g_rand_int_range (random, -4, 5));
      samples[50][70] = (guint8) (samples[50][70] + 60);
      gegl_buffer_set (buffer, NULL, 0, babl_format ("Y' u8"), samples, GEGL_AUTO_ROWSTRIDE);
      hotpix_frame_set_add (survey->photos, hotpix_buffer_frame_new (buffer, "layer", NULL));
    }
  return survey;
}

static void
test_run (void)
{
  g_autoptr (HotpixSurvey) survey = make_survey ();
  PluginOptions options = plugin_options_default ();
  g_autoptr (GError) error = NULL;
  g_autofree gchar *name = NULL, *words = NULL, *list = NULL;

  hotpix_frame_set_add_left_out (survey->photos, "sketch", "is empty");
  g_assert_true (plugin_survey_run (survey, &options, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (survey->defects->list->len, ==, 1);
  list = hotpix_survey_format_list (survey, HOTPIX_LIST_TSV, 0, 0);
  g_assert_nonnull (strstr (list, "\n70\t50\tgrey\thot\t"));
  g_assert_true (plugin_survey_has_remarks (survey));
  name = plugin_survey_layer_name (survey);
  words = plugin_survey_describe (survey);
  g_assert_cmpstr (name, ==, "Hot pixels (1)");
  g_assert_cmpstr (words, ==, "1 defect in 24 photos.\nLeft out: sketch is empty.");
}

static void
test_too_few (void)
{
  g_autoptr (HotpixSurvey) survey = hotpix_survey_new ();
  PluginOptions options = plugin_options_default ();
  g_autoptr (GError) error = NULL;

  g_assert_false (plugin_survey_run (survey, &options, NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES);
}

static void
test_variance_picture (void)
{
  g_autoptr (HotpixSurvey) survey = make_survey ();
  PluginOptions options = plugin_options_default ();
  g_autoptr (GeglBuffer) buffer
      = gegl_buffer_new (GEGL_RECTANGLE (0, 0, WIDTH, HEIGHT), babl_format ("Y' u16"));
  guint16 samples[HEIGHT][WIDTH];

  g_assert_true (plugin_survey_run (survey, &options, NULL, NULL, NULL));
  g_assert_true (hotpix_variance_picture_write (buffer, survey->accumulator, NULL));
  gegl_buffer_get (buffer, NULL, 1, babl_format ("Y' u16"), samples, GEGL_AUTO_ROWSTRIDE,
                   GEGL_ABYSS_NONE);
  for (guint y = 0; y < HEIGHT; y += 7)
    for (guint x = 0; x < WIDTH; x += 7)
      g_assert_cmpfloat_with_epsilon (
          samples[y][x],
          4 * 65535 * hotpix_accumulator_variance_at (survey->accumulator, x, y, 0), 0.51);
}

int
main (int argc, char **argv)
{
  gint result;

  gegl_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plugin-survey/layers-are-scanned-and-the-result-told", test_run);
  g_test_add_func ("/plugin-survey/too-few-frames-are-an-error", test_too_few);
  g_test_add_func ("/plugin-survey/the-variance-is-shown-unstretched", test_variance_picture);
  result = g_test_run ();
  gegl_exit ();
  return result;
}
