/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "photos/png-reader-private.h"
#include "photos/profile-text-private.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

/* Inflating, and rows as they are stored. */
#define DECODER_BYTES ((gsize) 64 << 10)
#define DECODER_ROWS 3

#define COMPLAINT_BYTES 200

/* Everything that decoding owns lives here and nowhere on the stack, for libpng is left by
 * longjmp: the function that called setjmp returns, and the reader is freed by its owner. */
struct HotpixPngReader
{
  png_structp decoder;
  png_infop info;
  jmp_buf leave;
  GBytes *bytes;
  gsize at; /* of the next byte that libpng reads */
  HotpixBufferPool *pool;
  guint8 *picture; /* from the pool; of an interlaced image, once it is decoded */
  gsize row_bytes; /* of a row of the picture, of indices where there is a palette */
  HotpixShape shape;
  png_colorp palette; /* borrowed of `info`; NULL where there is none */
  gint n_colours;
  gboolean is_interlaced;
  guint next_row;
  gboolean lacks_memory;
  gchar complaint[COMPLAINT_BYTES]; /* what is wrong; empty while all is well */
};

G_NORETURN static void
leave_with_words (HotpixPngReader *reader, const gchar *words)
{
  g_strlcpy (reader->complaint, words, sizeof reader->complaint);
  longjmp (reader->leave, 1);
}

/* libpng's own messages are English, and mostly of use to those who know PNG: they are quoted. */
G_NORETURN static void
leave_on_error (png_structp decoder, png_const_charp words)
{
  HotpixPngReader *reader = png_get_error_ptr (decoder);
  gchar text[COMPLAINT_BYTES];

  g_snprintf (text, sizeof text, "libpng: %s", words);
  leave_with_words (reader, text);
}

/* Of warnings none is about the image's data. */
static void
ignore_warning (png_structp decoder, png_const_charp words)
{
  (void) decoder;
  (void) words;
}

static png_voidp
allocate (png_structp decoder, png_alloc_size_t n_bytes)
{
  HotpixPngReader *reader = png_get_mem_ptr (decoder);
  gpointer memory = g_try_malloc (n_bytes);

  if (memory == NULL)
    reader->lacks_memory = TRUE;
  return memory;
}

static void
release (png_structp decoder, png_voidp memory)
{
  (void) decoder;
  g_free (memory);
}

static void
fill (png_structp decoder, png_bytep data, gsize n_bytes)
{
  HotpixPngReader *reader = png_get_io_ptr (decoder);
  gsize length;
  const guint8 *file = g_bytes_get_data (reader->bytes, &length);

  if (n_bytes > length - reader->at)
    leave_with_words (reader, _ ("the file ends too early"));
  memcpy (data, file + reader->at, n_bytes);
  reader->at += n_bytes;
}

/* After libpng was left by longjmp. */
static void
set_decoding_error (const HotpixPngReader *reader, GError **error)
{
  if (reader->lacks_memory)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                 _ ("needs more memory to decode its %u x %u pixels than is free"),
                 reader->shape.width, reader->shape.height);
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED, _ ("is damaged or cut short (%s)"),
                 reader->complaint);
}

/* Palettes are applied here: libpng would pass over an index that is in none. */
static void
choose_output (HotpixPngReader *reader)
{
  png_structp decoder = reader->decoder;
  guint8 colour_type = png_get_color_type (decoder, reader->info);
  guint8 bits = png_get_bit_depth (decoder, reader->info);

  reader->shape = (HotpixShape){ .width = png_get_image_width (decoder, reader->info),
                                 .height = png_get_image_height (decoder, reader->info),
                                 .channels = colour_type & PNG_COLOR_MASK_COLOR ? 3 : 1,
                                 .bits = bits == 16 ? 16 : 8 };
  if (colour_type == PNG_COLOR_TYPE_PALETTE)
    {
      (void) png_get_PLTE (decoder, reader->info, &reader->palette, &reader->n_colours);
      png_set_packing (decoder);
    }
  else if (bits < 8)
    png_set_expand_gray_1_2_4_to_8 (decoder);
  png_set_strip_alpha (decoder);
  if (bits == 16 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
    png_set_swap (decoder);
  reader->is_interlaced = png_get_interlace_type (decoder, reader->info) != PNG_INTERLACE_NONE;
}

static gboolean
read_header (HotpixPngReader *reader, GError **error)
{
  if (setjmp (reader->leave) != 0)
    {
      set_decoding_error (reader, error);
      return FALSE;
    }
  reader->decoder = png_create_read_struct_2 (PNG_LIBPNG_VER_STRING, reader, leave_on_error,
                                              ignore_warning, reader, allocate, release);
  if (reader->decoder != NULL)
    reader->info = png_create_info_struct (reader->decoder);
  if (reader->info == NULL)
    {
      reader->lacks_memory = TRUE;
      leave_with_words (reader, "");
    }
  /* Whether there is memory for so many pixels is asked elsewhere. */
  png_set_user_limits (reader->decoder, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_read_fn (reader->decoder, reader, fill);
  png_read_info (reader->decoder, reader->info);
  choose_output (reader);
  return TRUE;
}

HotpixPngReader *
hotpix_png_reader_new (GBytes *bytes, HotpixBufferPool *pool, GError **error)
{
  g_autoptr (HotpixPngReader) reader = g_new0 (HotpixPngReader, 1);

  reader->bytes = g_bytes_ref (bytes);
  reader->pool = pool;
  return read_header (reader, error) ? g_steal_pointer (&reader) : NULL;
}

void
hotpix_png_reader_free (HotpixPngReader *reader)
{
  if (reader == NULL)
    return;
  png_destroy_read_struct (&reader->decoder, &reader->info, NULL);
  hotpix_buffer_pool_give_back (reader->pool, reader->picture);
  g_bytes_unref (reader->bytes);
  g_free (reader);
}

const HotpixShape *
hotpix_png_reader_get_shape (const HotpixPngReader *reader)
{
  return &reader->shape;
}

/* A row as it is stored, with what tells its filter. */
static gsize
stored_row_bytes (const HotpixPngReader *reader)
{
  gsize bits = (gsize) png_get_bit_depth (reader->decoder, reader->info)
               * png_get_channels (reader->decoder, reader->info);

  return 1 + (reader->shape.width * bits + 7) / 8;
}

gsize
hotpix_png_reader_get_stored_bytes (const HotpixPngReader *reader)
{
  gsize bytes;

  return g_size_checked_mul (&bytes, stored_row_bytes (reader), reader->shape.height)
             ? bytes
             : G_MAXSIZE;
}

gsize
hotpix_png_reader_get_working_bytes (const HotpixPngReader *reader)
{
  gsize bytes = DECODER_BYTES + DECODER_ROWS * stored_row_bytes (reader), picture;

  if (!reader->is_interlaced)
    return bytes;
  return g_size_checked_mul (&picture, hotpix_shape_row_bytes (&reader->shape),
                             reader->shape.height)
                 && g_size_checked_add (&bytes, bytes, picture)
             ? bytes
             : G_MAXSIZE;
}

GBytes *
hotpix_png_reader_get_exif (const HotpixPngReader *reader)
{
  png_uint_32 length;
  png_bytep exif;
  png_textp texts;
  gint n_texts = 0;

  if (png_get_eXIf_1 (reader->decoder, reader->info, &length, &exif) != 0 && length > 0)
    return g_bytes_new (exif, length);
  (void) png_get_text (reader->decoder, reader->info, &texts, &n_texts);
  for (gint i = 0; i < n_texts; i++)
    {
      GBytes *profile = NULL;

      if (strcmp (texts[i].key, "Raw profile type exif") == 0
          || strcmp (texts[i].key, "Raw profile type APP1") == 0)
        profile = hotpix_profile_text_decode (texts[i].text);
      if (profile != NULL)
        return profile;
    }
  return NULL;
}

/* Row of indices at its end -> row of colours, in the same place. Leaves by longjmp. */
static void
apply_palette (HotpixPngReader *reader, guint8 *row)
{
  gsize width = reader->shape.width;
  const guint8 *indices = row + 2 * width;

  for (gsize x = 0; x < width; x++)
    {
      guint8 index = indices[x];

      if (index >= reader->n_colours)
        leave_with_words (reader, _ ("a pixel is of no colour of its palette"));
      row[3 * x] = reader->palette[index].red;
      row[3 * x + 1] = reader->palette[index].green;
      row[3 * x + 2] = reader->palette[index].blue;
    }
}

/* Leaves by longjmp. */
static void
start (HotpixPngReader *reader)
{
  gint n_passes = png_set_interlace_handling (reader->decoder);
  guint height = reader->shape.height;
  gsize n_bytes;

  png_read_update_info (reader->decoder, reader->info);
  reader->row_bytes = png_get_rowbytes (reader->decoder, reader->info);
  if (!reader->is_interlaced)
    return;
  if (g_size_checked_mul (&n_bytes, reader->row_bytes, height))
    reader->picture = hotpix_buffer_pool_take (reader->pool, n_bytes);
  if (reader->picture == NULL)
    {
      reader->lacks_memory = TRUE;
      leave_with_words (reader, "");
    }
  for (gint pass = 0; pass < n_passes; pass++)
    for (guint y = 0; y < height; y++)
      png_read_row (reader->decoder, reader->picture + y * reader->row_bytes, NULL);
}

/* row: nullable, for one that nobody wants. Leaves by longjmp. */
static void
decode_row (HotpixPngReader *reader, guint8 *row)
{
  /* Behind the place of the colours that are made of them. */
  gsize before = hotpix_shape_row_bytes (&reader->shape) - reader->row_bytes;

  if (reader->picture == NULL)
    png_read_row (reader->decoder, row != NULL ? row + before : NULL, NULL);
  else if (row != NULL)
    memcpy (row + before, reader->picture + reader->next_row * reader->row_bytes,
            reader->row_bytes);
  if (reader->palette != NULL && row != NULL)
    apply_palette (reader, row);
  reader->next_row++;
}

/* Leaves by longjmp. */
static void
decode_rows (HotpixPngReader *reader, guint n_rows, guint8 *rows)
{
  gsize row_bytes = hotpix_shape_row_bytes (&reader->shape);

  if (reader->next_row == 0)
    start (reader);
  for (guint i = 0; i < n_rows; i++)
    decode_row (reader, rows != NULL ? rows + i * row_bytes : NULL);
  if (reader->next_row == reader->shape.height)
    png_read_end (reader->decoder, NULL);
}

gboolean
hotpix_png_reader_read (HotpixPngReader *reader, guint n_rows, gpointer rows, GError **error)
{
  if (setjmp (reader->leave) == 0)
    {
      decode_rows (reader, n_rows, rows);
      return TRUE;
    }
  set_decoding_error (reader, error);
  return FALSE;
}
