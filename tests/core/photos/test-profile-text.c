/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/profile-text-private.h"

static void
test_decoded (void)
{
  static const gchar *const texts[] = {
    "\nexif\n       5\n457869\n66FF\n",
    "APP1 5 45 78 69 66 ff and what else there is",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = hotpix_profile_text_decode (texts[i]);

      g_assert_nonnull (bytes);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "Exif\xff", 5);
    }
}

static void
test_refused (void)
{
  static const gchar *const texts[] = {
    "",           "exif",         "exif 0\n",     "\nexif\n 3\n4578\n",
    "exif -1\n4", "exif 2\n45 7", "exif 2\n4g78", "exif 18446744073709551615\n45",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (hotpix_profile_text_decode (texts[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile-text/space-between-bytes-is-skipped", test_decoded);
  g_test_add_func ("/profile-text/what-is-not-whole-is-none", test_refused);
  return g_test_run ();
}
