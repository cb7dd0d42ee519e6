/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-writer.h"
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

static void
test_exif (void)
{
  gsize length;
  g_autofree guint8 *exif = jpeg_writer_make_exif ("Maker", "Model X", "007", &length);
  g_autoptr (HotpixCamera) camera = hotpix_camera_new_from_exif (exif, length);
  g_autofree gchar *words = hotpix_camera_describe (camera);

  g_assert_cmpstr (camera->make, ==, "Maker");
  g_assert_cmpstr (words, ==, "Model X, serial 007");
  /* Formats other than JPEG leave the first six bytes out. */
  {
    g_autoptr (HotpixCamera) bare = hotpix_camera_new_from_exif (exif + 6, length - 6);

    g_assert_cmpint (hotpix_camera_compare (bare, camera), ==, 0);
  }
}

static void
test_broken_exif (void)
{
  gsize length;
  g_autofree guint8 *exif = jpeg_writer_make_exif ("Maker", "Model", "007", &length);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  g_assert_null (hotpix_camera_new_from_exif (NULL, 0));
  for (gsize cut = 0; cut < length; cut++)
    hotpix_camera_free (hotpix_camera_new_from_exif (exif, cut));
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree guint8 *broken = g_memdup2 (exif, length);

      for (guint k = 0; k < 4; k++)
        broken[g_rand_int_range (random, 0, (gint32) length)]
            = (guint8) g_rand_int_range (random, 0, 256);
      hotpix_camera_free (hotpix_camera_new_from_exif (broken, length));
    }
}

static void
test_may_be (void)
{
  g_autoptr (HotpixCamera) body = hotpix_camera_new ("M", "X", "1");
  g_autoptr (HotpixCamera) other = hotpix_camera_new ("M", "X", "2");
  g_autoptr (HotpixCamera) model = hotpix_camera_new ("M", "X", NULL);
  g_autoptr (HotpixCamera) other_model = hotpix_camera_new ("M", "Y", NULL);

  g_assert_true (hotpix_camera_may_be (body, body));
  g_assert_false (hotpix_camera_may_be (other, body));
  g_assert_true (hotpix_camera_may_be (model, body));
  g_assert_false (hotpix_camera_may_be (body, model));
  g_assert_false (hotpix_camera_may_be (other_model, body));
  g_assert_true (hotpix_camera_may_be (NULL, body));
  g_assert_true (hotpix_camera_may_be (NULL, NULL));
  g_assert_false (hotpix_camera_may_be (body, NULL));
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
  g_test_add_func ("/camera/exif-tells-make-model-and-serial", test_exif);
  g_test_add_func ("/camera/broken-exif-does-no-harm", test_broken_exif);
  g_test_add_func ("/camera/a-photo-may-be-by-a-body-that-tells-all-it-tells", test_may_be);
  g_test_add_func ("/camera/order-depends-on-the-fields-only", test_compare);
  return g_test_run ();
}
