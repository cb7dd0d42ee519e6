/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/known-camera.h"
#include "catalogue/survey-record.h"
#include "fake-frame.h"
#include "made-up-survey.h"
#include "photos/selection.h"
#include "scratch-folder.h"

#include <string.h>

typedef struct
{
  gchar *folder, *path;
  HotpixCatalogue *catalogue;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = scratch_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "book.sqlite", NULL);
  fixture->catalogue = hotpix_catalogue_open (fixture->path, HOTPIX_CATALOGUE_WRITE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hotpix_catalogue_free (fixture->catalogue);
  g_free (fixture->path);
  scratch_folder_remove (fixture->folder);
}

static void
record (const Fixture *fixture, const MadeUpSurvey *survey)
{
  g_autoptr (GError) error = NULL;

  (void) made_up_survey_write (fixture->catalogue, survey, &error);
  g_assert_no_error (error);
}

static gint64
ask (const Fixture *fixture, const gchar *sql)
{
  return made_up_survey_ask (fixture->catalogue, sql);
}

static void
test_known_once (Fixture *fixture, gconstpointer data)
{
  record (fixture, &(MadeUpSurvey){ "NIKON", "D70", "1", .n_photos = 10, .n_defects = 8 });
  record (fixture, &(MadeUpSurvey){ "NIKON", "D70", "1", .n_photos = 10, .first_photo = 5,
                                    .n_defects = 8, .first_defect = 6 });
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM cameras"), ==, 1);
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM photos"), ==, 15);
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM surveys"), ==, 2);
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM survey_photos"), ==, 20);
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM defects"), ==, 14);
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM findings"), ==, 16);
}

static const gchar *const hostile[] = {
  "'; DROP TABLE cameras; --",
  "\"); DELETE FROM photos; --",
  "x' OR '1' = '1",
  "NIK\xff\xc3(ON",
  "two\nlines\tand \x01 more",
  "%s%n%p",
};

static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HotpixRows) rows = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    record (fixture, &(MadeUpSurvey){ hostile[i], hostile[i], hostile[i], .name = hostile[i],
                                      .date = hostile[i], .n_photos = 2, .first_photo = 2 * i,
                                      .n_defects = 1 });
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM cameras"), ==, G_N_ELEMENTS (hostile));
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM photos"), ==,
                   2 * G_N_ELEMENTS (hostile));
  g_assert_true (hotpix_database_execute (
      hotpix_catalogue_get_database (fixture->catalogue),
      "SELECT c.model, p.name FROM cameras c JOIN photos p ON p.camera = c.id ORDER BY p.id",
      NULL, &rows, NULL));
  g_assert_cmpstr (hotpix_rows_text (rows, 0, 0), ==, hostile[0]);
  for (guint i = 0; i < hotpix_rows_count (rows); i++)
    for (guint column = 0; column < 2; column++)
      {
        const gchar *text = hotpix_rows_text (rows, i, column);

        g_assert_true (g_utf8_validate (text, -1, NULL));
        g_assert_null (strpbrk (text, "\n\t\x01"));
      }
}

static const struct
{
  const gchar *date;
  gboolean is_believed;
} clocks[] = {
  { "2019-07-01T12:00:00", TRUE },    { "1970-01-01T00:00:00", FALSE },
  { "2099-12-31T23:59:59", FALSE },   { "1990-01-01T00:00:07", FALSE },
  { "2003-02-01T00:00:07.25", TRUE },
};

static void
test_clocks (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autofree gchar *sql = g_strdup_printf (
          "SELECT count(*) FROM photos WHERE clock = '%s' AND taken IS %s%s%s", clocks[i].date,
          clocks[i].is_believed ? "'" : "", clocks[i].is_believed ? clocks[i].date : "NULL",
          clocks[i].is_believed ? "'" : "");

      record (fixture, &(MadeUpSurvey){ "NIKON", "D70", "1", .date = clocks[i].date,
                                        .n_photos = 2, .first_photo = 2 * i });
      g_assert_cmpint (ask (fixture, sql), ==, 2);
    }
}

/* What is surveyed after another survey of a body without a serial number. */
static const struct
{
  const gchar *name;
  MadeUpSurvey next;
  guint n_bodies;
} bodies[] = {
  { "the same places", { .n_photos = 5, .first_photo = 10, .n_defects = 8 }, 1 },
  { "one place in common",
    { .n_photos = 5, .first_photo = 10, .n_defects = 8, .first_defect = 7 },
    1 },
  { "no place in common",
    { .n_photos = 5, .first_photo = 10, .n_defects = 8, .first_defect = 20 },
    2 },
  { "no place in common, but a photo",
    { .n_photos = 5, .first_photo = 4, .n_defects = 8, .first_defect = 20 },
    1 },
  { "too few to tell",
    { .n_photos = 5, .first_photo = 10, .n_defects = 2, .first_defect = 20 },
    1 },
  { "none", { .n_photos = 5, .first_photo = 10 }, 1 },
};

static void
test_bodies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      Fixture fixture;
      MadeUpSurvey next = bodies[i].next;

      g_test_message ("%s", bodies[i].name);
      next.model = "DSC-H1";
      set_up (&fixture, NULL);
      record (&fixture, &(MadeUpSurvey){ NULL, "DSC-H1", .n_photos = 5, .n_defects = 8 });
      record (&fixture, &next);
      g_assert_cmpint (ask (&fixture, "SELECT count(*) FROM cameras"), ==, bodies[i].n_bodies);
      /* The first one is still known. */
      record (&fixture, &(MadeUpSurvey){ NULL, "DSC-H1", .n_photos = 5, .first_photo = 30,
                                         .n_defects = 8 });
      g_assert_cmpint (ask (&fixture, "SELECT count(*) FROM cameras"), ==, bodies[i].n_bodies);
      g_assert_cmpint (ask (&fixture, "SELECT count(*) FROM surveys WHERE camera = 1"), ==,
                       4 - bodies[i].n_bodies);
      tear_down (&fixture, NULL);
    }
}

static void
test_serial_numbers (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree gchar *serial = g_strdup_printf ("%u", i);

      record (fixture, &(MadeUpSurvey){ "NIKON", "D70", serial, .n_photos = 5,
                                        .first_photo = 10 * i, .n_defects = 8 });
    }
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM cameras"), ==, 3);
  g_assert_cmpint (ask (fixture, "SELECT max(body) FROM cameras"), ==, 1);
}

static void
test_any_camera (Fixture *fixture, gconstpointer data)
{
  const HotpixShape shape = { MADE_UP_WIDTH, MADE_UP_HEIGHT, 3, 8 };
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixDefects) defects = g_new0 (HotpixDefects, 1);
  HotpixSelection any = { .camera = HOTPIX_CAMERA_ANY };
  HotpixShape chosen;
  g_autoptr (GError) error = NULL;

  defects->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  for (guint i = 0; i < 2; i++)
    hotpix_frame_set_add (set, &fake_frame_new (&shape, i)->frame);
  g_assert_true (hotpix_frame_set_select (set, &any, &chosen, NULL));
  g_assert_false (hotpix_survey_record_write (fixture->catalogue, set, defects, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM surveys"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                        \
  g_test_add ("/survey-record/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("photos-and-places-are-known-once", test_known_once);
  ADD ("what-exif-and-names-hold-is-no-sql", test_hostile);
  ADD ("clocks-that-were-not-set-are-not-believed", test_clocks);
  ADD ("serial-numbers-tell-bodies-apart", test_serial_numbers);
  ADD ("photos-of-any-camera-are-refused", test_any_camera);
#undef ADD
  g_test_add_func ("/survey-record/defects-tell-bodies-apart", test_bodies);
  return g_test_run ();
}
