/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/shared-sums-private.h"

#define N_FRAMES 6

/* More rows than two bands, and a last band that is not full. */
static const HotpixShape shape = { 11, 37, 3, 8 };

/* A whole frame of packed rows, the same for every call. */
static guint8 *
make_frame (guint number)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number + 1);
  gsize n = hotpix_shape_row_bytes (&shape) * shape.height;
  guint8 *samples = g_new (guint8, n);

  for (gsize i = 0; i < n; i++)
    samples[i] = (guint8) g_rand_int_range (random, 0, 256);
  return samples;
}

static HotpixSharedSums *
new_sums (HotpixSums kind)
{
  g_autoptr (GError) error = NULL;
  HotpixSharedSums *sums = hotpix_shared_sums_new (&shape, kind, N_FRAMES, &error);

  g_assert_no_error (error);
  return sums;
}

static gconstpointer
row_of (gconstpointer frame, guint row)
{
  return (const guint8 *) frame + row * hotpix_shape_row_bytes (&shape);
}

static HotpixAccumulator *
steal (HotpixSharedSums *sums, guint n_frames)
{
  HotpixAccumulator *accumulator = hotpix_shared_sums_steal (sums);

  hotpix_accumulator_count_frames (accumulator, n_frames, 0);
  return accumulator;
}

/* Frames added whole, one after the other, by one thread. */
static HotpixAccumulator *
expected (guint n_frames)
{
  HotpixAccumulator *accumulator
      = hotpix_accumulator_new (&shape, HOTPIX_SUMS_EVIDENCE, N_FRAMES, NULL);
  g_autofree gint8 *scratch = g_new (gint8, hotpix_shape_row_samples (&shape));

  for (guint k = 0; k < n_frames; k++)
    {
      g_autofree guint8 *samples = make_frame (k);
      gconstpointer frame = samples;

      hotpix_accumulator_add_rows (accumulator, 0, shape.height, &frame, 1);
      hotpix_accumulator_add_evidence (accumulator, 0, shape.height, &frame, 0, 1, 0, scratch);
    }
  hotpix_accumulator_count_frames (accumulator, n_frames, 0);
  return accumulator;
}

static void
assert_same (const HotpixAccumulator *a, const HotpixAccumulator *b)
{
  gsize n = hotpix_shape_row_samples (&shape);
  g_autofree gdouble *values = g_new (gdouble, 2 * n);
  g_autofree gint32 *steps = g_new (gint32, 2 * n);

  for (guint y = 0; y < shape.height; y++)
    {
      hotpix_accumulator_mean_row (a, y, values);
      hotpix_accumulator_mean_row (b, y, values + n);
      g_assert_cmpmem (values, n * sizeof *values, values + n, n * sizeof *values);
      hotpix_accumulator_variance_row (a, y, values);
      hotpix_accumulator_variance_row (b, y, values + n);
      g_assert_cmpmem (values, n * sizeof *values, values + n, n * sizeof *values);
      hotpix_accumulator_steps_row (a, HOTPIX_LOOK_ALL, y, steps);
      hotpix_accumulator_steps_row (b, HOTPIX_LOOK_ALL, y, steps + n);
      g_assert_cmpmem (steps, n * sizeof *steps, steps + n, n * sizeof *steps);
    }
}

static void
test_bands (void)
{
  for (guint height = 1; height <= 3 * HOTPIX_BAND_ROWS + 1; height++)
    {
      const HotpixShape of = { 5, height, 1, 8 };
      g_autoptr (HotpixSharedSums) sums
          = hotpix_shared_sums_new (&of, HOTPIX_SUMS_VARIANCE, 1, NULL);
      guint rows = 0;

      while (rows < height)
        {
          guint band = hotpix_shared_sums_band_rows (sums, rows);

          g_assert_cmpuint (band, >, 0);
          g_assert_true (band == HOTPIX_BAND_ROWS || rows + band == height);
          rows += band;
        }
      g_assert_cmpuint (rows, ==, height);
    }
}

static void
test_halo (void)
{
  g_autoptr (HotpixSharedSums) variance = new_sums (HOTPIX_SUMS_VARIANCE);
  g_autoptr (HotpixSharedSums) evidence = new_sums (HOTPIX_SUMS_EVIDENCE);

  g_assert_cmpuint (hotpix_shared_sums_halo_rows (variance), ==, 0);
  /* Two that lag behind, and the two above these, which are in their rings. */
  g_assert_cmpuint (hotpix_shared_sums_halo_rows (evidence), ==, 4);
}

static void
test_any_order (void)
{
  g_autoptr (HotpixSharedSums) sums = new_sums (HOTPIX_SUMS_EVIDENCE);
  g_autoptr (HotpixAccumulator) all = NULL, wanted = expected (N_FRAMES);
  g_autofree gpointer scratch = g_malloc (hotpix_shared_sums_scratch_bytes (sums));
  const guint rows[] = { 32, 0, 16 };

  for (guint k = 0; k < N_FRAMES; k += 2)
    {
      g_autofree guint8 *a = make_frame (k), *b = make_frame (k + 1);

      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        {
          const gconstpointer frames[] = { row_of (a, rows[i]), row_of (b, rows[i]) };

          hotpix_shared_sums_add (sums, rows[i], frames, 2, 0, scratch);
        }
    }
  all = steal (sums, N_FRAMES);
  assert_same (all, wanted);
}

typedef struct
{
  HotpixSharedSums *sums;
  guint number;
} Work;

static gpointer
add_frame (gpointer data)
{
  const Work *work = data;
  g_autofree guint8 *samples = make_frame (work->number);
  g_autofree gpointer scratch = g_malloc (hotpix_shared_sums_scratch_bytes (work->sums));

  for (guint row = 0; row < shape.height; row += HOTPIX_BAND_ROWS)
    {
      gconstpointer frame = row_of (samples, row);

      hotpix_shared_sums_add (work->sums, row, &frame, 1, 0, scratch);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (HotpixAccumulator) wanted = expected (N_FRAMES);

  for (guint turn = 0; turn < 20; turn++)
    {
      g_autoptr (HotpixSharedSums) sums = new_sums (HOTPIX_SUMS_EVIDENCE);
      g_autoptr (HotpixAccumulator) all = NULL;
      Work work[N_FRAMES];
      GThread *threads[N_FRAMES];

      for (guint k = 0; k < N_FRAMES; k++)
        {
          work[k] = (Work){ sums, k };
          threads[k] = g_thread_new ("add", add_frame, &work[k]);
        }
      for (guint k = 0; k < N_FRAMES; k++)
        g_thread_join (threads[k]);
      all = steal (sums, N_FRAMES);
      assert_same (all, wanted);
    }
}

static void
test_subtract (void)
{
  g_autoptr (HotpixSharedSums) sums = new_sums (HOTPIX_SUMS_EVIDENCE);
  g_autoptr (HotpixAccumulator) left = NULL, wanted = expected (N_FRAMES - 1);
  g_autofree guint8 *last = make_frame (N_FRAMES - 1);
  g_autofree gpointer scratch = g_malloc (hotpix_shared_sums_scratch_bytes (sums));

  for (guint k = 0; k < N_FRAMES; k++)
    (void) add_frame (&(Work){ sums, k });
  for (guint row = 0; row < shape.height; row += HOTPIX_BAND_ROWS)
    hotpix_shared_sums_subtract (sums, row, row_of (last, row), FALSE, scratch);
  left = steal (sums, N_FRAMES - 1);
  assert_same (left, wanted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shared-sums/each-row-is-in-one-band", test_bands);
  g_test_add_func ("/shared-sums/evidence-wants-rows-above-a-band", test_halo);
  g_test_add_func ("/shared-sums/bands-in-any-order-come-to-the-same", test_any_order);
  g_test_add_func ("/shared-sums/threads-at-once-come-to-the-same", test_threads);
  g_test_add_func ("/shared-sums/taking-back-leaves-no-trace", test_subtract);
  return g_test_run ();
}
