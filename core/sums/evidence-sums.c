/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/large-array-private.h"
#include "sums/evidence-kernel-private.h"
#include "sums/evidence-sums-private.h"

#include <string.h>

struct HotpixEvidenceSums
{
  HotpixShape shape;
  gsize row_samples;

  /* Exactly one is set. */
  gint16 *narrow;
  gint32 *wide;
};

guint
hotpix_evidence_sums_sample_bytes (guint n_frames)
{
  return n_frames <= HOTPIX_EVIDENCE_NARROW_FRAMES ? 2 : 4;
}

static gsize
total_samples (const HotpixEvidenceSums *self)
{
  return self->row_samples * self->shape.height;
}

HotpixEvidenceSums *
hotpix_evidence_sums_new (const HotpixShape *shape, guint n_frames)
{
  g_autoptr (HotpixEvidenceSums) self = g_new0 (HotpixEvidenceSums, 1);

  self->shape = *shape;
  self->row_samples = hotpix_shape_row_samples (shape);
  if (n_frames <= HOTPIX_EVIDENCE_NARROW_FRAMES)
    self->narrow = hotpix_large_array_new (total_samples (self) * sizeof *self->narrow);
  else
    self->wide = hotpix_large_array_new (total_samples (self) * sizeof *self->wide);
  return self->narrow != NULL || self->wide != NULL ? g_steal_pointer (&self) : NULL;
}

void
hotpix_evidence_sums_free (HotpixEvidenceSums *self)
{
  if (self == NULL)
    return;
  hotpix_large_array_free (self->narrow, total_samples (self) * sizeof *self->narrow);
  hotpix_large_array_free (self->wide, total_samples (self) * sizeof *self->wide);
  g_free (self);
}

guint
hotpix_evidence_sums_get_room (const HotpixEvidenceSums *self)
{
  return self->narrow != NULL ? HOTPIX_EVIDENCE_NARROW_FRAMES
                              : G_MAXINT32 / HOTPIX_EVIDENCE_MAX_STEPS;
}

/* The row at `distance` from a row, mirrored at the frame's edge; `frame` points to row `at` of the
 * frame. */
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

static void
add_steps (HotpixEvidenceSums *self, guint row, const gint8 *steps)
{
  gsize n = self->row_samples;

  if (self->narrow != NULL)
    hotpix_evidence_kernel_add_narrow (self->narrow + row * n, steps, n);
  else
    hotpix_evidence_kernel_add (self->wide + row * n, steps, n);
}

static void
subtract_steps (HotpixEvidenceSums *self, guint row, const gint8 *steps)
{
  gsize n = self->row_samples;

  if (self->narrow != NULL)
    hotpix_evidence_kernel_subtract_narrow (self->narrow + row * n, steps, n);
  else
    hotpix_evidence_kernel_subtract (self->wide + row * n, steps, n);
}

typedef void (*SumSteps) (HotpixEvidenceSums *self, guint row, const gint8 *steps);

/* Row by row, and all frames within a row, so that the sums of a row stay in cache. A few frames at
 * a time are first summed in 8 bits. */
static void
sum_rows (HotpixEvidenceSums *self, HotpixEvidenceSums *also, SumSteps sum, guint row,
          guint n_rows, const gconstpointer *frames, guint at, guint n_frames, gint8 *steps)
{
  const HotpixShape *shape = &self->shape;

  g_return_if_fail (row <= shape->height && n_rows <= shape->height - row);
  if (!has_rings (shape))
    return;
  for (guint y = row; y < row + n_rows; y++)
    for (guint k = 0; k < n_frames; k += HOTPIX_EVIDENCE_FRAMES)
      {
        memset (steps, 0, self->row_samples);
        for (guint i = k; i < MIN (n_frames, k + HOTPIX_EVIDENCE_FRAMES); i++)
          steps_of_row (shape, frames[i], at, y, steps);
        sum (self, y, steps);
        if (also != NULL)
          sum (also, y, steps);
      }
}

void
hotpix_evidence_sums_add (HotpixEvidenceSums *self, HotpixEvidenceSums *also, guint row,
                          guint n_rows, const gconstpointer *frames, guint at, guint n_frames,
                          gint8 *scratch)
{
  sum_rows (self, also, add_steps, row, n_rows, frames, at, n_frames, scratch);
}

void
hotpix_evidence_sums_subtract (HotpixEvidenceSums *self, HotpixEvidenceSums *also, guint row,
                               guint n_rows, gconstpointer frame, guint at, gint8 *scratch)
{
  sum_rows (self, also, subtract_steps, row, n_rows, &frame, at, 1, scratch);
}

void
hotpix_evidence_sums_merge (HotpixEvidenceSums *self, const HotpixEvidenceSums *other)
{
  for (gsize i = 0; i < total_samples (self); i++)
    if (self->narrow != NULL)
      self->narrow[i] = (gint16) (self->narrow[i] + hotpix_evidence_sums_steps (other, i));
    else
      self->wide[i] += hotpix_evidence_sums_steps (other, i);
}

void
hotpix_evidence_sums_add_row (HotpixEvidenceSums *self, guint row, const gint32 *steps)
{
  gsize n = self->row_samples;

  for (gsize i = 0; self->narrow != NULL && i < n; i++)
    self->narrow[row * n + i] = (gint16) (self->narrow[row * n + i] + steps[i]);
  for (gsize i = 0; self->wide != NULL && i < n; i++)
    self->wide[row * n + i] += steps[i];
}

gint32
hotpix_evidence_sums_steps (const HotpixEvidenceSums *self, gsize i)
{
  return self->narrow != NULL ? self->narrow[i] : self->wide[i];
}

void
hotpix_evidence_sums_row (const HotpixEvidenceSums *self, guint row, gint32 *steps)
{
  gsize n = self->row_samples;

  if (self->narrow != NULL)
    hotpix_evidence_kernel_widen (steps, self->narrow + row * n, n);
  else
    memcpy (steps, self->wide + row * n, n * sizeof *steps);
}
