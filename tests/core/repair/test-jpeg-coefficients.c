/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-blocks.h"
#include "jpeg-writer.h"
#include "repair/jpeg-coefficients-private.h"

#include <string.h>

#define WIDTH 75
#define HEIGHT 61

static const JpegRecipe recipes[] = {
  { .horizontal_sampling = 1, .vertical_sampling = 1 },
  { .horizontal_sampling = 2, .vertical_sampling = 1 },
  { .horizontal_sampling = 2, .vertical_sampling = 2, .quality = 40 },
  { .horizontal_sampling = 1, .vertical_sampling = 2 },
  { .horizontal_sampling = 4, .vertical_sampling = 1 },
  { .components = 1, .horizontal_sampling = 1 },
  { .progressive = TRUE },
  { .progressive = TRUE, .components = 1, .horizontal_sampling = 1, .restart_rows = 2 },
  { .separate = TRUE },
  { .restart_rows = 1 },
  { .restart_rows = 3, .horizontal_sampling = 2, .vertical_sampling = 2 },
  { .arithmetic = TRUE },
  { .arithmetic = TRUE, .progressive = TRUE, .restart_rows = 2 },
};

/* With a preview in front, a comment and what a maker leaves behind. */
static GBytes *
make_photo (const JpegRecipe *recipe)
{
  static const guint8 exif[] = "Exif\0\0 a preview \xff\xd8\xff\xd9";
  JpegRecipe whole = *recipe;
  g_autoptr (GBytes) photo = NULL;
  GByteArray *file = g_byte_array_new ();
  gsize length;
  const guint8 *data;

  whole.width = WIDTH;
  whole.height = HEIGHT;
  whole.exif = exif;
  whole.exif_length = sizeof exif;
  photo = jpeg_writer_encode_scene (&whole, 7);
  data = g_bytes_get_data (photo, &length);
  g_byte_array_append (file, data, 2);
  g_byte_array_append (file, (const guint8 *) "\xff\xfe\0\6four\xff\xe5\0\4MN", 14);
  g_byte_array_append (file, data + 2, (guint) length - 2);
  g_byte_array_append (file, (const guint8 *) "a video\0\xff\xd8\xff\xd9\xff", 13);
  return g_byte_array_free_to_bytes (file);
}

static gboolean
is_written_here (const JpegRecipe *recipe)
{
  return !recipe->arithmetic || jpeg_writer_has_arithmetic ();
}

/* Unchanged, a photo of one scan comes out byte for byte, and any other with all that is in it. */
static void
test_unchanged (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (GBytes) photo = NULL, written = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (HotpixJpegCoefficients) jpeg = NULL;

      if (!is_written_here (&recipes[i]))
        continue;
      photo = make_photo (&recipes[i]);
      jpeg = hotpix_jpeg_coefficients_new (photo, &error);
      g_assert_no_error (error);
      written = hotpix_jpeg_coefficients_write (jpeg, &error);
      g_assert_no_error (error);
      if (!recipes[i].progressive && !recipes[i].separate && !recipes[i].arithmetic)
        g_assert_true (g_bytes_equal (photo, written));
    }
}

/* One coefficient of each component is moved: it alone is another, and all around is the same. */
static void
test_one_changed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (GBytes) photo = NULL, written = NULL, before = NULL, after = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (HotpixJpegCoefficients) jpeg = NULL;
      g_autoptr (JpegBlocks) old = NULL, new = NULL;

      if (!is_written_here (&recipes[i]))
        continue;
      photo = make_photo (&recipes[i]);
      jpeg = hotpix_jpeg_coefficients_new (photo, &error);
      g_assert_no_error (error);
      old = jpeg_blocks_new (photo);
      for (guint k = 0; k < old->n_components; k++)
        {
          gint16 *block = hotpix_jpeg_coefficients_get_block (jpeg, k, 1, 2, &error);

          g_assert_no_error (error);
          block[63] = 700;
          old->components[k].coefficients[(2 * old->components[k].columns + 1) * 64 + 63] = 700;
        }
      written = hotpix_jpeg_coefficients_write (jpeg, &error);
      g_assert_no_error (error);
      new = jpeg_blocks_new (written);
      g_assert_true (jpeg_blocks_are_alike (old, new));
      for (guint k = 0; k < old->n_components; k++)
        for (guint row = 0; row < old->components[k].rows; row++)
          for (guint column = 0; column < old->components[k].columns; column++)
            g_assert_true (jpeg_blocks_same_block (old, new, k, column, row));
      before = jpeg_blocks_surroundings (photo);
      after = jpeg_blocks_surroundings (written);
      g_assert_true (g_bytes_equal (before, after));
    }
}

/* A previews' index counts from the file's start: also where the new coefficients take less or more. */
static void
test_behind (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (recipes); i++)
    for (gint16 value = 0; value <= 90; value += 90)
      {
        g_autoptr (GBytes) photo = NULL, written = NULL;
        g_autoptr (HotpixJpegCoefficients) jpeg = NULL;
        g_autoptr (JpegBlocks) blocks = NULL;
        const guint8 *old, *new;
        gsize length;

        if (recipes[i].progressive || recipes[i].separate || recipes[i].arithmetic)
          continue;
        photo = make_photo (&recipes[i]);
        jpeg = hotpix_jpeg_coefficients_new (photo, NULL);
        for (guint k = 1; k < 64; k++)
          hotpix_jpeg_coefficients_get_block (jpeg, 0, 1, 2, NULL)[k] = k > 50 ? value : 0;
        written = hotpix_jpeg_coefficients_write (jpeg, NULL);
        old = g_bytes_get_data (photo, &length);
        g_assert_cmpuint (g_bytes_get_size (written), ==, length);
        new = g_bytes_get_data (written, NULL);
        g_assert_cmpmem (old + length - 15, 15, new + length - 15, 15);
        blocks = jpeg_blocks_new (written);
        g_assert_cmpint (blocks->components[0]
                             .coefficients[(2 * blocks->components[0].columns + 1) * 64 + 63],
                         ==, value);
      }
}

static void
test_layout (void)
{
  g_autoptr (GBytes) photo = make_photo (&recipes[2]);
  g_autoptr (HotpixJpegCoefficients) jpeg = hotpix_jpeg_coefficients_new (photo, NULL);
  const HotpixJpegLayout *layout = hotpix_jpeg_coefficients_get_layout (jpeg);

  g_assert_cmpuint (layout->width, ==, WIDTH);
  g_assert_cmpuint (layout->height, ==, HEIGHT);
  g_assert_cmpuint (layout->n_components, ==, 3);
  g_assert_cmpuint (layout->components[0].width, ==, WIDTH);
  g_assert_cmpuint (layout->components[1].width, ==, (WIDTH + 1) / 2);
  g_assert_cmpuint (layout->components[1].height, ==, (HEIGHT + 1) / 2);
  g_assert_cmpuint (layout->components[1].vertical, ==, 2);
}

static void
assert_refused (GBytes *photo, HotpixError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_jpeg_coefficients_new (photo, &error));
  g_assert_error (error, HOTPIX_ERROR, (gint) code);
}

static void
test_refused (void)
{
  static const JpegRecipe cmyk
      = { .width = WIDTH, .height = HEIGHT, .components = 4, .horizontal_sampling = 1 };
  g_autoptr (GBytes) print = jpeg_writer_encode_scene (&cmyk, 1);
  g_autoptr (GBytes) photo = make_photo (&recipes[1]);
  g_autoptr (GBytes) png = g_bytes_new_static ("\x89PNG", 4);
  gsize length;
  guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&photo), &length);
  g_autoptr (GBytes) half = g_bytes_new (bytes, length / 2);
  g_autoptr (GBytes) other = NULL;

  assert_refused (print, HOTPIX_ERROR_UNSUPPORTED);
  assert_refused (png, HOTPIX_ERROR_FORMAT);
  assert_refused (half, HOTPIX_ERROR_DAMAGED);
  /* Its frame header says 12 bits, and then lossless coding. */
  for (gsize i = 0; i + 4 < length; i++)
    if (bytes[i] == 0xff && bytes[i + 1] == 0xc0)
      {
        bytes[i + 4] = 12;
        other = g_bytes_new (bytes, length);
        assert_refused (other, HOTPIX_ERROR_UNSUPPORTED);
        g_clear_pointer (&other, g_bytes_unref);
        bytes[i + 4] = 8;
        bytes[i + 1] = 0xc3;
        other = g_bytes_new (bytes, length);
        assert_refused (other, HOTPIX_ERROR_UNSUPPORTED);
        break;
      }
  g_assert_nonnull (other);
  g_free (bytes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jpeg-coefficients/an-unchanged-photo-is-the-same-file", test_unchanged);
  g_test_add_func ("/jpeg-coefficients/what-is-changed-alone-is-another", test_one_changed);
  g_test_add_func ("/jpeg-coefficients/what-is-behind-the-photo-stays-where-it-was",
                   test_behind);
  g_test_add_func ("/jpeg-coefficients/the-layout-is-that-of-the-file", test_layout);
  g_test_add_func ("/jpeg-coefficients/other-kinds-and-damage-are-refused", test_refused);
  return g_test_run ();
}
