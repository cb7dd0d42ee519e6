/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/camera.h"

static void
test_fields (void)
{
  g_autoptr (HotpixCamera) camera = hotpix_camera_new (" NIKON ", "D70\n", "");
  g_autofree gchar *words = hotpix_camera_describe (camera);

  g_assert_cmpstr (camera->make, ==, "NIKON");
  g_assert_cmpstr (camera->model, ==, "D70");
  g_assert_null (camera->serial);
  g_assert_cmpstr (words, ==, "D70");
  g_assert_null (hotpix_camera_new (NULL, "", "  "));
}

/* Both ways round. */
static gboolean
may_be_same (const HotpixCamera *a, const HotpixCamera *b)
{
  gboolean may_be = hotpix_camera_may_be_same (a, b);

  g_assert_true (hotpix_camera_may_be_same (b, a) == may_be);
  return may_be;
}

static void
test_may_be_same (void)
{
  g_autoptr (HotpixCamera) body = hotpix_camera_new ("M", "X", "1");
  g_autoptr (HotpixCamera) other = hotpix_camera_new ("M", "X", "2");
  g_autoptr (HotpixCamera) model = hotpix_camera_new ("M", "X", NULL);
  g_autoptr (HotpixCamera) other_model = hotpix_camera_new ("M", "Y", NULL);
  g_autoptr (HotpixCamera) copy = hotpix_camera_copy (body);

  g_assert_true (may_be_same (body, copy));
  g_assert_false (may_be_same (other, body));
  g_assert_true (may_be_same (model, body));
  g_assert_true (may_be_same (model, other));
  g_assert_false (may_be_same (other_model, body));
  g_assert_true (may_be_same (NULL, body));
  g_assert_true (may_be_same (NULL, NULL));
}

/* A body through this lens, and through another of another name and focal length. */
static gboolean
lenses_matter (const gchar *make, const gchar *serial)
{
  g_autoptr (HotpixCamera) one = hotpix_camera_new_with_lens (make, "X", serial, "wide", 2.2);
  g_autoptr (HotpixCamera) other = hotpix_camera_new_with_lens (make, "X", serial, "tele", 9);

  return !may_be_same (one, other);
}

static void
test_lens (void)
{
  g_autoptr (HotpixCamera) wide = hotpix_camera_new_with_lens ("Apple", "P", NULL, NULL, 2.22);
  g_autoptr (HotpixCamera) tele = hotpix_camera_new_with_lens ("Apple", "P", NULL, "tele", 9);
  g_autoptr (HotpixCamera) untold = hotpix_camera_new_with_lens ("Apple", "P", NULL, NULL, 0);
  g_autoptr (HotpixCamera) near = hotpix_camera_new_with_lens ("CASIO", "Z", NULL, "zoom", 6);
  g_autoptr (HotpixCamera) far = hotpix_camera_new_with_lens ("CASIO", "Z", NULL, "zoom", 18);
  g_autofree gchar *wide_words = hotpix_camera_describe (wide);
  g_autofree gchar *tele_words = hotpix_camera_describe (tele);

  g_assert_true (lenses_matter ("Apple", NULL));
  g_assert_true (lenses_matter ("Apple", "1"));
  g_assert_true (lenses_matter ("samsung", NULL));
  g_assert_true (lenses_matter ("LG Electronics", NULL));
  g_assert_true (lenses_matter ("Newcomer", NULL));
  g_assert_true (lenses_matter (NULL, NULL));
  g_assert_false (lenses_matter ("Newcomer", "1"));
  g_assert_false (lenses_matter ("NIKON CORPORATION", NULL));
  g_assert_false (lenses_matter ("SAMSUNG", NULL));
  g_assert_false (lenses_matter ("SONY", NULL));
  g_assert_false (may_be_same (wide, tele));
  g_assert_true (may_be_same (wide, untold));
  g_assert_true (may_be_same (near, far));
  g_assert_cmpstr (wide_words, ==, "P, lens of 2.22 mm");
  g_assert_cmpstr (tele_words, ==, "P, tele");
}

static void
test_compare (void)
{
  g_autoptr (HotpixCamera) a = hotpix_camera_new ("M", "X", "1");
  g_autoptr (HotpixCamera) same = hotpix_camera_new ("M", "X", "1");
  g_autoptr (HotpixCamera) b = hotpix_camera_new ("M", "X", "2");

  g_assert_cmpint (hotpix_camera_compare (a, same), ==, 0);
  g_assert_cmpint (hotpix_camera_compare (a, b), <, 0);
  g_assert_cmpint (hotpix_camera_compare (b, a), >, 0);
  g_assert_cmpint (hotpix_camera_compare (NULL, a), <, 0);
  g_assert_cmpint (hotpix_camera_compare (NULL, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/fields-are-trimmed-and-empty-ones-are-not-told", test_fields);
  g_test_add_func ("/camera/what-is-not-told-is-no-difference", test_may_be_same);
  g_test_add_func ("/camera/lenses-tell-sensors-apart-where-they-are-not-changed", test_lens);
  g_test_add_func ("/camera/order-depends-on-the-fields-only", test_compare);
  return g_test_run ();
}
