/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"
#include "jpeg-writer.h"
#include "photos/frame-makers.h"
#include "scratch-folder.h"

#include <string.h>

static const HotpixShape shape = { 3, 2, 1, 8 };

/* A host that knows files whose names end as its user data says, and how often it was asked. */
typedef struct
{
  const gchar *ending;
  guint n_frames; /* made of such a file; 0 fails with HOTPIX_ERROR_DAMAGED */
  guint n_asked;
} Host;

static gboolean
make_by_host (const gchar *path, GPtrArray *frames, gpointer user_data, GError **error)
{
  Host *host = user_data;

  host->n_asked++;
  if (!g_str_has_suffix (path, host->ending))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT, "does not end in %s",
                   host->ending);
      return FALSE;
    }
  if (host->n_frames == 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED, "is broken");
  for (guint i = 0; i < host->n_frames; i++)
    g_ptr_array_add (frames, &fake_frame_new (&shape, i)->frame);
  return host->n_frames > 0;
}

static gboolean
refuse (const HotpixFrame *frame, const gchar *format, gpointer user_data, GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED, "is a %s of %u columns", format,
               frame->shape.width);
  return FALSE;
}

/* A file in the folder. Returns (transfer full): its path. */
static gchar *
write_file (const gchar *folder, const gchar *name, gconstpointer bytes, gsize length)
{
  gchar *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  return path;
}

static gchar *
write_jpeg (const gchar *folder, const gchar *name)
{
  JpegRecipe recipe = { .width = 16, .height = 8 };
  g_autoptr (GBytes) bytes = jpeg_writer_encode_scene (&recipe, 1);

  return write_file (folder, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_own (void)
{
  gchar *folder = scratch_folder_new ();
  g_autofree gchar *path = write_jpeg (folder, "photo.txt");
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixFrameMakers) makers = hotpix_frame_makers_new ();
  Host host = { ".txt", 1, 0 };

  hotpix_frame_makers_add (makers, make_by_host, &host);
  hotpix_frame_makers_add_file (makers, set, path);
  hotpix_frame_makers_add_file (NULL, set, path);
  g_assert_cmpuint (hotpix_frame_set_count_used (set), ==, 2);
  g_assert_cmpuint (hotpix_frame_set_get_frame (set, 0)->shape.width, ==, 16);
  g_assert_cmpuint (host.n_asked, ==, 0);
  scratch_folder_remove (folder);
}

static void
test_host (void)
{
  gchar *folder = scratch_folder_new ();
  g_autofree gchar *pages = write_file (folder, "photo.pages", "\1pages", 6);
  g_autofree gchar *broken = write_file (folder, "photo.broken", "\1broken", 7);
  g_autofree gchar *other = write_file (folder, "photo.other", "\1other", 6);
  g_autofree gchar *text = write_file (folder, "text.pages", "words", 5);
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixFrameMakers) makers = hotpix_frame_makers_new ();
  Host first = { ".broken", 0, 0 }, second = { ".pages", 3, 0 };

  hotpix_frame_makers_add (makers, make_by_host, &first);
  hotpix_frame_makers_add (makers, make_by_host, &second);
  hotpix_frame_makers_add_file (makers, set, pages);
  g_assert_cmpuint (hotpix_frame_set_count_used (set), ==, 3);
  g_assert_cmpuint (first.n_asked, ==, 1);

  /* Who knows the format and fails has the last word. */
  hotpix_frame_makers_add_file (makers, set, broken);
  g_assert_cmpuint (second.n_asked, ==, 1);
  g_assert_cmpstr (hotpix_frame_set_get_reason (set, 3), ==, "is broken");

  hotpix_frame_makers_add_file (makers, set, other);
  g_assert_cmpstr (hotpix_frame_set_get_reason (set, 4), ==, "does not end in .pages");
  g_assert_cmpuint (hotpix_frame_set_get_length (set), ==, 5);

  /* What is no photo at all is not asked of a host. */
  hotpix_frame_makers_add_file (makers, set, text);
  g_assert_cmpstr (hotpix_frame_set_get_reason (set, 5), ==, "is no photo but text");
  g_assert_cmpuint (second.n_asked, ==, 2);
  scratch_folder_remove (folder);
}

static void
test_check (void)
{
  gchar *folder = scratch_folder_new ();
  g_autofree gchar *path = write_jpeg (folder, "photo.jpg");
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixFrameMakers) makers = hotpix_frame_makers_new ();

  hotpix_frame_makers_set_check (makers, refuse, NULL);
  hotpix_frame_makers_add_file (makers, set, path);
  g_assert_cmpuint (hotpix_frame_set_get_length (set), ==, 1);
  g_assert_cmpstr (hotpix_frame_set_get_reason (set, 0), ==, "is a JPEG of 16 columns");
  scratch_folder_remove (folder);
}

static void
test_not_a_photo (void)
{
  gchar *folder = scratch_folder_new ();
  g_autofree gchar *path = write_file (folder, "photo.jpg", "text", 4);
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  hotpix_frame_makers_add_file (NULL, set, path);
  g_assert_cmpstr (hotpix_frame_set_get_name (set, 0), ==, path);
  g_assert_cmpstr (hotpix_frame_set_get_reason (set, 0), ==, "is no photo but text");
  g_assert_cmpint (hotpix_frame_set_get_kind (set, 0), ==, HOTPIX_LEFT_OUT_NO_PHOTO);
  scratch_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame-makers/the-core-reads-jpegs-whatever-their-names", test_own);
  g_test_add_func ("/frame-makers/a-host-is-asked-for-what-nobody-else-knows", test_host);
  g_test_add_func ("/frame-makers/a-host-can-refuse-what-the-core-reads", test_check);
  g_test_add_func ("/frame-makers/what-nobody-knows-is-left-out", test_not_a_photo);
  return g_test_run ();
}
