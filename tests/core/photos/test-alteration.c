/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/alteration-private.h"

#include <string.h>

/* Why such a photo is left out, or NULL. */
static gchar *
describe (const gchar *software, const gchar *processing_software, guint custom_rendered)
{
  HotpixExif exif = { .software = (gchar *) software,
                      .processing_software = (gchar *) processing_software,
                      .custom_rendered = custom_rendered };
  g_autofree gchar *detail = NULL;

  return hotpix_alteration_describe (&exif, &detail);
}

static void
assert_told (gchar *reason, const gchar *words)
{
  g_assert_nonnull (reason);
  g_assert_nonnull (strstr (reason, words));
  g_free (reason);
}

static void
test_programs (void)
{
  static const gchar *const programs[] = { "Adobe Photoshop CS6 (Windows)",
                                           "Adobe Lightroom 6.0",
                                           "GIMP 2.10.34",
                                           "gimp 3.0",
                                           "darktable 4.2.1",
                                           "RawTherapee 5.9",
                                           "digiKam-7.9.0",
                                           "Picasa",
                                           "Snapseed 2.0",
                                           "Capture One 21 Macintosh",
                                           "Microsoft Windows Photo Viewer 6.1.7600.16385",
                                           "NX Studio 1.2.0",
                                           "Digital Photo Professional",
                                           "Hugin 2022.0.0",
                                           "Photomatix Pro 4.0" };
  HotpixExif exif = { .software = (gchar *) "GIMP 2.10.34" };
  g_autofree gchar *detail = NULL, *reason = hotpix_alteration_describe (&exif, &detail);

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    assert_told (describe (programs[i], NULL, 0), programs[i]);
  g_assert_cmpstr (detail, ==, "GIMP 2.10.34");
  g_assert_cmpstr (reason, ==, "was saved by GIMP 2.10.34 and is not as the camera took it");
  assert_told (describe ("Ver.1.00", "Anything 1.0", 0), "Anything 1.0");
}

/* What cameras and phones write about themselves. */
static void
test_firmware (void)
{
  static const gchar *const firmware[] = { "Ver.1.00",
                                           "Firmware Version 1.0.3",
                                           "Version 1.2",
                                           "17.5.1",
                                           "G991BXXU3AUE1",
                                           "HDR+ 1.0.345618096zd",
                                           "ILCE-7M3 v3.10",
                                           "Digital Camera FinePix X100 Ver1.00",
                                           "MediaTek Camera Application",
                                           "Windows Phone",
                                           "KODAK EASYSHARE",
                                           "COOLPIX P900V1.4",
                                           "DMC-GX8 Ver.1.0" };

  for (gsize i = 0; i < G_N_ELEMENTS (firmware); i++)
    g_assert_null (describe (firmware[i], NULL, 0));
  g_assert_null (describe (NULL, NULL, 0));
}

static void
test_rendering (void)
{
  HotpixExif custom = { .custom_rendered = 1 }, plain = { .custom_rendered = 0 };

  assert_told (describe (NULL, NULL, 6), "panorama");
  assert_told (describe (NULL, NULL, 2), "HDR");
  assert_told (describe (NULL, NULL, 3), "HDR");
  assert_told (describe (NULL, NULL, 8), "portrait");
  g_assert_null (describe (NULL, NULL, 4));
  g_assert_null (describe (NULL, NULL, 1));
  g_assert_true (hotpix_alteration_is_custom (&custom));
  g_assert_false (hotpix_alteration_is_custom (&plain));
  g_assert_false (hotpix_alteration_is_custom (NULL));
}

static void
test_screenshot (void)
{
  HotpixExif exif = { .is_screenshot = TRUE };
  g_autofree gchar *detail = NULL, *reason = hotpix_alteration_describe (&exif, &detail);

  g_assert_cmpstr (reason, ==, "is a screenshot");
  g_assert_null (hotpix_alteration_describe (NULL, &detail));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alteration/what-a-program-saved-says-so", test_programs);
  g_test_add_func ("/alteration/firmware-is-no-program", test_firmware);
  g_test_add_func ("/alteration/several-shots-put-together-say-so", test_rendering);
  g_test_add_func ("/alteration/a-screenshot-says-so", test_screenshot);
  return g_test_run ();
}
