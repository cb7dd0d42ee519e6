/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera-session.h"
#include "parts-of-set.h"

/* Photosites that differ by 2 % count for a part of what a faint defect shows: this is where more
 * photos could find less. */
static const CameraModel model = { .width = 720,
                                   .height = 600,
                                   .seed = 21,
                                   .n_defects = 40,
                                   .response_spread = 0.02f,
                                   .sharpen = TRUE,
                                   .quality = 93,
                                   .horizontal_sampling = 2,
                                   .vertical_sampling = 1,
                                   .serial = "parts" };

static HotpixDefects *
detect (const guint *numbers, guint n, gpointer user_data)
{
  return camera_session_detect (user_data, numbers, n, HOTPIX_DEFAULT_THRESHOLD);
}

static void
test_more_photos (void)
{
  g_autoptr (SimulatedCamera) camera = simulated_camera_new (&model);
  g_autoptr (CameraSession) session = camera_session_new (camera, 48, NULL);
  g_autoptr (GString) lost = g_string_new (NULL);
  guint n_lost = parts_of_set_count_lost (48, detect, session, lost);

  g_assert_cmpstr (lost->str, ==, "");
  g_assert_cmpuint (n_lost, ==, 0);
}

/* A row that only parts list is told. */
static HotpixDefects *
list_in_parts (const guint *numbers, guint n, gpointer user_data)
{
  HotpixDefect defect = { .x = 7, .y = 9 };
  HotpixDefects *defects = g_new0 (HotpixDefects, 1);

  defects->list = g_array_new (FALSE, FALSE, sizeof defect);
  if (n < 30)
    g_array_append_val (defects->list, defect);
  return defects;
}

static void
test_lost_is_told (void)
{
  g_autoptr (GString) lost = g_string_new (NULL);

  g_assert_cmpuint (parts_of_set_count_lost (30, list_in_parts, NULL, lost), ==, 2);
  g_assert_cmpstr (
      lost->str, ==,
      "7,9: in 20 of 20 parts of 15 photos\n7,9: in 20 of 20 parts of 10 photos\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parts-of-set/a-row-that-is-lost-is-told", test_lost_is_told);
  g_test_add_func ("/parts-of-set/more-photos-never-find-less", test_more_photos);
  return g_test_run ();
}
