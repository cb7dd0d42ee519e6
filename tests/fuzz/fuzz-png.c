/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A PNG file, its checksums put right, so that what is broken gets behind them: it is refused, or read
 * twice with the same samples. */
#include "fuzz-target.h"
#include "photos/png-frame.h"
#include "png-writer.h"

#include <string.h>
#include <unistd.h>

#define SIGNATURE_BYTES 8
#define CHUNK_BYTES 12

/* A picture of another size is decoded too, up to so many bytes. */
#define MOST_BYTES (1 << 16)

static guint32
read_number (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
}

static void
correct_checksums (guint8 *file, gsize size)
{
  gsize at = SIGNATURE_BYTES;

  while (at + CHUNK_BYTES <= size && read_number (file + at) <= size - at - CHUNK_BYTES)
    {
      guint32 length = read_number (file + at);
      guint32 sum = GUINT32_TO_BE (png_writer_checksum (file + at + 4, length + 4));

      memcpy (file + at + 8 + length, &sum, sizeof sum);
      at += CHUNK_BYTES + length;
    }
}

static void
assert_refusal (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == HOTPIX_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

/* Whether all rows could be read. */
static gboolean
read_rows (HotpixFrame *frame, guint n_rows, guint8 *rows)
{
  gsize row_bytes = hotpix_shape_row_bytes (&frame->shape);
  g_autoptr (GError) error = NULL;
  gboolean success = TRUE;

  for (guint y = 0; success && y < frame->shape.height; y += n_rows)
    success = frame->frame_class->read (frame, MIN (n_rows, frame->shape.height - y),
                                        rows + y * row_bytes, &error);
  if (!success)
    assert_refusal (error);
  return success;
}

static void
check_frame (HotpixFrame *frame)
{
  gsize length = hotpix_shape_row_bytes (&frame->shape) * frame->shape.height;
  g_autofree guint8 *first = g_malloc (length), *second = g_malloc (length);
  g_autoptr (GError) error = NULL;
  gboolean is_whole;

  frame->wants_digest = TRUE;
  if (!frame->frame_class->open (frame, &error))
    {
      assert_refusal (error);
      return;
    }
  g_assert_nonnull (frame->digest);
  is_whole = read_rows (frame, frame->shape.height, first);
  g_assert_true (frame->frame_class->rewind (frame, NULL));
  g_assert_true (read_rows (frame, 1, second) == is_whole);
  if (is_whole)
    g_assert_cmpmem (first, length, second, length);
  frame->frame_class->close (frame);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree guint8 *file = g_memdup2 (data, size);
  g_autoptr (HotpixFrame) frame = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gchar *path = NULL;
  int descriptor;

  correct_checksums (file, size);
  path = fuzz_target_memory_file (file, size, &descriptor);
  frame = hotpix_png_frame_new (path, &error);
  if (frame == NULL)
    assert_refusal (error);
  else if (hotpix_shape_row_bytes (&frame->shape) <= MOST_BYTES / frame->shape.height)
    check_frame (frame);
  close (descriptor);
  return 0;
}

void
fuzz_target_make_seeds (FuzzSeed seed, gpointer user_data)
{
  static const struct
  {
    const gchar *name;
    PngRecipe recipe;
  } seeds[] = {
    { "rgb", { .width = 20, .height = 18 } },
    { "deep", { .width = 5, .height = 4, .bits = 16, .alpha = TRUE } },
    { "grey", { .width = 9, .height = 3, .grey = TRUE, .bits = 2 } },
    { "palette", { .width = 9, .height = 9, .colours = 5, .bits = 4, .alpha = TRUE } },
    { "interlaced", { .width = 9, .height = 9, .interlaced = TRUE } },
    { "interlaced-palette",
      { .width = 9, .height = 9, .colours = 9, .bits = 8, .interlaced = TRUE } },
  };
  static const gchar text[] = "Raw profile type exif\0\nexif\n 4\n49492a41\n";

  for (gsize i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autoptr (GBytes) png = png_writer_encode (&seeds[i].recipe, 7);
      g_autoptr (GBytes) more
          = png_writer_insert (png, "IDAT", FALSE, "tEXt", text, sizeof text - 1);

      seed (seeds[i].name, g_bytes_get_data (more, NULL), g_bytes_get_size (more), user_data);
    }
}
