/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-decoder.h"
#include "jpeg-writer.h"
#include "photos/jpeg-reader-private.h"

#include <string.h>

/* Reads in bands of n_rows, as a scan does. FALSE with the error of the call that failed. */
static gboolean
read_in_bands (GBytes *jpeg, guint n_rows, guint8 *rows, GError **error)
{
  g_autoptr (HotpixJpegReader) reader = hotpix_jpeg_reader_new_from_bytes (jpeg, error);
  const HotpixShape *shape;

  if (reader == NULL)
    return FALSE;
  shape = hotpix_jpeg_reader_get_shape (reader);
  for (guint y = 0; y < shape->height; y += n_rows)
    if (!hotpix_jpeg_reader_read (reader, MIN (n_rows, shape->height - y),
                                  rows + y * hotpix_shape_row_bytes (shape), error))
      return FALSE;
  return TRUE;
}

static void
assert_reads_as_libjpeg (const JpegRecipe *recipe)
{
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (recipe, 5);
  g_autoptr (GError) error = NULL;
  gsize size;
  g_autofree guint8 *expected = jpeg_decode_plainly (jpeg, &size);
  g_autofree guint8 *rows = g_malloc0 (size);

  g_assert_cmpuint (size, ==,
                    (gsize) recipe->width * recipe->height * (recipe->components == 1 ? 1 : 3));
  g_assert_true (read_in_bands (jpeg, 16, rows, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (rows, size, expected, size);
}

static void
test_kinds (void)
{
  for (guint progressive = 0; progressive <= 1; progressive++)
    for (guint arithmetic = 0; arithmetic <= (jpeg_writer_has_arithmetic () ? 1u : 0u);
         arithmetic++)
      for (guint restart = 0; restart <= 1; restart++)
        {
          JpegRecipe recipe = { .width = 93,
                                .height = 71,
                                .progressive = progressive,
                                .arithmetic = arithmetic,
                                .restart_rows = restart };

          assert_reads_as_libjpeg (&recipe);
          recipe.components = 1;
          assert_reads_as_libjpeg (&recipe);
        }
}

static void
test_sampling (void)
{
  const guint sampling[][2] = { { 1, 1 }, { 2, 1 }, { 1, 2 }, { 2, 2 }, { 4, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sampling); i++)
    assert_reads_as_libjpeg (&(JpegRecipe){ .width = 93,
                                            .height = 71,
                                            .horizontal_sampling = sampling[i][0],
                                            .vertical_sampling = sampling[i][1] });
}

static void
test_extreme_sizes (void)
{
  assert_reads_as_libjpeg (&(JpegRecipe){ .width = 1, .height = 1 });
  assert_reads_as_libjpeg (&(JpegRecipe){ .width = 50, .height = 40, .separate = TRUE });
  assert_reads_as_libjpeg (&(JpegRecipe){ .width = 65500, .height = 3 });
  assert_reads_as_libjpeg (&(JpegRecipe){ .width = 3, .height = 65500 });
}

/* Reads and passes over runs of rows in turn, of lengths by the seed, and compares what was read. */
static void
assert_skips (const JpegRecipe *recipe, guint32 seed)
{
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (recipe, 5);
  g_autoptr (HotpixJpegReader) reader = hotpix_jpeg_reader_new_from_bytes (jpeg, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;
  const HotpixShape *shape = hotpix_jpeg_reader_get_shape (reader);
  gsize size, row_bytes = hotpix_shape_row_bytes (shape);
  g_autofree guint8 *expected = jpeg_decode_plainly (jpeg, &size);
  g_autofree guint8 *rows = g_malloc (size);
  guint n;

  for (guint y = 0, turn = seed; y < shape->height; y += n, turn++)
    {
      n = (guint) g_rand_int_range (random, 1, turn % 4 < 2 ? 60 : 6);
      n = MIN (n, shape->height - y);
      if (turn % 2 == 0)
        g_assert_true (hotpix_jpeg_reader_skip (reader, n, &error));
      else
        {
          g_assert_true (hotpix_jpeg_reader_read (reader, n, rows, &error));
          g_assert_cmpmem (rows, n * row_bytes, expected + y * row_bytes, n * row_bytes);
        }
      g_assert_no_error (error);
    }
}

static void
test_skips (void)
{
  const guint sampling[][2] = { { 1, 1 }, { 2, 1 }, { 1, 2 }, { 2, 2 }, { 4, 1 } };

  for (gsize i = 0; i < 4 * G_N_ELEMENTS (sampling); i++)
    for (guint32 seed = 0; seed < 12; seed++)
      assert_skips (&(JpegRecipe){ .width = 93,
                                   .height = 371,
                                   .horizontal_sampling = sampling[i / 4][0],
                                   .vertical_sampling = sampling[i / 4][1],
                                   .progressive = i % 2,
                                   .restart_rows = i / 2 % 2 },
                    seed);
}

static void
test_damage_skipped (void)
{
  const JpegRecipe recipe = { .width = 64, .height = 480 };
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (&recipe, 3);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (jpeg, 0, g_bytes_get_size (jpeg) / 2);
  g_autoptr (HotpixJpegReader) reader = hotpix_jpeg_reader_new_from_bytes (cut, NULL);
  g_autoptr (GError) error = NULL;
  guint8 rows[16 * 64 * 3];

  g_assert_true (hotpix_jpeg_reader_read (reader, 16, rows, NULL));
  g_assert_false (hotpix_jpeg_reader_skip (reader, 440, &error)
                  && hotpix_jpeg_reader_read (reader, 16, rows, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
}

static void
test_refuses_cmyk (void)
{
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (
      &(JpegRecipe){ .width = 20, .height = 10, .components = 4 }, 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_jpeg_reader_new_from_bytes (jpeg, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "CMYK"));
}

static void
test_refuses_12_bits (void)
{
  g_autoptr (GBytes) jpeg
      = jpeg_writer_encode_scene (&(JpegRecipe){ .width = 20, .height = 10 }, 1);
  gsize length, frame = 0;
  g_autofree guint8 *data = g_bytes_unref_to_data (g_bytes_ref (jpeg), &length);
  g_autoptr (GBytes) deep = NULL;
  g_autoptr (GError) error = NULL;

  while (data[frame] != 0xff || data[frame + 1] != 0xc0)
    frame++;
  data[frame + 4] = 12; /* the precision in the start of frame */
  deep = g_bytes_new (data, length);
  g_assert_null (hotpix_jpeg_reader_new_from_bytes (deep, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "12"));
}

/* Either whole and right, or an error: a file cut anywhere never yields made-up rows as good. Without
 * its end marker, or with half of it, it is whole. */
static void
test_cut_short (void)
{
  const JpegRecipe recipes[] = {
    { .width = 64, .height = 48 },
    { .width = 64, .height = 48, .progressive = TRUE },
    { .width = 64, .height = 48, .restart_rows = 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (&recipes[i], 3);
      gsize whole_length = g_bytes_get_size (jpeg), size;
      g_autofree guint8 *expected = jpeg_decode_plainly (jpeg, &size);
      guint8 rows[64 * 48 * 3];

      for (gsize length = 0; length < whole_length; length++)
        {
          g_autoptr (GBytes) cut = g_bytes_new_from_bytes (jpeg, 0, length);
          g_autoptr (GError) error = NULL;
          gboolean is_whole = length + 2 >= whole_length;

          g_assert_true (read_in_bands (cut, 16, rows, &error) == is_whole);
          if (is_whole)
            g_assert_cmpmem (rows, sizeof rows, expected, size);
          else
            g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
        }
    }
}

static void
test_garbage_inside (void)
{
  g_autoptr (GBytes) jpeg
      = jpeg_writer_encode_scene (&(JpegRecipe){ .width = 640, .height = 480 }, 3);
  gsize length;
  g_autofree guint8 *data = g_bytes_unref_to_data (g_bytes_ref (jpeg), &length);
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  g_autoptr (GBytes) broken = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *rows = g_malloc (640 * 480 * 3);

  for (gsize i = length / 2; i < length / 2 + 2000; i++)
    data[i] = (guint8) g_rand_int_range (random, 0, 256);
  broken = g_bytes_new (data, length);
  g_assert_false (read_in_bands (broken, 16, rows, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
}

static void
test_trailing_bytes (void)
{
  g_autoptr (GBytes) jpeg
      = jpeg_writer_encode_scene (&(JpegRecipe){ .width = 64, .height = 48 }, 3);
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint8 rows[64 * 48 * 3];

  g_byte_array_append (longer, g_bytes_get_data (jpeg, NULL), (guint) g_bytes_get_size (jpeg));
  g_byte_array_append (longer, (const guint8 *) "a preview behind the photo", 26);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  g_assert_true (read_in_bands (bytes, 16, rows, NULL));
}

/* Bytes between the header's segments cost no samples. */
static void
test_stray_bytes_in_the_header (void)
{
  g_autoptr (GBytes) jpeg
      = jpeg_writer_encode_scene (&(JpegRecipe){ .width = 64, .height = 48 }, 3);
  gsize length;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  GByteArray *stray = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint8 rows[64 * 48 * 3];

  g_byte_array_append (stray, data, 20); /* the start and the JFIF segment */
  g_byte_array_append (stray, (const guint8 *) "\0\0\0", 3);
  g_byte_array_append (stray, data + 20, (guint) length - 20);
  bytes = g_byte_array_free_to_bytes (stray);
  g_assert_true (read_in_bands (bytes, 16, rows, NULL));
}

/* A restart marker that is lost, or a segment that is not as long as it should be. */
static void
test_restart_lost (void)
{
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (
      &(JpegRecipe){ .width = 64, .height = 48, .restart_rows = 1 }, 3);
  gsize length;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  gsize markers[2] = { 0 };
  guint n_markers = 0;
  guint8 rows[64 * 48 * 3];

  for (gsize i = 0; i + 1 < length && n_markers < 2; i++)
    if (data[i] == 0xff && data[i + 1] >= 0xd0 && data[i + 1] <= 0xd7)
      markers[n_markers++] = i;
  g_assert_cmpuint (n_markers, ==, 2);
  for (guint part = 0; part < 2; part++)
    {
      GByteArray *broken = g_byte_array_new ();
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      gsize from = markers[0], to = part == 0 ? markers[0] + 2 : markers[1];

      g_byte_array_append (broken, data, (guint) from);
      g_byte_array_append (broken, data + to, (guint) (length - to));
      bytes = g_byte_array_free_to_bytes (broken);
      g_assert_false (read_in_bands (bytes, 16, rows, &error));
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
    }
}

static void
test_exif (void)
{
  gsize length, found_length;
  g_autofree guint8 *exif = jpeg_writer_make_exif ("Maker", "Model", "42", &length);
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (
      &(JpegRecipe){ .width = 8, .height = 8, .exif = exif, .exif_length = length }, 1);
  g_autoptr (GBytes) bare
      = jpeg_writer_encode_scene (&(JpegRecipe){ .width = 8, .height = 8 }, 1);
  g_autoptr (HotpixJpegReader) reader = hotpix_jpeg_reader_new_from_bytes (jpeg, NULL);
  g_autoptr (HotpixJpegReader) bare_reader = hotpix_jpeg_reader_new_from_bytes (bare, NULL);
  const guint8 *found = hotpix_jpeg_reader_get_exif (reader, &found_length);

  g_assert_cmpmem (found, found_length, exif, length);
  g_assert_null (hotpix_jpeg_reader_get_exif (bare_reader, &found_length));
}

/* The first marker of that kind from there on, behind the start of the file. */
static gsize
find_marker (const guint8 *data, gsize from, guint8 marker)
{
  while (data[from] != 0xff || data[from + 1] != marker)
    from++;
  return from;
}

/* A grey progressive photo, size x size, whose first scan is there n_scans times. */
static GBytes *
repeat_scan (guint size, guint n_scans)
{
  g_autofree guint8 *blank = g_malloc0 ((gsize) size * size);
  g_autoptr (GBytes) jpeg = jpeg_writer_encode (
      &(JpegRecipe){ .width = size, .height = size, .components = 1, .progressive = TRUE },
      blank);
  gsize length, scan, end;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  GByteArray *bomb = g_byte_array_new ();

  scan = find_marker (data, 0, 0xda);
  end = scan + 2;
  while (data[end] != 0xff || data[end + 1] == 0)
    end++; /* the first marker behind its data */
  g_byte_array_append (bomb, data, (guint) scan);
  for (guint k = 0; k < n_scans; k++)
    g_byte_array_append (bomb, data + scan, (guint) (end - scan));
  g_byte_array_append (bomb, data + end, (guint) (length - end));
  return g_byte_array_free_to_bytes (bomb);
}

/* A small file that makes the decoder pass over the photo for ever. The photo's other five scans
 * count too. */
static void
test_many_scans (void)
{
  g_autoptr (GBytes) bomb = repeat_scan (16, 5000), one_too_many = repeat_scan (16, 96);
  g_autoptr (GBytes) just_allowed = repeat_scan (16, 95);
  GBytes *const refused[] = { bomb, one_too_many };
  guint8 rows[16 * 16];

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      /* Before anything is decoded. */
      g_assert_null (hotpix_jpeg_reader_new_from_bytes (refused[i], &error));
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
      g_assert_nonnull (strstr (error->message, "more than 100 scans"));
    }
  g_assert_true (read_in_bands (just_allowed, 16, rows, NULL));
}

/* The larger a photo, the longer a pass: 20 million pixels are not passed over more than 100 times,
 * and 25 million not more than 80 times. */
static void
test_many_scans_of_a_large_photo (void)
{
  g_autoptr (GBytes) allowed = repeat_scan (5000, 75), refused = repeat_scan (5000, 76);
  g_autoptr (HotpixJpegReader) reader = hotpix_jpeg_reader_new_from_bytes (allowed, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (reader);
  g_assert_null (hotpix_jpeg_reader_new_from_bytes (refused, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "more than 80 scans"));
}

/* What looks like scans inside of a segment, or behind the end, is none. */
static void
test_scans_elsewhere (void)
{
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (
      &(JpegRecipe){ .width = 16, .height = 16, .progressive = TRUE }, 1);
  gsize length;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  GByteArray *busy = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint8 rows[16 * 16 * 3];

  g_byte_array_append (busy, data, 2);
  g_byte_array_append (busy, (const guint8 *) "\xff\xe2\x04\x02", 4);
  for (guint i = 0; i < 256; i++)
    g_byte_array_append (busy, (const guint8 *) "\xff\xda\0\2", 4);
  g_byte_array_append (busy, data + 2, (guint) length - 2);
  for (guint i = 0; i < 256; i++)
    g_byte_array_append (busy, (const guint8 *) "\xff\xda\0\2", 4);
  bytes = g_byte_array_free_to_bytes (busy);
  g_assert_true (read_in_bands (bytes, 16, rows, NULL));
}

/* The JPEG up to its end marker, or up to the scan of that number from its end, and these bytes behind it. */
static GBytes *
with_trailer (GBytes *jpeg, guint n_scans_less, gconstpointer trailer, gsize length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  GByteArray *file = g_byte_array_new ();
  gsize end = size - 2;

  for (; n_scans_less > 0; n_scans_less--)
    do
      end--;
    while (data[end] != 0xff || data[end + 1] != 0xda);
  g_byte_array_append (file, data, (guint) end);
  g_byte_array_append (file, trailer, (guint) length);
  return g_byte_array_free_to_bytes (file);
}

static void
assert_progressive_trailer (GBytes *jpeg, gconstpointer trailer, gsize length)
{
  gsize size;
  g_autofree guint8 *expected = jpeg_decode_plainly (jpeg, &size);
  g_autofree guint8 *rows = g_malloc0 (size);
  g_autoptr (GBytes) whole = with_trailer (jpeg, 0, trailer, length);
  g_autoptr (GBytes) less = with_trailer (jpeg, 1, trailer, length);
  g_autoptr (GError) error = NULL;

  g_assert_true (read_in_bands (whole, 16, rows, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (rows, size, expected, size);
  g_assert_false (read_in_bands (less, 16, rows, &error));
  g_assert_true (error->domain == HOTPIX_ERROR);
}

/* What a maker puts in place of the end marker: text, segments, a preview, anything. */
static void
test_progressive_trailers (void)
{
  static const gchar text[]
      = "SEFH\x01 a maker's trailer, of a hundred bytes or a few, as it may be";
  static const gchar segments[]
      = "\xff\xe1\xff\xf0 longer than the file \xff\xc4\0\1\xff\xdb\0\7";
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (
      &(JpegRecipe){ .width = 61, .height = 47, .progressive = TRUE }, 3);
  g_autoptr (GBytes) preview
      = jpeg_writer_encode_scene (&(JpegRecipe){ .width = 24, .height = 16 }, 4);
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  guint8 anything[150];

  assert_progressive_trailer (jpeg, text, sizeof text);
  assert_progressive_trailer (jpeg, text, 4);
  assert_progressive_trailer (jpeg, segments, sizeof segments);
  assert_progressive_trailer (jpeg, g_bytes_get_data (preview, NULL),
                              g_bytes_get_size (preview));
  for (guint turn = 0; turn < 300; turn++)
    {
      for (gsize i = 0; i < sizeof anything; i++)
        anything[i] = (guint8) g_rand_int_range (random, i % 5 == 0 ? 250 : 0, 256);
      /* Not zero behind 255, nor the end marker: the first belongs to the scan, the other is none. */
      anything[0] = 0x55;
      for (gsize i = 1; i < sizeof anything; i++)
        if (anything[i] == 0xd9)
          anything[i] = 0xd8;
      assert_progressive_trailer (jpeg, anything, sizeof anything);
    }
}

/* Right before the end marker, bytes are what the last scan should have taken. */
static void
test_rest_of_a_progressive_scan (void)
{
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (
      &(JpegRecipe){ .width = 61, .height = 47, .progressive = TRUE }, 3);
  g_autoptr (GBytes) rest = with_trailer (jpeg, 0, "twelve bytes\xff\xd9", 14);
  g_autofree guint8 *rows = g_malloc (61 * 47 * 3);
  g_autoptr (GError) error = NULL;

  g_assert_false (read_in_bands (rest, 16, rows, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
}

static void
test_missing_component (void)
{
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (
      &(JpegRecipe){ .width = 16, .height = 16, .separate = TRUE }, 1);
  gsize length, scan;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  GByteArray *cut = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint8 rows[16 * 16 * 3];

  scan = find_marker (data, find_marker (data, 0, 0xda) + 2, 0xda);
  g_byte_array_append (cut, data, (guint) scan);
  g_byte_array_append (cut, (const guint8 *) "\xff\xd9", 2);
  bytes = g_byte_array_free_to_bytes (cut);
  g_assert_false (read_in_bands (bytes, 16, rows, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "a component is missing"));
}

/* Blank photos are the shortest that there are, and none is shorter than can be. */
static void
test_least_bytes (void)
{
  for (guint kind = 0; kind < (jpeg_writer_has_arithmetic () ? 8u : 4u); kind++)
    {
      JpegRecipe recipe = { .width = 800,
                            .height = 600,
                            .components = kind & 1 ? 1 : 3,
                            .progressive = (kind & 2) != 0,
                            .arithmetic = (kind & 4) != 0 };
      g_autofree guint8 *blank = g_malloc0 (800 * 600 * 3);
      g_autoptr (GBytes) jpeg = jpeg_writer_encode (&recipe, blank);
      g_autoptr (HotpixJpegReader) reader = hotpix_jpeg_reader_new_from_bytes (jpeg, NULL);
      gsize least = hotpix_jpeg_reader_get_least_bytes (reader);

      g_assert_cmpuint (least, >, 100);
      g_assert_cmpuint (least, <=, g_bytes_get_size (jpeg));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jpeg-reader/every-coding-reads-as-libjpeg-does", test_kinds);
  g_test_add_func ("/jpeg-reader/every-sampling-reads-as-libjpeg-does", test_sampling);
  g_test_add_func ("/jpeg-reader/extreme-sizes-read-as-libjpeg-does", test_extreme_sizes);
  g_test_add_func ("/jpeg-reader/rows-after-those-passed-over-read-the-same", test_skips);
  g_test_add_func ("/jpeg-reader/damage-is-found-in-rows-passed-over", test_damage_skipped);
  g_test_add_func ("/jpeg-reader/cmyk-is-refused-in-words", test_refuses_cmyk);
  g_test_add_func ("/jpeg-reader/12-bits-are-refused-in-words", test_refuses_12_bits);
  g_test_add_func ("/jpeg-reader/a-file-cut-anywhere-is-damaged", test_cut_short);
  g_test_add_func ("/jpeg-reader/garbage-in-the-entropy-data-is-damage", test_garbage_inside);
  g_test_add_func ("/jpeg-reader/bytes-behind-the-photo-do-no-harm", test_trailing_bytes);
  g_test_add_func ("/jpeg-reader/stray-bytes-in-the-header-do-no-harm",
                   test_stray_bytes_in_the_header);
  g_test_add_func ("/jpeg-reader/a-lost-restart-marker-is-damage", test_restart_lost);
  g_test_add_func ("/jpeg-reader/the-exif-block-is-found", test_exif);
  g_test_add_func ("/jpeg-reader/thousands-of-scans-are-refused-before-the-first",
                   test_many_scans);
  g_test_add_func ("/jpeg-reader/a-large-photo-is-allowed-fewer-scans",
                   test_many_scans_of_a_large_photo);
  g_test_add_func ("/jpeg-reader/only-the-photo's-own-scans-count", test_scans_elsewhere);
  g_test_add_func ("/jpeg-reader/what-stands-for-the-end-of-a-progressive-photo-does-no-harm",
                   test_progressive_trailers);
  g_test_add_func ("/jpeg-reader/the-rest-of-a-progressive-scan-is-damage",
                   test_rest_of_a_progressive_scan);
  g_test_add_func ("/jpeg-reader/a-missing-component-is-damage", test_missing_component);
  g_test_add_func ("/jpeg-reader/no-photo-is-shorter-than-the-least", test_least_bytes);
  return g_test_run ();
}
