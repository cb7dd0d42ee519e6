/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may stand between the blocks of a photo and behind them, and what may not: read as a whole. */
#include "jpeg-decoder.h"
#include "jpeg-writer.h"
#include "photos/jpeg-intervals-private.h"
#include "photos/jpeg-reader-private.h"

static gboolean
read_whole (GBytes *jpeg, guint8 *rows, GError **error)
{
  g_autoptr (HotpixJpegReader) reader = hotpix_jpeg_reader_new_from_bytes (jpeg, error);

  return reader != NULL
         && hotpix_jpeg_reader_read (reader, hotpix_jpeg_reader_get_shape (reader)->height,
                                     rows, error);
}

/* Whether it yields what `jpeg` does. If not it must be damaged. */
static gboolean
reads_as (GByteArray *changed, GBytes *jpeg)
{
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (changed);
  g_autoptr (GError) error = NULL;
  gsize size;
  g_autofree guint8 *expected = jpeg_decode_plainly (jpeg, &size);
  g_autofree guint8 *rows = g_malloc0 (size);

  if (!read_whole (bytes, rows, &error))
    {
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
      return FALSE;
    }
  g_assert_cmpmem (rows, size, expected, size);
  return TRUE;
}

/* The photo up to its end marker, and something else from there on. */
static GByteArray *
with_tail (GBytes *jpeg, gconstpointer tail, gsize length)
{
  GByteArray *changed = g_byte_array_new ();

  g_byte_array_append (changed, g_bytes_get_data (jpeg, NULL),
                       (guint) g_bytes_get_size (jpeg) - 2);
  g_byte_array_append (changed, tail, (guint) length);
  return changed;
}

/* What cameras and their makers have put where the end marker belongs. */
static void
test_tails (void)
{
  const JpegRecipe recipes[] = { { .width = 64, .height = 48 },
                                 { .width = 61, .height = 47, .vertical_sampling = 2 },
                                 { .width = 64, .height = 48, .components = 1 },
                                 { .width = 64, .height = 48, .restart_rows = 1 } };
  static const gchar zeros[102] = "";
  static const gchar padding[] = "\0\0\0\0\0\0\0\0\0\0\0\0\xff\xd9";
  static const gchar trailer[]
      = "\0\0\1\10Image_UTC_Data0000000000000\xff\x0bSEFH\0\0\0\0\0\0\0\0SEFT";
  static const gchar preview[] = "Preview:\0\0\xff\xd8\xff\xdb\0\4ab\xff\xd9";

  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (&recipes[i], 3);

      g_assert_true (reads_as (with_tail (jpeg, zeros, 0), jpeg));
      g_assert_true (reads_as (with_tail (jpeg, zeros, 100), jpeg));
      g_assert_true (reads_as (with_tail (jpeg, padding, sizeof padding - 1), jpeg));
      g_assert_true (reads_as (with_tail (jpeg, trailer, sizeof trailer - 1), jpeg));
      g_assert_true (reads_as (with_tail (jpeg, preview, sizeof preview - 1), jpeg));
    }
}

/* Blocks that are more than the header's size asks for: the decoder ended early. */
static void
test_blocks_left_over (void)
{
  g_autoptr (GBytes) jpeg
      = jpeg_writer_encode_scene (&(JpegRecipe){ .width = 64, .height = 48 }, 3);
  gsize length, frame = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  GByteArray *lower = g_byte_array_new ();

  g_byte_array_append (lower, data, (guint) length);
  while (data[frame] != 0xff || data[frame + 1] != 0xc0)
    frame++;
  lower->data[frame + 6] = 40; /* the height in the start of frame */
  g_assert_false (reads_as (lower, jpeg));
}

static gboolean
is_restart (const guint8 *at)
{
  return at[0] == 0xff && at[1] >= 0xd0 && at[1] <= 0xd7;
}

/* Bytes put before restart markers: which, how many and what they are is the caller's choice. */
static GByteArray *
pad_restarts (GBytes *jpeg, guint first, guint step, guint n_bytes, guint varying,
              const guint8 *padding)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  GByteArray *padded = g_byte_array_new ();
  guint n_markers = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (i + 1 < length && is_restart (data + i))
        {
          if (n_markers >= first && (n_markers - first) % step == 0)
            g_byte_array_append (padded, padding + n_markers % 3,
                                 n_bytes + n_markers % (varying + 1));
          n_markers++;
        }
      g_byte_array_append (padded, data + i, 1);
    }
  g_assert_cmpuint (n_markers, >, 8);
  return padded;
}

/* Webcams write each frame so. */
static void
test_padded_restarts (void)
{
  static const guint8 zeros[32] = { 0 };
  static const guint8 others[] = "\x5a\x13\x77\xc4\x29\xe1\x08\x96\x3b\xd2\x4f\x61";
  const JpegRecipe recipes[] = {
    { .width = 96, .height = 160, .restart_rows = 1 },
    { .width = 93, .height = 151, .vertical_sampling = 2, .restart_rows = 1 },
    { .width = 96, .height = 160, .components = 1, .restart_rows = 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (&recipes[i], 3);
      g_autoptr (GBytes) progressive = NULL;
      JpegRecipe unread = recipes[i];

      for (guint n_bytes = 1; n_bytes <= 16; n_bytes *= 2)
        g_assert_true (reads_as (pad_restarts (jpeg, 0, 1, n_bytes, 0, zeros), jpeg));
      g_assert_true (reads_as (pad_restarts (jpeg, 0, 1, 2, 0, others), jpeg));
      g_assert_true (reads_as (pad_restarts (jpeg, 0, 1, 1, 5, others), jpeg));
      g_assert_true (reads_as (pad_restarts (jpeg, 0, 1, 0, 3, zeros), jpeg));
      /* Here and there it is no habit of the camera's; libjpeg does not report less. */
      g_assert_false (reads_as (pad_restarts (jpeg, 3, 1000, 9, 0, others), jpeg));
      g_assert_false (reads_as (pad_restarts (jpeg, 1, 4, 9, 0, others), jpeg));
      if (i == 0)
        {
          unread.progressive = TRUE;
          progressive = jpeg_writer_encode_scene (&unread, 3);
          g_assert_false (
              reads_as (pad_restarts (progressive, 0, 1, 2, 0, zeros), progressive));
        }
    }
}

/* Whether one interval of a padded photo, cut by its last bytes of data, is still seen. */
static void
test_damage_between_padding (void)
{
  static const guint8 zeros[32] = { 0 };
  g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (
      &(JpegRecipe){ .width = 96, .height = 160, .restart_rows = 1 }, 3);

  for (guint n_cut = 1; n_cut <= 10; n_cut++)
    {
      GByteArray *padded = pad_restarts (jpeg, 0, 1, 2, 0, zeros);
      guint n_markers = 0, i = 0;

      while (!is_restart (padded->data + i) || n_markers++ < 5)
        i++;
      g_byte_array_remove_range (padded, i - 2 - n_cut, n_cut);
      g_assert_false (reads_as (padded, jpeg));
    }
}

/* What libjpeg never asks about: the codes are followed to the same end in every sampling. */
static void
test_samplings (void)
{
  const guint sampling[][2] = { { 1, 1 }, { 2, 1 }, { 1, 2 }, { 2, 2 }, { 4, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sampling); i++)
    for (guint restart = 0; restart <= 1; restart++)
      {
        JpegRecipe recipe = { .width = 93,
                              .height = 71,
                              .horizontal_sampling = sampling[i][0],
                              .vertical_sampling = sampling[i][1],
                              .restart_rows = restart };
        g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (&recipe, 5);
        gsize length;
        const guint8 *data = g_bytes_get_data (jpeg, &length);

        g_assert_true (hotpix_jpeg_intervals_are_whole (data, length));
        for (gsize cut = 0; cut + 2 < length; cut++)
          g_assert_false (hotpix_jpeg_intervals_are_whole (data, cut));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jpeg-intervals/every-sampling-is-followed-to-its-end", test_samplings);
  g_test_add_func ("/jpeg-intervals/what-stands-for-the-end-marker-costs-nothing", test_tails);
  g_test_add_func ("/jpeg-intervals/blocks-left-over-are-damage", test_blocks_left_over);
  g_test_add_func ("/jpeg-intervals/padding-before-restart-markers-costs-nothing",
                   test_padded_restarts);
  g_test_add_func ("/jpeg-intervals/damage-between-padding-is-seen",
                   test_damage_between_padding);
  return g_test_run ();
}
