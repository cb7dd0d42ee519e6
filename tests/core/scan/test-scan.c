/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence-reference.h"
#include "scan/scan.h"
#include "scan/shared-sums-private.h"
#include "scan/still-scenes-private.h"

#include <pthread.h>
#include <string.h>

/* More rows than two bands, and a last band that is not full. */
static const HotpixShape shape = { 23, 37, 3, 8 };

/* A set of n_frames made-up frames with seeds from 1, of which some are read on the calling
 * thread. The fakes are borrowed from the set. */
static HotpixFrameSet *
make_set (const HotpixShape *of, guint n_frames, FakeFrame **fakes)
{
  HotpixFrameSet *set = hotpix_frame_set_new ();

  for (guint i = 0; i < n_frames; i++)
    {
      FakeFrame *fake = fake_frame_new (of, i + 1);

      fake->frame.host_thread_only = i % 5 == 3;
      if (fakes != NULL)
        fakes[i] = fake;
      hotpix_frame_set_add (set, &fake->frame);
    }
  return set;
}

static HotpixAccumulator *
scan_sums (HotpixFrameSet *set, guint threads, HotpixSums sums)
{
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (GError) error = NULL;
  HotpixAccumulator *accumulator;

  options.threads = threads;
  options.sums = sums;
  accumulator = hotpix_scan (set, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  return accumulator;
}

static HotpixAccumulator *
scan (HotpixFrameSet *set, guint threads)
{
  return scan_sums (set, threads, HOTPIX_SUMS_VARIANCE);
}

/* The sums of fakes 1 to n_frames without those of `left_out`, sample by sample. */
static void
assert_sums (const HotpixAccumulator *accumulator, guint n_frames, const gboolean *left_out)
{
  const HotpixShape *of = hotpix_accumulator_get_shape (accumulator);
  gsize n = hotpix_shape_row_samples (of);
  g_autofree guint64 *sums = g_new (guint64, 2 * n);

  for (guint y = 0; y < of->height; y++)
    {
      g_autofree guint64 *expected = g_new0 (guint64, 2 * n);

      for (guint k = 0; k < n_frames; k++)
        {
          FakeFrame *fake = fake_frame_new (of, k + 1);

          for (gsize i = 0; i < n && (left_out == NULL || !left_out[k]); i++)
            {
              guint64 sample = fake_frame_sample (fake, (guint) (i / of->channels), y,
                                                  (guint) (i % of->channels));

              expected[i] += sample;
              expected[n + i] += sample * sample;
            }
          hotpix_frame_free (&fake->frame);
        }
      hotpix_accumulator_sum_row (accumulator, y, sums, sums + n);
      g_assert_cmpmem (sums, 2 * n * sizeof *sums, expected, 2 * n * sizeof *sums);
    }
}

/* The same of the evidence, from whole frames by the reference. */
static void
assert_look (const HotpixAccumulator *accumulator, HotpixLook look, guint n_frames,
             const gboolean *left_out)
{
  const HotpixShape *of = hotpix_accumulator_get_shape (accumulator);
  gsize n = hotpix_shape_row_samples (of);
  g_autofree gint32 *steps = g_new (gint32, n);
  g_autofree gint32 *expected = g_new0 (gint32, n * of->height);

  for (guint k = 0; k < n_frames; k++)
    {
      FakeFrame *fake = fake_frame_new (of, k + 1);

      for (gsize i = 0; i < n * of->height && (left_out == NULL || !left_out[k]); i++)
        expected[i] += evidence_reference_of_frame (
            fake, (guint) (i % n / of->channels), (guint) (i / n), (guint) (i % of->channels));
      hotpix_frame_free (&fake->frame);
    }
  for (guint y = 0; y < of->height; y++)
    {
      hotpix_accumulator_steps_row (accumulator, look, y, steps);
      g_assert_cmpmem (steps, n * sizeof *steps, expected + y * n, n * sizeof *steps);
    }
}

static void
assert_steps (const HotpixAccumulator *accumulator, guint n_frames, const gboolean *left_out)
{
  assert_look (accumulator, HOTPIX_LOOK_ALL, n_frames, left_out);
}

static void
test_threads (void)
{
  const guint threads[] = { 0, 1, 2, 3, 5, 8 };
  const guint n_frames[] = { 2, 3, 22, 61 };

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (n_frames); k++)
      {
        g_autoptr (HotpixFrameSet) set = make_set (&shape, n_frames[k], NULL);
        g_autoptr (HotpixAccumulator) accumulator = scan (set, threads[i]);

        g_assert_cmpuint (hotpix_accumulator_get_frames (accumulator), ==, n_frames[k]);
        assert_sums (accumulator, n_frames[k], NULL);
      }
}

/* Opening waits until another thread is opening too: it only ends where two threads read at once. */
typedef struct
{
  FakeFrame fake;
  const HotpixFrameClass *plain_class;
  pthread_barrier_t *both;
} MeetingFrame;

static gboolean
meet_and_open (HotpixFrame *frame, GError **error)
{
  MeetingFrame *self = (MeetingFrame *) frame;

  pthread_barrier_wait (self->both);
  return self->plain_class->open (frame, error);
}

static void
test_at_the_same_time (void)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  HotpixFrameClass meeting_class;
  pthread_barrier_t both;

  g_assert_cmpint (pthread_barrier_init (&both, NULL, 2), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      FakeFrame *fake = fake_frame_new (&shape, i + 1);
      MeetingFrame *meeting = g_new0 (MeetingFrame, 1);

      meeting->fake = *fake;
      meeting->plain_class = fake->frame.frame_class;
      meeting->both = &both;
      meeting_class = *fake->frame.frame_class;
      meeting_class.open = meet_and_open;
      meeting->fake.frame.frame_class = &meeting_class;
      g_free (fake);
      hotpix_frame_set_add (set, &meeting->fake.frame);
    }
  accumulator = scan (set, 2);
  assert_sums (accumulator, 2, NULL);
  pthread_barrier_destroy (&both);
  g_clear_pointer (&set, hotpix_frame_set_free); /* before its frames' class goes */
}

/* A frame that is slow, counts how many are open, and knows who read it last. */
typedef struct
{
  FakeFrame fake;
  HotpixFrameClass own_class;
  const HotpixFrameClass *plain_class;
  gulong delay; /* microseconds a band */
  GThread *last_reader;
  gint *n_open, *most_open; /* atomic */
} WatchedFrame;

static gboolean
watched_open (HotpixFrame *frame, GError **error)
{
  WatchedFrame *self = (WatchedFrame *) frame;
  gint n_open = g_atomic_int_add (self->n_open, 1) + 1, most;

  do
    most = g_atomic_int_get (self->most_open);
  while (n_open > most && !g_atomic_int_compare_and_exchange (self->most_open, most, n_open));
  return self->plain_class->open (frame, error);
}

static void
watched_close (HotpixFrame *frame)
{
  WatchedFrame *self = (WatchedFrame *) frame;

  self->plain_class->close (frame);
  (void) g_atomic_int_add (self->n_open, -1);
}

static gboolean
watched_read (HotpixFrame *frame, guint n_rows, gpointer rows, GError **error)
{
  WatchedFrame *self = (WatchedFrame *) frame;

  g_usleep (self->delay);
  self->last_reader = g_thread_self ();
  return self->plain_class->read (frame, n_rows, rows, error);
}

/* watched: out, n_frames of them; borrowed from the set. */
static HotpixFrameSet *
make_watched_set (const HotpixShape *of, guint n_frames, WatchedFrame **watched, gint *n_open,
                  gint *most_open)
{
  HotpixFrameSet *set = hotpix_frame_set_new ();

  for (guint i = 0; i < n_frames; i++)
    {
      FakeFrame *fake = fake_frame_new (of, i + 1);
      WatchedFrame *self = g_new0 (WatchedFrame, 1);

      self->fake = *fake;
      g_free (fake);
      self->plain_class = self->fake.frame.frame_class;
      self->own_class = *self->plain_class;
      self->own_class.open = watched_open;
      self->own_class.close = watched_close;
      self->own_class.read = watched_read;
      self->fake.frame.frame_class = &self->own_class;
      self->n_open = n_open;
      self->most_open = most_open;
      watched[i] = self;
      hotpix_frame_set_add (set, &self->fake.frame);
    }
  return set;
}

/* Of three frames one thread gets one and the other two, of which it hands one over. */
static void
test_shares_at_the_end (void)
{
  const HotpixShape tall = { 5, 100 * HOTPIX_BAND_ROWS, 1, 8 };
  WatchedFrame *watched[3];
  GThread *readers[3];
  gint n_open = 0, most_open = 0;
  g_autoptr (HotpixFrameSet) set = make_watched_set (&tall, 3, watched, &n_open, &most_open);
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  watched[0]->delay = watched[1]->delay = 1000;
  accumulator = scan_sums (set, 2, HOTPIX_SUMS_EVIDENCE);
  for (guint i = 0; i < 3; i++)
    readers[i] = watched[i]->last_reader;
  g_assert_true (readers[0] != readers[1]);
  assert_sums (accumulator, 3, NULL);
  assert_steps (accumulator, 3, NULL);
}

/* What is handed over can still be taken back. */
static void
test_shared_frame_breaks (void)
{
  const HotpixShape tall = { 5, 100 * HOTPIX_BAND_ROWS, 1, 8 };
  const gboolean left_out[3] = { TRUE, FALSE, FALSE };
  WatchedFrame *watched[3];
  gint n_open = 0, most_open = 0;
  g_autoptr (HotpixFrameSet) set = make_watched_set (&tall, 3, watched, &n_open, &most_open);
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  watched[0]->delay = watched[1]->delay = 500;
  watched[0]->fake.fail_at_row = tall.height - 1;
  accumulator = scan (set, 2);
  assert_sums (accumulator, 3, left_out);
  g_assert_nonnull (hotpix_frame_set_get_reason (set, 0));
}

/* Photos of one scene beside others. Every third is the first one again, so that it counts once in the
 * evidence, and is still in the sums. */
static void
test_repeats (void)
{
  const HotpixShape large = { 160, 96, 1, 8 };
  const guint threads[] = { 1, 3 };

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
      g_autoptr (HotpixFrameSet) once = hotpix_frame_set_new ();
      g_autoptr (HotpixAccumulator) accumulator = NULL, of_once = NULL;
      gint32 steps[2][160];

      for (guint k = 0; k < 36; k++)
        {
          FakeFrame *fake = fake_frame_new (&large, k % 3 == 0 ? 1 : k + 1);

          fake->frame.host_thread_only = k % 5 == 3;
          hotpix_frame_set_add (set, &fake->frame);
          if (k % 3 != 0 || k == 0)
            hotpix_frame_set_add (once, &fake_frame_new (&large, k + 1)->frame);
        }
      accumulator = scan_sums (set, threads[i], HOTPIX_SUMS_EVIDENCE);
      of_once = scan_sums (once, 1, HOTPIX_SUMS_EVIDENCE);
      g_assert_cmpuint (hotpix_accumulator_get_frames (accumulator), ==, 36);
      g_assert_cmpuint (hotpix_accumulator_get_evidence_frames (accumulator, HOTPIX_LOOK_ALL),
                        ==, 25);
      g_assert_cmpuint (hotpix_accumulator_get_evidence_frames (of_once, HOTPIX_LOOK_ALL), ==,
                        25);
      for (guint y = 0; y < large.height; y++)
        {
          hotpix_accumulator_steps_row (accumulator, HOTPIX_LOOK_ALL, y, steps[0]);
          hotpix_accumulator_steps_row (of_once, HOTPIX_LOOK_ALL, y, steps[1]);
          g_assert_cmpmem (steps[0], sizeof steps[0], steps[1], sizeof steps[1]);
        }
    }
}

/* Where more photos than are compared show twenty scenes again and again, all count. */
static void
test_many_repeats (void)
{
  const HotpixShape small = { 160, 96, 1, 8 };
  const guint numbers[] = { 40, HOTPIX_MOST_TO_COMPARE + 1 };
  const guint counted[] = { 20, HOTPIX_MOST_TO_COMPARE + 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
      g_autoptr (HotpixAccumulator) accumulator = NULL;

      for (guint k = 0; k < numbers[i]; k++)
        hotpix_frame_set_add (set, &fake_frame_new (&small, k % 20 + 1)->frame);
      accumulator = scan_sums (set, 2, HOTPIX_SUMS_EVIDENCE);
      g_assert_cmpuint (hotpix_accumulator_get_evidence_frames (accumulator, HOTPIX_LOOK_ALL),
                        ==, counted[i]);
    }
}

/* A repeat that vanishes before it is read again ends the scan. */
static void
test_repeat_vanishes (void)
{
  const HotpixShape large = { 160, 96, 1, 8 };
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < 20; k++)
    {
      FakeFrame *fake = fake_frame_new (&large, MIN (k + 1, 15));

      fake->opens_left = 1;
      hotpix_frame_set_add (set, &fake->frame);
    }
  options.sums = HOTPIX_SUMS_EVIDENCE;
  g_assert_null (hotpix_scan (set, &options, NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ);
  g_assert_nonnull (strstr (error->message, "cannot be read again"));
}

/* Of 60 photos every fifth is long, in any order and by any number of threads. */
static void
test_long_exposures (void)
{
  const guint threads[] = { 1, 3 };

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      FakeFrame *fakes[60];
      gboolean is_short[60];
      g_autoptr (HotpixFrameSet) set = make_set (&shape, 60, fakes);
      g_autoptr (HotpixAccumulator) accumulator = NULL;

      for (guint k = 0; k < 60; k++)
        {
          is_short[k] = k % 5 != 2;
          fakes[k]->frame.exif = hotpix_exif_new (NULL, 0);
          fakes[k]->frame.exif->shot->exposure_time = is_short[k] ? 0.01 : 2;
          fakes[k]->frame.exif->shot->iso = 200;
        }
      accumulator = scan_sums (set, threads[i], HOTPIX_SUMS_LONG_EVIDENCE);
      g_assert_cmpuint (hotpix_accumulator_get_evidence_frames (accumulator, HOTPIX_LOOK_LONG),
                        ==, 12);
      assert_sums (accumulator, 60, NULL);
      assert_steps (accumulator, 60, NULL);
      assert_look (accumulator, HOTPIX_LOOK_LONG, 60, is_short);
    }
}

/* One that breaks leaves both looks. */
static void
test_long_exposure_breaks (void)
{
  FakeFrame *fakes[60];
  gboolean is_short[60], is_broken[60];
  g_autoptr (HotpixFrameSet) set = make_set (&shape, 60, fakes);
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  for (guint k = 0; k < 60; k++)
    {
      is_broken[k] = k == 7;
      is_short[k] = k % 5 != 2 || is_broken[k];
      fakes[k]->frame.exif = hotpix_exif_new (NULL, 0);
      fakes[k]->frame.exif->shot->exposure_time = k % 5 != 2 ? 0.01 : 2;
      fakes[k]->frame.exif->shot->iso = 200;
    }
  fakes[7]->fail_at_row = shape.height - 1;
  accumulator = scan_sums (set, 2, HOTPIX_SUMS_LONG_EVIDENCE);
  g_assert_cmpuint (hotpix_accumulator_get_evidence_frames (accumulator, HOTPIX_LOOK_LONG), ==,
                    11);
  assert_steps (accumulator, 60, is_broken);
  assert_look (accumulator, HOTPIX_LOOK_LONG, 60, is_short);
}

static void
test_memory_bounds (void)
{
  WatchedFrame *watched[12];
  gint n_open = 0, most_open = 0;
  g_autoptr (HotpixFrameSet) set = make_watched_set (&shape, 12, watched, &n_open, &most_open);
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 12; i++)
    {
      watched[i]->delay = 200;
      watched[i]->fake.frame.working_bytes = (gsize) 10 << 20;
    }
  options.threads = 4;
  options.memory = 25;
  accumulator = hotpix_scan (set, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_sums (accumulator, 12, NULL);
  g_assert_cmpint (most_open, <=, 2);
  g_assert_cmpint (n_open, ==, 0);
}

static void
test_memory_too_small (void)
{
  FakeFrame *fakes[3];
  g_autoptr (HotpixFrameSet) set = make_set (&shape, 3, fakes);
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (GError) error = NULL;

  fakes[1]->frame.working_bytes = (gsize) 10 << 20;
  options.memory = 10;
  g_assert_null (hotpix_scan (set, &options, NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY);
  g_assert_cmpstr (error->message, ==, "fake 2 needs 11 MiB to read, but memory= allows 10");
}

static void
test_shapes (void)
{
  const HotpixShape shapes[] = { { 1, 1, 1, 8 }, { 5, 16, 3, 8 }, { 5, 17, 3, 16 } };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (HotpixFrameSet) set = make_set (&shapes[i], 13, NULL);
      g_autoptr (HotpixAccumulator) accumulator = scan (set, 2);

      assert_sums (accumulator, 13, NULL);
    }
}

/* Bands part the frame where rings cross from one to the next: every height up to two bands. */
static void
test_evidence (void)
{
  for (guint height = 1; height <= 2 * HOTPIX_BAND_ROWS + 3; height++)
    {
      const HotpixShape of
          = { 6 + height % 5, height, height % 2 == 0 ? 3 : 1, height % 3 == 0 ? 16 : 8 };
      g_autoptr (HotpixFrameSet) set = make_set (&of, 9, NULL);
      g_autoptr (HotpixAccumulator) accumulator
          = scan_sums (set, 1 + height % 3, HOTPIX_SUMS_EVIDENCE);

      assert_sums (accumulator, 9, NULL);
      assert_steps (accumulator, 9, NULL);
    }
}

/* Wherever a frame breaks, before, inside or at the end, the sums are those of the others. */
static void
test_broken_frames (void)
{
  for (guint row = 0; row <= shape.height; row++)
    {
      FakeFrame *fakes[12];
      gboolean left_out[12] = { FALSE };
      g_autoptr (HotpixFrameSet) set = make_set (&shape, 12, fakes);
      g_autoptr (HotpixAccumulator) accumulator = NULL;

      for (guint i = 0; i < 12; i += 3)
        {
          fakes[i]->fail_to_open = row == shape.height;
          fakes[i]->fail_at_row = row;
          left_out[i] = TRUE;
        }
      accumulator = scan_sums (set, 1 + row % 3, HOTPIX_SUMS_EVIDENCE);
      g_assert_cmpuint (hotpix_accumulator_get_frames (accumulator), ==, 8);
      assert_sums (accumulator, 12, left_out);
      assert_steps (accumulator, 12, left_out);
      for (guint i = 0; i < 12; i++)
        g_assert_true ((hotpix_frame_set_get_reason (set, i) != NULL) == left_out[i]);
    }
}

static void
test_broken_wide_frames (void)
{
  const HotpixShape deep = { 9, 40, 1, 16 };
  FakeFrame *fakes[5];
  gboolean left_out[5] = { FALSE, FALSE, TRUE, FALSE, FALSE };
  g_autoptr (HotpixFrameSet) set = make_set (&deep, 5, fakes);
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  fakes[2]->fail_at_row = 39;
  accumulator = scan (set, 2);
  assert_sums (accumulator, 5, left_out);
}

static void
assert_fails (HotpixFrameSet *set, gint code, const gchar *words)
{
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (GError) error = NULL;

  options.threads = 2;
  g_assert_null (hotpix_scan (set, &options, NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_cannot_be_taken_back (void)
{
  FakeFrame *fakes[4];
  g_autoptr (HotpixFrameSet) set = make_set (&shape, 4, fakes);

  fakes[1]->fail_at_row = 20;
  fakes[1]->fail_to_rewind = TRUE;
  assert_fails (set, HOTPIX_ERROR_READ, "fake 2");
}

static void
test_no_memory_ends (void)
{
  FakeFrame *fakes[4];
  g_autoptr (HotpixFrameSet) set = make_set (&shape, 4, fakes);

  fakes[2]->fail_to_open = TRUE;
  fakes[2]->code = HOTPIX_ERROR_MEMORY;
  assert_fails (set, HOTPIX_ERROR_MEMORY, "fake 3");
}

/* Memory that is refused while a damaged photo is taken out again is no fault of the photo. */
static void
test_no_memory_to_rewind (void)
{
  FakeFrame *fakes[4];
  g_autoptr (HotpixFrameSet) set = make_set (&shape, 4, fakes);

  fakes[1]->fail_at_row = 20;
  fakes[1]->fail_to_rewind = TRUE;
  fakes[1]->rewind_code = HOTPIX_ERROR_MEMORY;
  assert_fails (set, HOTPIX_ERROR_MEMORY, "fake 2");
}

static void
test_too_few_remain (void)
{
  FakeFrame *fakes[3];
  g_autoptr (HotpixFrameSet) set = make_set (&shape, 3, fakes);

  fakes[0]->fail_at_row = 3;
  fakes[2]->fail_to_open = TRUE;
  assert_fails (set, HOTPIX_ERROR_FRAMES, "1 of the 3 given can be used");
}

/* Three damaged photos of one size do not keep two good ones of another from being counted. */
static void
test_chooses_again (void)
{
  FakeFrame *fakes[3];
  g_autoptr (HotpixFrameSet) set = make_set (&(HotpixShape){ 50, 50, 3, 8 }, 3, fakes);
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  for (guint i = 0; i < 3; i++)
    fakes[i]->fail_at_row = 20 + i;
  for (guint i = 0; i < 2; i++)
    hotpix_frame_set_add (set, &fake_frame_new (&shape, i + 1)->frame);
  accumulator = scan (set, 2);
  g_assert_cmpuint (hotpix_accumulator_get_shape (accumulator)->width, ==, shape.width);
  assert_sums (accumulator, 2, NULL);
  g_assert_cmpstr (hotpix_frame_set_get_reason (set, 0), ==, "broke at row 20");
  g_assert_null (hotpix_frame_set_get_reason (set, 3));
}

/* An 8-bit frame among 16-bit ones counts with the same share of full white: x · 257. */
static void
test_mixed_bits (void)
{
  const HotpixShape narrow = { 7, 20, 1, 8 }, wide = { 7, 20, 1, 16 };
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  FakeFrame *a = fake_frame_new (&narrow, 1), *b = fake_frame_new (&wide, 2);
  FakeFrame *broken = fake_frame_new (&narrow, 3);
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  broken->fail_at_row = 18;
  hotpix_frame_set_add (set, &a->frame);
  hotpix_frame_set_add (set, &b->frame);
  hotpix_frame_set_add (set, &broken->frame);
  accumulator = scan (set, 1);
  for (guint y = 0; y < 20; y++)
    {
      guint64 sums[7], squares[7];

      hotpix_accumulator_sum_row (accumulator, y, sums, squares);
      for (guint x = 0; x < 7; x++)
        {
          guint64 first = 257 * fake_frame_sample (a, x, y, 0);
          guint64 second = fake_frame_sample (b, x, y, 0);

          g_assert_cmpuint (sums[x], ==, first + second);
          g_assert_cmpuint (squares[x], ==, first * first + second * second);
        }
    }
}

static void
test_options (void)
{
  g_autoptr (HotpixFrameSet) set = make_set (&shape, 3, NULL);
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (GError) error = NULL;

  options.threads = HOTPIX_MAX_THREADS + 1;
  g_assert_null (hotpix_scan (set, &options, NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "not 257"));
  g_clear_error (&error);
  options = hotpix_options_default ();
  options.memory = HOTPIX_MAX_MEMORY + 1;
  g_assert_null (hotpix_scan (set, &options, NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "1 to 1048576 MiB, not 1048577"));
  g_clear_error (&error);
  options = hotpix_options_default ();
  options.selection.camera = (HotpixCameraChoice) 7;
  g_assert_null (hotpix_scan (set, &options, NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/a-scene-counts-once-in-the-evidence", test_repeats);
  g_test_add_func ("/scan/of-very-many-photos-all-count", test_many_repeats);
  g_test_add_func ("/scan/a-repeat-that-vanishes-ends-the-scan", test_repeat_vanishes);
  g_test_add_func ("/scan/long-exposures-have-a-look-of-their-own", test_long_exposures);
  g_test_add_func ("/scan/a-broken-long-exposure-leaves-both-looks", test_long_exposure_breaks);
  g_test_add_func ("/scan/any-number-of-threads-gives-the-same-sums", test_threads);
  g_test_add_func ("/scan/threads-read-at-the-same-time", test_at_the_same_time);
  g_test_add_func ("/scan/a-thread-that-runs-out-takes-over-frames", test_shares_at_the_end);
  g_test_add_func ("/scan/a-frame-that-was-taken-over-can-be-taken-back",
                   test_shared_frame_breaks);
  g_test_add_func ("/scan/memory-bounds-how-many-frames-are-open", test_memory_bounds);
  g_test_add_func ("/scan/a-frame-beyond-the-allowed-memory-is-refused", test_memory_too_small);
  g_test_add_func ("/scan/any-shape-gives-the-exact-sums", test_shapes);
  g_test_add_func ("/scan/evidence-crosses-bands-without-a-seam", test_evidence);
  g_test_add_func ("/scan/a-frame-that-breaks-anywhere-leaves-no-trace", test_broken_frames);
  g_test_add_func ("/scan/a-16-bit-frame-that-breaks-leaves-no-trace", test_broken_wide_frames);
  g_test_add_func ("/scan/a-frame-that-cannot-be-taken-back-ends-the-scan",
                   test_cannot_be_taken_back);
  g_test_add_func ("/scan/a-lack-of-memory-ends-the-scan", test_no_memory_ends);
  g_test_add_func ("/scan/no-memory-to-take-a-damaged-frame-out-ends-the-scan",
                   test_no_memory_to_rewind);
  g_test_add_func ("/scan/fewer-than-two-whole-frames-are-refused", test_too_few_remain);
  g_test_add_func ("/scan/another-size-is-chosen-where-the-first-is-all-damaged",
                   test_chooses_again);
  g_test_add_func ("/scan/8-bit-frames-count-among-16-bit-ones", test_mixed_bits);
  g_test_add_func ("/scan/options-out-of-range-are-refused", test_options);
  return g_test_run ();
}
