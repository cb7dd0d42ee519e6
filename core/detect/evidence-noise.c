/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/row-parts-private.h"
#include "detect/detection-memory-private.h"
#include "detect/evidence-noise-private.h"
#include "detect/row-kernel-private.h"
#include "sums/evidence-kernel-private.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 32

/* Blocks divide a row or column evenly, so none is larger than this. */
#define MOST_BLOCK_SIZE (2 * BLOCK_SIZE)
#define MOST_BLOCK_SAMPLES (MOST_BLOCK_SIZE * 4)

/* The 99 % quantile of |x| for a normal x of standard deviation 1. */
#define NORMAL_QUANTILE 2.576

/* Added to all noise: evidence comes in whole steps, and few frames have few of them. */
#define NOISE_FLOOR 0.1

struct HotpixEvidenceNoise
{
  HotpixShape shape;
  HotpixLook look;
  guint columns; /* of blocks */
  guint rows;
  gfloat *blocks;    /* rows x columns x channels */
  gdouble median[4]; /* by channel */
  gfloat *across; /* a row of samples for each row of blocks: interpolated from left to right */
};

/* Blocks in a length of pixels. */
static guint
count_blocks (guint length)
{
  return MAX (1, (length + BLOCK_SIZE / 2) / BLOCK_SIZE);
}

/* The first pixel of a block. */
static guint
block_start (guint block, guint n_blocks, guint length)
{
  return (guint) ((guint64) block * length / n_blocks);
}

/* The samples of a block: some columns of some rows. */
typedef struct
{
  const gint32 *steps; /* the first of them */
  gsize stride;        /* samples from row to row of the picture */
  guint n_rows;
  guint n_columns;
  guint channels;
} Block;

/* For each channel, how many of the block's |steps| are above the channel's limit. */
static void
count_above (const Block *block, const gint32 *limits, guint *n_above)
{
  guint n = block->n_columns * block->channels;
  gint32 all_limits[MOST_BLOCK_SAMPLES];
  guint32 counts[MOST_BLOCK_SAMPLES];

  for (guint i = 0; i < n;)
    for (guint channel = 0; channel < block->channels; channel++)
      all_limits[i++] = limits[channel];
  memset (counts, 0, n * sizeof *counts);
  for (guint y = 0; y < block->n_rows; y++)
    hotpix_row_kernel_count_above (counts, block->steps + y * block->stride, all_limits, n);
  for (guint channel = 0; channel < block->channels; channel++)
    n_above[channel] = 0;
  for (guint i = 0; i < n;)
    for (guint channel = 0; channel < block->channels; channel++)
      n_above[channel] += counts[i++];
}

/* The search for one channel's quantile: the lowest limit with fewer |steps| above it than wanted. */
typedef struct
{
  gint32 low, high; /* the quantile is one of these, or between them */
  gint32 limit;     /* to try next */
  gint32 stride;    /* to the next limit, while all tries have fallen on the same side */
} Search;

static void
narrow (Search *search, gboolean few_above, gint32 most)
{
  if (few_above)
    search->high = search->limit;
  else
    search->low = search->limit + 1;

  if (search->high == most)
    search->limit = search->low + search->stride;
  else if (search->low == 0)
    search->limit = search->high - search->stride;
  else
    search->limit = search->low + (search->high - search->low) / 2;
  search->limit = CLAMP (search->limit, search->low, MAX (search->low, search->high - 1));
  search->stride = MIN (2 * search->stride, most);
}

/* The n_wanted-th largest |steps| of each channel, by counting those above a limit, for all channels at
 * once and without a branch on a sample.
 * most: no |steps| is above this. quantiles: in, where to begin; out. */
static void
find_quantiles (const Block *block, guint n_wanted, gint32 most, gint32 *quantiles)
{
  Search searches[4];
  gboolean is_found = FALSE;

  for (guint channel = 0; channel < block->channels; channel++)
    searches[channel] = (Search){ .high = most,
                                  .limit = quantiles[channel],
                                  .stride = quantiles[channel] / 8 + 1 };
  while (!is_found)
    {
      gint32 limits[4];
      guint n_above[4];

      for (guint channel = 0; channel < block->channels; channel++)
        limits[channel] = searches[channel].limit;
      count_above (block, limits, n_above);
      is_found = TRUE;
      for (guint channel = 0; channel < block->channels; channel++)
        {
          Search *search = &searches[channel];

          if (search->low < search->high)
            narrow (search, n_above[channel] < n_wanted, most);
          is_found &= search->low == search->high;
        }
    }
  for (guint channel = 0; channel < block->channels; channel++)
    quantiles[channel] = searches[channel].high;
}

/* The quantiles of one row of blocks, from the steps of its n_rows rows. */
static void
measure_blocks (HotpixEvidenceNoise *self, guint block_row, const gint32 *steps, guint n_rows,
                const HotpixAccumulator *accumulator)
{
  guint channels = self->shape.channels;
  gdouble unit = 1 / hotpix_accumulator_steps_of_evidence (accumulator, self->look);
  guint n_frames = hotpix_accumulator_get_evidence_frames (accumulator, self->look);
  gint32 most = (gint32) (HOTPIX_EVIDENCE_MAX_STEPS * n_frames);
  gint32 quantiles[4] = { 0 };
  Block block = { .stride = hotpix_shape_row_samples (&self->shape),
                  .n_rows = n_rows,
                  .channels = channels };

  for (guint column = 0; column < self->columns; column++)
    {
      guint first = block_start (column, self->columns, self->shape.width);
      gfloat *values = self->blocks + ((gsize) block_row * self->columns + column) * channels;

      block.steps = steps + (gsize) first * channels;
      block.n_columns = block_start (column + 1, self->columns, self->shape.width) - first;
      /* Begins at those of the previous block. */
      find_quantiles (&block, block.n_columns * n_rows / 100 + 1, most, quantiles);
      for (guint channel = 0; channel < channels; channel++)
        values[channel] = (gfloat) (quantiles[channel] * unit / NORMAL_QUANTILE + NOISE_FLOOR);
    }
}

static int
compare_floats (const void *a, const void *b)
{
  return (*(const gfloat *) a > *(const gfloat *) b)
         - (*(const gfloat *) a < *(const gfloat *) b);
}

/* scratch: room for one value a block. */
static void
find_medians (HotpixEvidenceNoise *self, gfloat *scratch)
{
  gsize n = (gsize) self->rows * self->columns;
  guint channels = self->shape.channels;

  for (guint channel = 0; channel < channels; channel++)
    {
      for (gsize i = 0; i < n; i++)
        scratch[i] = self->blocks[i * channels + channel];
      qsort (scratch, n, sizeof *scratch, compare_floats);
      self->median[channel] = scratch[n / 2];
    }
}

/* Where a pixel stands between the centres of two blocks: the first of them, and the second's
 * share. */
static guint
between_blocks (guint pixel, guint n_blocks, guint length, gfloat *share)
{
  gdouble place = (pixel + 0.5) * n_blocks / length - 0.5;
  guint block;

  place = CLAMP (place, 0, n_blocks - 1);
  block = MIN ((guint) place, n_blocks > 1 ? n_blocks - 2 : 0);
  *share = (gfloat) (place - block);
  return block;
}

/* One row of blocks, from left to right between their centres. */
static void
interpolate_across (HotpixEvidenceNoise *self, guint block_row)
{
  guint channels = self->shape.channels;
  gsize next = self->columns > 1 ? channels : 0;
  const gfloat *blocks = self->blocks + (gsize) block_row * self->columns * channels;
  gfloat *values = self->across + block_row * hotpix_shape_row_samples (&self->shape);

  for (guint x = 0; x < self->shape.width; x++)
    {
      gfloat right;
      const gfloat *block
          = blocks
            + (gsize) channels * between_blocks (x, self->columns, self->shape.width, &right);

      for (guint channel = 0; channel < channels; channel++)
        {
          gfloat least = (gfloat) self->median[channel];
          gfloat a = MAX (block[channel], least), b = MAX (block[next + channel], least);

          *values++ = a + (b - a) * right;
        }
    }
}

/* Shared by the parts of the work. */
typedef struct
{
  HotpixEvidenceNoise *noise;
  const HotpixAccumulator *accumulator;
} Work;

/* Of rows of blocks. */
static gboolean
measure_part (guint part, guint first_row, guint end_row, gpointer user_data)
{
  const Work *work = user_data;
  HotpixEvidenceNoise *noise = work->noise;
  gsize stride = hotpix_shape_row_samples (&noise->shape);
  guint most_rows = (noise->shape.height - 1) / noise->rows + 1;
  g_autofree gint32 *steps = g_try_new (gint32, stride * most_rows);

  if (steps == NULL)
    return FALSE;
  for (guint row = first_row; row < end_row; row++)
    {
      guint first = block_start (row, noise->rows, noise->shape.height);
      guint end = block_start (row + 1, noise->rows, noise->shape.height);

      for (guint y = first; y < end; y++)
        hotpix_accumulator_steps_row (work->accumulator, noise->look, y,
                                      steps + (y - first) * stride);
      measure_blocks (noise, row, steps, end - first, work->accumulator);
    }
  return TRUE;
}

static gboolean
interpolate_part (guint part, guint first_row, guint end_row, gpointer user_data)
{
  const Work *work = user_data;

  for (guint row = first_row; row < end_row; row++)
    interpolate_across (work->noise, row);
  return TRUE;
}

static gboolean
measure (HotpixEvidenceNoise *self, const HotpixAccumulator *accumulator, guint n_threads)
{
  Work work = { self, accumulator };
  guint n_parts = hotpix_row_parts_count (self->rows, n_threads);
  gsize n_blocks = (gsize) self->rows * self->columns;
  g_autofree gfloat *scratch = g_try_new (gfloat, n_blocks);

  self->blocks = g_try_new0 (gfloat, n_blocks * self->shape.channels);
  self->across = g_try_new (gfloat, self->rows * hotpix_shape_row_samples (&self->shape));
  if (self->blocks == NULL || self->across == NULL || scratch == NULL
      || !hotpix_row_parts_run (self->rows, n_parts, measure_part, &work))
    return FALSE;
  find_medians (self, scratch);
  return hotpix_row_parts_run (self->rows, n_parts, interpolate_part, &work);
}

HotpixEvidenceNoise *
hotpix_evidence_noise_new (const HotpixAccumulator *accumulator, HotpixLook look,
                           guint n_threads, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  g_autoptr (HotpixEvidenceNoise) self = g_new0 (HotpixEvidenceNoise, 1);

  self->shape = *shape;
  self->look = look;
  self->columns = count_blocks (shape->width);
  self->rows = count_blocks (shape->height);
  if (measure (self, accumulator, n_threads))
    return g_steal_pointer (&self);
  (void) hotpix_detection_memory_fail (shape, error);
  return NULL;
}

void
hotpix_evidence_noise_free (HotpixEvidenceNoise *noise)
{
  if (noise == NULL)
    return;
  g_free (noise->blocks);
  g_free (noise->across);
  g_free (noise);
}

gdouble
hotpix_evidence_noise_median (const HotpixEvidenceNoise *noise, guint channel)
{
  return noise->median[channel];
}

void
hotpix_evidence_noise_row (const HotpixEvidenceNoise *noise, guint row, gfloat *values)
{
  gsize n = hotpix_shape_row_samples (&noise->shape);
  gfloat down;
  guint block_row = between_blocks (row, noise->rows, noise->shape.height, &down);
  const gfloat *upper = noise->across + block_row * n;

  hotpix_row_kernel_between (values, upper, noise->rows > 1 ? upper + n : upper, down, n);
}

gdouble
hotpix_evidence_noise_share_above (const HotpixEvidenceNoise *noise, gdouble level)
{
  gsize n = (gsize) noise->rows * noise->columns, n_above = 0;
  guint channels = noise->shape.channels;

  for (gsize i = 0; i < n; i++)
    {
      gboolean above = FALSE;

      for (guint channel = 0; channel < channels; channel++)
        above |= noise->blocks[i * channels + channel] > level;
      n_above += above;
    }
  return (gdouble) n_above / (gdouble) n;
}

gboolean
hotpix_evidence_noise_is_silent (const HotpixEvidenceNoise *noise)
{
  gsize n = (gsize) noise->rows * noise->columns * noise->shape.channels;

  for (gsize i = 0; i < n; i++)
    if (noise->blocks[i] > (gfloat) NOISE_FLOOR)
      return FALSE;
  return TRUE;
}
