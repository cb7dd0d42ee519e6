/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/frame-makers.h"
#include "photos/frame-set.h"
#include "scan/scan.h"
#include "scratch-folder.h"
#include "simulated-camera.h"
#include "sums/accumulator.h"

#include <math.h>

static const CameraModel model = { .width = 96,
                                   .height = 64,
                                   .seed = 3,
                                   .n_defects = 6,
                                   .quality = 98,
                                   .horizontal_sampling = 1,
                                   .vertical_sampling = 1,
                                   .serial = "S3" };

static void
test_seeded (void)
{
  g_autoptr (SimulatedCamera) camera = simulated_camera_new (&model);
  g_autoptr (SimulatedCamera) same = simulated_camera_new (&model);
  g_autoptr (GBytes) photo = simulated_camera_take (camera, 1);
  g_autoptr (GBytes) again = simulated_camera_take (same, 1);
  g_autoptr (GBytes) other = simulated_camera_take (camera, 2);

  g_assert_true (g_bytes_equal (photo, again));
  g_assert_false (g_bytes_equal (photo, other));
}

static HotpixAccumulator *
scan_photos (const SimulatedCamera *camera, guint n_frames)
{
  gchar *folder = scratch_folder_new ();
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  HotpixOptions options = hotpix_options_default ();
  HotpixAccumulator *accumulator;

  for (guint i = 0; i < n_frames; i++)
    {
      g_autoptr (GBytes) photo = simulated_camera_take (camera, i);
      g_autofree gchar *path = g_strdup_printf ("%s/%u.jpg", folder, i);
      gsize size;
      const gchar *data = g_bytes_get_data (photo, &size);

      g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
      hotpix_frame_makers_add_file (NULL, set, path);
    }
  g_assert_cmpstr (hotpix_frame_get_camera (hotpix_frame_set_get_frame (set, 0))->serial, ==,
                   "S3");
  accumulator = hotpix_scan (set, &options, NULL, NULL, NULL);
  scratch_folder_remove (folder);
  return accumulator;
}

static gdouble
mean_at (const HotpixAccumulator *accumulator, guint x, guint y, guint channel)
{
  gdouble row[96 * 3];

  hotpix_accumulator_mean_row (accumulator, y, row);
  return row[3 * x + channel];
}

/* Where the defects are said to be, the photos show them, in the colour of the photosite. */
static void
test_defects_show (void)
{
  g_autoptr (SimulatedCamera) camera = simulated_camera_new (&model);
  g_autoptr (HotpixAccumulator) accumulator = scan_photos (camera, 20);
  guint n_planted, n_seen = 0;
  const Defect *defects = simulated_camera_get_defects (camera, &n_planted);

  for (guint i = 0; i < n_planted; i++)
    {
      const Defect *defect = &defects[i];
      guint channel = (defect->x & 1) + (defect->y & 1);
      gdouble around, here;

      if (defect->kind == DEFECT_STUCK || defect->x < 2 || defect->y < 2 || defect->x > 93
          || defect->y > 61)
        continue;
      here = mean_at (accumulator, defect->x, defect->y, channel);
      around = (mean_at (accumulator, defect->x - 2, defect->y, channel)
                + mean_at (accumulator, defect->x + 2, defect->y, channel)
                + mean_at (accumulator, defect->x, defect->y - 2, channel)
                + mean_at (accumulator, defect->x, defect->y + 2, channel))
               / 4;
      if (defect->kind == DEFECT_HOT)
        g_assert_cmpfloat (here, >, around);
      else
        g_assert_cmpfloat (here, <, around / 2);
      n_seen++;
    }
  g_assert_cmpuint (n_seen, >=, 3);
}

/* Groups of two to four neighbours, each within a pixel of another; pairs two or three apart. */
static void
test_groups (void)
{
  for (guint pairs = 0; pairs < 2; pairs++)
    {
      CameraModel grouped = model;
      g_autoptr (SimulatedCamera) camera = NULL;
      const Defect *defects;
      guint n;

      grouped.condition = pairs ? CAMERA_PAIRS : CAMERA_CLUSTERS;
      camera = simulated_camera_new (&grouped);
      defects = simulated_camera_get_defects (camera, &n);
      g_assert_cmpuint (n, >=, 2 * model.n_defects);
      for (guint i = 1; i < n; i++)
        {
          guint distance = (guint) (ABS ((gint) defects[i].x - (gint) defects[i - 1].x)
                                    + ABS ((gint) defects[i].y - (gint) defects[i - 1].y));

          if (defects[i].group != defects[i - 1].group)
            g_assert_cmpuint (defects[i].group, ==, defects[i - 1].group + 1);
          else if (pairs)
            g_assert_true (distance == 2 || distance == 3);
          else
            g_assert_cmpuint (distance, ==, 1);
        }
    }
}

/* What photosites differ by is theirs: it is in every photo alike. */
static void
test_response (void)
{
  CameraModel uneven = model;
  g_autoptr (SimulatedCamera) even = simulated_camera_new (&model), camera = NULL;
  g_autoptr (HotpixAccumulator) plain = scan_photos (even, 40), spread = NULL;
  gdouble apart[2] = { 0 };

  uneven.response_spread = 0.1f;
  camera = simulated_camera_new (&uneven);
  spread = scan_photos (camera, 40);
  for (guint y = 4; y < 60; y += 2)
    for (guint x = 4; x < 92; x += 2)
      for (guint i = 0; i < 2; i++)
        {
          const HotpixAccumulator *sums = i == 0 ? plain : spread;

          apart[i] += fabs (2 * mean_at (sums, x, y, 0) - mean_at (sums, x - 2, y, 0)
                            - mean_at (sums, x + 2, y, 0));
        }
  g_assert_cmpfloat (apart[1], >, 2 * apart[0]);
}

/* A defect that begins later does not show before; from there on, photos are as if it always had. */
static void
test_growth (void)
{
  CameraModel growing = model;
  g_autoptr (SimulatedCamera) camera = simulated_camera_new (&model), young = NULL;
  g_autoptr (GBytes) last = simulated_camera_take (camera, 19), first = NULL, same = NULL;
  g_autoptr (GBytes) healthier = NULL;

  growing.growth = 20;
  young = simulated_camera_new (&growing);
  first = simulated_camera_take (camera, 0);
  healthier = simulated_camera_take (young, 0);
  same = simulated_camera_take (young, 19);
  g_assert_false (g_bytes_equal (first, healthier));
  g_assert_true (g_bytes_equal (last, same));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulated-camera/the-same-seed-takes-the-same-photo", test_seeded);
  g_test_add_func ("/simulated-camera/planted-defects-show-in-the-mean", test_defects_show);
  g_test_add_func ("/simulated-camera/groups-are-of-neighbours-or-pairs", test_groups);
  g_test_add_func ("/simulated-camera/photosites-differ-in-their-response", test_response);
  g_test_add_func ("/simulated-camera/defects-begin-at-a-photo", test_growth);
  return g_test_run ();
}
