/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/png-chunks-private.h"
#include "photos/png-reader-private.h"
#include "png-writer.h"

#include <string.h>

#define SEED 3

static const PngRecipe recipe = { .width = 90, .height = 50 };

static GBytes *
read_header (GBytes *png, guint64 *fingerprint, GError **error)
{
  gsize size;
  gpointer data = (gpointer) g_bytes_get_data (png, &size);
  FILE *stream = tmpfile ();
  GBytes *header;

  g_assert_cmpuint (fwrite (data, 1, size, stream), ==, size);
  fflush (stream);
  header = hotpix_png_read_header (stream, size, fingerprint, error);
  fclose (stream);
  return header;
}

static void
test_header (void)
{
  g_autoptr (GBytes) png = png_writer_encode (&recipe, SEED);
  g_autoptr (GBytes) before = png_writer_insert (png, "IDAT", FALSE, "eXIf", "II*", 3);
  g_autoptr (GBytes) behind = png_writer_insert (png, "IEND", FALSE, "eXIf", "II*", 3);
  GBytes *const files[] = { png, before, behind };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      guint64 fingerprint;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) header = read_header (files[i], &fingerprint, &error);
      g_autoptr (HotpixPngReader) reader = NULL;
      g_autoptr (GBytes) exif = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (header), <, 100);
      reader = hotpix_png_reader_new (header, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (hotpix_png_reader_get_shape (reader)->width, ==, 90);
      exif = hotpix_png_reader_get_exif (reader);
      g_assert_true ((exif != NULL) == (i > 0));
    }
}

/* Wherever a file is cut, its header tells, without a look at the data. */
static void
test_cut (void)
{
  g_autoptr (GBytes) png = png_writer_encode (&recipe, SEED);

  for (gsize left = HOTPIX_PNG_SIGNATURE_BYTES; left < g_bytes_get_size (png); left += 7)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (png, 0, left);
      g_autoptr (GError) error = NULL;
      guint64 fingerprint;

      g_assert_null (read_header (part, &fingerprint, &error));
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, "ends too early"));
    }
}

/* Texts that would fill the memory are passed over, and others read. */
static void
test_long_texts (void)
{
  gsize length = (gsize) 15 << 20;
  g_autofree gchar *text = g_malloc0 (length);
  g_autoptr (GBytes) png = png_writer_encode (&recipe, SEED);
  g_autoptr (GBytes) one = png_writer_insert (png, "IDAT", FALSE, "tEXt", text, length);
  g_autoptr (GBytes) two = png_writer_insert (one, "IEND", FALSE, "tEXt", text, length);
  g_autoptr (GBytes) three = png_writer_insert (two, "IEND", FALSE, "eXIf", "MM", 2);
  guint64 fingerprint;
  g_autoptr (GBytes) header = read_header (three, &fingerprint, NULL);

  g_assert_cmpuint (g_bytes_get_size (header), >, length);
  g_assert_cmpuint (g_bytes_get_size (header), <, length + 200);
  g_assert_nonnull (
      memmem (g_bytes_get_data (header, NULL), g_bytes_get_size (header), "eXIfMM", 6));
}

static void
test_fingerprint (void)
{
  g_autoptr (GBytes) png = png_writer_encode (&recipe, SEED);
  g_autoptr (GBytes) other = png_writer_encode (&recipe, SEED + 1);
  g_autoptr (GBytes) more = png_writer_insert (png, "IDAT", FALSE, "eXIf", "II*", 3);
  guint64 fingerprint, of_other, of_more;
  g_autoptr (GBytes) header = read_header (png, &fingerprint, NULL);
  g_autoptr (GBytes) header_of_other = read_header (other, &of_other, NULL);
  g_autoptr (GBytes) header_of_more = read_header (more, &of_more, NULL);

  g_assert_cmpuint (fingerprint, !=, 0);
  g_assert_cmpuint (fingerprint, ==, of_more);
  g_assert_cmpuint (fingerprint, !=, of_other);
}

static void
test_digest (void)
{
  g_autoptr (GBytes) png = png_writer_encode (&recipe, SEED);
  g_autoptr (GBytes) other = png_writer_encode (&recipe, SEED + 1);
  g_autoptr (GBytes) more = png_writer_insert (png, "IEND", FALSE, "eXIf", "II*", 3);
  /* An empty chunk of data among the others. */
  g_autoptr (GBytes) divided = png_writer_insert (png, "IDAT", TRUE, "IDAT", "", 0);
  g_autofree gchar *digest = hotpix_png_digest (png), *of_other = hotpix_png_digest (other);
  g_autofree gchar *of_more = hotpix_png_digest (more);
  g_autofree gchar *of_divided = hotpix_png_digest (divided);

  g_assert_cmpstr (digest, ==, of_more);
  g_assert_cmpstr (digest, ==, of_divided);
  g_assert_cmpstr (digest, !=, of_other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/png-chunks/the-header-tells-what-stands-before-and-behind", test_header);
  g_test_add_func ("/png-chunks/a-cut-file-is-damaged", test_cut);
  g_test_add_func ("/png-chunks/texts-without-end-are-passed-over", test_long_texts);
  g_test_add_func ("/png-chunks/the-fingerprint-is-of-the-data", test_fingerprint);
  g_test_add_func ("/png-chunks/the-digest-is-of-the-picture", test_digest);
  return g_test_run ();
}
