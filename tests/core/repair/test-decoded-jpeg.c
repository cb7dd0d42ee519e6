/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-decoder.h"
#include "jpeg-writer.h"
#include "repair/decoded-jpeg.h"
#include "repair/jpeg-repair.h"
#include "scratch-folder.h"

#include <string.h>

#define SIDE 80
#define X 33
#define Y 41

static guint8 *
draw_photo (guint channels, guint damage)
{
  guint8 *photo = g_malloc ((gsize) SIDE * SIDE * channels);

  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      for (guint c = 0; c < channels; c++)
        photo[(y * SIDE + x) * channels + c]
            = (guint8) (50 + x + y / 2 + (x == X && y == Y ? damage : 0));
  return photo;
}

static HotpixRepairer *
make_repairer (void)
{
  HotpixDefect defect = { .x = X, .y = Y };
  HotpixListedDefects listed = { .list = g_array_new (FALSE, FALSE, sizeof defect) };
  HotpixRepairer *repairer;

  g_array_append_val (listed.list, defect);
  repairer = hotpix_repairer_new (&listed, SIDE, SIDE);
  g_array_unref (listed.list);
  return repairer;
}

/* Setting the pixels in the decoded photo gives the decoded repaired photo, and no other pixel is told. */
static void
test_pixels (void)
{
  g_autoptr (HotpixRepairer) repairer = make_repairer ();
  gchar *folder = scratch_folder_new ();
  g_autofree gchar *path = g_build_filename (folder, "photo.jpg", NULL);

  for (guint channels = 1; channels <= 3; channels += 2)
    {
      JpegRecipe recipe = { .width = SIDE, .height = SIDE, .components = channels };
      g_autofree guint8 *photo = draw_photo (channels, 90);
      g_autoptr (GBytes) old = jpeg_writer_encode (&recipe, photo), repaired = NULL;
      g_autofree guint8 *before = NULL, *after = NULL;
      g_autoptr (HotpixDecodedJpeg) jpeg = NULL;
      guint8 other[3];
      gsize size;
      guint n;

      g_assert_true (g_file_set_contents (path, g_bytes_get_data (old, NULL),
                                          (gssize) g_bytes_get_size (old), NULL));
      jpeg = hotpix_decoded_jpeg_new (repairer, path, NULL);
      g_assert_nonnull (jpeg);
      g_assert_cmpuint (jpeg->n_repaired, ==, 1);
      g_assert_cmpuint (jpeg->shape.channels, ==, channels);
      repaired = hotpix_jpeg_repair (repairer, old, &n, NULL);
      before = jpeg_decode_plainly (old, &size);
      after = jpeg_decode_plainly (repaired, &size);
      for (guint i = 0; i < jpeg->pixels->len; i++)
        {
          const HotpixChangedPixel *pixel
              = &g_array_index (jpeg->pixels, HotpixChangedPixel, i);
          guint8 *own = before + (gsize) (pixel->y * SIDE + pixel->x) * channels;

          g_assert_cmpmem (own, channels, pixel->before, channels);
          g_assert_cmpint (memcmp (pixel->before, pixel->after, channels), !=, 0);
          memcpy (own, pixel->after, channels);
        }
      g_assert_cmpmem (before, size, after, size);
      g_assert_true (hotpix_decoded_jpeg_repair (
          jpeg, &g_array_index (jpeg->pixels, HotpixChangedPixel, 0),
          memcpy (other, g_array_index (jpeg->pixels, HotpixChangedPixel, 0).before, 3)));
      g_assert_cmpmem (other, channels,
                       g_array_index (jpeg->pixels, HotpixChangedPixel, 0).after, channels);
      memset (other, 255, 3);
      g_assert_false (hotpix_decoded_jpeg_repair (
          jpeg, &g_array_index (jpeg->pixels, HotpixChangedPixel, 0), other));
      g_assert_cmpuint (other[0], ==, 255);
      g_assert_true (hotpix_decoded_jpeg_is_own (jpeg, jpeg->pixels->len));
      g_assert_false (hotpix_decoded_jpeg_is_own (jpeg, jpeg->pixels->len / 2));
    }
  scratch_folder_remove (folder);
}

static void
test_others (void)
{
  g_autoptr (HotpixRepairer) repairer = make_repairer ();
  gchar *folder = scratch_folder_new ();
  g_autofree gchar *path = g_build_filename (folder, "photo.jpg", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_decoded_jpeg_new (repairer, path, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "no photo", -1, NULL));
  g_assert_null (hotpix_decoded_jpeg_new (repairer, path, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT);
  scratch_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decoded-jpeg/the-pixels-are-those-of-the-repaired-file", test_pixels);
  g_test_add_func ("/decoded-jpeg/other-files-are-refused", test_others);
  return g_test_run ();
}
