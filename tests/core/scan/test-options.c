/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/options.h"

#include <string.h>

static void
test_defaults (void)
{
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (options.selection.camera, ==, HOTPIX_CAMERA_MOST);
  g_assert_cmpuint (options.threads, ==, 0);
  g_assert_cmpuint (options.memory, ==, 0);
  g_assert_cmpint (options.sums, ==, HOTPIX_SUMS_VARIANCE);
  g_assert_true (hotpix_options_check (&options, &error));
  g_assert_no_error (error);
}

static void
test_limits (void)
{
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (GError) error = NULL;

  options.selection.camera = HOTPIX_CAMERA_ANY;
  options.threads = HOTPIX_MAX_THREADS;
  options.memory = HOTPIX_MAX_MEMORY;
  g_assert_true (hotpix_options_check (&options, &error));
  g_assert_no_error (error);
  options.threads = options.memory = 1;
  g_assert_true (hotpix_options_check (&options, &error));
  g_assert_no_error (error);
}

/* The message has the bad value and the range. */
static void
assert_refused (const HotpixOptions *options, const gchar *value, const gchar *most)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (hotpix_options_check (options, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, value));
  g_assert_nonnull (strstr (error->message, most));
}

static void
test_beyond (void)
{
  HotpixOptions options = hotpix_options_default ();

  options.threads = HOTPIX_MAX_THREADS + 1;
  assert_refused (&options, "257", "256");
  options = hotpix_options_default ();
  options.memory = HOTPIX_MAX_MEMORY + 1;
  assert_refused (&options, "1048577", "1048576");
  options = hotpix_options_default ();
  options.selection.camera = (HotpixCameraChoice) 7;
  assert_refused (&options, "7", "any");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/defaults-are-allowed", test_defaults);
  g_test_add_func ("/options/values-at-their-limits-are-allowed", test_limits);
  g_test_add_func ("/options/values-beyond-are-named-with-what-is-allowed", test_beyond);
  return g_test_run ();
}
