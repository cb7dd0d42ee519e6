/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-writer.h"
#include "photos/exif.h"

#include <math.h>

static const JpegExif whole = { .make = "Maker",
                                .model = "Model X",
                                .serial = "007",
                                .lens = "Lens",
                                .software = "Ver.1.02 ",
                                .processing_software = "Program 5",
                                .comment = "ASCII\0\0\0Screenshot",
                                .orientation = 6,
                                .iso = 1600,
                                .custom_rendered = 3,
                                .focal_length = 4250,
                                .exposure_time = 500,
                                .digital_zoom = 1250,
                                .date = "2026:11:25 17:27:02",
                                .part_of_second = "250",
                                .offset = "-03:30",
                                .temperature = -4500 };

static void
test_fields (void)
{
  gsize length;
  g_autofree guint8 *block = jpeg_writer_make_whole_exif (&whole, &length);
  g_autoptr (HotpixExif) exif = hotpix_exif_new (block, length);
  g_autofree gchar *words = hotpix_camera_describe (exif->camera);

  g_assert_cmpstr (exif->camera->make, ==, "Maker");
  g_assert_cmpstr (words, ==, "Model X, serial 007");
  g_assert_cmpstr (exif->software, ==, "Ver.1.02");
  g_assert_cmpstr (exif->processing_software, ==, "Program 5");
  g_assert_cmpfloat (exif->digital_zoom, ==, 1.25);
  g_assert_cmpuint (exif->custom_rendered, ==, 3);
}

static void
test_shot (void)
{
  gsize length;
  g_autofree guint8 *block = jpeg_writer_make_whole_exif (&whole, &length);
  g_autoptr (HotpixExif) exif = hotpix_exif_new (block, length);
  const HotpixShot *shot = exif->shot;

  g_assert_cmpstr (shot->date, ==, "2026-11-25T17:27:02.25");
  g_assert_cmpint (shot->offset, ==, -210);
  g_assert_cmpfloat (shot->exposure_time, ==, 0.5);
  g_assert_cmpuint (shot->iso, ==, 1600);
  g_assert_cmpstr (shot->lens, ==, "Lens");
  g_assert_cmpuint (shot->orientation, ==, 6);
  g_assert_cmpfloat (shot->temperature, ==, -4.5);
}

/* Two bytes hold up to 65535. */
static void
test_high_iso (void)
{
  const struct
  {
    guint iso, long_iso, expected;
  } cases[] = { { 65535, 102400, 102400 }, { 0, 3200, 3200 }, { 400, 3200, 400 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JpegExif fields = { .make = "Maker", .iso = cases[i].iso, .long_iso = cases[i].long_iso };
      gsize length;
      g_autofree guint8 *block = jpeg_writer_make_whole_exif (&fields, &length);
      g_autoptr (HotpixExif) exif = hotpix_exif_new (block, length);

      g_assert_cmpuint (exif->shot->iso, ==, cases[i].expected);
    }
}

static void
test_no_temperature (void)
{
  const gint cases[] = { 1, 1000 * 1000, -273150 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JpegExif fields = { .make = "Maker", .temperature = cases[i] };
      gsize length;
      g_autofree guint8 *block = jpeg_writer_make_whole_exif (&fields, &length);
      g_autoptr (HotpixExif) exif = hotpix_exif_new (block, length);

      g_assert_true (isnan (exif->shot->temperature));
    }
}

/* A comment's code is of eight bytes, most of them zero. */
static void
test_screenshot (void)
{
  JpegExif fields = { .make = "Maker", .comment = "ASCII   Screenshot" };
  gsize length;
  g_autofree guint8 *screen = jpeg_writer_make_whole_exif (&fields, &length);
  g_autoptr (HotpixExif) of_screen = hotpix_exif_new (screen, length);
  g_autofree guint8 *scene = NULL;
  g_autoptr (HotpixExif) of_scene = NULL;

  fields.comment = "ASCII   No Screenshot";
  scene = jpeg_writer_make_whole_exif (&fields, &length);
  of_scene = hotpix_exif_new (scene, length);
  g_assert_true (of_screen->is_screenshot);
  g_assert_false (of_scene->is_screenshot);
}

static void
test_lens (void)
{
  JpegExif fields = {
    .make = "Apple", .model = "Phone", .lens = "Phone back camera", .focal_length = 6765
  };
  gsize length;
  g_autofree guint8 *block = jpeg_writer_make_whole_exif (&fields, &length);
  g_autoptr (HotpixExif) exif = hotpix_exif_new (block, length);

  g_assert_cmpstr (exif->camera->lens, ==, "Phone back camera");
  g_assert_cmpuint (exif->camera->micrometres, ==, 6765);
}

/* Formats other than JPEG leave the first six bytes out. */
static void
test_without_start (void)
{
  gsize length;
  g_autofree guint8 *block = jpeg_writer_make_whole_exif (&whole, &length);
  g_autoptr (HotpixExif) exif = hotpix_exif_new (block, length);
  g_autoptr (HotpixExif) bare = hotpix_exif_new (block + 6, length - 6);

  g_assert_cmpint (hotpix_camera_compare (bare->camera, exif->camera), ==, 0);
  g_assert_cmpuint (bare->shot->iso, ==, 1600);
}

static void
test_nothing (void)
{
  g_autoptr (HotpixExif) exif = hotpix_exif_new (NULL, 0);

  g_assert_null (exif->camera);
  g_assert_null (exif->software);
  g_assert_null (exif->shot->date);
  g_assert_null (exif->shot->lens);
  g_assert_cmpint (exif->shot->offset, ==, HOTPIX_SHOT_NO_OFFSET);
  g_assert_cmpuint (exif->shot->iso, ==, 0);
  g_assert_cmpfloat (exif->shot->exposure_time, ==, 0);
  g_assert_true (isnan (exif->shot->temperature));
}

static void
test_broken (void)
{
  gsize length;
  g_autofree guint8 *block = jpeg_writer_make_whole_exif (&whole, &length);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (gsize cut = 0; cut < length; cut++)
    hotpix_exif_free (hotpix_exif_new (block, cut));
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree guint8 *broken = g_memdup2 (block, length);

      for (guint k = 0; k < 4; k++)
        broken[g_rand_int_range (random, 0, (gint32) length)]
            = (guint8) g_rand_int_range (random, 0, 256);
      hotpix_exif_free (hotpix_exif_new (broken, length));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exif/every-field-is-told", test_fields);
  g_test_add_func ("/exif/how-a-photo-was-shot-is-told", test_shot);
  g_test_add_func ("/exif/an-iso-of-more-than-two-bytes-is-found", test_high_iso);
  g_test_add_func ("/exif/no-temperature-is-made-up", test_no_temperature);
  g_test_add_func ("/exif/a-screenshot-says-so", test_screenshot);
  g_test_add_func ("/exif/a-phone-tells-its-lens", test_lens);
  g_test_add_func ("/exif/a-block-may-lack-its-start", test_without_start);
  g_test_add_func ("/exif/no-block-tells-nothing", test_nothing);
  g_test_add_func ("/exif/broken-blocks-do-no-harm", test_broken);
  return g_test_run ();
}
