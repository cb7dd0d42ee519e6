/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"
#include "scan/scan.h"

/* Longer than the pauses between two reports, for each frame. */
#define READ_TIME 20000
#define SLOW_ROWS 160

typedef struct
{
  guint n_calls;
  guint stop_after;
  gdouble last;
  GThread *thread;
} Watcher;

static gboolean
watch (gdouble fraction, gpointer user_data)
{
  Watcher *watcher = user_data;

  g_assert_true (g_thread_self () == watcher->thread);
  g_assert_cmpfloat (fraction, >=, watcher->last);
  g_assert_cmpfloat (fraction, <=, 1);
  watcher->last = fraction;
  watcher->n_calls++;
  return watcher->n_calls < watcher->stop_after;
}

/* Adds slow frames of that width, which break in their last row where they are to. */
static void
add_frames (HotpixFrameSet *set, guint width, guint n, gboolean are_broken)
{
  const HotpixShape shape = { width, SLOW_ROWS, 1, 8 };

  for (guint i = 0; i < n; i++)
    {
      FakeFrame *fake = fake_frame_new (&shape, i);

      fake->read_time = READ_TIME;
      if (are_broken)
        fake->fail_at_row = SLOW_ROWS - 1;
      hotpix_frame_set_add (set, &fake->frame);
    }
}

static void
test_progress (void)
{
  Watcher watcher = { .stop_after = G_MAXUINT, .thread = g_thread_self () };
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  add_frames (set, 20, 6, FALSE);
  accumulator = hotpix_scan (set, &options, watch, &watcher, NULL);
  g_assert_nonnull (accumulator);
  g_assert_cmpuint (watcher.n_calls, >, 1);
  g_assert_cmpfloat (watcher.last, ==, 1);
}

/* The first size that is chosen turns out damaged only when nearly all of it has been read: what
 * follows starts from there. */
static void
test_chooses_again (void)
{
  Watcher watcher = { .stop_after = G_MAXUINT, .thread = g_thread_self () };
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  add_frames (set, 20, 3, TRUE);
  add_frames (set, 10, 2, FALSE);
  accumulator = hotpix_scan (set, &options, watch, &watcher, NULL);
  g_assert_nonnull (accumulator);
  g_assert_cmpuint (hotpix_accumulator_get_frames (accumulator), ==, 2);
  g_assert_cmpuint (watcher.n_calls, >, 2);
  g_assert_cmpfloat (watcher.last, ==, 1);
}

static void
test_cancel (void)
{
  Watcher watcher = { .stop_after = 1, .thread = g_thread_self () };
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (GError) error = NULL;

  add_frames (set, 20, 20, FALSE);
  g_assert_null (hotpix_scan (set, &options, watch, &watcher, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED);
  g_assert_cmpuint (watcher.n_calls, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan-progress/it-rises-to-one-on-the-calling-thread", test_progress);
  g_test_add_func ("/scan-progress/it-does-not-fall-when-a-second-size-is-chosen",
                   test_chooses_again);
  g_test_add_func ("/scan-progress/a-scan-can-be-cancelled", test_cancel);
  return g_test_run ();
}
