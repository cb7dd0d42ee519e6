/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "good-photos.h"
#include "photos/frame-makers.h"

WholeSums *
whole_sums_new (const HotpixAccumulator *accumulator)
{
  WholeSums *self = g_new0 (WholeSums, 1);
  gsize row_samples;

  self->shape = *hotpix_accumulator_get_shape (accumulator);
  self->n_frames = hotpix_accumulator_get_frames (accumulator);
  row_samples = hotpix_shape_row_samples (&self->shape);
  self->n_samples = row_samples * self->shape.height;
  self->sums = g_new (guint64, self->n_samples);
  self->squares = g_new (guint64, self->n_samples);
  self->steps = g_new (gint32, self->n_samples);
  for (guint y = 0; y < self->shape.height; y++)
    {
      hotpix_accumulator_sum_row (accumulator, y, self->sums + y * row_samples,
                                  self->squares + y * row_samples);
      hotpix_accumulator_steps_row (accumulator, HOTPIX_LOOK_ALL, y,
                                    self->steps + y * row_samples);
    }
  return self;
}

HotpixAccumulator *
scan_with_evidence (HotpixFrameSet *set, guint threads, GError **error)
{
  HotpixOptions options = hotpix_options_default ();

  options.threads = threads;
  options.sums = HOTPIX_SUMS_EVIDENCE;
  return hotpix_scan (set, &options, NULL, NULL, error);
}

WholeSums *
whole_sums_of_files (const gchar *const *paths)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  for (; paths[n] != NULL; n++)
    hotpix_frame_makers_add_file (NULL, set, paths[n]);
  accumulator = scan_with_evidence (set, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hotpix_accumulator_get_frames (accumulator), ==, n);
  return whole_sums_new (accumulator);
}

void
whole_sums_free (WholeSums *self)
{
  if (self == NULL)
    return;
  g_free (self->sums);
  g_free (self->squares);
  g_free (self->steps);
  g_free (self);
}

void
whole_sums_assert_equal (const WholeSums *a, const WholeSums *b)
{
  gsize n = a->n_samples;

  g_assert_cmpuint (a->n_frames, ==, b->n_frames);
  g_assert_cmpuint (n, ==, b->n_samples);
  g_assert_cmpmem (a->sums, n * sizeof *a->sums, b->sums, n * sizeof *b->sums);
  g_assert_cmpmem (a->squares, n * sizeof *a->squares, b->squares, n * sizeof *b->squares);
  g_assert_cmpmem (a->steps, n * sizeof *a->steps, b->steps, n * sizeof *b->steps);
}
