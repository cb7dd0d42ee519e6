/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-frame.h"
#include "scan/lockstep-private.h"

#include <string.h>

#define N_FRAMES 5

/* Four bands, the last of one row. */
static const HotpixShape shape = { 9, 3 * HOTPIX_BAND_ROWS + 1, 3, 8 };

typedef struct
{
  FakeFrame *fakes[N_FRAMES]; /* owned */
  HotpixSharedSums *sums;
  HotpixLockstep *lockstep;
} Fixture;

static void
set_up_of (Fixture *fixture, const HotpixShape *of)
{
  fixture->sums = hotpix_shared_sums_new (of, HOTPIX_SUMS_EVIDENCE, N_FRAMES, NULL);
  fixture->lockstep = hotpix_lockstep_new (fixture->sums, HOTPIX_LOCKSTEP_ADD, NULL);
  for (guint k = 0; k < N_FRAMES; k++)
    {
      fixture->fakes[k] = fake_frame_new (k % 2 == 0 ? of : &shape, k + 1);
      hotpix_lockstep_append (
          fixture->lockstep,
          &(HotpixLockstepFrame){ .frame = &fixture->fakes[k]->frame, .number = 10 + k });
    }
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  set_up_of (fixture, &shape);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  hotpix_lockstep_free (fixture->lockstep);
  hotpix_shared_sums_free (fixture->sums);
  for (guint k = 0; k < N_FRAMES; k++)
    hotpix_frame_free (&fixture->fakes[k]->frame);
}

static void
run (HotpixLockstep *lockstep)
{
  g_autoptr (GError) error = NULL;

  while (hotpix_lockstep_has_more (lockstep))
    {
      g_assert_true (hotpix_lockstep_add_band (lockstep, NULL, &error));
      g_assert_no_error (error);
    }
}

/* The share of white that a fake has there. */
static long double
value_of (const FakeFrame *fake, guint x, guint y, guint channel)
{
  return (long double) fake_frame_sample (fake, x, y, channel)
         / hotpix_shape_white (&fake->frame.shape);
}

/* Mean and variance are those of the fakes but for the one left out, worked out in two passes. */
static void
assert_sums (Fixture *fixture, guint left_out)
{
  g_autoptr (HotpixAccumulator) accumulator = hotpix_shared_sums_steal (fixture->sums);
  guint n = N_FRAMES - (left_out < N_FRAMES);

  hotpix_accumulator_count_frames (accumulator, n, 0);
  for (guint y = 0; y < shape.height; y++)
    for (guint x = 0; x < shape.width; x++)
      for (guint channel = 0; channel < shape.channels; channel++)
        {
          long double mean = 0, variance = 0;

          for (guint k = 0; k < N_FRAMES; k++)
            if (k != left_out)
              mean += value_of (fixture->fakes[k], x, y, channel) / n;
          for (guint k = 0; k < N_FRAMES; k++)
            if (k != left_out)
              {
                long double off = value_of (fixture->fakes[k], x, y, channel) - mean;

                variance += off * off / n;
              }
          g_assert_cmpfloat_with_epsilon (
              hotpix_accumulator_mean_at (accumulator, x, y, channel), (gdouble) mean, 1e-12);
          g_assert_cmpfloat_with_epsilon (
              hotpix_accumulator_variance_at (accumulator, x, y, channel), (gdouble) variance,
              1e-12);
        }
}

static void
test_together (Fixture *fixture, gconstpointer user_data)
{
  guint n_rows = 0, n_bands = 0, band;

  while (hotpix_lockstep_has_more (fixture->lockstep))
    {
      g_assert_true (hotpix_lockstep_add_band (fixture->lockstep, &band, NULL));
      n_rows += band;
      n_bands++;
    }
  g_assert_cmpuint (n_bands, ==, 4);
  g_assert_cmpuint (n_rows, ==, N_FRAMES * shape.height);
  for (guint k = 0; k < N_FRAMES; k++)
    {
      g_assert_cmpuint (hotpix_lockstep_get_number (fixture->lockstep, k), ==, 10 + k);
      g_assert_null (hotpix_lockstep_get_failure (fixture->lockstep, k));
    }
  assert_sums (fixture, N_FRAMES);
}

static void
test_widened (Fixture *fixture, gconstpointer user_data)
{
  HotpixShape deep = shape;

  tear_down (fixture, NULL);
  deep.bits = 16;
  set_up_of (fixture, &deep);
  run (fixture->lockstep);
  assert_sums (fixture, N_FRAMES);
}

static void
assert_left_out (Fixture *fixture, guint which)
{
  run (fixture->lockstep);
  for (guint k = 0; k < N_FRAMES; k++)
    {
      const GError *failure = hotpix_lockstep_get_failure (fixture->lockstep, k);

      if (k == which)
        g_assert_error (failure, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
      else
        g_assert_null (failure);
    }
  g_assert_false (fixture->fakes[which]->is_open);
  assert_sums (fixture, which);
}

static void
test_fails_to_open (Fixture *fixture, gconstpointer user_data)
{
  fixture->fakes[2]->fail_to_open = TRUE;
  assert_left_out (fixture, 2);
}

static void
test_fails_at_once (Fixture *fixture, gconstpointer user_data)
{
  fixture->fakes[0]->fail_at_row = 0;
  assert_left_out (fixture, 0);
}

static void
test_fails_half_way (Fixture *fixture, gconstpointer user_data)
{
  fixture->fakes[3]->fail_at_row = 2 * HOTPIX_BAND_ROWS + 3;
  assert_left_out (fixture, 3);
}

static void
test_all_fail (Fixture *fixture, gconstpointer user_data)
{
  for (guint k = 0; k < N_FRAMES; k++)
    fixture->fakes[k]->fail_at_row = HOTPIX_BAND_ROWS + k;
  run (fixture->lockstep);
  for (guint k = 0; k < N_FRAMES; k++)
    g_assert_error (hotpix_lockstep_get_failure (fixture->lockstep, k), HOTPIX_ERROR,
                    HOTPIX_ERROR_DAMAGED);
}

/* Until a call fails, which must be with this code. */
static void
assert_ends_with (Fixture *fixture, HotpixError code)
{
  g_autoptr (GError) error = NULL;

  while (hotpix_lockstep_add_band (fixture->lockstep, NULL, &error))
    g_assert_true (hotpix_lockstep_has_more (fixture->lockstep));
  g_assert_error (error, HOTPIX_ERROR, (gint) code);
  g_assert_nonnull (strstr (error->message, fixture->fakes[1]->frame.name));
}

static void
test_memory (Fixture *fixture, gconstpointer user_data)
{
  fixture->fakes[1]->code = HOTPIX_ERROR_MEMORY;
  fixture->fakes[1]->fail_at_row = HOTPIX_BAND_ROWS;
  assert_ends_with (fixture, HOTPIX_ERROR_MEMORY);
}

static void
test_cannot_take_back (Fixture *fixture, gconstpointer user_data)
{
  fixture->fakes[1]->fail_at_row = HOTPIX_BAND_ROWS;
  fixture->fakes[1]->fail_to_rewind = TRUE;
  assert_ends_with (fixture, HOTPIX_ERROR_READ);
}

static void
test_split (Fixture *fixture, gconstpointer user_data)
{
  fixture->fakes[4]->fail_at_row = 2 * HOTPIX_BAND_ROWS;
  /* None is open yet. */
  g_assert_null (hotpix_lockstep_split (fixture->lockstep));
  g_assert_true (hotpix_lockstep_add_band (fixture->lockstep, NULL, NULL));
  /* 33 rows are left: too few. */
  g_assert_null (hotpix_lockstep_split (fixture->lockstep));
  run (fixture->lockstep);
  assert_sums (fixture, 4);
}

static void
test_split_in_two (Fixture *fixture, gconstpointer user_data)
{
  const HotpixShape tall = { 4, 5 * HOTPIX_BAND_ROWS, 1, 8 };
  FakeFrame *fakes[4];
  g_autoptr (HotpixSharedSums) sums
      = hotpix_shared_sums_new (&tall, HOTPIX_SUMS_EVIDENCE, 4, NULL);
  g_autoptr (HotpixLockstep) one = hotpix_lockstep_new (sums, HOTPIX_LOCKSTEP_ADD, NULL),
                             other = NULL;
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  for (guint k = 0; k < 4; k++)
    {
      fakes[k] = fake_frame_new (&tall, k + 1);
      hotpix_lockstep_append (one,
                              &(HotpixLockstepFrame){ .frame = &fakes[k]->frame, .number = k });
    }
  g_assert_true (hotpix_lockstep_add_band (one, NULL, NULL));
  other = hotpix_lockstep_split (one);
  g_assert_cmpuint (hotpix_lockstep_get_length (one), ==, 2);
  g_assert_cmpuint (hotpix_lockstep_get_length (other), ==, 2);
  run (other);
  run (one);
  accumulator = hotpix_shared_sums_steal (sums);
  hotpix_accumulator_count_frames (accumulator, 4, 0);
  for (guint y = 0; y < tall.height; y++)
    {
      gdouble sum = 0;

      for (guint k = 0; k < 4; k++)
        sum += fake_frame_sample (fakes[k], 2, y, 0);
      g_assert_cmpfloat_with_epsilon (hotpix_accumulator_mean_at (accumulator, 2, y, 0),
                                      sum / (4 * 255), 1e-12);
    }
  g_clear_pointer (&one, hotpix_lockstep_free);
  g_clear_pointer (&other, hotpix_lockstep_free);
  for (guint k = 0; k < 4; k++)
    hotpix_frame_free (&fakes[k]->frame);
}

#define ADD(name, function)                                                                    \
  g_test_add ("/lockstep/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("frames-side-by-side-add-up", test_together);
  ADD ("8-bits-among-16-count-with-their-share-of-white", test_widened);
  ADD ("a-frame-that-cannot-be-opened-is-left-out", test_fails_to_open);
  ADD ("a-frame-that-fails-at-once-is-left-out", test_fails_at_once);
  ADD ("a-frame-that-fails-half-way-leaves-no-trace", test_fails_half_way);
  ADD ("where-all-fail-there-is-no-more", test_all_fail);
  ADD ("a-lack-of-memory-is-no-fault-of-a-photo", test_memory);
  ADD ("what-cannot-be-taken-back-ends-the-run", test_cannot_take_back);
  ADD ("nothing-is-split-before-or-near-the-end", test_split);
  ADD ("half-of-the-frames-can-go-on-elsewhere", test_split_in_two);
  return g_test_run ();
}
