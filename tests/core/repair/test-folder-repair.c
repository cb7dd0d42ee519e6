/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "jpeg-writer.h"
#include "repair/folder-repair.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>

#define WIDTH 64
#define HEIGHT 48

static HotpixListedDefects *
list_one (const gchar *camera)
{
  HotpixListedDefects *listed = g_new0 (HotpixListedDefects, 1);
  HotpixDefect defect = { .x = 30, .y = 20 };

  listed->width = WIDTH;
  listed->height = HEIGHT;
  listed->camera = g_strdup (camera);
  listed->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  g_array_append_val (listed->list, defect);
  return listed;
}

static gchar *
write_photo (const gchar *folder, const gchar *name, guint width)
{
  JpegRecipe recipe = { .width = width, .height = HEIGHT };
  g_autofree guint8 *samples = g_malloc (3 * width * HEIGHT);
  g_autoptr (GBytes) photo = NULL;
  gchar *path = g_build_filename (folder, name, NULL);
  gsize length;
  const gchar *data;

  memset (samples, 80, 3 * width * HEIGHT);
  memset (samples + 3 * (20 * width + 30), 250, 3);
  photo = jpeg_writer_encode (&recipe, samples);
  data = g_bytes_get_data (photo, &length);
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  return path;
}

static const HotpixRepairedPhoto *
get (const GPtrArray *photos, guint i)
{
  return g_ptr_array_index (photos, i);
}

/* One repaired, one of another size, one of the first one's name, one that is no photo. */
static void
test_each (void)
{
  gchar *folder = scratch_folder_new ();
  g_autofree gchar *into = g_build_filename (folder, "a", "b", NULL);
  g_autofree gchar *written = g_build_filename (into, "1.jpg", NULL);
  g_autofree gchar *other = g_build_filename (folder, "other", NULL);
  g_autoptr (GPtrArray) photos = hotpix_folder_repair_photos_new ();
  g_autoptr (HotpixListedDefects) listed = list_one (NULL);
  HotpixFolderRepair options = { .listed = listed, .folder = into, .threads = 2 };
  g_autoptr (GError) error = NULL;
  g_autofree gchar *one = NULL, *wide = NULL, *same = NULL;

  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  one = write_photo (folder, "1.jpg", WIDTH);
  wide = write_photo (folder, "2.jpg", WIDTH + 8);
  same = write_photo (other, "1.jpg", WIDTH);
  hotpix_folder_repair_add (photos, one);
  hotpix_folder_repair_add (photos, wide);
  hotpix_folder_repair_add (photos, same);
  hotpix_folder_repair_add (photos, "/nowhere/3.jpg");
  g_assert_true (hotpix_folder_repair_run (photos, &options, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (get (photos, 0)->reason);
  g_assert_cmpuint (get (photos, 0)->n_repaired, ==, 1);
  g_assert_nonnull (strstr (get (photos, 1)->reason, "72 x 48"));
  g_assert_nonnull (strstr (get (photos, 2)->reason, "the same name"));
  g_assert_nonnull (strstr (get (photos, 3)->reason, "cannot be opened"));
  g_assert_true (g_file_test (written, G_FILE_TEST_IS_REGULAR));
  scratch_folder_remove (folder);
}

/* A defect in photos of one width, none in those of another, and of all others nothing is known. */
static HotpixListedDefects *
choose_by_width (const HotpixExif *exif, guint width, guint height, gpointer user_data,
                 GError **error)
{
  HotpixListedDefects *listed;

  g_assert_cmpuint (height, ==, HEIGHT);
  g_assert_nonnull (exif);
  g_atomic_int_inc ((gint *) user_data);
  if (width > WIDTH + 8)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT, "is by nobody");
      return NULL;
    }
  listed = list_one (NULL);
  if (width > WIDTH)
    g_array_set_size (listed->list, 0);
  return listed;
}

static void
test_choice (void)
{
  gchar *folder = scratch_folder_new ();
  g_autofree gchar *into = g_build_filename (folder, "into", NULL);
  g_autoptr (GPtrArray) photos = hotpix_folder_repair_photos_new ();
  gint n_chosen = 0;
  HotpixFolderRepair options
      = { .choose = choose_by_width, .user_data = &n_chosen, .folder = into, .threads = 2 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 6; i++)
    {
      g_autofree gchar *name = g_strdup_printf ("%u.jpg", i);
      g_autofree gchar *path = write_photo (folder, name, WIDTH + 8 * (i % 3));

      hotpix_folder_repair_add (photos, path);
    }
  g_assert_true (hotpix_folder_repair_run (photos, &options, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_chosen, ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpstr (get (photos, i)->reason, ==, i % 3 == 2 ? "is by nobody" : NULL);
      g_assert_cmpuint (get (photos, i)->n_repaired, ==, i % 3 == 0);
    }
  scratch_folder_remove (folder);
}

static gboolean
stop (gdouble fraction, gpointer user_data)
{
  return FALSE;
}

static void
test_cancelled (void)
{
  gchar *folder = scratch_folder_new ();
  g_autofree gchar *into = g_build_filename (folder, "into", NULL);
  g_autoptr (GPtrArray) photos = hotpix_folder_repair_photos_new ();
  g_autoptr (HotpixListedDefects) listed = list_one (NULL);
  HotpixFolderRepair options = { .listed = listed, .folder = into, .threads = 1 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree gchar *name = g_strdup_printf ("%u.jpg", i);
      g_autofree gchar *path = write_photo (folder, name, WIDTH);

      hotpix_folder_repair_add (photos, path);
    }
  g_assert_false (hotpix_folder_repair_run (photos, &options, stop, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED);
  scratch_folder_remove (folder);
}

static void
test_no_folder (void)
{
  g_autoptr (GPtrArray) photos = hotpix_folder_repair_photos_new ();
  g_autoptr (HotpixListedDefects) listed = list_one (NULL);
  HotpixFolderRepair options = { .listed = listed, .folder = "/dev/null/x" };
  g_autoptr (GError) error = NULL;

  g_assert_false (hotpix_folder_repair_run (photos, &options, NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE);
}

static const struct
{
  const gchar *listed;
  const gchar *model, *serial; /* of the photo */
  gboolean belongs;
} bodies[] = {
  { NULL, "D70", "1", TRUE },
  { "D70, serial 1", "D70", "1", TRUE },
  { "D70, serial 1", "D70", "2", FALSE },
  { "D70, serial 1", "D70", NULL, TRUE },
  { "D70", "D70", "2", TRUE },
  { "D70, serial 1", "D80", "1", FALSE },
  { "D70, serial 1", NULL, NULL, TRUE },
  { "any camera", "D80", "1", TRUE },
};

static void
test_bodies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (HotpixListedDefects) listed = list_one (bodies[i].listed);
      g_autoptr (HotpixCamera) camera
          = hotpix_camera_new (NULL, bodies[i].model, bodies[i].serial);
      g_autofree gchar *reason
          = hotpix_folder_repair_check (listed, WIDTH, HEIGHT, camera, HOTPIX_CAMERA_MOST);
      g_autofree gchar *any
          = hotpix_folder_repair_check (listed, WIDTH, HEIGHT, camera, HOTPIX_CAMERA_ANY);

      if ((reason == NULL) != bodies[i].belongs)
        g_error ("row %u: %s", i, reason);
      g_assert_null (any);
    }
}

/* As a list says it of photos without EXIF. */
static void
test_unknown_body (void)
{
  g_autofree gchar *unknown = hotpix_camera_describe (NULL);
  g_autoptr (HotpixListedDefects) listed = list_one (unknown);
  g_autoptr (HotpixCamera) camera = hotpix_camera_new (NULL, "D80", "1");

  g_assert_null (
      hotpix_folder_repair_check (listed, WIDTH, HEIGHT, camera, HOTPIX_CAMERA_MOST));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folder-repair/each-photo-is-written-or-has-its-reason", test_each);
  g_test_add_func ("/folder-repair/a-repair-can-be-cancelled", test_cancelled);
  g_test_add_func ("/folder-repair/each-photo-gets-what-is-chosen-for-it", test_choice);
  g_test_add_func ("/folder-repair/a-folder-that-cannot-be-made-is-an-error", test_no_folder);
  g_test_add_func ("/folder-repair/a-body-is-known-by-what-both-say", test_bodies);
  g_test_add_func ("/folder-repair/a-list-of-no-known-body-is-for-any", test_unknown_body);
  return g_test_run ();
}
