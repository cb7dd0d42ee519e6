/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made-up-set.h"
#include "sums/sum-kernel-private.h"

#include <math.h>

#define N_WAVES 6

typedef struct
{
  gdouble x, y, phase, height;
} Wave;

static void
draw_frame (guint8 *samples, const HotpixShape *shape, guint number)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number + 1);
  Wave waves[N_WAVES];

  for (guint i = 0; i < N_WAVES; i++)
    {
      gdouble direction = g_rand_double_range (random, 0, 2 * G_PI);
      gdouble length = g_rand_double_range (random, 8, 300);

      waves[i]
          = (Wave){ 2 * G_PI * cos (direction) / length, 2 * G_PI * sin (direction) / length,
                    g_rand_double_range (random, 0, 2 * G_PI),
                    g_rand_double_range (random, 3, 18) };
    }
  for (guint y = 0; y < shape->height; y++)
    for (guint x = 0; x < shape->width; x++)
      {
        gdouble light = 110;

        for (guint i = 0; i < N_WAVES; i++)
          light += waves[i].height * sin (waves[i].x * x + waves[i].y * y + waves[i].phase);
        for (guint channel = 0; channel < shape->channels; channel++)
          *samples++ = (guint8) CLAMP (light + g_rand_double_range (random, -4, 4), 0, 255);
      }
}

HotpixAccumulator *
made_up_set_accumulate (const HotpixShape *shape, guint n_frames, ChangeFrame change,
                        gconstpointer data)
{
  return made_up_set_accumulate_long (shape, n_frames, 0, change, data);
}

HotpixAccumulator *
made_up_set_accumulate_long (const HotpixShape *shape, guint n_frames, guint n_long,
                             ChangeFrame change, gconstpointer data)
{
  gsize n = hotpix_shape_row_samples (shape) * shape->height;
  g_autofree guint8 *samples = g_malloc (n);
  g_autofree guint16 *wide = g_new (guint16, n);
  g_autofree gint8 *scratch = g_new (gint8, hotpix_shape_row_samples (shape));
  HotpixAccumulator *accumulator = hotpix_accumulator_new (
      shape, n_long > 0 ? HOTPIX_SUMS_LONG_EVIDENCE : HOTPIX_SUMS_EVIDENCE, n_frames, NULL);

  for (guint number = 0; number < n_frames; number++)
    {
      gconstpointer frame = shape->bits == 8 ? (gconstpointer) samples : wide;

      draw_frame (samples, shape, number);
      if (change != NULL)
        change (samples, shape, number, data);
      hotpix_sum_kernel_widen (wide, samples, 257, n);
      hotpix_accumulator_add_rows (accumulator, 0, shape->height, &frame, 1);
      hotpix_accumulator_add_evidence (accumulator, 0, shape->height, &frame, 0, 1,
                                       number < n_long, scratch);
    }
  hotpix_accumulator_count_frames (accumulator, n_frames, n_long);
  return accumulator;
}
