/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/frame-makers.h"
#include "photos/frame-set.h"
#include "scan/scan.h"
#include "scratch-folder.h"
#include "simulated-camera.h"
#include "sums/accumulator.h"

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
  const Defect *defects = simulated_camera_get_defects (camera);
  guint n_seen = 0;

  for (guint i = 0; i < model.n_defects; i++)
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulated-camera/the-same-seed-takes-the-same-photo", test_seeded);
  g_test_add_func ("/simulated-camera/planted-defects-show-in-the-mean", test_defects_show);
  return g_test_run ();
}
