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
  /* By look. Those of HOTPIX_LOOK_LONG are never there without the others. */
  HotpixEvidenceSums *evidence[HOTPIX_N_LOOKS]; /* nullable */
  guint n_evidence[HOTPIX_N_LOOKS];             /* frames in it */
};

/* How many of so many frames a look has room for at least. */
static guint
look_room (HotpixLook look, guint n_frames)
{
  return look == HOTPIX_LOOK_LONG ? n_frames / 2 : n_frames;
}

static gboolean
has_look (HotpixSums sums, HotpixLook look)
{
  return sums >= (look == HOTPIX_LOOK_LONG ? HOTPIX_SUMS_LONG_EVIDENCE : HOTPIX_SUMS_EVIDENCE);
}

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

  for (HotpixLook look = 0; look < HOTPIX_N_LOOKS; look++)
    if (has_look (sums, look))
      sample_bytes += hotpix_evidence_sums_sample_bytes (look_room (look, n_frames));
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

/* Sums of 0, of the kinds that are wanted. FALSE without enough memory. */
static gboolean
allocate (HotpixAccumulator *accumulator, HotpixSums sums, guint n_frames)
{
  accumulator->variance = hotpix_variance_sums_new (&accumulator->shape, n_frames);
  if (accumulator->variance == NULL)
    return FALSE;
  for (HotpixLook look = 0; look < HOTPIX_N_LOOKS; look++)
    {
      if (!has_look (sums, look))
        continue;
      accumulator->evidence[look]
          = hotpix_evidence_sums_new (&accumulator->shape, look_room (look, n_frames));
      if (accumulator->evidence[look] == NULL)
        return FALSE;
    }
  return TRUE;
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
  if (!allocate (accumulator, sums, n_frames))
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
  for (HotpixLook look = 0; look < HOTPIX_N_LOOKS; look++)
    hotpix_evidence_sums_free (accumulator->evidence[look]);
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
  if (accumulator->evidence[HOTPIX_LOOK_LONG] != NULL)
    return HOTPIX_SUMS_LONG_EVIDENCE;
  return accumulator->evidence[HOTPIX_LOOK_ALL] != NULL ? HOTPIX_SUMS_EVIDENCE
                                                        : HOTPIX_SUMS_VARIANCE;
}

guint
hotpix_accumulator_get_frames (const HotpixAccumulator *accumulator)
{
  return accumulator->n_frames;
}

guint
hotpix_accumulator_get_evidence_frames (const HotpixAccumulator *accumulator, HotpixLook look)
{
  return accumulator->n_evidence[look];
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
                                 guint n_long, gint8 *scratch)
{
  HotpixEvidenceSums *const *evidence = accumulator->evidence;

  g_return_if_fail (evidence[HOTPIX_LOOK_ALL] != NULL && n_long <= n_frames
                    && (evidence[HOTPIX_LOOK_LONG] != NULL || n_long == 0));
  if (n_long > 0)
    hotpix_evidence_sums_add (evidence[HOTPIX_LOOK_ALL], evidence[HOTPIX_LOOK_LONG], row,
                              n_rows, frames, at, n_long, scratch);
  hotpix_evidence_sums_add (evidence[HOTPIX_LOOK_ALL], NULL, row, n_rows, frames + n_long, at,
                            n_frames - n_long, scratch);
}

void
hotpix_accumulator_subtract_evidence (HotpixAccumulator *accumulator, guint row, guint n_rows,
                                      gconstpointer frame, guint at, gboolean is_long,
                                      gint8 *scratch)
{
  HotpixEvidenceSums *const *evidence = accumulator->evidence;

  g_return_if_fail (evidence[HOTPIX_LOOK_ALL] != NULL
                    && (evidence[HOTPIX_LOOK_LONG] != NULL || !is_long));
  hotpix_evidence_sums_subtract (evidence[HOTPIX_LOOK_ALL],
                                 is_long ? evidence[HOTPIX_LOOK_LONG] : NULL, row, n_rows,
                                 frame, at, scratch);
}

/* Adds the sums of `other`, of the same shape and kind, without its frames. */
static void
merge_sums (HotpixAccumulator *accumulator, const HotpixAccumulator *other)
{
  hotpix_variance_sums_merge (accumulator->variance, other->variance);
  for (HotpixLook look = 0; look < HOTPIX_N_LOOKS; look++)
    if (other->evidence[look] != NULL)
      hotpix_evidence_sums_merge (accumulator->evidence[look], other->evidence[look]);
}

/* How many frames each kind of sums has. */
typedef struct
{
  guint frames;
  guint evidence[HOTPIX_N_LOOKS];
} Counts;

static Counts
get_counts (const HotpixAccumulator *accumulator)
{
  Counts counts = { .frames = accumulator->n_frames };

  for (HotpixLook look = 0; look < HOTPIX_N_LOOKS; look++)
    counts.evidence[look] = accumulator->n_evidence[look];
  return counts;
}

static void
set_counts (HotpixAccumulator *accumulator, const Counts *counts)
{
  accumulator->n_frames = counts->frames;
  for (HotpixLook look = 0; look < HOTPIX_N_LOOKS; look++)
    accumulator->n_evidence[look] = counts->evidence[look];
}

static gboolean
has_room (const HotpixAccumulator *accumulator, const Counts *counts)
{
  gboolean is_enough = counts->frames <= hotpix_variance_sums_get_room (accumulator->variance);

  for (HotpixLook look = 0; look < HOTPIX_N_LOOKS; look++)
    if (accumulator->evidence[look] != NULL)
      is_enough &= counts->evidence[look]
                   <= hotpix_evidence_sums_get_room (accumulator->evidence[look]);
  return is_enough;
}

void
hotpix_accumulator_count_frames (HotpixAccumulator *accumulator, guint n, guint n_long)
{
  Counts counts = get_counts (accumulator);

  g_return_if_fail (n <= G_MAXUINT - counts.frames && n_long <= n);
  counts.frames += n;
  if (accumulator->evidence[HOTPIX_LOOK_ALL] != NULL)
    counts.evidence[HOTPIX_LOOK_ALL] += n;
  counts.evidence[HOTPIX_LOOK_LONG] += n_long;
  g_return_if_fail (has_room (accumulator, &counts));
  set_counts (accumulator, &counts);
}

void
hotpix_accumulator_uncount_evidence (HotpixAccumulator *accumulator, guint n, guint n_long)
{
  guint *counts = accumulator->n_evidence;

  g_return_if_fail (n <= counts[HOTPIX_LOOK_ALL] && n_long <= counts[HOTPIX_LOOK_LONG]);
  counts[HOTPIX_LOOK_ALL] -= n;
  counts[HOTPIX_LOOK_LONG] -= n_long;
}

/* Moves the sums to wider ones, or to those of more kinds, where they have no room for so many frames
 * of a kind. */
static gboolean
make_room (HotpixAccumulator *accumulator, HotpixSums sums, const Counts *counts,
           GError **error)
{
  g_autoptr (HotpixAccumulator) wider = NULL;
  Counts own = get_counts (accumulator);
  HotpixAccumulator narrower;

  if (sums <= hotpix_accumulator_get_sums (accumulator) && has_room (accumulator, counts))
    return TRUE;
  wider = hotpix_accumulator_new (&accumulator->shape, sums,
                                  MAX (counts->frames, 2 * counts->evidence[HOTPIX_LOOK_LONG]),
                                  error);
  if (wider == NULL)
    return FALSE;
  merge_sums (wider, accumulator);
  set_counts (wider, &own);
  narrower = *accumulator;
  *accumulator = *wider;
  *wider = narrower;
  return TRUE;
}

/* Of both together. FALSE where they are too many for any sums. */
static gboolean
add_counts (const HotpixAccumulator *accumulator, const HotpixAccumulator *other,
            Counts *counts, GError **error)
{
  guint64 n_frames = (guint64) accumulator->n_frames + other->n_frames;

  if (!check_frames (&accumulator->shape, n_frames, error))
    return FALSE;
  counts->frames = (guint) n_frames;
  for (HotpixLook look = 0; look < HOTPIX_N_LOOKS; look++)
    counts->evidence[look] = accumulator->n_evidence[look] + other->n_evidence[look];
  return TRUE;
}

gboolean
hotpix_accumulator_make_room (HotpixAccumulator *accumulator, guint n_frames, GError **error)
{
  Counts counts = get_counts (accumulator);

  g_return_val_if_fail (n_frames >= counts.frames, FALSE);
  if (accumulator->evidence[HOTPIX_LOOK_ALL] != NULL)
    counts.evidence[HOTPIX_LOOK_ALL] += n_frames - counts.frames;
  counts.frames = n_frames;
  return check_frames (&accumulator->shape, n_frames, error)
         && make_room (accumulator, hotpix_accumulator_get_sums (accumulator), &counts, error);
}

/* What holds of every x from 0 to white: Σx² ≤ white·Σx, and (Σx)² ≤ n·Σx² by Cauchy and Schwarz. */
static gboolean
sums_can_be (guint n_frames, guint white, const guint64 *sums, const guint64 *squares, gsize n)
{
  guint64 most = (guint64) n_frames * white;
  gboolean wrong = FALSE;

  for (gsize i = 0; i < n; i++)
    wrong |= sums[i] > most || squares[i] > sums[i] * white
             || sums[i] * sums[i] > n_frames * squares[i];
  return !wrong;
}

static gboolean
steps_can_be (guint n_frames, const gint32 *steps, gsize n)
{
  gint64 most = (gint64) HOTPIX_EVIDENCE_MAX_STEPS * n_frames;
  gboolean wrong = FALSE;

  for (gsize i = 0; i < n; i++)
    wrong |= steps[i] > most || steps[i] < -most;
  return !wrong;
}

gboolean
hotpix_accumulator_add_sums_row (HotpixAccumulator *accumulator, guint row, guint n_frames,
                                 const guint64 *sums, const guint64 *squares,
                                 const gint32 *steps)
{
  gsize n = accumulator->row_samples;

  g_return_val_if_fail (row < accumulator->shape.height, FALSE);
  if (!sums_can_be (n_frames, hotpix_shape_white (&accumulator->shape), sums, squares, n)
      || (accumulator->evidence[HOTPIX_LOOK_ALL] != NULL && !steps_can_be (n_frames, steps, n)))
    return FALSE;
  hotpix_variance_sums_add_sums (accumulator->variance, row * n, sums, squares, n);
  if (accumulator->evidence[HOTPIX_LOOK_ALL] != NULL)
    hotpix_evidence_sums_add_row (accumulator->evidence[HOTPIX_LOOK_ALL], row, steps);
  return TRUE;
}

gboolean
hotpix_accumulator_merge (HotpixAccumulator *accumulator, const HotpixAccumulator *other,
                          GError **error)
{
  const HotpixShape *shape = &accumulator->shape;
  HotpixSums sums
      = MAX (hotpix_accumulator_get_sums (accumulator), hotpix_accumulator_get_sums (other));
  Counts counts;

  if ((accumulator->evidence[HOTPIX_LOOK_ALL] == NULL)
      != (other->evidence[HOTPIX_LOOK_ALL] == NULL))
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
  if (!add_counts (accumulator, other, &counts, error)
      || !make_room (accumulator, sums, &counts, error))
    return FALSE;

  merge_sums (accumulator, other);
  set_counts (accumulator, &counts);
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
hotpix_accumulator_steps_row (const HotpixAccumulator *accumulator, HotpixLook look, guint row,
                              gint32 *steps)
{
  g_return_if_fail (row < accumulator->shape.height && accumulator->evidence[look] != NULL);
  hotpix_evidence_sums_row (accumulator->evidence[look], row, steps);
}

gdouble
hotpix_accumulator_steps_of_evidence (const HotpixAccumulator *accumulator, HotpixLook look)
{
  return 2 * sqrt (accumulator->n_evidence[look]);
}

gdouble
hotpix_accumulator_most_evidence (const HotpixAccumulator *accumulator)
{
  return HOTPIX_EVIDENCE_MAX_STEPS / 2.0 * sqrt (accumulator->n_evidence[HOTPIX_LOOK_ALL]);
}

void
hotpix_accumulator_evidence_row (const HotpixAccumulator *accumulator, guint row,
                                 gdouble *evidence)
{
  gsize first = row * accumulator->row_samples;
  const HotpixEvidenceSums *sums = accumulator->evidence[HOTPIX_LOOK_ALL];
  gdouble steps_of_one = hotpix_accumulator_steps_of_evidence (accumulator, HOTPIX_LOOK_ALL);

  g_return_if_fail (row < accumulator->shape.height && accumulator->n_frames > 0);
  g_return_if_fail (sums != NULL);
  for (gsize i = 0; i < accumulator->row_samples; i++)
    evidence[i] = hotpix_evidence_sums_steps (sums, first + i) / steps_of_one;
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
hotpix_accumulator_evidence_at (const HotpixAccumulator *accumulator, HotpixLook look, guint x,
                                guint y, guint channel)
{
  return hotpix_evidence_sums_steps (accumulator->evidence[look],
                                     place_of (accumulator, x, y, channel))
         / hotpix_accumulator_steps_of_evidence (accumulator, look);
}
