/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "png-writer.h"

#include <png.h>
#include <string.h>

#define SIGNATURE_BYTES 8
#define CRC_POLYNOMIAL 0xedb88320u

static guint
bits_of (const PngRecipe *recipe)
{
  return recipe->bits != 0 ? recipe->bits : 8;
}

/* Samples of a pixel as they are stored. */
static guint
count_channels (const PngRecipe *recipe)
{
  return recipe->colours > 0 ? 1 : (recipe->grey ? 1 : 3) + recipe->alpha;
}

/* All samples as they are stored, one each 16 bits. */
static guint16 *
make_samples (const PngRecipe *recipe, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  gsize n = (gsize) recipe->width * recipe->height * count_channels (recipe);
  guint16 *samples = g_new (guint16, n);
  gint end = recipe->colours > 0 ? (gint) recipe->colours : 1 << bits_of (recipe);

  for (gsize i = 0; i < n; i++)
    samples[i] = (guint16) g_rand_int_range (random, 0, end);
  return samples;
}

static png_color
make_colour (guint number)
{
  return (png_color){ (guint8) (11 + 29 * number), (guint8) (200 - 7 * number),
                      (guint8) (101 * number) };
}

static void
append (png_structp encoder, png_bytep data, gsize length)
{
  g_byte_array_append (png_get_io_ptr (encoder), data, (guint) length);
}

static void
flush (png_structp encoder)
{
  (void) encoder;
}

static void
set_palette (png_structp encoder, png_infop info, const PngRecipe *recipe)
{
  png_color palette[256];
  guint8 alpha[128];
  guint n_alpha = (recipe->colours + 1) / 2;

  for (guint i = 0; i < recipe->colours; i++)
    palette[i] = make_colour (i);
  png_set_PLTE (encoder, info, palette, (gint) recipe->colours);
  for (guint i = 0; i < n_alpha; i++)
    alpha[i] = (guint8) (90 * i);
  if (recipe->alpha)
    png_set_tRNS (encoder, info, alpha, (gint) n_alpha, NULL);
}

static void
write_rows (png_structp encoder, const PngRecipe *recipe, const guint16 *samples)
{
  gsize n = (gsize) recipe->width * count_channels (recipe);
  g_autofree guint8 *row = g_malloc (2 * n);
  gint n_passes = png_set_interlace_handling (encoder);

  for (gint pass = 0; pass < n_passes; pass++)
    for (guint y = 0; y < recipe->height; y++)
      {
        for (gsize i = 0; i < n; i++)
          if (bits_of (recipe) == 16)
            {
              row[2 * i] = (guint8) (samples[y * n + i] >> 8);
              row[2 * i + 1] = (guint8) samples[y * n + i];
            }
          else
            row[i] = (guint8) samples[y * n + i];
        png_write_row (encoder, row);
      }
}

GBytes *
png_writer_encode (const PngRecipe *recipe, guint32 seed)
{
  g_autofree guint16 *samples = make_samples (recipe, seed);
  GByteArray *file = g_byte_array_new ();
  png_structp encoder = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (encoder);
  gint type = recipe->colours > 0 ? PNG_COLOR_TYPE_PALETTE
                                  : (recipe->grey ? 0 : PNG_COLOR_MASK_COLOR)
                                        | (recipe->alpha ? PNG_COLOR_MASK_ALPHA : 0);

  png_set_write_fn (encoder, file, append, flush);
  png_set_IHDR (encoder, info, recipe->width, recipe->height, (gint) bits_of (recipe), type,
                recipe->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
  if (recipe->colours > 0)
    set_palette (encoder, info, recipe);
  png_write_info (encoder, info);
  png_set_packing (encoder);
  write_rows (encoder, recipe, samples);
  png_write_end (encoder, info);
  png_destroy_write_struct (&encoder, &info);
  return g_byte_array_free_to_bytes (file);
}

gpointer
png_writer_expect (const PngRecipe *recipe, guint32 seed, gsize *length)
{
  g_autofree guint16 *samples = make_samples (recipe, seed);
  guint stored = count_channels (recipe), bits = bits_of (recipe);
  guint channels = recipe->grey && recipe->colours == 0 ? 1 : 3;
  gsize n_pixels = (gsize) recipe->width * recipe->height, n = n_pixels * channels;
  guint16 *expected = g_new (guint16, n);

  for (gsize i = 0; i < n_pixels; i++)
    for (guint channel = 0; channel < channels; channel++)
      {
        guint sample = samples[i * stored + (recipe->colours > 0 ? 0 : channel)];
        png_color colour = make_colour (sample);
        const guint8 parts[] = { colour.red, colour.green, colour.blue };

        expected[i * channels + channel]
            = (guint16) (recipe->colours > 0 ? parts[channel]
                         : bits < 8          ? sample * 255 / ((1u << bits) - 1)
                                             : sample);
      }
  *length = n * (bits == 16 ? 2 : 1);
  for (gsize i = 0; bits != 16 && i < n; i++)
    ((guint8 *) expected)[i] = (guint8) expected[i];
  return expected;
}

/* As PNG's standard defines it, without a table. */
guint32
png_writer_checksum (const guint8 *data, gsize length)
{
  guint32 rest = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      rest ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        rest = rest & 1 ? rest >> 1 ^ CRC_POLYNOMIAL : rest >> 1;
    }
  return ~rest;
}

static gsize
data_length (const guint8 *chunk)
{
  return (gsize) chunk[0] << 24 | chunk[1] << 16 | chunk[2] << 8 | chunk[3];
}

gsize
png_writer_find (GBytes *png, const gchar *type, gsize *length)
{
  gsize size;
  const guint8 *file = g_bytes_get_data (png, &size);

  for (gsize at = SIGNATURE_BYTES; at + 12 <= size; at += 12 + data_length (file + at))
    if (memcmp (file + at + 4, type, 4) == 0)
      {
        *length = data_length (file + at);
        return at + 8;
      }
  g_assert_not_reached ();
}

static void
append_number (GByteArray *file, guint32 number)
{
  guint32 bytes = GUINT32_TO_BE (number);

  g_byte_array_append (file, (const guint8 *) &bytes, sizeof bytes);
}

GBytes *
png_writer_insert (GBytes *png, const gchar *neighbour, gboolean after, const gchar *type,
                   gconstpointer data, gsize length)
{
  gsize size, neighbour_length, at = png_writer_find (png, neighbour, &neighbour_length);
  const guint8 *file = g_bytes_get_data (png, &size);
  GByteArray *longer = g_byte_array_new ();

  at = after ? at + neighbour_length + 4 : at - 8;
  g_byte_array_append (longer, file, (guint) at);
  append_number (longer, (guint32) length);
  g_byte_array_append (longer, (const guint8 *) type, 4);
  g_byte_array_append (longer, data, (guint) length);
  append_number (longer, png_writer_checksum (longer->data + at + 4, length + 4));
  g_byte_array_append (longer, file + at, (guint) (size - at));
  return g_byte_array_free_to_bytes (longer);
}
