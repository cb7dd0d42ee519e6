/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made-up-survey.h"
#include "catalogue/survey-record.h"
#include "fake-frame.h"
#include "photos/selection.h"

void
made_up_survey_place (guint number, guint *x, guint *y)
{
  *x = (7 * number) % MADE_UP_WIDTH;
  *y = (7 * number) / MADE_UP_WIDTH;
  g_assert_cmpuint (*y, <, MADE_UP_HEIGHT);
}

static HotpixFrame *
make_frame (const MadeUpSurvey *survey, guint number)
{
  const HotpixShape shape = { MADE_UP_WIDTH, MADE_UP_HEIGHT, 3, 8 };
  HotpixFrame *frame = &fake_frame_new (&shape, number)->frame;

  g_free (frame->name);
  frame->name = g_strdup_printf ("%s%u", survey->name != NULL ? survey->name : "", number);
  frame->exif = hotpix_exif_new (NULL, 0);
  frame->exif->camera = hotpix_camera_new (survey->make, survey->model, survey->serial);
  frame->exif->shot->date = g_strdup (survey->date);
  frame->digest = g_strdup_printf ("%032x", number);
  return frame;
}

static HotpixDefects *
make_defects (const MadeUpSurvey *survey)
{
  HotpixDefects *defects = g_new0 (HotpixDefects, 1);

  defects->shape = (HotpixShape){ MADE_UP_WIDTH, MADE_UP_HEIGHT, 3, 8 };
  defects->n_frames = survey->n_photos;
  defects->threshold = 1;
  defects->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  for (guint i = 0; i < survey->n_defects; i++)
    {
      guint number = survey->first_defect + i;
      HotpixDefect defect = { .channel = number % 3,
                              .kind = number % 2 == 0 ? HOTPIX_DEFECT_HOT : HOTPIX_DEFECT_DEAD,
                              .score = 1 + number / 8.0,
                              .mean = 0.5,
                              .around = 0.25,
                              .variance = 0.125,
                              .length = 1,
                              .look = number % 5 == 0 ? HOTPIX_LOOK_LONG : HOTPIX_LOOK_ALL };

      made_up_survey_place (number, &defect.x, &defect.y);
      g_array_append_val (defects->list, defect);
    }
  return defects;
}

gboolean
made_up_survey_write (HotpixCatalogue *catalogue, const MadeUpSurvey *survey, GError **error)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixDefects) defects = make_defects (survey);
  HotpixSelection selection = { .camera = HOTPIX_CAMERA_MOST };
  HotpixShape shape;

  for (guint i = 0; i < survey->n_photos; i++)
    hotpix_frame_set_add (set, make_frame (survey, survey->first_photo + i));
  g_assert_true (hotpix_frame_set_select (set, &selection, &shape, NULL));
  return hotpix_survey_record_write (catalogue, set, defects, NULL, error);
}

gint64
made_up_survey_ask (HotpixCatalogue *catalogue, const gchar *sql)
{
  g_autoptr (HotpixRows) rows = NULL;
  g_autoptr (GError) error = NULL;

  (void) hotpix_database_execute (hotpix_catalogue_get_database (catalogue), sql, NULL, &rows,
                                  &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hotpix_rows_count (rows), ==, 1);
  return hotpix_rows_integer (rows, 0, 0);
}
