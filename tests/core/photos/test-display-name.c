/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/display-name.h"

static void
assert_shown (const gchar *path, const gchar *whole, const gchar *base)
{
  g_autofree gchar *name = hotpix_display_name (path);
  g_autofree gchar *base_name = hotpix_display_base_name (path);

  g_assert_cmpstr (name, ==, whole);
  g_assert_cmpstr (base_name, ==, base);
}

static void
test_names (void)
{
  assert_shown ("photos/IMG_1.JPG", "photos/IMG_1.JPG", "IMG_1.JPG");
  assert_shown ("Fotos/Fr\303\274hling.jpg", "Fotos/Frühling.jpg", "Frühling.jpg");
  assert_shown ("Fotos/Fr\374hling.jpg", "Fotos/Frühling.jpg", "Frühling.jpg");
  assert_shown ("\377\200.jpg", "ÿ\302\200.jpg", "ÿ\302\200.jpg");
  assert_shown ("two\nlines\t.jpg", "two?lines?.jpg", "two?lines?.jpg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/display-name/whatever-its-bytes-a-name-is-shown", test_names);
  return g_test_run ();
}
