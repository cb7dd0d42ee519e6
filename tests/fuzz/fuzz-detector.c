/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sums of frames of any samples: the defects are inside the picture, above the threshold,
 * once each and in order, and a list says it. */
#include "defects/defect-list.h"
#include "detect/detector.h"
#include "detect/variance-summary.h"
#include "fuzz-target.h"
#include "sums/sum-kernel-private.h"

#include <math.h>
#include <string.h>

#define HEADER_BYTES 6
/* Of pixels in a picture, up to so many columns or rows: the fewer, the more are tried. */
#define MOST_PIXELS 800
#define MOST_LENGTH 100
#define MOST_SAMPLES (MOST_PIXELS * 3)

/* Frame by frame the samples are the input's bytes, from another place on in each. */
static HotpixAccumulator *
accumulate (const HotpixShape *shape, guint n_frames, guint shift, const uint8_t *data,
            size_t size)
{
  HotpixAccumulator *accumulator
      = hotpix_accumulator_new (shape, HOTPIX_SUMS_EVIDENCE, n_frames, NULL);
  gsize n = hotpix_shape_row_samples (shape) * shape->height;
  static guint8 samples[MOST_SAMPLES];
  static guint16 wide[MOST_SAMPLES];
  static gint8 scratch[MOST_SAMPLES];

  for (guint k = 0; k < n_frames; k++)
    {
      gconstpointer frame = shape->bits == 8 ? (gconstpointer) samples : wide;

      for (gsize i = 0; i < n; i++)
        samples[i] = data[(i + (gsize) k * shift) % size];
      hotpix_sum_kernel_widen (wide, samples, 257, n);
      hotpix_accumulator_add_rows (accumulator, 0, shape->height, &frame, 1);
      hotpix_accumulator_add_evidence (accumulator, 0, shape->height, &frame, 0, 1, 0, scratch);
    }
  hotpix_accumulator_count_frames (accumulator, n_frames, 0);
  return accumulator;
}

static void
check_defect (const HotpixDefects *defects, guint i)
{
  const HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, i);

  g_assert_cmpuint (defect->x, <, defects->shape.width);
  g_assert_cmpuint (defect->y, <, defects->shape.height);
  g_assert_cmpuint (defect->channel, <, defects->shape.channels);
  g_assert_true (isfinite (defect->score) && defect->score >= defects->threshold);
  g_assert_true (defect->mean >= 0 && defect->mean <= 1);
  g_assert_true (defect->around >= 0 && defect->around <= 1);
  g_assert_true (defect->variance >= 0 && defect->variance <= 0.25);
  for (guint k = 0; k < i; k++)
    {
      const HotpixDefect *before = &g_array_index (defects->list, HotpixDefect, k);

      g_assert_true (before->score >= defect->score);
      g_assert_true (before->x != defect->x || before->y != defect->y);
    }
}

static void
check_format (const HotpixDefects *defects, HotpixListFormat format, gint offset)
{
  g_autofree gchar *text
      = hotpix_defect_list_format (defects, format, "a \"camera\"", offset, -offset);

  g_assert_true (g_str_has_suffix (text, "\n"));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  g_autoptr (HotpixDefects) defects = NULL;
  HotpixVarianceSummary summary;
  HotpixShape shape;
  gdouble threshold;
  guint width;

  if (size <= HEADER_BYTES)
    return 0;
  width = 1 + data[0] % MOST_LENGTH;
  shape = (HotpixShape){ width, 1 + data[1] % MIN (MOST_LENGTH, MOST_PIXELS / width),
                         data[2] % 2 == 0 ? 1 : 3, data[2] & 0x80 ? 16 : 8 };
  threshold = CLAMP (data[4] / 64.0, HOTPIX_LEAST_THRESHOLD, HOTPIX_MOST_THRESHOLD);
  accumulator
      = accumulate (&shape, 2 + data[3] % 5, data[5], data + HEADER_BYTES, size - HEADER_BYTES);
  defects = hotpix_detect (accumulator, threshold, HOTPIX_ALL_KINDS, 1, NULL);
  g_assert_nonnull (defects);
  g_assert_true (hotpix_variance_summary_init (&summary, accumulator, 1, NULL));
  g_assert_true (summary.minimum.variance >= 0
                 && summary.minimum.variance <= summary.maximum.variance
                 && summary.maximum.variance <= 0.25);
  for (guint i = 0; i < defects->list->len; i++)
    check_defect (defects, i);
  check_format (defects, (HotpixListFormat) (data[5] % (HOTPIX_LIST_JPEGPIXI + 1)),
                (gint) data[5] - 100);
  return 0;
}

void
fuzz_target_make_seeds (FuzzSeed seed, gpointer user_data)
{
  const guint8 headers[][HEADER_BYTES] = {
    { 70, 15, 2, 4, 16, 0 },    { 63, 17, 0, 4, 30, 7 },  { 29, 39, 0x82, 2, 20, 3 },
    { 4, 4, 3, 3, 0, 1 },       { 3, 90, 2, 2, 255, 5 },  { 80, 13, 0x80, 0, 64, 200 },
    { 30, 30, 0x83, 1, 16, 0 }, { 20, 20, 2, 3, 16, 60 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (i);
      g_autofree gchar *name = g_strdup_printf ("sums-%u", i);
      guint8 input[HEADER_BYTES + 600];

      memcpy (input, headers[i], HEADER_BYTES);
      for (guint k = HEADER_BYTES; k < sizeof input; k++)
        input[k] = (guint8) (100 + g_rand_int_range (random, -9, 10)
                             + (g_rand_int_range (random, 0, 300) == 0 ? 120 : 0));
      seed (name, input, sizeof input, user_data);
    }
}
