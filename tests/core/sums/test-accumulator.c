/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/system-memory-private.h"
#include "evidence-reference.h"
#include "sums/accumulator.h"

#include <math.h>
#include <string.h>

/* Packed samples of a made-up frame. To be freed by g_free(). */
static gpointer
make_samples (const HotpixShape *shape, guint32 seed)
{
  gpointer rows = g_malloc (hotpix_shape_row_bytes (shape) * shape->height);
  FakeFrame *fake = fake_frame_new (shape, seed);

  g_assert_true (fake->frame.frame_class->open (&fake->frame, NULL));
  g_assert_true (fake->frame.frame_class->read (&fake->frame, shape->height, rows, NULL));
  fake->frame.frame_class->close (&fake->frame);
  hotpix_frame_free (&fake->frame);
  return rows;
}

static HotpixAccumulator *
accumulate (const HotpixShape *shape, guint first_seed, guint n_frames, guint room)
{
  HotpixAccumulator *accumulator
      = hotpix_accumulator_new (shape, HOTPIX_SUMS_EVIDENCE, room, NULL);
  g_autofree gint8 *scratch = g_new (gint8, hotpix_shape_row_samples (shape));

  for (guint k = 0; k < n_frames; k++)
    {
      g_autofree gpointer samples = make_samples (shape, first_seed + k);
      gconstpointer frame = samples;

      hotpix_accumulator_add_rows (accumulator, 0, shape->height, &frame, 1);
      hotpix_accumulator_add_evidence (accumulator, 0, shape->height, &frame, 0, 1, 0, scratch);
    }
  hotpix_accumulator_count_frames (accumulator, n_frames, 0);
  return accumulator;
}

/* The same with a look at the first n_long frames by themselves. */
static HotpixAccumulator *
accumulate_long (const HotpixShape *shape, guint first_seed, guint n_frames, guint n_long)
{
  HotpixAccumulator *accumulator
      = hotpix_accumulator_new (shape, HOTPIX_SUMS_LONG_EVIDENCE, 2 * n_frames, NULL);
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func (g_free);
  g_autofree gint8 *scratch = g_new (gint8, hotpix_shape_row_samples (shape));

  for (guint k = 0; k < n_frames; k++)
    g_ptr_array_add (frames, make_samples (shape, first_seed + k));
  hotpix_accumulator_add_rows (accumulator, 0, shape->height,
                               (const gconstpointer *) frames->pdata, n_frames);
  hotpix_accumulator_add_evidence (accumulator, 0, shape->height,
                                   (const gconstpointer *) frames->pdata, 0, n_frames, n_long,
                                   scratch);
  hotpix_accumulator_count_frames (accumulator, n_frames, n_long);
  return accumulator;
}

static void
assert_same_sums (const HotpixAccumulator *a, const HotpixAccumulator *b)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (a);
  gsize n = hotpix_shape_row_samples (shape);
  g_autofree guint64 *sums = g_new (guint64, 4 * n);
  g_autofree gint32 *steps = g_new (gint32, 2 * n);

  g_assert_cmpuint (hotpix_accumulator_get_frames (a), ==, hotpix_accumulator_get_frames (b));
  for (guint y = 0; y < shape->height; y++)
    {
      hotpix_accumulator_sum_row (a, y, sums, sums + n);
      hotpix_accumulator_sum_row (b, y, sums + 2 * n, sums + 3 * n);
      g_assert_cmpmem (sums, 2 * n * sizeof *sums, sums + 2 * n, 2 * n * sizeof *sums);
      hotpix_accumulator_steps_row (a, HOTPIX_LOOK_ALL, y, steps);
      hotpix_accumulator_steps_row (b, HOTPIX_LOOK_ALL, y, steps + n);
      g_assert_cmpmem (steps, n * sizeof *steps, steps + n, n * sizeof *steps);
    }
}

/* Two passes in long double: the mean first, then the squared distances from it. */
static void
assert_equals_two_passes (const HotpixShape *shape, guint n_frames, guint room)
{
  g_autoptr (HotpixAccumulator) accumulator = accumulate (shape, 1, n_frames, room);
  gsize n = hotpix_shape_row_samples (shape);
  g_autofree gdouble *variance = g_new (gdouble, n);
  g_autofree gdouble *mean = g_new (gdouble, n);
  g_autoptr (GPtrArray) fakes = g_ptr_array_new ();
  long double white = hotpix_shape_white (shape);

  for (guint k = 0; k < n_frames; k++)
    g_ptr_array_add (fakes, fake_frame_new (shape, 1 + k));
  for (guint y = 0; y < shape->height; y++)
    {
      hotpix_accumulator_variance_row (accumulator, y, variance);
      hotpix_accumulator_mean_row (accumulator, y, mean);
      for (gsize i = 0; i < n; i++)
        {
          guint x = (guint) (i / shape->channels), channel = (guint) (i % shape->channels);
          long double sum = 0, squares = 0;

          for (guint k = 0; k < n_frames; k++)
            sum += fake_frame_sample (fakes->pdata[k], x, y, channel) / white;
          for (guint k = 0; k < n_frames; k++)
            {
              long double distance
                  = fake_frame_sample (fakes->pdata[k], x, y, channel) / white - sum / n_frames;

              squares += distance * distance;
            }
          g_assert_cmpfloat_with_epsilon (mean[i], (gdouble) (sum / n_frames), 1e-15);
          g_assert_cmpfloat_with_epsilon (variance[i], (gdouble) (squares / n_frames), 1e-15);
          g_assert_cmpfloat (variance[i], <=, 0.25);
        }
    }
  for (guint k = 0; k < n_frames; k++)
    hotpix_frame_free (fakes->pdata[k]);
}

static void
test_two_passes (void)
{
  const guint rooms[] = { 11, 258, 70000 }; /* for one width of sums each */

  for (guint channels = 1; channels <= 3; channels += 2)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++)
        assert_equals_two_passes (&(HotpixShape){ 7, 5, channels, 8 }, 11, rooms[i]);
      assert_equals_two_passes (&(HotpixShape){ 7, 5, channels, 16 }, 11, 11);
    }
  assert_equals_two_passes (&(HotpixShape){ 1, 1, 1, 8 }, 2, 2);
  assert_equals_two_passes (&(HotpixShape){ 1100, 2, 1, 8 }, 3, 70000);
}

/* Evidence by the reference, and the values of single samples like those of their rows. */
static void
test_evidence (void)
{
  const HotpixShape shape = { 8, 7, 3, 8 };
  g_autoptr (HotpixAccumulator) accumulator = accumulate (&shape, 1, 10, 10);
  gdouble evidence[24], mean[24], variance[24];

  for (guint y = 0; y < shape.height; y++)
    {
      hotpix_accumulator_evidence_row (accumulator, y, evidence);
      hotpix_accumulator_mean_row (accumulator, y, mean);
      hotpix_accumulator_variance_row (accumulator, y, variance);
      for (guint i = 0; i < 24; i++)
        {
          gint steps = 0;

          for (guint k = 0; k < 10; k++)
            {
              FakeFrame *fake = fake_frame_new (&shape, 1 + k);

              steps += evidence_reference_of_frame (fake, i / 3, y, i % 3);
              hotpix_frame_free (&fake->frame);
            }
          g_assert_cmpfloat_with_epsilon (evidence[i], steps / (2 * sqrt (10)), 1e-15);
          g_assert_cmpfloat (
              hotpix_accumulator_evidence_at (accumulator, HOTPIX_LOOK_ALL, i / 3, y, i % 3),
              ==, evidence[i]);
          g_assert_cmpfloat (hotpix_accumulator_mean_at (accumulator, i / 3, y, i % 3), ==,
                             mean[i]);
          g_assert_cmpfloat (hotpix_accumulator_variance_at (accumulator, i / 3, y, i % 3), ==,
                             variance[i]);
        }
    }
}

static void
test_constant (void)
{
  const HotpixShape shape = { 3, 1, 1, 16 };
  const guint16 row[] = { 0, 12345, 65535 };
  gconstpointer frame = row;
  g_autoptr (HotpixAccumulator) accumulator
      = hotpix_accumulator_new (&shape, HOTPIX_SUMS_VARIANCE, 1000, NULL);
  gdouble variance[3], mean[3];

  for (guint k = 0; k < 1000; k++)
    hotpix_accumulator_add_rows (accumulator, 0, 1, &frame, 1);
  hotpix_accumulator_count_frames (accumulator, 1000, 0);
  hotpix_accumulator_variance_row (accumulator, 0, variance);
  hotpix_accumulator_mean_row (accumulator, 0, mean);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (variance[i], ==, 0);
      g_assert_cmpfloat (mean[i], ==, row[i] / 65535.0);
    }
}

static void
test_largest (void)
{
  const HotpixShape shape = { 1, 1, 1, 8 };
  const guint8 black = 0, white = 255;
  gconstpointer frames[] = { &black, &white };
  g_autoptr (HotpixAccumulator) accumulator
      = hotpix_accumulator_new (&shape, HOTPIX_SUMS_VARIANCE, 2, NULL);
  gdouble variance;

  hotpix_accumulator_add_rows (accumulator, 0, 1, frames, 2);
  hotpix_accumulator_count_frames (accumulator, 2, 0);
  hotpix_accumulator_variance_row (accumulator, 0, &variance);
  g_assert_cmpfloat (variance, ==, 0.25);
}

/* At the numbers of frames where sums of 16 bits and squares of 32 end, and beyond them, all white:
 * Σx and Σx² are largest. */
static void
test_many_frames (void)
{
  const HotpixShape shape = { 1, 1, 1, 8 };
  const guint8 white = 255;
  const guint n_frames[] = { 257, 258, 66051, 66052, 200001 };

  for (gsize i = 0; i < G_N_ELEMENTS (n_frames); i++)
    {
      g_autoptr (HotpixAccumulator) accumulator
          = hotpix_accumulator_new (&shape, HOTPIX_SUMS_VARIANCE, n_frames[i], NULL);
      gconstpointer frame = &white;
      guint64 sum, square;
      gdouble variance;

      for (guint k = 0; k < n_frames[i]; k++)
        hotpix_accumulator_add_rows (accumulator, 0, 1, &frame, 1);
      hotpix_accumulator_count_frames (accumulator, n_frames[i], 0);
      hotpix_accumulator_sum_row (accumulator, 0, &sum, &square);
      g_assert_cmpuint (sum, ==, G_GUINT64_CONSTANT (255) * n_frames[i]);
      g_assert_cmpuint (square, ==, G_GUINT64_CONSTANT (65025) * n_frames[i]);
      hotpix_accumulator_variance_row (accumulator, 0, &variance);
      g_assert_cmpfloat (variance, ==, 0);
    }
}

static void
test_bytes (void)
{
  const HotpixShape shape = { 7, 5, 3, 8 }, deep = { 7, 5, 3, 16 };
  const struct
  {
    guint n_frames, variance, evidence; /* bytes a sample */
  } cases[] = { { 2, 6, 8 },     { 257, 6, 8 },    { 258, 8, 10 },   { 4095, 8, 10 },
                { 4096, 8, 12 }, { 66051, 8, 12 }, { 66052, 12, 16 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = cases[i].n_frames;

      g_assert_cmpuint (hotpix_accumulator_bytes (&shape, HOTPIX_SUMS_VARIANCE, n), ==,
                        7 * 5 * 3 * cases[i].variance);
      g_assert_cmpuint (hotpix_accumulator_bytes (&shape, HOTPIX_SUMS_LONG_EVIDENCE, n), <=,
                        hotpix_accumulator_bytes (&shape, HOTPIX_SUMS_EVIDENCE, n)
                            + (n / 2 > 4095 ? 4 : 2) * hotpix_shape_row_samples (&shape)
                                  * shape.height);
      g_assert_cmpuint (hotpix_accumulator_bytes (&shape, HOTPIX_SUMS_EVIDENCE, n), ==,
                        7 * 5 * 3 * cases[i].evidence);
    }
  g_assert_cmpuint (hotpix_accumulator_bytes (&deep, HOTPIX_SUMS_EVIDENCE, 2), ==,
                    7 * 5 * 3 * 14);
}

static void
test_merge (void)
{
  const HotpixShape shape = { 9, 6, 3, 8 };
  g_autoptr (HotpixAccumulator) whole = accumulate (&shape, 1, 10, 10);
  g_autoptr (HotpixAccumulator) head = accumulate (&shape, 1, 3, 3);
  g_autoptr (HotpixAccumulator) tail = accumulate (&shape, 4, 7, 70000);
  g_autoptr (HotpixAccumulator) other_way = accumulate (&shape, 4, 7, 258);

  g_assert_true (hotpix_accumulator_merge (other_way, head, NULL));
  assert_same_sums (whole, other_way);
  g_assert_true (hotpix_accumulator_merge (head, tail, NULL));
  assert_same_sums (whole, head);
}

/* Whether the steps of one look are those of another accumulator's look at all. */
static void
assert_same_look (const HotpixAccumulator *accumulator, HotpixLook look,
                  const HotpixAccumulator *other)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (other);
  gsize n = hotpix_shape_row_samples (shape);
  g_autofree gint32 *steps = g_new (gint32, 2 * n);

  g_assert_cmpuint (hotpix_accumulator_get_evidence_frames (accumulator, look), ==,
                    hotpix_accumulator_get_frames (other));
  for (guint y = 0; y < shape->height; y++)
    {
      hotpix_accumulator_steps_row (accumulator, look, y, steps);
      hotpix_accumulator_steps_row (other, HOTPIX_LOOK_ALL, y, steps + n);
      g_assert_cmpmem (steps, n * sizeof *steps, steps + n, n * sizeof *steps);
    }
  g_assert_cmpfloat (hotpix_accumulator_evidence_at (accumulator, look, 4, 3, 1), ==,
                     hotpix_accumulator_evidence_at (other, HOTPIX_LOOK_ALL, 4, 3, 1));
}

/* Of frames 1 to 10 the first four are long, and what their own accumulator says of them is known. */
static void
test_long_look (void)
{
  const HotpixShape shape = { 9, 6, 3, 8 };
  g_autoptr (HotpixAccumulator) all = accumulate (&shape, 1, 10, 10);
  g_autoptr (HotpixAccumulator) first = accumulate (&shape, 1, 4, 4);
  g_autoptr (HotpixAccumulator) sums = accumulate_long (&shape, 1, 10, 4);

  g_assert_cmpint (hotpix_accumulator_get_sums (sums), ==, HOTPIX_SUMS_LONG_EVIDENCE);
  assert_same_sums (all, sums);
  assert_same_look (sums, HOTPIX_LOOK_ALL, all);
  assert_same_look (sums, HOTPIX_LOOK_LONG, first);
}

/* With a long look on one side, or on both. */
static void
test_long_look_merges (void)
{
  const HotpixShape shape = { 9, 6, 3, 8 };
  g_autoptr (HotpixAccumulator) all = accumulate (&shape, 1, 10, 10);
  g_autoptr (HotpixAccumulator) first = accumulate (&shape, 1, 2, 2);
  g_autoptr (HotpixAccumulator) fourth = accumulate (&shape, 4, 1, 1);
  g_autoptr (HotpixAccumulator) plain = accumulate (&shape, 1, 3, 3);
  g_autoptr (HotpixAccumulator) head = accumulate_long (&shape, 1, 3, 2);
  g_autoptr (HotpixAccumulator) tail = accumulate_long (&shape, 4, 7, 1);

  g_assert_true (hotpix_accumulator_merge (plain, tail, NULL));
  assert_same_sums (all, plain);
  assert_same_look (plain, HOTPIX_LOOK_LONG, fourth);
  g_assert_true (hotpix_accumulator_merge (head, tail, NULL));
  assert_same_sums (all, head);
  g_assert_true (hotpix_accumulator_merge (first, fourth, NULL));
  assert_same_look (head, HOTPIX_LOOK_LONG, first);
}

/* A frame stays in the variance when its evidence is taken out. */
static void
test_evidence_alone_is_taken_out (void)
{
  const HotpixShape shape = { 9, 6, 3, 8 };
  g_autoptr (HotpixAccumulator) sums = accumulate_long (&shape, 1, 5, 2);
  g_autoptr (HotpixAccumulator) whole = accumulate (&shape, 1, 5, 5);
  g_autoptr (HotpixAccumulator) rest = accumulate (&shape, 2, 4, 4);
  g_autoptr (HotpixAccumulator) second = accumulate (&shape, 2, 1, 1);
  g_autofree gpointer frame = make_samples (&shape, 1);
  gint8 scratch[27];

  hotpix_accumulator_subtract_evidence (sums, 0, shape.height, frame, 0, TRUE, scratch);
  hotpix_accumulator_uncount_evidence (sums, 1, 1);
  assert_same_look (sums, HOTPIX_LOOK_ALL, rest);
  assert_same_look (sums, HOTPIX_LOOK_LONG, second);
  g_assert_cmpuint (hotpix_accumulator_get_frames (sums), ==, 5);
  g_assert_cmpfloat (hotpix_accumulator_variance_at (sums, 3, 3, 2), ==,
                     hotpix_accumulator_variance_at (whole, 3, 3, 2));
}

/* Two halves that just fit, of a frame whose middle has the most steps, and its sums likewise. */
static void
assert_merge_widens (guint n_frames)
{
  const HotpixShape shape = { 5, 5, 1, 8 };
  const gsize middle = 2 * 5 + 2;
  guint8 bright[5 * 5] = { 0 };
  gconstpointer frame = bright;
  HotpixAccumulator *halves[2];
  guint64 sums[5], squares[5];
  gint32 steps[5];
  gint8 scratch[5];

  bright[middle] = 255;
  for (guint i = 0; i < 2; i++)
    {
      halves[i] = hotpix_accumulator_new (&shape, HOTPIX_SUMS_EVIDENCE, n_frames, NULL);
      for (guint k = 0; k < n_frames; k++)
        {
          hotpix_accumulator_add_rows (halves[i], 0, 5, &frame, 1);
          hotpix_accumulator_add_evidence (halves[i], 0, 5, &frame, 0, 1, 0, scratch);
        }
      hotpix_accumulator_count_frames (halves[i], n_frames, 0);
    }
  g_assert_true (hotpix_accumulator_merge (halves[0], halves[1], NULL));
  hotpix_accumulator_sum_row (halves[0], 2, sums, squares);
  hotpix_accumulator_steps_row (halves[0], HOTPIX_LOOK_ALL, 2, steps);
  g_assert_cmpuint (sums[2], ==, G_GUINT64_CONSTANT (2) * n_frames * 255);
  g_assert_cmpuint (squares[2], ==, G_GUINT64_CONSTANT (2) * n_frames * 65025);
  g_assert_cmpint (steps[2], ==, 2 * (gint) n_frames * 8);
  g_assert_cmpuint (sums[1] + squares[1], ==, 0);
  g_assert_cmpint (hotpix_accumulator_variance_at (halves[0], 2, 2, 0), ==, 0);
  for (guint i = 0; i < 2; i++)
    hotpix_accumulator_free (halves[i]);
}

static void
test_merge_widens (void)
{
  assert_merge_widens (257);
  assert_merge_widens (4095);
  assert_merge_widens (66051);
}

static void
test_merge_refuses (void)
{
  g_autoptr (HotpixAccumulator) a = accumulate (&(HotpixShape){ 2, 2, 1, 8 }, 1, 2, 2);
  g_autoptr (HotpixAccumulator) same = accumulate (&(HotpixShape){ 2, 2, 1, 8 }, 1, 2, 2);
  const HotpixShape others[]
      = { { 3, 2, 1, 8 }, { 2, 3, 1, 8 }, { 2, 2, 3, 8 }, { 2, 2, 1, 16 } };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (HotpixAccumulator) b = accumulate (&others[i], 1, 2, 2);
      g_autoptr (GError) error = NULL;

      g_assert_false (hotpix_accumulator_merge (a, b, &error));
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_SHAPE);
      assert_same_sums (a, same);
    }
}

static void
test_merge_refuses_without_evidence (void)
{
  const HotpixShape shape = { 2, 2, 1, 8 };
  g_autoptr (HotpixAccumulator) with = accumulate (&shape, 1, 2, 2);
  g_autoptr (HotpixAccumulator) same = accumulate (&shape, 1, 2, 2);
  g_autoptr (HotpixAccumulator) without
      = hotpix_accumulator_new (&shape, HOTPIX_SUMS_VARIANCE, 2, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (hotpix_accumulator_merge (with, without, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_SHAPE);
  assert_same_sums (with, same);
}

static void
test_subtract (void)
{
  const struct
  {
    HotpixShape shape;
    guint room;
  } cases[] = { { { 9, 6, 3, 8 }, 5 },
                { { 9, 6, 3, 8 }, 300 },
                { { 9, 6, 3, 8 }, 70000 },
                { { 9, 6, 3, 16 }, 5 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const HotpixShape *shape = &cases[i].shape;
      g_autoptr (HotpixAccumulator) without = accumulate (shape, 1, 5, cases[i].room);
      g_autoptr (HotpixAccumulator) with = accumulate (shape, 1, 5, cases[i].room);
      gint8 scratch[9 * 3];
      g_autofree gpointer samples = make_samples (shape, 99);
      gconstpointer frame = samples;

      hotpix_accumulator_add_rows (with, 0, 3, &frame, 1);
      hotpix_accumulator_subtract_rows (with, 0, 3, frame);
      hotpix_accumulator_add_evidence (with, 1, 2, &frame, 0, 1, 0, scratch);
      hotpix_accumulator_subtract_evidence (with, 1, 2, frame, 0, FALSE, scratch);
      assert_same_sums (with, without);
    }
}

static void
test_too_many (void)
{
  const HotpixShape deep = { 1, 1, 1, 16 }, huge = { G_MAXUINT, G_MAXUINT, 3, 8 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (hotpix_accumulator_max_frames (&deep), ==, 65537);
  g_assert_null (hotpix_accumulator_new (&deep, HOTPIX_SUMS_VARIANCE, 65538, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES);
  g_clear_error (&error);
  g_assert_null (hotpix_accumulator_new (&huge, HOTPIX_SUMS_VARIANCE, 2, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY);
  g_assert_nonnull (strstr (error->message, "MiB"));
}

/* Before it is allocated: a system may promise memory and not keep the promise. */
static void
test_more_than_the_system_has (void)
{
  const gsize row_bytes = (gsize) 6 << 16;
  const HotpixShape of = { 1 << 16, (guint) (hotpix_memory_limit () / row_bytes) + 1, 1, 8 };
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_accumulator_new (&of, HOTPIX_SUMS_VARIANCE, 2, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY);
}

/* Σx and Σx² of 258 frames have room for more than their steps. */
static void
test_count_beyond_room (void)
{
  const HotpixShape shape = { 5, 5, 1, 8 };
  g_autoptr (HotpixAccumulator) sums
      = hotpix_accumulator_new (&shape, HOTPIX_SUMS_EVIDENCE, 258, NULL);

  hotpix_accumulator_count_frames (sums, 4095, 0);
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*room*");
  hotpix_accumulator_count_frames (sums, 1, 0);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (hotpix_accumulator_get_frames (sums), ==, 4095);
}

/* Kept row by row, sums are the same. */
static void
test_kept_sums (void)
{
  const HotpixShape shape = { 17, 5, 3, 8 };
  const guint rooms[] = { 20, 300, 5000, 70000 };
  gsize n = hotpix_shape_row_samples (&shape);
  g_autofree guint64 *sums = g_new (guint64, 2 * n);
  g_autofree gint32 *steps = g_new (gint32, n);

  for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autoptr (HotpixAccumulator) kept = accumulate (&shape, 5, 9, 9);
      g_autoptr (HotpixAccumulator) both = accumulate (&shape, 1, 4, 4);
      g_autoptr (HotpixAccumulator) expected = accumulate (&shape, 1, 13, rooms[i]);

      g_assert_true (hotpix_accumulator_make_room (both, rooms[i], NULL));
      for (guint y = 0; y < shape.height; y++)
        {
          hotpix_accumulator_sum_row (kept, y, sums, sums + n);
          hotpix_accumulator_steps_row (kept, HOTPIX_LOOK_ALL, y, steps);
          g_assert_true (hotpix_accumulator_add_sums_row (both, y, 9, sums, sums + n, steps));
        }
      hotpix_accumulator_count_frames (both, 9, 0);
      assert_same_sums (both, expected);
    }
}

static void
test_impossible_sums (void)
{
  const HotpixShape shape = { 1, 1, 1, 8 };
  const struct
  {
    guint64 sum, squares;
    gint32 steps;
    gboolean can_be;
  } cases[] = {
    { 0, 0, 0, TRUE },         { 510, 130050, 16, TRUE },
    { 511, 130050, 0, FALSE }, /* more than white in both frames */
    { 10, 2551, 0, FALSE },    /* squares of more than white */
    { 10, 49, 0, FALSE },      /* less than two equal samples have */
    { 10, 50, -16, TRUE },     { 10, 50, 17, FALSE },
    { 10, 50, -17, FALSE },    { G_MAXUINT64, G_MAXUINT64, 0, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HotpixAccumulator) accumulator
          = hotpix_accumulator_new (&shape, HOTPIX_SUMS_EVIDENCE, 2, NULL);

      g_assert_cmpint (hotpix_accumulator_add_sums_row (accumulator, 0, 2, &cases[i].sum,
                                                        &cases[i].squares, &cases[i].steps),
                       ==, cases[i].can_be);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/accumulator/mean-and-variance-equal-two-passes", test_two_passes);
  g_test_add_func ("/accumulator/evidence-equals-the-reference", test_evidence);
  g_test_add_func ("/accumulator/constant-frames-have-zero-variance", test_constant);
  g_test_add_func ("/accumulator/black-and-white-have-the-largest-variance", test_largest);
  g_test_add_func ("/accumulator/sums-of-many-frames-do-not-wrap", test_many_frames);
  g_test_add_func ("/accumulator/the-fewer-frames-the-fewer-bytes", test_bytes);
  g_test_add_func ("/accumulator/parts-merge-to-the-whole-bit-for-bit", test_merge);
  g_test_add_func ("/accumulator/merging-widens-sums-that-would-wrap", test_merge_widens);
  g_test_add_func ("/accumulator/other-shapes-are-not-merged", test_merge_refuses);
  g_test_add_func ("/accumulator/sums-with-and-without-evidence-are-not-merged",
                   test_merge_refuses_without_evidence);
  g_test_add_func ("/accumulator/a-frame-can-be-taken-out-again", test_subtract);
  g_test_add_func ("/accumulator/what-cannot-be-held-is-refused", test_too_many);
  g_test_add_func ("/accumulator/more-than-the-system-has-is-not-asked-for",
                   test_more_than_the_system_has);
  g_test_add_func ("/accumulator/no-more-frames-are-counted-than-have-room",
                   test_count_beyond_room);
  g_test_add_func ("/accumulator/long-exposures-have-a-look-of-their-own", test_long_look);
  g_test_add_func ("/accumulator/long-looks-merge-exactly", test_long_look_merges);
  g_test_add_func ("/accumulator/evidence-alone-is-taken-out",
                   test_evidence_alone_is_taken_out);
  g_test_add_func ("/accumulator/sums-kept-elsewhere-are-the-same", test_kept_sums);
  g_test_add_func ("/accumulator/sums-that-cannot-be-are-refused", test_impossible_sums);
  return g_test_run ();
}
