/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/png-reader-private.h"
#include "png-writer.h"

#include <string.h>

#define SEED 5

static const PngRecipe recipes[] = {
  { .width = 37, .height = 21 },
  { .width = 37, .height = 21, .bits = 16 },
  { .width = 37, .height = 21, .alpha = TRUE },
  { .width = 37, .height = 21, .bits = 16, .alpha = TRUE },
  { .width = 37, .height = 21, .bits = 16, .alpha = TRUE, .interlaced = TRUE },
  { .width = 37, .height = 21, .grey = TRUE, .bits = 1 },
  { .width = 37, .height = 21, .grey = TRUE, .bits = 2 },
  { .width = 37, .height = 21, .grey = TRUE, .bits = 4, .interlaced = TRUE },
  { .width = 37, .height = 21, .grey = TRUE },
  { .width = 37, .height = 21, .grey = TRUE, .bits = 16 },
  { .width = 37, .height = 21, .grey = TRUE, .bits = 16, .alpha = TRUE },
  { .width = 37, .height = 21, .grey = TRUE, .alpha = TRUE },
  { .width = 37, .height = 21, .colours = 2, .bits = 1 },
  { .width = 37, .height = 21, .colours = 3, .bits = 2, .alpha = TRUE },
  { .width = 37, .height = 21, .colours = 16, .bits = 4 },
  { .width = 37, .height = 21, .colours = 200, .alpha = TRUE },
  { .width = 37, .height = 21, .colours = 256, .interlaced = TRUE },
  { .width = 1, .height = 1 },
  { .width = 1, .height = 1, .colours = 1, .bits = 1 },
};

static gpointer
read_all (HotpixPngReader *reader, guint n_rows, gsize *length)
{
  const HotpixShape *shape = hotpix_png_reader_get_shape (reader);
  gsize row_bytes = hotpix_shape_row_bytes (shape);
  guint8 *rows = g_malloc (row_bytes * shape->height);
  g_autoptr (GError) error = NULL;

  for (guint y = 0; y < shape->height; y += n_rows)
    {
      gboolean success = hotpix_png_reader_read (reader, MIN (n_rows, shape->height - y),
                                                 rows + y * row_bytes, &error);

      g_assert_no_error (error);
      g_assert_true (success);
    }
  *length = row_bytes * shape->height;
  return rows;
}

static void
test_samples (void)
{
  g_autoptr (HotpixBufferPool) pool = hotpix_buffer_pool_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    for (guint n_rows = 2; n_rows <= 100; n_rows += 98)
      {
        g_autoptr (GBytes) png = png_writer_encode (&recipes[i], SEED);
        g_autoptr (HotpixPngReader) reader = hotpix_png_reader_new (png, pool, NULL);
        gsize length, expected_length;
        g_autofree gpointer expected = png_writer_expect (&recipes[i], SEED, &expected_length);
        g_autofree gpointer rows = NULL;

        g_assert_nonnull (reader);
        g_assert_cmpuint (hotpix_png_reader_get_shape (reader)->bits, ==,
                          recipes[i].bits == 16 ? 16 : 8);
        rows = read_all (reader, n_rows, &length);
        g_assert_cmpmem (rows, length, expected, expected_length);
      }
}

static void
test_passes_over (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (GBytes) png = png_writer_encode (&recipes[i], SEED);
      g_autoptr (HotpixPngReader) reader = hotpix_png_reader_new (png, NULL, NULL);
      gsize row_bytes = hotpix_shape_row_bytes (hotpix_png_reader_get_shape (reader)), length;
      g_autofree guint8 *expected = png_writer_expect (&recipes[i], SEED, &length);
      g_autofree guint8 *row = g_malloc (row_bytes);

      if (recipes[i].height < 12)
        continue;
      g_assert_true (hotpix_png_reader_read (reader, 9, NULL, NULL));
      g_assert_true (hotpix_png_reader_read (reader, 1, row, NULL));
      g_assert_cmpmem (row, row_bytes, expected + 9 * row_bytes, row_bytes);
      g_assert_true (hotpix_png_reader_read (reader, recipes[i].height - 10, NULL, NULL));
    }
}

static GBytes *
cut (GBytes *png, gsize length)
{
  return g_bytes_new_from_bytes (png, 0, length);
}

static GBytes *
change (GBytes *png, gsize at, guint8 byte)
{
  gsize size;
  guint8 *copy = g_memdup2 (g_bytes_get_data (png, &size), g_bytes_get_size (png));

  size = g_bytes_get_size (png);
  g_assert_cmpuint (copy[at], !=, byte);
  copy[at] = byte;
  return g_bytes_new_take (copy, size);
}

static void
assert_damaged (GBytes *png, const gchar *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HotpixPngReader) reader = hotpix_png_reader_new (png, NULL, &error);
  guint8 rows[37 * 21 * 6];

  g_assert_true (reader == NULL || !hotpix_png_reader_read (reader, 21, rows, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
  if (strstr (error->message, words) == NULL)
    g_error ("%s has no %s", error->message, words);
}

static void
test_damage (void)
{
  for (gsize i = 0; i < 2; i++)
    {
      const PngRecipe recipe
          = { .width = 37, .height = 21, .bits = i == 0 ? 8 : 16, .interlaced = i == 1 };
      g_autoptr (GBytes) png = png_writer_encode (&recipe, SEED);
      gsize size = g_bytes_get_size (png), length, at = png_writer_find (png, "IDAT", &length);

      for (gsize left = 8; left < size; left += left < at ? 1 : 37)
        {
          g_autoptr (GBytes) part = cut (png, left);

          assert_damaged (part, "the file ends too early");
        }
      for (gsize k = at; k < at + length; k += 17)
        {
          guint8 byte = ((const guint8 *) g_bytes_get_data (png, NULL))[k];
          g_autoptr (GBytes) broken = change (png, k, byte ^ 0x10);

          assert_damaged (broken, "libpng: ");
        }
    }
}

/* Of a palette of three colours, an index that two bits can be. */
static void
test_no_colour (void)
{
  PngRecipe recipe = { .width = 37, .height = 21, .colours = 4, .bits = 2 };
  g_autoptr (GBytes) png = png_writer_encode (&recipe, SEED);
  gsize length, start = png_writer_find (png, "PLTE", &length) - 8;
  gsize size = g_bytes_get_size (png);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GBytes) without = NULL, with = NULL;

  g_byte_array_append (file, g_bytes_get_data (png, NULL), (guint) size);
  g_byte_array_remove_range (file, (guint) start, (guint) length + 12);
  without = g_byte_array_free_to_bytes (g_steal_pointer (&file));
  with = png_writer_insert (without, "IDAT", FALSE, "PLTE", "abcdefghi", 9);
  assert_damaged (with, "no colour of its palette");
  assert_damaged (without, "libpng: ");
}

static void
assert_same_samples (GBytes *png, const PngRecipe *recipe)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HotpixPngReader) reader = hotpix_png_reader_new (png, NULL, &error);
  gsize length, expected_length;
  g_autofree gpointer expected = png_writer_expect (recipe, SEED, &expected_length);
  g_autofree gpointer rows = NULL;

  g_assert_no_error (error);
  rows = read_all (reader, 100, &length);
  g_assert_cmpmem (rows, length, expected, expected_length);
}

/* What tells how to show the samples changes none; and what is wrong there is not the picture's fault. */
static void
test_beside_the_image (void)
{
  static const struct
  {
    const gchar *type;
    const gchar *data;
    gsize length;
  } chunks[] = {
    { "gAMA", "\0\1\x86\xa0", 4 },
    { "sBIT", "\5\6\5", 3 },
    { "tRNS", "\0\1\0\2\0\3", 6 },
    { "iCCP", "name\0\0no profile", 16 },
    { "tEXt", "Software\0hotpix", 15 },
    { "zTXt", "Comment\0\0no deflated text", 25 },
    { "eXIf", "II", 2 },
    { "pHYs", "", 0 },
    { "teSt", "a chunk of nobody's", 19 },
  };
  const PngRecipe recipe = { .width = 37, .height = 21 };
  g_autoptr (GBytes) png = png_writer_encode (&recipe, SEED);

  for (gsize i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      gsize length;
      g_autoptr (GBytes) more = png_writer_insert (png, "IDAT", FALSE, chunks[i].type,
                                                   chunks[i].data, chunks[i].length);
      gsize at = png_writer_find (more, chunks[i].type, &length);
      g_autoptr (GBytes) broken = change (more, at + length, 0x77);

      assert_same_samples (more, &recipe);
      assert_same_samples (broken, &recipe);
    }
}

static void
assert_exif (GBytes *png, const gchar *expected)
{
  g_autoptr (HotpixPngReader) reader = hotpix_png_reader_new (png, NULL, NULL);
  g_autoptr (GBytes) exif = hotpix_png_reader_get_exif (reader);

  if (expected == NULL)
    g_assert_null (exif);
  else
    g_assert_cmpmem (g_bytes_get_data (exif, NULL), g_bytes_get_size (exif), expected,
                     strlen (expected));
}

static void
test_exif (void)
{
  static const gchar text[] = "Raw profile type exif\0\nexif\n 4\n49492a41\n";
  const PngRecipe recipe = { .width = 3, .height = 2, .grey = TRUE };
  g_autoptr (GBytes) png = png_writer_encode (&recipe, SEED);
  g_autoptr (GBytes) chunk
      = png_writer_insert (png, "IDAT", FALSE, "eXIf", "MM\0*and more", 12);
  g_autoptr (GBytes) old
      = png_writer_insert (png, "IDAT", FALSE, "tEXt", text, sizeof text - 1);
  g_autoptr (GBytes) other = png_writer_insert (png, "IDAT", FALSE, "tEXt", "Author\0x", 8);
  g_autoptr (HotpixPngReader) reader = hotpix_png_reader_new (chunk, NULL, NULL);
  g_autoptr (GBytes) exif = hotpix_png_reader_get_exif (reader);

  g_assert_cmpmem (g_bytes_get_data (exif, NULL), g_bytes_get_size (exif), "MM\0*and more", 12);
  assert_exif (old, "II*A");
  assert_exif (png, NULL);
  assert_exif (other, NULL);
}

static void
test_sizes (void)
{
  const PngRecipe deep = { .width = 100, .height = 70, .bits = 16, .alpha = TRUE };
  PngRecipe interlaced = deep;
  g_autoptr (GBytes) png = png_writer_encode (&deep, SEED);
  g_autoptr (HotpixPngReader) reader = hotpix_png_reader_new (png, NULL, NULL);
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (HotpixPngReader) whole_reader = NULL;

  interlaced.interlaced = TRUE;
  whole = png_writer_encode (&interlaced, SEED);
  whole_reader = hotpix_png_reader_new (whole, NULL, NULL);
  g_assert_cmpuint (hotpix_png_reader_get_stored_bytes (reader), ==, 70 * (1 + 100 * 4 * 2));
  g_assert_cmpuint (hotpix_png_reader_get_working_bytes (whole_reader), ==,
                    hotpix_png_reader_get_working_bytes (reader) + 70 * 100 * 3 * 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/png-reader/samples-of-every-kind-are-those-stored", test_samples);
  g_test_add_func ("/png-reader/rows-can-be-passed-over", test_passes_over);
  g_test_add_func ("/png-reader/a-cut-or-changed-image-is-damaged", test_damage);
  g_test_add_func ("/png-reader/a-pixel-of-no-colour-is-damage", test_no_colour);
  g_test_add_func ("/png-reader/what-is-beside-the-image-changes-no-sample",
                   test_beside_the_image);
  g_test_add_func ("/png-reader/exif-is-in-its-chunk-or-in-text", test_exif);
  g_test_add_func ("/png-reader/an-interlaced-image-is-held-whole", test_sizes);
  return g_test_run ();
}
