/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "buffer-frame.h"
#include "plugin-survey.h"
#include "sums-picture.h"

#include <math.h>
#include <string.h>

#define WIDTH 160
#define HEIGHT 120
#define N_FRAMES 24
#define BLOCK 16

/* Frames of blocks of chance and noise; the sample at (70, 50) is brighter in all of them. */
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
      gdouble shades[HEIGHT / BLOCK + 1][WIDTH / BLOCK + 1];

      for (guint y = 0; y <= HEIGHT / BLOCK; y++)
        for (guint x = 0; x <= WIDTH / BLOCK; x++)
          shades[y][x] = g_rand_double_range (random, 60, 160);
      for (guint y = 0; y < HEIGHT; y++)
        for (guint x = 0; x < WIDTH; x++)
          samples[y][x]
              = (guint8) (shades[y / BLOCK][x / BLOCK] + g_rand_int_range (random, -4, 5));
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

/* What a picture of the sums should have at every seventh place. */
static void
assert_picture (const HotpixSurvey *survey, SumsPicture picture, gdouble black, gdouble white)
{
  g_autoptr (GeglBuffer) buffer
      = gegl_buffer_new (GEGL_RECTANGLE (0, 0, WIDTH, HEIGHT), babl_format ("Y' u16"));
  guint16 samples[HEIGHT][WIDTH];

  g_assert_true (hotpix_sums_picture_write (buffer, picture, survey->accumulator, NULL));
  gegl_buffer_get (buffer, NULL, 1, babl_format ("Y' u16"), samples, GEGL_AUTO_ROWSTRIDE,
                   GEGL_ABYSS_NONE);
  for (guint y = 0; y < HEIGHT; y += 7)
    for (guint x = 0; x < WIDTH; x += 7)
      {
        gdouble value = picture == SUMS_PICTURE_MEAN
                            ? hotpix_accumulator_mean_at (survey->accumulator, x, y, 0)
                            : hotpix_accumulator_variance_at (survey->accumulator, x, y, 0);

        g_assert_cmpfloat_with_epsilon (samples[y][x],
                                        65535 * (value - black) / (white - black), 0.51);
      }
}

static void
test_pictures (void)
{
  g_autoptr (HotpixSurvey) survey = make_survey ();
  PluginOptions options = plugin_options_default ();
  gdouble least = 1, most = 0;

  g_assert_true (plugin_survey_run (survey, &options, NULL, NULL, NULL));
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        gdouble variance = hotpix_accumulator_variance_at (survey->accumulator, x, y, 0);

        least = MIN (least, variance);
        most = MAX (most, variance);
      }
  assert_picture (survey, SUMS_PICTURE_MEAN, 0, 1);
  assert_picture (survey, SUMS_PICTURE_VARIANCE, 0, 0.25);
  assert_picture (survey, SUMS_PICTURE_STRETCHED_VARIANCE, least, most);
}

static void
test_group_name (void)
{
  g_autoptr (HotpixSurvey) survey = make_survey ();
  PluginOptions options = plugin_options_default ();
  g_autofree gchar *one = NULL, *three = NULL;
  HotpixDefect more[] = { { .kind = HOTPIX_DEFECT_ROW }, { .kind = HOTPIX_DEFECT_HOT } };

  g_assert_true (plugin_survey_run (survey, &options, NULL, NULL, NULL));
  one = plugin_survey_group_name (survey);
  g_array_append_vals (survey->defects->list, more, 2);
  three = plugin_survey_group_name (survey);
  g_assert_cmpstr (one, ==, "Hot pixels: 1 hot (red)");
  g_assert_cmpstr (three, ==, "Hot pixels: 2 hot (red), 1 row (magenta)");
}

int
main (int argc, char **argv)
{
  gint result;

  gegl_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plugin-survey/layers-are-scanned-and-the-result-told", test_run);
  g_test_add_func ("/plugin-survey/too-few-frames-are-an-error", test_too_few);
  g_test_add_func ("/plugin-survey/the-sums-are-shown-and-the-variance-stretched-too",
                   test_pictures);
  g_test_add_func ("/plugin-survey/the-group-says-what-the-colours-mean", test_group_name);
  result = g_test_run ();
  gegl_exit ();
  return result;
}
