/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/large-array-private.h"
#include "sums/sum-kernel-private.h"
#include "sums/variance-sums-private.h"

/* How many samples are widened at a time, where 8-bit frames go into sums for 16-bit ones. */
#define WIDEN_SAMPLES 1024

struct HotpixVarianceSums
{
  HotpixShape shape;

  /* Exactly one of each pair is set. */
  guint16 *narrow_sums; /* 8 bits, while Σx fits */
  guint32 *sums;        /* else; it fits for as many frames as an accumulator allows */
  guint32 *
      products; /* sum-kernel-private.h; 8 bits, while Σx² fits the 32 bits that they stand for */
  guint64 *squares; /* else */
};

/* Frames of 8 bits whose Σx² fits 32 bits. */
#define MOST_FRAMES_OF_PRODUCTS                                                                \
  (G_MAXUINT32 / (HOTPIX_SUM_KERNEL_WHITE * HOTPIX_SUM_KERNEL_WHITE))

static gboolean
sums_are_narrow (guint bits, guint n_frames)
{
  return bits == 8 && n_frames <= HOTPIX_SUM_KERNEL_NARROW_FRAMES;
}

static gboolean
squares_are_products (guint bits, guint n_frames)
{
  return bits == 8 && n_frames <= MOST_FRAMES_OF_PRODUCTS;
}

guint
hotpix_variance_sums_sample_bytes (guint bits, guint n_frames)
{
  return (sums_are_narrow (bits, n_frames) ? 2 : 4)
         + (squares_are_products (bits, n_frames) ? 4 : 8);
}

static gsize
total_samples (const HotpixVarianceSums *self)
{
  return hotpix_shape_row_samples (&self->shape) * self->shape.height;
}

HotpixVarianceSums *
hotpix_variance_sums_new (const HotpixShape *shape, guint n_frames)
{
  g_autoptr (HotpixVarianceSums) self = g_new0 (HotpixVarianceSums, 1);
  gsize n;

  self->shape = *shape;
  n = total_samples (self);
  if (sums_are_narrow (shape->bits, n_frames))
    self->narrow_sums = hotpix_large_array_new (n * sizeof *self->narrow_sums);
  else
    self->sums = hotpix_large_array_new (n * sizeof *self->sums);
  if (squares_are_products (shape->bits, n_frames))
    self->products = hotpix_large_array_new (n * sizeof *self->products);
  else
    self->squares = hotpix_large_array_new (n * sizeof *self->squares);
  if ((self->narrow_sums == NULL && self->sums == NULL)
      || (self->products == NULL && self->squares == NULL))
    return NULL;
  return g_steal_pointer (&self);
}

void
hotpix_variance_sums_free (HotpixVarianceSums *self)
{
  gsize n;

  if (self == NULL)
    return;
  n = total_samples (self);
  hotpix_large_array_free (self->narrow_sums, n * sizeof *self->narrow_sums);
  hotpix_large_array_free (self->sums, n * sizeof *self->sums);
  hotpix_large_array_free (self->products, n * sizeof *self->products);
  hotpix_large_array_free (self->squares, n * sizeof *self->squares);
  g_free (self);
}

guint
hotpix_variance_sums_get_room (const HotpixVarianceSums *self)
{
  if (self->narrow_sums != NULL)
    return HOTPIX_SUM_KERNEL_NARROW_FRAMES;
  if (self->products != NULL)
    return MOST_FRAMES_OF_PRODUCTS;
  return G_MAXUINT32 / hotpix_shape_white (&self->shape);
}

typedef void (*SumWide) (guint32 *sums, guint64 *squares, const guint16 *samples, gsize n);

/* Few sets have 66,052 frames: there, 8-bit samples are summed like 16-bit ones, unscaled. */
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
sum_wide (HotpixVarianceSums *self, SumWide sum, gsize first, gconstpointer frame, gsize n)
{
  if (self->shape.bits == 16)
    sum (self->sums + first, self->squares + first, frame, n);
  else
    sum_u8_wide (sum, self->sums + first, self->squares + first, frame, n);
}

void
hotpix_variance_sums_add (HotpixVarianceSums *self, gsize first, const gconstpointer *frames,
                          guint n_frames, gsize n)
{
  const guint8 *const *frames_u8 = (const guint8 *const *) frames;

  if (self->narrow_sums != NULL)
    hotpix_sum_kernel_add_u8_narrow (self->narrow_sums + first, self->products + first,
                                     frames_u8, n_frames, n);
  else if (self->products != NULL)
    hotpix_sum_kernel_add_u8 (self->sums + first, self->products + first, frames_u8, n_frames,
                              n);
  else
    for (guint k = 0; k < n_frames; k++)
      sum_wide (self, hotpix_sum_kernel_add_u16, first, frames[k], n);
}

void
hotpix_variance_sums_subtract (HotpixVarianceSums *self, gsize first, gconstpointer frame,
                               gsize n)
{
  if (self->narrow_sums != NULL)
    hotpix_sum_kernel_subtract_u8_narrow (self->narrow_sums + first, self->products + first,
                                          frame, n);
  else if (self->products != NULL)
    hotpix_sum_kernel_subtract_u8 (self->sums + first, self->products + first, frame, n);
  else
    sum_wide (self, hotpix_sum_kernel_subtract_u16, first, frame, n);
}

void
hotpix_variance_sums_add_sums (HotpixVarianceSums *self, gsize first, const guint64 *add,
                               const guint64 *add_squares, gsize n)
{
  guint16 *narrow_sums = self->narrow_sums != NULL ? self->narrow_sums + first : NULL;
  guint32 *sums = self->sums != NULL ? self->sums + first : NULL;
  guint32 *products = self->products != NULL ? self->products + first : NULL;
  guint64 *squares = self->squares != NULL ? self->squares + first : NULL;

  for (gsize i = 0; narrow_sums != NULL && i < n; i++)
    narrow_sums[i] = (guint16) (narrow_sums[i] + add[i]);
  for (gsize i = 0; sums != NULL && i < n; i++)
    sums[i] += (guint32) add[i];
  for (gsize i = 0; products != NULL && i < n; i++)
    products[i] += hotpix_sum_kernel_products ((guint32) add[i], (guint32) add_squares[i]);
  for (gsize i = 0; squares != NULL && i < n; i++)
    squares[i] += add_squares[i];
}

void
hotpix_variance_sums_merge (HotpixVarianceSums *self, const HotpixVarianceSums *other)
{
  for (gsize i = 0; i < total_samples (self); i++)
    {
      guint64 sum = hotpix_variance_sums_sum (other, i);
      guint64 squares = hotpix_variance_sums_squares (other, i);

      hotpix_variance_sums_add_sums (self, i, &sum, &squares, 1);
    }
}

guint64
hotpix_variance_sums_sum (const HotpixVarianceSums *self, gsize i)
{
  return self->narrow_sums != NULL ? self->narrow_sums[i] : self->sums[i];
}

guint64
hotpix_variance_sums_squares (const HotpixVarianceSums *self, gsize i)
{
  if (self->products == NULL)
    return self->squares[i];
  return hotpix_sum_kernel_squares ((guint32) hotpix_variance_sums_sum (self, i),
                                    self->products[i]);
}

void
hotpix_variance_sums_mean (const HotpixVarianceSums *self, gsize first, guint n_frames,
                           gdouble *mean, gsize n)
{
  gdouble full = (gdouble) n_frames * hotpix_shape_white (&self->shape);

  for (gsize i = 0; i < n; i++)
    mean[i] = (gdouble) hotpix_variance_sums_sum (self, first + i) / full;
}

static gdouble
variance_of (const HotpixVarianceSums *self, gsize i, guint n_frames)
{
  guint64 sum = hotpix_variance_sums_sum (self, i);
  guint64 difference = n_frames * hotpix_variance_sums_squares (self, i) - sum * sum;
  gdouble full = (gdouble) n_frames * hotpix_shape_white (&self->shape);

  return (gdouble) difference / (full * full);
}

void
hotpix_variance_sums_variance (const HotpixVarianceSums *self, gsize first, guint n_frames,
                               gdouble *variance, gsize n)
{
  if (self->narrow_sums != NULL)
    hotpix_sum_kernel_variance_u8_narrow (variance, self->narrow_sums + first,
                                          self->products + first, n_frames, n);
  else if (self->products != NULL)
    hotpix_sum_kernel_variance_u8 (variance, self->sums + first, self->products + first,
                                   n_frames, n);
  else
    for (gsize i = 0; i < n; i++)
      variance[i] = variance_of (self, first + i, n_frames);
}
