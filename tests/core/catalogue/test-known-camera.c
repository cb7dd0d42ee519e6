/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/known-camera.h"
#include "made-up-survey.h"
#include "scratch-folder.h"

#include <string.h>

typedef struct
{
  gchar *folder;
  HotpixCatalogue *catalogue;
} Fixture;

/* Defects 0 to 9 of a D70, 6 to 13 of it once more; two bodies of a DSC-H1; a camera that nothing is told
 * of. */
static const MadeUpSurvey surveys[] = {
  { "NIKON", "D70", "1", .n_photos = 5, .n_defects = 10 },
  { "NIKON", "D70", "1", .n_photos = 5, .first_photo = 3, .n_defects = 8, .first_defect = 6 },
  { "NIKON", "D70s", "1", .n_photos = 5, .n_defects = 3, .first_defect = 40 },
  { "SONY", "DSC-H1", NULL, .n_photos = 5, .first_photo = 50, .n_defects = 4 },
  { "SONY", "DSC-H1", NULL, .n_photos = 5, .first_photo = 60, .n_defects = 5,
    .first_defect = 20 },
  { NULL, NULL, NULL, .n_photos = 5, .first_photo = 70, .n_defects = 7, .first_defect = 30 },
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree gchar *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = scratch_folder_new ();
  path = g_build_filename (fixture->folder, "book.sqlite", NULL);
  fixture->catalogue = hotpix_catalogue_open (path, HOTPIX_CATALOGUE_WRITE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (surveys); i++)
    {
      (void) made_up_survey_write (fixture->catalogue, &surveys[i], &error);
      g_assert_no_error (error);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hotpix_catalogue_free (fixture->catalogue);
  scratch_folder_remove (fixture->folder);
}

static const struct
{
  const gchar *part;
  const gchar *names[5];
} parts[] = {
  { NULL,
    { "D70, serial 1", "D70s, serial 1", "DSC-H1", "DSC-H1, body 2",
      "an unidentified camera" } },
  { "D70", { "D70, serial 1", "D70s, serial 1" } },
  { "D70, serial 1", { "D70, serial 1" } },
  { "body 2", { "DSC-H1, body 2" } },
  { "DSC-H1", { "DSC-H1" } },
};

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GPtrArray) cameras
          = hotpix_known_camera_list (fixture->catalogue, parts[i].part, &error);
      guint n = 0;

      g_assert_no_error (error);
      while (n < G_N_ELEMENTS (parts[i].names) && parts[i].names[n] != NULL)
        n++;
      g_assert_cmpuint (cameras->len, ==, n);
      for (guint k = 0; k < n; k++)
        g_assert_cmpstr (((HotpixKnownCamera *) cameras->pdata[k])->name, ==,
                         parts[i].names[k]);
    }
  g_assert_null (hotpix_known_camera_list (fixture->catalogue, "D80", &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "D70, serial 1; D70s, serial 1; DSC-H1"));
}

/* Defects 6 to 9 were found twice, and 13 has the highest score. */
static void
test_defects (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) cameras
      = hotpix_known_camera_list (fixture->catalogue, "D70, serial 1", NULL);
  g_autoptr (HotpixDefects) defects = NULL;
  g_autoptr (GError) error = NULL;

  defects
      = hotpix_known_camera_get_defects (fixture->catalogue, cameras->pdata[0], NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (defects->n_frames, ==, 8);
  g_assert_cmpuint (defects->shape.width, ==, MADE_UP_WIDTH);
  g_assert_cmpuint (defects->shape.channels, ==, 3);
  g_assert_cmpfloat (defects->threshold, ==, 1);
  g_assert_cmpuint (defects->list->len, ==, 14);
  for (guint i = 0; i < defects->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, i);
      guint number = 13 - i, x, y;

      made_up_survey_place (number, &x, &y);
      g_assert_cmpuint (defect->x, ==, x);
      g_assert_cmpuint (defect->y, ==, y);
      g_assert_cmpuint (defect->channel, ==, number % 3);
      g_assert_cmpint (defect->kind, ==,
                       number % 2 == 0 ? HOTPIX_DEFECT_HOT : HOTPIX_DEFECT_DEAD);
      g_assert_cmpfloat (defect->score, ==, 1 + number / 8.0);
      g_assert_cmpfloat (defect->variance, ==, 0.125);
      g_assert_cmpint (defect->look, ==, number % 5 == 0 ? HOTPIX_LOOK_LONG : HOTPIX_LOOK_ALL);
    }
}

static const struct
{
  const gchar *make, *model, *serial;
  guint width;
  const gchar *part;
  guint n_defects;    /* 0 for none that can be told */
  const gchar *words; /* of the error */
} photos[] = {
  { "NIKON", "D70", "1", MADE_UP_WIDTH, NULL, 14, NULL },
  { "NIKON", "D70", NULL, MADE_UP_WIDTH, NULL, 14, NULL },
  { "NIKON", "D70", "2", MADE_UP_WIDTH, NULL, 0, "no survey of D70, serial 2" },
  { "NIKON", "D70", "1", 99, NULL, 0, "99 x 90 pixels" },
  { "SONY", "DSC-H1", NULL, MADE_UP_WIDTH, NULL, 0, "DSC-H1; DSC-H1, body 2" },
  { "SONY", "DSC-H1", NULL, MADE_UP_WIDTH, "body 2", 5, NULL },
  { NULL, NULL, NULL, MADE_UP_WIDTH, NULL, 7, NULL },
  { NULL, NULL, NULL, MADE_UP_WIDTH, "D70s", 3, NULL },
  { "NIKON", "D70", "1", MADE_UP_WIDTH, "D70s", 0, "no survey of D70" },
};

static void
test_find (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      g_autoptr (HotpixExif) exif = hotpix_exif_new (NULL, 0);
      g_autoptr (HotpixListedDefects) listed = NULL;
      g_autoptr (GError) error = NULL;

      exif->camera = hotpix_camera_new (photos[i].make, photos[i].model, photos[i].serial);
      listed = hotpix_known_camera_find_defects (fixture->catalogue, exif, photos[i].width,
                                                 MADE_UP_HEIGHT, photos[i].part, &error);
      if (photos[i].words == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpuint (listed->list->len, ==, photos[i].n_defects);
        }
      else
        {
          g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
          g_assert_nonnull (strstr (error->message, photos[i].words));
        }
    }
}

static const struct
{
  const gchar *date;
  guint n_defects;
} dates[] = {
  { "2017-01-01T00:00:00", 13 },   /* before the one came */
  { "2018-05-01T00:00:00", 14 },   /* when it may have come */
  { "2021-01-01T00:00:00.5", 13 }, /* when the other was gone */
  { "1970-01-01T00:00:00", 14 },   /* nobody knows when */
  { "2099-01-01T00:00:00", 14 },   { NULL, 14 },
};

static void
test_dates (Fixture *fixture, gconstpointer data)
{
  HotpixDatabase *database = hotpix_catalogue_get_database (fixture->catalogue);
  g_autoptr (GError) error = NULL;

  (void) hotpix_database_execute (database,
                                  "INSERT INTO histories (defect, judged, always, gone, "
                                  "since_earliest, until_latest, growth,"
                                  " growth_probability, amount, shows_from) VALUES"
                                  " (1, 9, 0, 0, '2018-03-01T10:00:00', NULL, 'hot', 1, 1, 1),"
                                  " (2, 9, 1, 1, NULL, '2020-12-31T10:00:00', 'hot', 1, 1, 1)",
                                  NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autoptr (HotpixExif) exif = hotpix_exif_new (NULL, 0);
      g_autoptr (HotpixListedDefects) listed = NULL;

      exif->camera = hotpix_camera_new ("NIKON", "D70", "1");
      exif->shot->date = g_strdup (dates[i].date);
      listed = hotpix_known_camera_find_defects (fixture->catalogue, exif, MADE_UP_WIDTH,
                                                 MADE_UP_HEIGHT, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (listed->list->len, ==, dates[i].n_defects);
    }
}

/* What no hotpix writes, as a damaged file or somebody's own tool may have it. */
static void
test_impossible (Fixture *fixture, gconstpointer data)
{
  static const gchar *const changes[] = {
    "UPDATE cameras SET name = char (10) WHERE serial = '1' AND model = 'D70'",
    "UPDATE defects SET x = -1 WHERE id = 1",
    "UPDATE defects SET y = 5000000000 WHERE id = 2",
    "UPDATE findings SET length = 4000000000, kind = 'column' WHERE defect = 3",
    "UPDATE findings SET score = 9e999, kind = 'none' WHERE defect = 4",
    "UPDATE surveys SET width = 4000000000 WHERE camera = 2",
  };
  g_autoptr (HotpixExif) exif = hotpix_exif_new (NULL, 0);
  g_autoptr (GPtrArray) cameras = NULL;
  g_autoptr (HotpixListedDefects) listed = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_assert_true (hotpix_database_execute (hotpix_catalogue_get_database (fixture->catalogue),
                                            changes[i], NULL, NULL, NULL));
  cameras = hotpix_known_camera_list (fixture->catalogue, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cameras->len, ==, 4);
  g_assert_cmpstr (((HotpixKnownCamera *) cameras->pdata[0])->name, ==, "D70, serial 1");
  exif->camera = hotpix_camera_new ("NIKON", "D70", "1");
  listed = hotpix_known_camera_find_defects (fixture->catalogue, exif, MADE_UP_WIDTH,
                                             MADE_UP_HEIGHT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (listed->list->len, ==, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                        \
  g_test_add ("/known-camera/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("a-name-or-a-part-of-it-chooses", test_list);
  ADD ("each-defect-is-as-its-best-survey-has-it", test_defects);
  ADD ("a-photo-gets-the-defects-of-its-own-camera", test_find);
  ADD ("a-photo-gets-the-defects-of-its-own-date", test_dates);
  ADD ("what-cannot-be-is-passed-over", test_impossible);
#undef ADD
  return g_test_run ();
}
