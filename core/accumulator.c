/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "accumulator.h"
#include "evidence-kernel.h"
#include "large-array.h"
#include "sum-kernel.h"
#include "system-memory.h"

#include <math.h>
#include <string.h>

/* Samples widened at a time where 8-bit frames go into sums that are kept for wide ones. */
#define WIDEN_SAMPLES 1024

struct HotpixAccumulator
{
  HotpixShape shape;
  gsize row_samples;
  guint n_frames;

  /* Σx fits 32 bits for as many frames as are allowed at all. Exactly one of the other two is
   * there: products (sum-kernel.h) for 8-bit frames while Σx² fits the 32 bits that they tell of it,
   * else wide squares. */
  guint32 *sums;
  guint32 *products;
  guint64 *wide_squares;

  gint32 *steps; /* NULL without evidence; 8 a frame fit for as many as are allowed at all */
};

guint
hotpix_accumulator_max_frames (const HotpixShape *shape)
{
  return G_MAXUINT32 / hotpix_shape_white (shape);
}

static guint
narrow_max_frames (const HotpixShape *shape)
{
  guint white = hotpix_shape_white (shape);

  return G_MAXUINT32 / (white * white);
}

static gboolean
squares_fit_narrow (const HotpixShape *shape, guint n_frames)
{
  return shape->bits == 8 && n_frames <= narrow_max_frames (shape);
}

gsize
hotpix_accumulator_bytes (const HotpixShape *shape, HotpixSums sums, guint n_frames)
{
  gsize sample_bytes = squares_fit_narrow (shape, n_frames) ? 8 : 12;
  gsize row_bytes, bytes;

  if (sums == HOTPIX_SUMS_EVIDENCE)
    sample_bytes += 4;

  if (!g_size_checked_mul (&row_bytes, hotpix_shape_row_samples (shape), sample_bytes)
      || !g_size_checked_mul (&bytes, row_bytes, shape->height))
    return G_MAXSIZE;
  return bytes;
}

static void
set_memory_error (const HotpixShape *shape, HotpixSums sums, guint n_frames, GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
               "%u x %u pixels of %u channels need %" G_GSIZE_FORMAT
               " MiB of memory for their sums, which the system does not give",
               shape->width, shape->height, shape->channels,
               (hotpix_accumulator_bytes (shape, sums, n_frames) >> 20) + 1);
}

static gboolean
check_frames (const HotpixShape *shape, guint64 n_frames, GError **error)
{
  if (n_frames <= hotpix_accumulator_max_frames (shape))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES,
               "%" G_GUINT64_FORMAT
               " frames of %u bits are more than the %u whose sums are exact",
               n_frames, shape->bits, hotpix_accumulator_max_frames (shape));
  return FALSE;
}

HotpixAccumulator *
hotpix_accumulator_new (const HotpixShape *shape, HotpixSums sums, guint n_frames,
                        GError **error)
{
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  gsize n_samples;

  g_return_val_if_fail (shape->bits == 8 || shape->bits == 16, NULL);
  g_return_val_if_fail (shape->channels >= 1 && shape->channels <= 4, NULL);
  g_return_val_if_fail (shape->width >= 1 && shape->height >= 1, NULL);
  if (!check_frames (shape, n_frames, error))
    return NULL;
  if (hotpix_accumulator_bytes (shape, sums, n_frames) > hotpix_memory_limit ())
    {
      set_memory_error (shape, sums, n_frames, error);
      return NULL;
    }
  n_samples = hotpix_shape_row_samples (shape) * shape->height;

  accumulator = g_new0 (HotpixAccumulator, 1);
  accumulator->shape = *shape;
  accumulator->row_samples = hotpix_shape_row_samples (shape);
  accumulator->sums = hotpix_large_array_new (n_samples * sizeof (guint32));
  if (squares_fit_narrow (shape, n_frames))
    accumulator->products = hotpix_large_array_new (n_samples * sizeof (guint32));
  else
    accumulator->wide_squares = hotpix_large_array_new (n_samples * sizeof (guint64));
  if (sums == HOTPIX_SUMS_EVIDENCE)
    accumulator->steps = hotpix_large_array_new (n_samples * sizeof (gint32));
  if (accumulator->sums == NULL
      || (accumulator->products == NULL && accumulator->wide_squares == NULL)
      || (accumulator->steps == NULL && sums == HOTPIX_SUMS_EVIDENCE))
    {
      set_memory_error (shape, sums, n_frames, error);
      return NULL;
    }
  return g_steal_pointer (&accumulator);
}

static gsize
total_samples (const HotpixAccumulator *accumulator)
{
  return accumulator->row_samples * accumulator->shape.height;
}

void
hotpix_accumulator_free (HotpixAccumulator *accumulator)
{
  gsize n;

  if (accumulator == NULL)
    return;
  n = total_samples (accumulator);
  hotpix_large_array_free (accumulator->sums, n * sizeof (guint32));
  hotpix_large_array_free (accumulator->products, n * sizeof (guint32));
  hotpix_large_array_free (accumulator->wide_squares, n * sizeof (guint64));
  hotpix_large_array_free (accumulator->steps, n * sizeof (gint32));
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
  return accumulator->steps != NULL ? HOTPIX_SUMS_EVIDENCE : HOTPIX_SUMS_VARIANCE;
}

guint
hotpix_accumulator_get_frames (const HotpixAccumulator *accumulator)
{
  return accumulator->n_frames;
}

typedef void (*SumWide) (guint32 *sums, guint64 *squares, const guint16 *samples, gsize n);

/* Few sets have 66,052 frames: their 8-bit samples take the way of 16-bit ones, unscaled. */
static void
sum_u8_wide (SumWide sum, guint32 *sums, guint64 *squares, const guint8 *samples, gsize n)
{
  guint16 wide[WIDEN_SAMPLES];

  for (gsize done = 0; done < n; done += WIDEN_SAMPLES)
    {
      gsize part = MIN (n - done, (gsize) WIDEN_SAMPLES);

      hotpix_sum_kernel_widen (wide, samples + done, 1, part);
      sum (sums + done, squares + done, wide, part);
    }
}

static void
sum_wide (HotpixAccumulator *accumulator, SumWide sum, gsize first, gsize n,
          gconstpointer frame)
{
  guint32 *sums = accumulator->sums + first;
  guint64 *squares = accumulator->wide_squares + first;

  if (accumulator->shape.bits == 16)
    sum (sums, squares, frame, n);
  else
    sum_u8_wide (sum, sums, squares, frame, n);
}

void
hotpix_accumulator_add_rows (HotpixAccumulator *accumulator, guint row, guint n_rows,
                             const gconstpointer *frames, guint n_frames)
{
  gsize first = row * accumulator->row_samples;
  gsize n = n_rows * accumulator->row_samples;

  g_return_if_fail (row <= accumulator->shape.height
                    && n_rows <= accumulator->shape.height - row);
  if (accumulator->products != NULL)
    {
      hotpix_sum_kernel_add_u8 (accumulator->sums + first, accumulator->products + first,
                                (const guint8 *const *) frames, n_frames, n);
      return;
    }
  for (guint k = 0; k < n_frames; k++)
    sum_wide (accumulator, hotpix_sum_kernel_add_u16, first, n, frames[k]);
}

void
hotpix_accumulator_subtract_rows (HotpixAccumulator *accumulator, guint row, guint n_rows,
                                  gconstpointer frame)
{
  gsize first = row * accumulator->row_samples;
  gsize n = n_rows * accumulator->row_samples;

  g_return_if_fail (row <= accumulator->shape.height
                    && n_rows <= accumulator->shape.height - row);
  if (accumulator->products != NULL)
    hotpix_sum_kernel_subtract_u8 (accumulator->sums + first, accumulator->products + first,
                                   frame, n);
  else
    sum_wide (accumulator, hotpix_sum_kernel_subtract_u16, first, n, frame);
}

/* The row at that distance from a row, mirrored at the frame's edge, in a frame of which `frame`
 * is row `at`. */
static gconstpointer
ring_row (const HotpixShape *shape, const guint8 *frame, guint at, guint row, gssize distance)
{
  gssize other = (gssize) row + distance;

  if (other < 0 || other >= (gssize) shape->height)
    other = (gssize) row - distance;
  return frame + (other - (gssize) at) * (gssize) hotpix_shape_row_bytes (shape);
}

static gboolean
has_rings (const HotpixShape *shape)
{
  return shape->width >= HOTPIX_EVIDENCE_MIN_SIZE && shape->height >= HOTPIX_EVIDENCE_MIN_SIZE;
}

static void
steps_of_row (const HotpixShape *shape, gconstpointer frame, guint at, guint row, gint8 *steps)
{
  gconstpointer above = ring_row (shape, frame, at, row, -HOTPIX_EVIDENCE_REACH);
  gconstpointer centre = ring_row (shape, frame, at, row, 0);
  gconstpointer below = ring_row (shape, frame, at, row, HOTPIX_EVIDENCE_REACH);

  if (shape->bits == 8)
    hotpix_evidence_kernel_steps_u8 (steps, above, centre, below, shape->width,
                                     shape->channels);
  else
    hotpix_evidence_kernel_steps_u16 (steps, above, centre, below, shape->width,
                                      shape->channels);
}

typedef void (*SumSteps) (gint32 *sums, const gint8 *steps, gsize n);

/* Row by row, and the frames within a row, so that the sums of a row stay in cache: those of a
 * few frames in 8 bits first. */
static void
sum_evidence (HotpixAccumulator *accumulator, SumSteps sum, guint row, guint n_rows,
              const gconstpointer *frames, guint at, guint n_frames)
{
  const HotpixShape *shape = &accumulator->shape;
  gsize n = accumulator->row_samples;
  g_autofree gint8 *steps = NULL;

  g_return_if_fail (accumulator->steps != NULL);
  g_return_if_fail (row <= shape->height && n_rows <= shape->height - row);
  if (!has_rings (shape))
    return;
  steps = g_malloc (n);
  for (guint y = row; y < row + n_rows; y++)
    for (guint k = 0; k < n_frames; k += HOTPIX_EVIDENCE_FRAMES)
      {
        memset (steps, 0, n);
        for (guint i = k; i < MIN (n_frames, k + HOTPIX_EVIDENCE_FRAMES); i++)
          steps_of_row (shape, frames[i], at, y, steps);
        sum (accumulator->steps + y * n, steps, n);
      }
}

void
hotpix_accumulator_add_evidence (HotpixAccumulator *accumulator, guint row, guint n_rows,
                                 const gconstpointer *frames, guint at, guint n_frames)
{
  sum_evidence (accumulator, hotpix_evidence_kernel_add, row, n_rows, frames, at, n_frames);
}

void
hotpix_accumulator_subtract_evidence (HotpixAccumulator *accumulator, guint row, guint n_rows,
                                      gconstpointer frame, guint at)
{
  sum_evidence (accumulator, hotpix_evidence_kernel_subtract, row, n_rows, &frame, at, 1);
}

void
hotpix_accumulator_count_frames (HotpixAccumulator *accumulator, guint n)
{
  guint room = accumulator->products != NULL
                   ? narrow_max_frames (&accumulator->shape)
                   : hotpix_accumulator_max_frames (&accumulator->shape);

  g_return_if_fail (accumulator->n_frames <= room && n <= room - accumulator->n_frames);
  accumulator->n_frames += n;
}

static gboolean
widen_squares (HotpixAccumulator *accumulator, guint n_frames, GError **error)
{
  gsize n = total_samples (accumulator);
  guint64 *wide = hotpix_large_array_new (n * sizeof (guint64));

  if (wide == NULL)
    {
      set_memory_error (&accumulator->shape, hotpix_accumulator_get_sums (accumulator),
                        n_frames, error);
      return FALSE;
    }
  for (gsize i = 0; i < n; i++)
    wide[i] = hotpix_sum_kernel_squares (accumulator->sums[i], accumulator->products[i]);
  hotpix_large_array_free (g_steal_pointer (&accumulator->products), n * sizeof (guint32));
  accumulator->wide_squares = wide;
  return TRUE;
}

static inline guint64
square_sum (const HotpixAccumulator *accumulator, gsize i)
{
  return accumulator->products != NULL
             ? hotpix_sum_kernel_squares (accumulator->sums[i], accumulator->products[i])
             : accumulator->wide_squares[i];
}

gboolean
hotpix_accumulator_merge (HotpixAccumulator *accumulator, const HotpixAccumulator *other,
                          GError **error)
{
  const HotpixShape *shape = &accumulator->shape;
  guint64 n_frames = (guint64) accumulator->n_frames + other->n_frames;
  gsize n = total_samples (accumulator);

  if ((accumulator->steps == NULL) != (other->steps == NULL))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_SHAPE,
                   "sums with evidence and sums without cannot be put together");
      return FALSE;
    }
  if (memcmp (shape, &other->shape, sizeof *shape) != 0)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_SHAPE,
                   "sums of %u x %u pixels, %u channels, %u bits cannot take in sums of "
                   "%u x %u pixels, %u channels, %u bits",
                   shape->width, shape->height, shape->channels, shape->bits,
                   other->shape.width, other->shape.height, other->shape.channels,
                   other->shape.bits);
      return FALSE;
    }
  if (!check_frames (shape, n_frames, error))
    return FALSE;
  if (accumulator->products != NULL && !squares_fit_narrow (shape, (guint) n_frames)
      && !widen_squares (accumulator, (guint) n_frames, error))
    return FALSE;

  for (gsize i = 0; i < n; i++)
    accumulator->sums[i] += other->sums[i];
  if (accumulator->products != NULL)
    for (gsize i = 0; i < n; i++)
      accumulator->products[i]
          += hotpix_sum_kernel_products (other->sums[i], (guint32) square_sum (other, i));
  else
    for (gsize i = 0; i < n; i++)
      accumulator->wide_squares[i] += square_sum (other, i);
  if (accumulator->steps != NULL && other->steps != NULL)
    for (gsize i = 0; i < n; i++)
      accumulator->steps[i] += other->steps[i];
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
      sums[i] = accumulator->sums[first + i];
      squares[i] = square_sum (accumulator, first + i);
    }
}

/* n·white: what divides a sum into a mean. */
static gdouble
full_white (const HotpixAccumulator *accumulator)
{
  return (gdouble) accumulator->n_frames * hotpix_shape_white (&accumulator->shape);
}

/* The values of one sample, by its place in the arrays. */

static inline gdouble
mean_of (const HotpixAccumulator *accumulator, gsize i)
{
  return accumulator->sums[i] / full_white (accumulator);
}

static inline gdouble
variance_of (const HotpixAccumulator *accumulator, gsize i)
{
  guint64 sum = accumulator->sums[i];
  guint64 difference = accumulator->n_frames * square_sum (accumulator, i) - sum * sum;
  gdouble full = full_white (accumulator);

  return (gdouble) difference / (full * full);
}

void
hotpix_accumulator_mean_row (const HotpixAccumulator *accumulator, guint row, gdouble *mean)
{
  gsize first = row * accumulator->row_samples;

  g_return_if_fail (row < accumulator->shape.height && accumulator->n_frames > 0);
  for (gsize i = 0; i < accumulator->row_samples; i++)
    mean[i] = mean_of (accumulator, first + i);
}

void
hotpix_accumulator_variance_row (const HotpixAccumulator *accumulator, guint row,
                                 gdouble *variance)
{
  gsize first = row * accumulator->row_samples;

  g_return_if_fail (row < accumulator->shape.height && accumulator->n_frames > 0);
  if (accumulator->products != NULL)
    {
      hotpix_sum_kernel_variance_u8 (variance, accumulator->sums + first,
                                     accumulator->products + first, accumulator->n_frames,
                                     accumulator->row_samples);
      return;
    }
  for (gsize i = 0; i < accumulator->row_samples; i++)
    variance[i] = variance_of (accumulator, first + i);
}

void
hotpix_accumulator_steps_row (const HotpixAccumulator *accumulator, guint row, gint32 *steps)
{
  gsize first = row * accumulator->row_samples;

  g_return_if_fail (row < accumulator->shape.height && accumulator->steps != NULL);
  memcpy (steps, accumulator->steps + first, accumulator->row_samples * sizeof *steps);
}

gdouble
hotpix_accumulator_steps_of_evidence (const HotpixAccumulator *accumulator)
{
  return 2 * sqrt (accumulator->n_frames);
}

void
hotpix_accumulator_evidence_row (const HotpixAccumulator *accumulator, guint row,
                                 gdouble *evidence)
{
  gsize first = row * accumulator->row_samples;
  gdouble steps_of_one = hotpix_accumulator_steps_of_evidence (accumulator);

  g_return_if_fail (row < accumulator->shape.height && accumulator->n_frames > 0);
  g_return_if_fail (accumulator->steps != NULL);
  for (gsize i = 0; i < accumulator->row_samples; i++)
    evidence[i] = accumulator->steps[first + i] / steps_of_one;
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
  return mean_of (accumulator, place_of (accumulator, x, y, channel));
}

gdouble
hotpix_accumulator_variance_at (const HotpixAccumulator *accumulator, guint x, guint y,
                                guint channel)
{
  return variance_of (accumulator, place_of (accumulator, x, y, channel));
}

gdouble
hotpix_accumulator_evidence_at (const HotpixAccumulator *accumulator, guint x, guint y,
                                guint channel)
{
  return accumulator->steps[place_of (accumulator, x, y, channel)]
         / hotpix_accumulator_steps_of_evidence (accumulator);
}
