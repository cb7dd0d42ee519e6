/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file among two good photos: whatever is in it, it is left out whole or counted as libjpeg
 * decodes it, and the good ones always count. */
#include "fuzz-target.h"
#include "jpeg-writer.h"
#include "photos/frame-makers.h"
#include "photos/jpeg-frame.h"
#include "photos/jpeg-intervals-private.h"
#include "photos/jpeg-reader-private.h"
#include "scan/scan.h"

#include <string.h>
#include <unistd.h>

/* As small as has two bands and two blocks in each direction: the smaller, the more are tried. */
#define WIDTH 20
#define HEIGHT 18
#define ROW_SAMPLES (3 * WIDTH)
#define SAMPLES (ROW_SAMPLES * HEIGHT)

/* A photo of another size is decoded too, up to so many samples. */
#define MOST_SAMPLES (1 << 16)

typedef struct
{
  guint64 sums[SAMPLES];
  guint64 squares[SAMPLES];
  gint32 steps[SAMPLES];
} Sums;

static gchar *good_paths[2];
static Sums good_sums;

static GBytes *
encode (JpegRecipe recipe, const gchar *serial, guint32 seed)
{
  g_autofree guint8 *exif = NULL;

  if (serial != NULL)
    exif = jpeg_writer_make_exif ("Maker", "Model", serial, &recipe.exif_length);
  recipe.exif = exif;
  return jpeg_writer_encode_scene (&recipe, seed);
}

static void
copy_sums (const HotpixAccumulator *accumulator, Sums *sums)
{
  for (guint y = 0; y < HEIGHT; y++)
    {
      gsize first = (gsize) y * ROW_SAMPLES;

      hotpix_accumulator_sum_row (accumulator, y, sums->sums + first, sums->squares + first);
      hotpix_accumulator_steps_row (accumulator, HOTPIX_LOOK_ALL, y, sums->steps + first);
    }
}

static HotpixAccumulator *
scan (HotpixFrameSet *set)
{
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (GError) error = NULL;
  HotpixAccumulator *accumulator;

  options.threads = 1;
  options.sums = HOTPIX_SUMS_EVIDENCE;
  accumulator = hotpix_scan (set, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  return accumulator;
}

static void
make_good_photos (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) jpeg
          = encode ((JpegRecipe){ .width = WIDTH, .height = HEIGHT }, "1", i + 1);
      int file;

      good_paths[i] = fuzz_target_memory_file (g_bytes_get_data (jpeg, NULL),
                                               g_bytes_get_size (jpeg), &file);
      hotpix_frame_makers_add_file (NULL, set, good_paths[i]);
    }
  accumulator = scan (set);
  copy_sums (accumulator, &good_sums);
}

/* All rows at once, unlike a scan. NULL where the photo is damaged. */
static guint8 *
decode (const uint8_t *data, size_t size, gsize most_samples)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (HotpixJpegReader) reader = hotpix_jpeg_reader_new_from_bytes (bytes, NULL);
  g_autofree guint8 *rows = NULL;
  const HotpixShape *shape;

  if (reader == NULL)
    return NULL;
  shape = hotpix_jpeg_reader_get_shape (reader);
  if (hotpix_shape_row_samples (shape) * shape->height > most_samples)
    return NULL;
  rows = g_malloc (hotpix_shape_row_samples (shape) * shape->height);
  return hotpix_jpeg_reader_read (reader, shape->height, rows, NULL) ? g_steal_pointer (&rows)
                                                                     : NULL;
}

/* The file is one of the accumulator's, which are then those of the good photos and its own. */
static void
check_counted (const Sums *sums, const uint8_t *data, size_t size)
{
  g_autofree guint8 *samples = decode (data, size, SAMPLES);

  g_assert_nonnull (samples);
  for (gsize i = 0; i < SAMPLES; i++)
    {
      g_assert_cmpuint (sums->sums[i] - good_sums.sums[i], ==, samples[i]);
      g_assert_cmpuint (sums->squares[i] - good_sums.squares[i], ==, samples[i] * samples[i]);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  g_autofree gchar *path = NULL;
  static Sums sums;
  int file;

  if (good_paths[0] == NULL)
    make_good_photos ();
  /* libjpeg's doubts seldom lead there. */
  (void) hotpix_jpeg_intervals_are_whole (data, size);
  path = fuzz_target_memory_file (data, size, &file);
  hotpix_frame_makers_add_file (NULL, set, good_paths[0]);
  hotpix_frame_makers_add_file (NULL, set, path);
  hotpix_frame_makers_add_file (NULL, set, good_paths[1]);
  accumulator = scan (set);
  close (file);

  g_assert_null (hotpix_frame_set_get_reason (set, 0));
  g_assert_null (hotpix_frame_set_get_reason (set, 2));
  copy_sums (accumulator, &sums);
  if (hotpix_frame_set_get_reason (set, 1) == NULL)
    check_counted (&sums, data, size);
  else
    {
      g_assert_cmpmem (&sums, sizeof sums, &good_sums, sizeof good_sums);
      g_free (decode (data, size, MOST_SAMPLES));
    }
  return 0;
}

void
fuzz_target_make_seeds (FuzzSeed seed, gpointer user_data)
{
  const struct
  {
    const gchar *name;
    JpegRecipe recipe;
    const gchar *serial;
  } seeds[] = {
    { "baseline", { .width = WIDTH, .height = HEIGHT }, "1" },
    { "another-body", { .width = WIDTH, .height = HEIGHT }, "2" },
    { "no-exif", { .width = WIDTH, .height = HEIGHT }, NULL },
    { "low-quality", { .width = WIDTH, .height = HEIGHT, .quality = 20 }, NULL },
    { "progressive", { .width = WIDTH, .height = HEIGHT, .progressive = TRUE }, NULL },
    { "restarts", { .width = WIDTH, .height = HEIGHT, .restart_rows = 1 }, NULL },
    { "420", { .width = WIDTH, .height = HEIGHT, .vertical_sampling = 2 }, NULL },
    { "411", { .width = WIDTH, .height = HEIGHT, .horizontal_sampling = 4 }, NULL },
    { "grey", { .width = WIDTH, .height = HEIGHT, .components = 1 }, NULL },
    { "cmyk", { .width = 8, .height = 8, .components = 4 }, NULL },
    { "one-pixel", { .width = 1, .height = 1 }, "1" },
    { "grey-progressive",
      { .width = 16, .height = 16, .components = 1, .progressive = TRUE },
      NULL },
    { "arithmetic",
      { .width = WIDTH, .height = HEIGHT, .arithmetic = jpeg_writer_has_arithmetic () },
      NULL },
    { "arithmetic-progressive",
      { .width = WIDTH,
        .height = HEIGHT,
        .arithmetic = jpeg_writer_has_arithmetic (),
        .progressive = TRUE },
      NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autoptr (GBytes) jpeg = encode (seeds[i].recipe, seeds[i].serial, 7);

      seed (seeds[i].name, g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg), user_data);
    }
}
