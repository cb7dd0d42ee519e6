/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan.h"
#include "lockstep.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

/* What the frames that are open at the same time may take together, beside the sums. One frame
 * a thread is always allowed, however large. */
#define WORKING_BYTES ((gsize) 32 << 20)

/* How often the progress function is called. */
#define PROGRESS_MICROSECONDS 100000

typedef struct
{
  HotpixFrameSet *set;
  HotpixSharedSums *sums;
  guint n_threads;

  HotpixProgress progress;
  gpointer user_data;
  gint64 next_report; /* monotonic time; of the calling thread only */
  gboolean cancelled; /* of the calling thread only: progress is not to be called again */
  guint64 total_rows;

  /* Frames by their index in the set: those for any thread, and those for the calling one. */
  GArray *shared;
  GArray *host;

  /* POSIX threads and locks rather than GLib's: the thread sanitizer sees what they order. */
  pthread_mutex_t lock;
  pthread_cond_t worker_ended;

  /* Under the lock. */
  guint next_shared;
  guint n_running;
  guint64 rows_done;
  gboolean stop;
  GError *failure; /* what ended the scan */
} Scan;

static gsize
open_bytes (const Scan *scan, const HotpixFrame *frame)
{
  const HotpixShape *shape = hotpix_shared_sums_get_shape (scan->sums);

  return frame->working_bytes
         + hotpix_shape_row_bytes (shape)
               * (hotpix_shared_sums_halo_rows (scan->sums) + HOTPIX_BAND_ROWS);
}

/* The next frames for one thread, fewer and fewer towards the end so that no thread is left
 * with a heap of them while the others have none. */
static guint
take_frames (Scan *scan, guint *indices)
{
  gsize budget = WORKING_BYTES / scan->n_threads, bytes = 0;
  guint left, wanted, n = 0;

  pthread_mutex_lock (&scan->lock);
  left = scan->stop ? 0 : scan->shared->len - scan->next_shared;
  wanted = CLAMP (left / (2 * scan->n_threads), 1, HOTPIX_LOCKSTEP_FRAMES);
  while (n < MIN (wanted, left))
    {
      guint index = g_array_index (scan->shared, guint, scan->next_shared);

      bytes += open_bytes (scan, hotpix_frame_set_get_frame (scan->set, index));
      if (n > 0 && bytes > budget)
        break;
      indices[n++] = index;
      scan->next_shared++;
    }
  pthread_mutex_unlock (&scan->lock);
  return n;
}

/* failure: transfer full; the first one is kept. */
static void
end_scan (Scan *scan, GError *failure)
{
  pthread_mutex_lock (&scan->lock);
  scan->stop = TRUE;
  if (scan->failure == NULL)
    scan->failure = g_steal_pointer (&failure);
  pthread_mutex_unlock (&scan->lock);
  g_clear_error (&failure);
}

static gboolean
add_frames (Scan *scan, const guint *indices, guint n, HotpixProceed proceed)
{
  HotpixFrame *frames[HOTPIX_LOCKSTEP_FRAMES] = { NULL };
  GError *failures[HOTPIX_LOCKSTEP_FRAMES] = { NULL };
  GError *error = NULL;
  gboolean success;

  for (guint i = 0; i < n; i++)
    frames[i] = hotpix_frame_set_get_frame (scan->set, indices[i]);
  success = hotpix_lockstep_run (scan->sums, frames, n, failures, proceed, scan, &error);
  if (!success)
    end_scan (scan, error);

  pthread_mutex_lock (&scan->lock);
  for (guint i = 0; i < n; i++)
    if (failures[i] != NULL)
      hotpix_frame_set_leave_out (scan->set, indices[i], failures[i]->message);
  pthread_mutex_unlock (&scan->lock);
  for (guint i = 0; i < n; i++)
    g_clear_error (&failures[i]);
  return success;
}

static gboolean
count_rows (guint n_rows, gpointer user_data)
{
  Scan *scan = user_data;
  gboolean stop;

  pthread_mutex_lock (&scan->lock);
  scan->rows_done += n_rows;
  stop = scan->stop;
  pthread_mutex_unlock (&scan->lock);
  return !stop;
}

/* As long as there are any. */
static void
add_shared_frames (Scan *scan, HotpixProceed proceed)
{
  guint indices[HOTPIX_LOCKSTEP_FRAMES];
  guint n;

  while ((n = take_frames (scan, indices)) > 0)
    add_frames (scan, indices, n, proceed);
}

static gpointer
run_worker (gpointer user_data)
{
  Scan *scan = user_data;

  add_shared_frames (scan, count_rows);
  pthread_mutex_lock (&scan->lock);
  scan->n_running--;
  pthread_cond_signal (&scan->worker_ended);
  pthread_mutex_unlock (&scan->lock);
  return NULL;
}

/* On the calling thread only, without the lock. */
static void
report_progress (Scan *scan)
{
  gint64 now = g_get_monotonic_time ();
  guint64 rows_done;

  if (scan->progress == NULL || scan->cancelled || now < scan->next_report)
    return;
  scan->next_report = now + PROGRESS_MICROSECONDS;
  pthread_mutex_lock (&scan->lock);
  rows_done = scan->rows_done;
  pthread_mutex_unlock (&scan->lock);
  scan->cancelled = !scan->progress (
      CLAMP ((gdouble) rows_done / (gdouble) scan->total_rows, 0, 1), scan->user_data);
  if (scan->cancelled)
    end_scan (scan, g_error_new (HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED, "cancelled"));
}

static gboolean
count_rows_and_report (guint n_rows, gpointer user_data)
{
  report_progress (user_data);
  return count_rows (n_rows, user_data);
}

static void
add_host_frames (Scan *scan)
{
  for (guint i = 0; i < scan->host->len; i++)
    if (!add_frames (scan, &g_array_index (scan->host, guint, i), 1, count_rows_and_report))
      return;
}

static void
wait_for_workers (Scan *scan)
{
  pthread_mutex_lock (&scan->lock);
  while (scan->n_running > 0)
    {
      struct timespec until;

      clock_gettime (CLOCK_REALTIME, &until);
      until.tv_nsec += PROGRESS_MICROSECONDS * 1000L;
      until.tv_sec += until.tv_nsec / 1000000000L;
      until.tv_nsec %= 1000000000L;
      if (pthread_cond_timedwait (&scan->worker_ended, &scan->lock, &until) != ETIMEDOUT)
        continue;
      pthread_mutex_unlock (&scan->lock);
      report_progress (scan);
      pthread_mutex_lock (&scan->lock);
    }
  pthread_mutex_unlock (&scan->lock);
}

/* Where the system gives fewer threads than asked for, those do the work; where it gives none,
 * the calling thread does. */
static guint
start_workers (Scan *scan, pthread_t *threads)
{
  guint wanted = MIN (scan->n_threads, scan->shared->len);
  guint n = 0;

  /* A worker that ends at once waits for the lock, and so for being counted. */
  pthread_mutex_lock (&scan->lock);
  while (n < wanted && pthread_create (&threads[n], NULL, run_worker, scan) == 0)
    n++;
  scan->n_running = n;
  pthread_mutex_unlock (&scan->lock);
  return n;
}

static void
sort_frames (Scan *scan)
{
  for (guint i = 0; i < hotpix_frame_set_get_length (scan->set); i++)
    {
      if (hotpix_frame_set_get_reason (scan->set, i) != NULL)
        continue;
      if (hotpix_frame_set_get_frame (scan->set, i)->host_thread_only)
        g_array_append_val (scan->host, i);
      else
        g_array_append_val (scan->shared, i);
    }
  scan->total_rows = (guint64) (scan->host->len + scan->shared->len)
                     * hotpix_shared_sums_get_shape (scan->sums)->height;
}

static void
run (Scan *scan)
{
  g_autofree pthread_t *threads = g_new (pthread_t, scan->n_threads);
  guint n_started;

  scan->host = g_array_new (FALSE, FALSE, sizeof (guint));
  scan->shared = g_array_new (FALSE, FALSE, sizeof (guint));
  sort_frames (scan);
  pthread_mutex_init (&scan->lock, NULL);
  pthread_cond_init (&scan->worker_ended, NULL);

  n_started = start_workers (scan, threads);
  add_host_frames (scan);
  if (n_started == 0)
    add_shared_frames (scan, count_rows_and_report);
  wait_for_workers (scan);
  for (guint i = 0; i < n_started; i++)
    pthread_join (threads[i], NULL);

  pthread_cond_destroy (&scan->worker_ended);
  pthread_mutex_destroy (&scan->lock);
  g_array_unref (scan->host);
  g_array_unref (scan->shared);
}

/* One choice of frames, and those added up. NULL without an error when fewer than two of them
 * turned out whole. */
static HotpixAccumulator *
scan_chosen (HotpixFrameSet *set, const HotpixOptions *options, HotpixProgress progress,
             gpointer user_data, GError **error)
{
  Scan scan = { .set = set, .progress = progress, .user_data = user_data };
  g_autoptr (HotpixSharedSums) sums = NULL;
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  HotpixShape shape;

  if (!hotpix_frame_set_choose (set, options->camera, &shape, error))
    return NULL;
  sums = hotpix_shared_sums_new (&shape, options->sums, hotpix_frame_set_count_used (set),
                                 error);
  if (sums == NULL)
    return NULL;

  scan.sums = sums;
  scan.n_threads = options->threads != 0
                       ? options->threads
                       : CLAMP (g_get_num_processors (), 1, HOTPIX_MAX_THREADS);
  run (&scan);
  if (scan.failure != NULL)
    {
      g_propagate_error (error, scan.failure);
      return NULL;
    }
  if (!hotpix_frame_set_check_used (set, NULL))
    return NULL;
  accumulator = hotpix_shared_sums_steal (sums);
  hotpix_accumulator_count_frames (accumulator, hotpix_frame_set_count_used (set));
  return g_steal_pointer (&accumulator);
}

HotpixAccumulator *
hotpix_scan (HotpixFrameSet *set, const HotpixOptions *options, HotpixProgress progress,
             gpointer user_data, GError **error)
{
  HotpixAccumulator *accumulator = NULL;
  GError *failure = NULL;

  if (!hotpix_options_check (options, error))
    return NULL;
  /* Where the size or body that most photos have is that of damaged ones, others may still do.
   * Each turn leaves a damaged frame out for good, so this ends. */
  while (accumulator == NULL && failure == NULL)
    accumulator = scan_chosen (set, options, progress, user_data, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (progress != NULL)
    progress (1, user_data);
  return accumulator;
}
