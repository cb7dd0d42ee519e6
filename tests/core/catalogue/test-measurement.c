/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/measurement.h"
#include "jpeg-writer.h"
#include "photos/frame-makers.h"
#include "scratch-folder.h"

#include <math.h>
#include <string.h>

#define WIDTH 96
#define HEIGHT 160
#define PHOTOS 7

static gchar *folder;

/* From the top to the bottom, in no order; the last is a column. */
static const HotpixDefect planted[] = {
  { .x = 40, .y = 100, .length = 1 },
  { .x = 0, .y = 0, .length = 1 },
  { .x = 60, .y = 20, .channel = 1, .length = 1 },
  { .x = 95, .y = 159, .channel = 2, .length = 1 },
  { .x = 20, .y = 103, .channel = 1, .length = 1 },
  { .x = 50, .y = 0, .kind = HOTPIX_DEFECT_COLUMN, .length = HEIGHT },
};

#define N_PLANTED G_N_ELEMENTS (planted)

/* Grey, with a sample of each place brighter, more so from photo to photo. */
static GBytes *
make_photo (guint number)
{
  static guint8 samples[HEIGHT][WIDTH][3];
  const JpegRecipe recipe = { .width = WIDTH,
                              .height = HEIGHT,
                              .quality = 98,
                              .horizontal_sampling = 1,
                              .vertical_sampling = 1 };

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      memset (samples[y][x], (gint) (90 + (x + y + number) % 3), 3);
  for (guint i = 0; i < N_PLANTED; i++)
    memset (samples[planted[i].y][planted[i].x], (gint) (120 + 10 * number), 3);
  return jpeg_writer_encode (&recipe, samples[0][0]);
}

static gchar *
photo_path (guint number)
{
  return g_strdup_printf ("%s/%u.jpg", folder, number);
}

static void
write_photo (guint number, gdouble part)
{
  g_autofree gchar *path = photo_path (number);
  g_autoptr (GBytes) jpeg = make_photo (number);
  gsize size;
  const gchar *data = g_bytes_get_data (jpeg, &size);

  g_assert_true (g_file_set_contents (path, data, (gssize) (part * (gdouble) size), NULL));
}

static HotpixFrameSet *
set_new (void)
{
  HotpixFrameSet *set = hotpix_frame_set_new ();
  HotpixOptions options = hotpix_options_default ();
  HotpixShape shape;

  for (guint i = 0; i < PHOTOS; i++)
    {
      g_autofree gchar *path = photo_path (i);

      hotpix_frame_makers_add_file (NULL, set, path);
    }
  g_assert_true (hotpix_frame_set_select (set, &options.selection, &shape, NULL));
  return set;
}

static GArray *
list_planted (void)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));

  g_array_append_vals (list, planted, N_PLANTED);
  return list;
}

static HotpixMeasurements *
measure (HotpixFrameSet *set, guint threads)
{
  g_autoptr (GArray) defects = list_planted ();
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (GError) error = NULL;
  HotpixMeasurements *measurements;

  options.threads = threads;
  measurements = hotpix_measure (set, defects, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  return measurements;
}

static void
test_each (void)
{
  g_autoptr (HotpixFrameSet) set = set_new ();
  g_autoptr (HotpixMeasurements) measurements = measure (set, 1);

  for (guint i = 0; i < N_PLANTED; i++)
    {
      gdouble before = 0;

      for (guint photo = 0; photo < PHOTOS; photo++)
        {
          const HotpixMeasurement *measured = hotpix_measurements_get (measurements, photo, i);

          g_assert_null (hotpix_measurements_get_reason (measurements, photo));
          if (planted[i].kind == HOTPIX_DEFECT_COLUMN)
            {
              g_assert_cmpint (measured->judgement, ==, HOTPIX_JUDGED_NOT);
              continue;
            }
          g_assert_cmpint (measured->judgement, ==, HOTPIX_JUDGED);
          g_assert_cmpfloat (measured->contrast, >, 5 * measured->noise);
          g_assert_cmpfloat (measured->contrast, >, before);
          before = measured->contrast;
        }
    }
}

static void
assert_same (const HotpixMeasurements *a, const HotpixMeasurements *b)
{
  for (guint photo = 0; photo < PHOTOS; photo++)
    for (guint i = 0; i < N_PLANTED; i++)
      g_assert_cmpmem (hotpix_measurements_get (a, photo, i), sizeof (HotpixMeasurement),
                       hotpix_measurements_get (b, photo, i), sizeof (HotpixMeasurement));
}

static void
test_threads (void)
{
  g_autoptr (HotpixFrameSet) set = set_new ();
  g_autoptr (HotpixMeasurements) alone = measure (set, 1);

  for (guint threads = 2; threads < 2 * PHOTOS; threads += 3)
    {
      g_autoptr (HotpixMeasurements) shared = measure (set, threads);

      assert_same (alone, shared);
    }
}

/* Frames that can only be read, and on one thread, give the same. */
static void
test_no_skip (void)
{
  g_autoptr (HotpixFrameSet) set = set_new ();
  g_autoptr (HotpixMeasurements) expected = measure (set, 2), measurements = NULL;
  HotpixFrameClass own_class = *hotpix_frame_set_get_frame (set, 0)->frame_class;

  own_class.skip = NULL;
  for (guint i = 0; i < PHOTOS; i += 2)
    {
      HotpixFrame *frame = hotpix_frame_set_get_frame (set, i);

      frame->frame_class = &own_class;
      frame->host_thread_only = TRUE;
    }
  measurements = measure (set, 2);
  assert_same (expected, measurements);
}

/* Of a photo that is cut short meanwhile, not even its good rows count. */
static void
test_damaged (void)
{
  g_autoptr (HotpixFrameSet) set = set_new ();
  g_autoptr (HotpixMeasurements) measurements = NULL;

  write_photo (3, 0.6);
  measurements = measure (set, 2);
  for (guint photo = 0; photo < PHOTOS; photo++)
    {
      const gchar *reason = hotpix_measurements_get_reason (measurements, photo);

      g_assert_true ((reason != NULL) == (photo == 3));
      for (guint i = 0; i + 1 < N_PLANTED; i++)
        g_assert_true (
            (hotpix_measurements_get (measurements, photo, i)->judgement == HOTPIX_JUDGED_NOT)
            == (photo == 3));
    }
  write_photo (3, 1);
}

static void
test_left_out (void)
{
  g_autoptr (HotpixFrameSet) set = set_new ();
  g_autoptr (GError) why = g_error_new (HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED, "is damaged");
  g_autoptr (HotpixMeasurements) measurements = NULL;

  hotpix_frame_set_leave_out (set, 2, why);
  measurements = measure (set, 2);
  g_assert_cmpint (hotpix_measurements_get (measurements, 2, 0)->judgement, ==,
                   HOTPIX_JUDGED_NOT);
  g_assert_cmpint (hotpix_measurements_get (measurements, 1, 0)->judgement, ==, HOTPIX_JUDGED);
}

static gboolean
stop_soon (gdouble fraction, gpointer user_data)
{
  gdouble *last = user_data;

  g_assert_cmpfloat (fraction, >=, *last);
  *last = fraction;
  return fraction < 0.2;
}

static void
test_cancelled (void)
{
  g_autoptr (HotpixFrameSet) set = set_new ();
  g_autoptr (GArray) defects = list_planted ();
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (GError) error = NULL;
  gdouble last = 0;

  options.threads = 1;
  g_assert_null (hotpix_measure (set, defects, &options, stop_soon, &last, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED);
  g_assert_cmpfloat (last, <, 0.5);
}

static void
test_none (void)
{
  g_autoptr (HotpixFrameSet) set = set_new ();
  g_autoptr (GArray) defects = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (HotpixMeasurements) measurements
      = hotpix_measure (set, defects, &options, NULL, NULL, NULL);

  g_assert_nonnull (measurements);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  for (guint i = 0; i < PHOTOS; i++)
    write_photo (i, 1);
  g_test_add_func ("/measurement/each-defect-is-measured-in-each-photo", test_each);
  g_test_add_func ("/measurement/any-number-of-threads-measures-the-same", test_threads);
  g_test_add_func ("/measurement/a-host's-frames-give-the-same", test_no_skip);
  g_test_add_func ("/measurement/a-damaged-photo-is-not-judged", test_damaged);
  g_test_add_func ("/measurement/a-photo-left-out-is-not-judged", test_left_out);
  g_test_add_func ("/measurement/it-can-be-cancelled", test_cancelled);
  g_test_add_func ("/measurement/no-defects-are-no-error", test_none);
  status = g_test_run ();
  scratch_folder_remove (folder);
  return status;
}
