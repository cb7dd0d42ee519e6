/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sums/accumulator.h"
#include "base/system-memory-private.h"
#include "base/text.h"
#include "sums/evidence-kernel-private.h"
#include "sums/evidence-sums-private.h"
#include "sums/variance-sums-private.h"

#include <math.h>
#include <string.h>

struct HotpixAccumulator
{
  HotpixShape shape;
  gsize row_samples;
  guint n_frames;
  HotpixVarianceSums *variance;
  HotpixEvidenceSums *evidence; /* nullable */
};

guint
hotpix_accumulator_max_frames (const HotpixShape *shape)
{
  return G_MAXUINT32 / hotpix_shape_white (shape);
}

gsize
hotpix_accumulator_bytes (const HotpixShape *shape, HotpixSums sums, guint n_frames)
{
  gsize sample_bytes = hotpix_variance_sums_sample_bytes (shape->bits, n_frames);
  gsize row_bytes, bytes;

  if (sums == HOTPIX_SUMS_EVIDENCE)
    sample_bytes += hotpix_evidence_sums_sample_bytes (n_frames);

  if (!g_size_checked_mul (&row_bytes, hotpix_shape_row_samples (shape), sample_bytes)
      || !g_size_checked_mul (&bytes, row_bytes, shape->height))
    return G_MAXSIZE;
  return bytes;
}

static void
set_memory_error (const HotpixShape *shape, HotpixSums sums, guint n_frames, GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
               _ ("not enough memory: the sums for photos of %u x %u pixels need %u MiB"),
               shape->width, shape->height,
               hotpix_text_mib (hotpix_accumulator_bytes (shape, sums, n_frames)));
}

static gboolean
check_frames (const HotpixShape *shape, guint64 n_frames, GError **error)
{
  if (n_frames <= hotpix_accumulator_max_frames (shape))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES,
               _ ("%lu photos of %u bits are too many: the sums are exact for up to %u"),
               (gulong) n_frames, shape->bits, hotpix_accumulator_max_frames (shape));
  return FALSE;
}

HotpixAccumulator *
hotpix_accumulator_new (const HotpixShape *shape, HotpixSums sums, guint n_frames,
                        GError **error)
{
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  g_return_val_if_fail (shape->bits == 8 || shape->bits == 16, NULL);
  g_return_val_if_fail (shape->channels == 1 || shape->channels == 3, NULL);
  g_return_val_if_fail (shape->width >= 1 && shape->height >= 1, NULL);
  if (!check_frames (shape, n_frames, error))
    return NULL;
  if (hotpix_accumulator_bytes (shape, sums, n_frames) > hotpix_memory_limit ())
    {
      set_memory_error (shape, sums, n_frames, error);
      return NULL;
    }

  accumulator = g_new0 (HotpixAccumulator, 1);
  accumulator->shape = *shape;
  accumulator->row_samples = hotpix_shape_row_samples (shape);
  accumulator->variance = hotpix_variance_sums_new (shape, n_frames);
  if (sums == HOTPIX_SUMS_EVIDENCE)
    accumulator->evidence = hotpix_evidence_sums_new (shape, n_frames);
  if (accumulator->variance == NULL
      || (accumulator->evidence == NULL && sums == HOTPIX_SUMS_EVIDENCE))
    {
      set_memory_error (shape, sums, n_frames, error);
      return NULL;
    }
  return g_steal_pointer (&accumulator);
}

void
hotpix_accumulator_free (HotpixAccumulator *accumulator)
{
  if (accumulator == NULL)
    return;
  hotpix_variance_sums_free (accumulator->variance);
  hotpix_evidence_sums_free (accumulator->evidence);
  g_free (accumulator);
}

const HotpixShape *
hotpix_accumulator_get_shape (const HotpixAccumulator *accumulator)
{
  return &accumulator->shape;
}

HotpixSums
hotpix_accumulator_get_sums (const HotpixAccumulator *accumulator)
{
  return accumulator->evidence != NULL ? HOTPIX_SUMS_EVIDENCE : HOTPIX_SUMS_VARIANCE;
}

guint
hotpix_accumulator_get_frames (const HotpixAccumulator *accumulator)
{
  return accumulator->n_frames;
}

void
hotpix_accumulator_add_rows (HotpixAccumulator *accumulator, guint row, guint n_rows,
                             const gconstpointer *frames, guint n_frames)
{
  g_return_if_fail (row <= accumulator->shape.height
                    && n_rows <= accumulator->shape.height - row);
  hotpix_variance_sums_add (accumulator->variance, row * accumulator->row_samples, frames,
                            n_frames, n_rows * accumulator->row_samples);
}

void
hotpix_accumulator_subtract_rows (HotpixAccumulator *accumulator, guint row, guint n_rows,
                                  gconstpointer frame)
{
  g_return_if_fail (row <= accumulator->shape.height
                    && n_rows <= accumulator->shape.height - row);
  hotpix_variance_sums_subtract (accumulator->variance, row * accumulator->row_samples, frame,
                                 n_rows * accumulator->row_samples);
}

void
hotpix_accumulator_add_evidence (HotpixAccumulator *accumulator, guint row, guint n_rows,
                                 const gconstpointer *frames, guint at, guint n_frames,
                                 gint8 *scratch)
{
  g_return_if_fail (accumulator->evidence != NULL);
  hotpix_evidence_sums_add (accumulator->evidence, row, n_rows, frames, at, n_frames, scratch);
}

void
hotpix_accumulator_subtract_evidence (HotpixAccumulator *accumulator, guint row, guint n_rows,
                                      gconstpointer frame, guint at, gint8 *scratch)
{
  g_return_if_fail (accumulator->evidence != NULL);
  hotpix_evidence_sums_subtract (accumulator->evidence, row, n_rows, frame, at, scratch);
}

/* Adds the sums of `other`, of the same shape and kind, without its frames. */
static void
merge_sums (HotpixAccumulator *accumulator, const HotpixAccumulator *other)
{
  hotpix_variance_sums_merge (accumulator->variance, other->variance);
  if (accumulator->evidence != NULL)
    hotpix_evidence_sums_merge (accumulator->evidence, other->evidence);
}

static guint
get_room (const HotpixAccumulator *accumulator)
{
  guint room = hotpix_variance_sums_get_room (accumulator->variance);

  return accumulator->evidence != NULL
             ? MIN (room, hotpix_evidence_sums_get_room (accumulator->evidence))
             : room;
}

void
hotpix_accumulator_count_frames (HotpixAccumulator *accumulator, guint n)
{
  guint room = get_room (accumulator);

  g_return_if_fail (accumulator->n_frames <= room && n <= room - accumulator->n_frames);
  accumulator->n_frames += n;
}

/* Moves the sums to wider ones where they have no room for so many frames. */
static gboolean
make_room (HotpixAccumulator *accumulator, guint n_frames, GError **error)
{
  g_autoptr (HotpixAccumulator) wider = NULL;
  HotpixAccumulator narrower;

  if (n_frames <= get_room (accumulator))
    return TRUE;
  wider = hotpix_accumulator_new (&accumulator->shape,
                                  hotpix_accumulator_get_sums (accumulator), n_frames, error);
  if (wider == NULL)
    return FALSE;
  merge_sums (wider, accumulator);
  wider->n_frames = accumulator->n_frames;
  narrower = *accumulator;
  *accumulator = *wider;
  *wider = narrower;
  return TRUE;
}

gboolean
hotpix_accumulator_merge (HotpixAccumulator *accumulator, const HotpixAccumulator *other,
                          GError **error)
{
  const HotpixShape *shape = &accumulator->shape;
  guint64 n_frames = (guint64) accumulator->n_frames + other->n_frames;

  if ((accumulator->evidence == NULL) != (other->evidence == NULL))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_SHAPE,
                   _ ("sums with evidence cannot be merged with sums without it"));
      return FALSE;
    }
  if (memcmp (shape, &other->shape, sizeof *shape) != 0)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_SHAPE,
                   _ ("sums of %u x %u pixels, channels: %u, bits: %u, cannot be merged with "
                      "sums of %u x %u pixels, channels: %u, bits: %u"),
                   shape->width, shape->height, shape->channels, shape->bits,
                   other->shape.width, other->shape.height, other->shape.channels,
                   other->shape.bits);
      return FALSE;
    }
  if (!check_frames (shape, n_frames, error)
      || !make_room (accumulator, (guint) n_frames, error))
    return FALSE;

  merge_sums (accumulator, other);
  accumulator->n_frames = (guint) n_frames;
  return TRUE;
}

void
hotpix_accumulator_sum_row (const HotpixAccumulator *accumulator, guint row, guint64 *sums,
                            guint64 *squares)
{
  gsize first = row * accumulator->row_samples;

  g_return_if_fail (row < accumulator->shape.height);
  for (gsize i = 0; i < accumulator->row_samples; i++)
    {
      sums[i] = hotpix_variance_sums_sum (accumulator->variance, first + i);
      squares[i] = hotpix_variance_sums_squares (accumulator->variance, first + i);
    }
}

void
hotpix_accumulator_mean_row (const HotpixAccumulator *accumulator, guint row, gdouble *mean)
{
  g_return_if_fail (row < accumulator->shape.height && accumulator->n_frames > 0);
  hotpix_variance_sums_mean (accumulator->variance, row * accumulator->row_samples,
                             accumulator->n_frames, mean, accumulator->row_samples);
}

void
hotpix_accumulator_variance_row (const HotpixAccumulator *accumulator, guint row,
                                 gdouble *variance)
{
  g_return_if_fail (row < accumulator->shape.height && accumulator->n_frames > 0);
  hotpix_variance_sums_variance (accumulator->variance, row * accumulator->row_samples,
                                 accumulator->n_frames, variance, accumulator->row_samples);
}

void
hotpix_accumulator_steps_row (const HotpixAccumulator *accumulator, guint row, gint32 *steps)
{
  g_return_if_fail (row < accumulator->shape.height && accumulator->evidence != NULL);
  hotpix_evidence_sums_row (accumulator->evidence, row, steps);
}

gdouble
hotpix_accumulator_steps_of_evidence (const HotpixAccumulator *accumulator)
{
  return 2 * sqrt (accumulator->n_frames);
}

gdouble
hotpix_accumulator_most_evidence (const HotpixAccumulator *accumulator)
{
  return HOTPIX_EVIDENCE_MAX_STEPS / 2.0 * sqrt (accumulator->n_frames);
}

void
hotpix_accumulator_evidence_row (const HotpixAccumulator *accumulator, guint row,
                                 gdouble *evidence)
{
  gsize first = row * accumulator->row_samples;
  gdouble steps_of_one = hotpix_accumulator_steps_of_evidence (accumulator);

  g_return_if_fail (row < accumulator->shape.height && accumulator->n_frames > 0);
  g_return_if_fail (accumulator->evidence != NULL);
  for (gsize i = 0; i < accumulator->row_samples; i++)
    evidence[i] = hotpix_evidence_sums_steps (accumulator->evidence, first + i) / steps_of_one;
}

static gsize
place_of (const HotpixAccumulator *accumulator, guint x, guint y, guint channel)
{
  return y * accumulator->row_samples + (gsize) x * accumulator->shape.channels + channel;
}

gdouble
hotpix_accumulator_mean_at (const HotpixAccumulator *accumulator, guint x, guint y,
                            guint channel)
{
  gdouble mean;

  hotpix_variance_sums_mean (accumulator->variance, place_of (accumulator, x, y, channel),
                             accumulator->n_frames, &mean, 1);
  return mean;
}

gdouble
hotpix_accumulator_variance_at (const HotpixAccumulator *accumulator, guint x, guint y,
                                guint channel)
{
  gdouble variance;

  hotpix_variance_sums_variance (accumulator->variance, place_of (accumulator, x, y, channel),
                                 accumulator->n_frames, &variance, 1);
  return variance;
}

gdouble
hotpix_accumulator_evidence_at (const HotpixAccumulator *accumulator, guint x, guint y,
                                guint channel)
{
  return hotpix_evidence_sums_steps (accumulator->evidence,
                                     place_of (accumulator, x, y, channel))
         / hotpix_accumulator_steps_of_evidence (accumulator);
}
