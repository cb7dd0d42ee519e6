/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-writer.h"
#include "photos/jpeg-parts-private.h"

#include <string.h>

static const JpegRecipe recipes[] = {
  { .width = 64, .height = 48 },
  { .width = 64, .height = 48, .progressive = TRUE },
  { .width = 64, .height = 48, .separate = TRUE },
  { .width = 64, .height = 48, .restart_rows = 1 },
};

/* All of the file but the start and the end, piece by piece. */
static void
test_pieces (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (&recipes[i], 1);
      gsize length, n = 0;
      const guint8 *data = g_bytes_get_data (jpeg, &length), *at = data;
      HotpixJpegPart part;

      while (hotpix_jpeg_part_next (&at, data + length, &part))
        {
          g_assert_true (part.start == data + 2 + n);
          n += part.length;
        }
      g_assert_cmpuint (n, ==, length - 4);
    }
}

static void
test_cut (void)
{
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (&recipes[3], 1);
  gsize length;
  const guint8 *data = g_bytes_get_data (jpeg, &length);

  for (gsize cut = 0; cut < length; cut++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, cut);
      const guint8 *at = copy;
      HotpixJpegPart part;

      while (hotpix_jpeg_part_next (&at, copy + cut, &part))
        g_assert_true (part.start + part.length <= copy + cut);
    }
}

/* With another EXIF, a comment, or bytes behind the end it is the same picture; with other samples
 * it is not. */
static void
test_digest (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      JpegRecipe told = recipes[i];
      gsize n;
      g_autofree guint8 *exif
          = jpeg_writer_make_exif ("Maker", "Model", "1", &told.exif_length);
      g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (&recipes[i], 1);
      g_autoptr (GBytes) with_exif = NULL, other = jpeg_writer_encode_scene (&recipes[i], 2);
      g_autoptr (GBytes) longer = NULL;
      g_autofree gchar *digest = hotpix_jpeg_digest (jpeg);
      GByteArray *bytes = g_byte_array_new ();
      GBytes *same[2];

      told.exif = exif;
      with_exif = jpeg_writer_encode_scene (&told, 1);
      g_byte_array_append (bytes, g_bytes_get_data (jpeg, &n), (guint) g_bytes_get_size (jpeg));
      g_byte_array_append (bytes, (const guint8 *) "\0\0\0\30ftypmp42\xff\xda\0\4ab", 18);
      longer = g_byte_array_free_to_bytes (bytes);
      same[0] = with_exif;
      same[1] = longer;
      for (guint k = 0; k < G_N_ELEMENTS (same); k++)
        {
          g_autofree gchar *of_same = hotpix_jpeg_digest (same[k]);

          g_assert_cmpstr (of_same, ==, digest);
        }
      {
        g_autofree gchar *of_other = hotpix_jpeg_digest (other);

        g_assert_cmpstr (of_other, !=, digest);
      }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jpeg-parts/all-of-a-file-is-in-one", test_pieces);
  g_test_add_func ("/jpeg-parts/none-goes-beyond-a-cut-file", test_cut);
  g_test_add_func ("/jpeg-parts/the-picture-is-the-same-whatever-is-told-of-it", test_digest);
  return g_test_run ();
}
