/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera-history.h"

static void
test_told (void)
{
  CameraModel model = { .width = 240,
                        .height = 160,
                        .seed = 11,
                        .n_defects = 24,
                        .response_spread = 0.01f,
                        .growth = 60,
                        .quality = 92,
                        .horizontal_sampling = 2,
                        .vertical_sampling = 1,
                        .serial = "S11" };
  HistoryTally tally = { 0 };

  camera_history_try (&model, model.growth, &tally);
  g_assert_cmpuint (tally.strong, >=, 5);
  g_assert_cmpuint (tally.strong_near, ==, tally.strong);
  g_assert_cmpuint (tally.strong_held, ==, tally.strong);
  g_assert_cmpuint (tally.always, >=, 5);
  g_assert_cmpuint (tally.always_told, ==, tally.always);
  g_assert_cmpuint (tally.weak, >=, 1);
  g_assert_cmpuint (tally.weak_held + 1, >=, tally.weak);
  g_assert_cmpuint (5 * tally.kind_right, >=, 3 * tally.judged);
}

/* Where defects grow with the exposure, most photos do not show them, and the interval says so. */
static void
test_dark_current (void)
{
  CameraModel model = { .width = 240,
                        .height = 160,
                        .seed = 12,
                        .n_defects = 24,
                        .condition = CAMERA_DARK_CURRENT,
                        .response_spread = 0.01f,
                        .growth = 60,
                        .quality = 92,
                        .horizontal_sampling = 2,
                        .vertical_sampling = 1,
                        .serial = "S12" };
  HistoryTally tally = { 0 };

  camera_history_try (&model, model.growth, &tally);
  g_assert_cmpuint (tally.weak_held + tally.strong_held + 1, >=, tally.weak + tally.strong);
  g_assert_cmpuint (tally.always_told + 1, >=, tally.always);
  g_assert_cmpuint (10 * tally.kind_right, >=, 9 * tally.judged);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera-history/defects-that-begin-are-told", test_told);
  g_test_add_func ("/camera-history/dark-current-is-told", test_dark_current);
  return g_test_run ();
}
