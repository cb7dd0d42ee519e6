/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/history-record.h"
#include "catalogue/known-camera.h"
#include "catalogue/survey-record.h"
#include "jpeg-writer.h"
#include "made-up-survey.h"
#include "photos/frame-makers.h"
#include "scratch-folder.h"

#include <string.h>

#define WIDTH 96
#define HEIGHT 64
#define PHOTOS 40

/* Defects by the photo in which each begins; the last is healthy again from photo 25 on. */
static const guint firsts[] = { 0, 13, 30, 0 };

#define N_DEFECTS G_N_ELEMENTS (firsts)
#define GONE_FROM 25

static gchar *folder;

typedef struct
{
  gchar *path;
  HotpixCatalogue *catalogue;
} Fixture;

static HotpixDefect
defect_at (guint number)
{
  return (HotpixDefect){
    .x = 20 + 18 * number, .y = 12 + 12 * number, .channel = number % 3, .score = 2, .length = 1
  };
}

static gboolean
is_there (guint number, guint photo)
{
  return photo >= firsts[number] && (number + 1 < N_DEFECTS || photo < GONE_FROM);
}

/* Photo 7 tells no date. */
static guint8 *
make_exif (guint photo, gsize *length)
{
  g_autofree gchar *date
      = g_strdup_printf ("2020:%02u:%02u 12:00:00", 1 + photo / 28, 1 + photo % 28);

  return jpeg_writer_make_whole_exif (&(JpegExif){ .make = "Maker",
                                                   .model = "Model",
                                                   .serial = "1",
                                                   .iso = 100,
                                                   .exposure_time = 10 + photo,
                                                   .date = photo == 7 ? NULL : date },
                                      length);
}

static gchar *
write_photo (guint photo)
{
  static guint8 samples[HEIGHT][WIDTH][3];
  gchar *path = g_strdup_printf ("%s/%u.jpg", folder, photo);
  g_autoptr (GRand) random = g_rand_new_with_seed (photo);
  gsize exif_length, size;
  g_autofree guint8 *exif = make_exif (photo, &exif_length);
  g_autoptr (GBytes) jpeg = NULL;
  const gchar *data;

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      memset (samples[y][x], g_rand_int_range (random, 88, 93), 3);
  for (guint i = 0; i < N_DEFECTS; i++)
    if (is_there (i, photo))
      memset (samples[defect_at (i).y][defect_at (i).x], 190, 3);
  jpeg = jpeg_writer_encode (&(JpegRecipe){ .width = WIDTH,
                                            .height = HEIGHT,
                                            .quality = 97,
                                            .horizontal_sampling = 1,
                                            .exif = exif,
                                            .exif_length = exif_length },
                             samples[0][0]);
  data = g_bytes_get_data (jpeg, &size);
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  return path;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  folder = scratch_folder_new ();
  fixture->path = g_build_filename (folder, "book.sqlite", NULL);
  fixture->catalogue = hotpix_catalogue_open (fixture->path, HOTPIX_CATALOGUE_WRITE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hotpix_catalogue_free (fixture->catalogue);
  g_free (fixture->path);
  scratch_folder_remove (folder);
}

/* A survey of the photos from first to the one before end that finds the first n_defects. */
static void
record (const Fixture *fixture, guint first, guint end, guint n_defects)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  HotpixOptions options = hotpix_options_default ();
  HotpixDefects defects = { .shape = { WIDTH, HEIGHT, 3, 8 }, .threshold = 1 };
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  g_autoptr (GError) error = NULL;
  HotpixShape shape;

  for (guint photo = first; photo < end; photo++)
    {
      g_autofree gchar *path = write_photo (photo);

      hotpix_frame_makers_add_file (NULL, set, path);
    }
  for (guint i = 0; i < n_defects; i++)
    {
      HotpixDefect defect = defect_at (i);

      g_array_append_val (list, defect);
    }
  defects.list = list;
  defects.n_frames = end - first;
  g_assert_true (hotpix_frame_set_select (set, &options.selection, &shape, &error));
  g_assert_true (hotpix_survey_record_write (fixture->catalogue, set, &defects, NULL, &error));
  g_assert_true (hotpix_history_record_write (fixture->catalogue, set, &defects, &options, NULL,
                                              NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < n_defects; i++)
    g_assert_nonnull (g_array_index (list, HotpixDefect, i).since);
  g_clear_pointer (&defects.texts, g_string_chunk_free);
}

static gint64
ask (const Fixture *fixture, const gchar *sql)
{
  return made_up_survey_ask (fixture->catalogue, sql);
}

/* Whether a text of a defect's history begins so; NULL for unknown. */
static void
assert_told (const Fixture *fixture, guint number, const gchar *column, const gchar *expected)
{
  g_autofree gchar *sql = g_strdup_printf (
      "SELECT %s FROM histories h JOIN defects d ON d.id = h.defect WHERE d.x = %u", column,
      defect_at (number).x);
  g_autoptr (HotpixRows) rows = NULL;
  g_autoptr (GError) error = NULL;

  (void) hotpix_database_execute (hotpix_catalogue_get_database (fixture->catalogue), sql, NULL,
                                  &rows, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hotpix_rows_count (rows), ==, 1);
  g_assert_cmpstr (hotpix_rows_text (rows, 0, 0), ==, expected);
}

static void
assert_histories (const Fixture *fixture)
{
  assert_told (fixture, 0, "since", NULL);
  assert_told (fixture, 0, "until", NULL);
  assert_told (fixture, 1, "since", "2020-01-14T12:00:00");
  assert_told (fixture, 1, "until", NULL);
  assert_told (fixture, 2, "since", "2020-02-03T12:00:00");
  assert_told (fixture, 3, "since", NULL);
  assert_told (fixture, 3, "until", "2020-01-25T12:00:00");
  assert_told (fixture, 2, "(SELECT name FROM photos WHERE id = first_photo)", "30.jpg");
}

static void
test_one_survey (Fixture *fixture, gconstpointer data)
{
  record (fixture, 0, PHOTOS, N_DEFECTS);
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM measurements"), ==, N_DEFECTS * PHOTOS);
  g_assert_cmpint (ask (fixture, "SELECT min (judged) FROM histories"), ==, PHOTOS - 1);
  assert_histories (fixture);
}

/* Whichever comes first, and photos that come twice count once. */
static void
test_surveys (Fixture *fixture, gconstpointer data)
{
  record (fixture, 18, PHOTOS, N_DEFECTS);
  assert_told (fixture, 1, "since", NULL);
  record (fixture, 0, 22, N_DEFECTS);
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM measurements"), ==, N_DEFECTS * PHOTOS);
  assert_histories (fixture);
}

/* What an earlier survey found is measured in the photos of a later one, too. */
static void
test_known (Fixture *fixture, gconstpointer data)
{
  record (fixture, 0, 24, N_DEFECTS);
  record (fixture, 24, PHOTOS, 1);
  g_assert_cmpint (ask (fixture, "SELECT count(*) FROM measurements"), ==, N_DEFECTS * PHOTOS);
  assert_histories (fixture);
}

/* What is known of the camera tells the same, and a photo is repaired only of what its date has. */
static void
test_listed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) cameras = NULL;
  g_autoptr (HotpixDefects) all = NULL, early = NULL;
  g_autoptr (GError) error = NULL;

  record (fixture, 0, PHOTOS, N_DEFECTS);
  cameras = hotpix_known_camera_list (fixture->catalogue, NULL, &error);
  g_assert_no_error (error);
  all = hotpix_known_camera_get_defects (fixture->catalogue, cameras->pdata[0], NULL, &error);
  early = hotpix_known_camera_get_defects (fixture->catalogue, cameras->pdata[0],
                                           "2020-01-05T12:00:00", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->list->len, ==, N_DEFECTS);
  g_assert_cmpuint (early->list->len, ==, 2);
  for (guint i = 0; i < N_DEFECTS; i++)
    {
      const HotpixDefect *defect = &g_array_index (all->list, HotpixDefect, i);

      if (defect->x == defect_at (0).x)
        g_assert_cmpstr (defect->since, ==, HOTPIX_DEFECT_ALWAYS);
      if (defect->x == defect_at (1).x)
        {
          g_assert_cmpstr (defect->since, ==, "2020-01-14T12:00:00");
          g_assert_cmpstr (defect->first_photo, ==, "13.jpg");
          g_assert_cmpstr (defect->until, ==, HOTPIX_DEFECT_STILL);
        }
      if (defect->x == defect_at (3).x)
        g_assert_cmpstr (defect->until, ==, "2020-01-25T12:00:00");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add (name, Fixture, NULL, set_up, test, tear_down)
  ADD ("/history-record/a-survey-tells-since-when-defects-are-there", test_one_survey);
  ADD ("/history-record/surveys-add-up-in-any-order", test_surveys);
  ADD ("/history-record/known-defects-are-measured-again", test_known);
  ADD ("/history-record/what-is-known-tells-the-history", test_listed);
  return g_test_run ();
}
