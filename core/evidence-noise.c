/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence-noise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 32

/* Blocks share a row or column out evenly, so none is larger than this. */
#define MOST_BLOCK_SIZE (2 * BLOCK_SIZE)
#define MOST_LARGEST (MOST_BLOCK_SIZE * MOST_BLOCK_SIZE / 100 + 1)

/* The 99 % quantile of |x| for a normal x of standard deviation 1. */
#define NORMAL_QUANTILE 2.576

/* Added to all noise: evidence comes in steps, of which few frames have few. */
#define NOISE_FLOOR 0.1

struct HotpixEvidenceNoise
{
  HotpixShape shape;
  guint columns; /* of blocks */
  guint rows;
  gfloat *blocks;    /* rows x columns x channels */
  gdouble median[4]; /* by channel */
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

/* The largest values seen, largest first: as many as it takes for the quantile. */
typedef struct
{
  guint32 values[MOST_LARGEST];
  guint n_wanted;
} Largest;

static inline void
offer (Largest *largest, guint32 value)
{
  guint i = largest->n_wanted - 1;

  if (value <= largest->values[i])
    return;
  for (; i > 0 && value > largest->values[i - 1]; i--)
    largest->values[i] = largest->values[i - 1];
  largest->values[i] = value;
}

/* The quantiles of one row of blocks, from the steps of its n_rows rows. */
static void
measure_blocks (HotpixEvidenceNoise *self, guint block_row, const gint32 *steps, guint n_rows,
                gdouble unit)
{
  guint channels = self->shape.channels;
  gsize stride = hotpix_shape_row_samples (&self->shape);

  for (guint column = 0; column < self->columns; column++)
    {
      guint first = block_start (column, self->columns, self->shape.width);
      guint end = block_start (column + 1, self->columns, self->shape.width);

      for (guint channel = 0; channel < channels; channel++)
        {
          Largest largest = { .n_wanted = (end - first) * n_rows / 100 + 1 };
          gdouble quantile;

          for (guint y = 0; y < n_rows; y++)
            for (guint x = first; x < end; x++)
              offer (&largest,
                     (guint32) ABS (steps[y * stride + (gsize) x * channels + channel]));
          quantile = largest.values[largest.n_wanted - 1] * unit;
          self->blocks[((gsize) block_row * self->columns + column) * channels + channel]
              = (gfloat) (quantile / NORMAL_QUANTILE + NOISE_FLOOR);
        }
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

HotpixEvidenceNoise *
hotpix_evidence_noise_new (const HotpixAccumulator *accumulator, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gdouble unit = 1 / hotpix_accumulator_steps_of_evidence (accumulator);
  gsize stride = hotpix_shape_row_samples (shape);
  g_autoptr (HotpixEvidenceNoise) self = g_new0 (HotpixEvidenceNoise, 1);
  g_autofree gint32 *steps = g_try_new (gint32, stride * MOST_BLOCK_SIZE);
  g_autofree gfloat *scratch = NULL;

  self->shape = *shape;
  self->columns = count_blocks (shape->width);
  self->rows = count_blocks (shape->height);
  self->blocks = g_try_new0 (gfloat, (gsize) self->rows * self->columns * shape->channels);
  scratch = g_try_new (gfloat, (gsize) self->rows * self->columns);
  if (steps == NULL || self->blocks == NULL || scratch == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   "the system does not give the memory to look for defects in %u x %u pixels",
                   shape->width, shape->height);
      return NULL;
    }
  for (guint row = 0; row < self->rows; row++)
    {
      guint first = block_start (row, self->rows, shape->height);
      guint end = block_start (row + 1, self->rows, shape->height);

      for (guint y = first; y < end; y++)
        hotpix_accumulator_steps_row (accumulator, y, steps + (y - first) * stride);
      measure_blocks (self, row, steps, end - first, unit);
    }
  find_medians (self, scratch);
  return g_steal_pointer (&self);
}

void
hotpix_evidence_noise_free (HotpixEvidenceNoise *noise)
{
  if (noise == NULL)
    return;
  g_free (noise->blocks);
  g_free (noise);
}

gdouble
hotpix_evidence_noise_median (const HotpixEvidenceNoise *noise, guint channel)
{
  return noise->median[channel];
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

void
hotpix_evidence_noise_row (const HotpixEvidenceNoise *noise, guint row, gfloat *values)
{
  guint channels = noise->shape.channels;
  gsize stride = (gsize) noise->columns * channels;
  gfloat down, right;
  guint block_row = between_blocks (row, noise->rows, noise->shape.height, &down);
  const gfloat *upper = noise->blocks + block_row * stride;
  const gfloat *lower = noise->rows > 1 ? upper + stride : upper;
  gsize next = noise->columns > 1 ? channels : 0;

  for (guint x = 0; x < noise->shape.width; x++)
    {
      gsize block
          = (gsize) channels * between_blocks (x, noise->columns, noise->shape.width, &right);

      for (guint channel = 0; channel < channels; channel++)
        {
          gfloat least = (gfloat) noise->median[channel];
          gsize i = block + channel;
          gfloat a = MAX (upper[i], least), b = MAX (upper[i + next], least);
          gfloat c = MAX (lower[i], least), d = MAX (lower[i + next], least);

          *values++ = (a + (b - a) * right) * (1 - down) + (c + (d - c) * right) * down;
        }
    }
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
