/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-writer.h"
#include "photo-bodies.h"
#include "scratch-folder.h"

static gchar *folder;

/* A photo by that body, nullable, in the folder. */
static void
add_photo (const gchar *name, const gchar *serial)
{
  gsize exif_length = 0;
  g_autofree guint8 *exif
      = serial != NULL ? jpeg_writer_make_exif ("Maker", "Model", serial, &exif_length) : NULL;
  const JpegRecipe recipe
      = { .width = 32, .height = 24, .exif = exif, .exif_length = exif_length };
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (&recipe, 1);
  g_autofree gchar *path = g_build_filename (folder, name, NULL);
  gsize length;
  const gchar *bytes = g_bytes_get_data (jpeg, &length);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

static void
test_folder (void)
{
  const gchar *names[] = { folder, NULL };
  g_autoptr (GPtrArray) bodies = NULL;

  add_photo ("1.jpg", "11");
  add_photo ("2.jpg", "22");
  add_photo ("3.jpg", "22");
  add_photo ("4.jpg", NULL);
  bodies = photo_bodies_find (names);
  g_assert_cmpuint (bodies->len, ==, 2);
  g_assert_cmpstr (bodies->pdata[0], ==, "Model, serial 22");
  g_assert_cmpstr (bodies->pdata[1], ==, "Model, serial 11");
}

static void
test_nothing (void)
{
  const gchar *names[] = { "/nowhere/at/all", NULL };
  g_autoptr (GPtrArray) none = photo_bodies_find (NULL);
  g_autoptr (GPtrArray) unread = photo_bodies_find (names);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (unread->len, ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  g_test_add_func ("/photo-bodies/those-with-most-photos-come-first", test_folder);
  g_test_add_func ("/photo-bodies/where-nothing-is-read-there-are-none", test_nothing);
  status = g_test_run ();
  scratch_folder_remove (folder);
  return status;
}
