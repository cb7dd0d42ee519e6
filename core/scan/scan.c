/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/scan.h"
#include "base/system-memory-private.h"
#include "base/text.h"
#include "base/timed-condition-private.h"
#include "scan/lockstep-private.h"
#include "scan/long-exposures-private.h"
#include "scan/still-scenes-private.h"

#include <pthread.h>

/* The most bytes for the frames that one thread reads side by side. One frame may take more. */
#define LOCKSTEP_BYTES ((gsize) 24 << 20)

/* How often the progress function is called. */
#define PROGRESS_MICROSECONDS 100000

typedef struct
{
  HotpixFrameSet *set;
  HotpixLockstepWork work;
  gboolean may_be_few;          /* one frame or none will do */
  const gboolean *only;         /* nullable, by the index of a frame: whether to read it */
  const gboolean *is_long;      /* nullable, likewise */
  HotpixSceneSketch **sketches; /* nullable, likewise; NULL for those that are not read yet */
  HotpixSharedSums *sums;
  HotpixBufferPool *pool;
  guint n_threads;
  gsize budget; /* bytes that open frames may take together */

  HotpixProgress progress;
  gpointer user_data;
  gint64 next_report; /* monotonic time; of the calling thread only */
  gboolean cancelled; /* of the calling thread only: do not call progress again */
  gdouble
      reported; /* of the calling thread only: the last fraction, or that of an earlier choice */
  gdouble start; /* the fraction that this choice of frames starts from */
  guint64 total_rows;

  /* Frames by their index in the set: those for any thread, the largest first, and those for the
   * calling one. */
  GArray *shared;
  GArray *host;

  /* POSIX threads and locks rather than GLib's: the thread sanitizer sees what they order. */
  pthread_mutex_t lock;
  pthread_cond_t worker_ended;
  pthread_cond_t work_changed; /* a waiting worker may find work, or never will */

  /* Under the lock. */
  guint next_shared;
  guint locksteps_left;    /* to make of the frames that are left, at least 1 */
  guint n_running;         /* workers that have not ended */
  guint n_reading;         /* of these, those that have a lockstep */
  guint n_waiting;         /* of these, those that look for one */
  HotpixLockstep *offered; /* by a worker that has many frames to one that has none; nullable */
  gsize bytes_open;        /* of shared frames */
  guint64 rows_done;
  gboolean stop;
  GError *failure; /* what ended the scan */
} Scan;

/* The bytes that a frame takes while it is read. */
static gsize
open_bytes (const Scan *scan, guint index)
{
  const HotpixFrame *frame = hotpix_frame_set_get_frame (scan->set, index);
  const HotpixShape *shape = hotpix_shared_sums_get_shape (scan->sums);

  return frame->working_bytes
         + hotpix_shape_row_bytes (shape)
               * (hotpix_shared_sums_halo_rows (scan->sums) + HOTPIX_BAND_ROWS);
}

static void
append (const Scan *scan, HotpixLockstep *lockstep, guint index)
{
  HotpixLockstepFrame frame = { .frame = hotpix_frame_set_get_frame (scan->set, index),
                                .number = index,
                                .is_long = scan->is_long != NULL && scan->is_long[index] };

  if (scan->sketches != NULL)
    frame.sketch = scan->sketches[index]
        = hotpix_scene_sketch_new (hotpix_shared_sums_get_shape (scan->sums));
  hotpix_lockstep_append (lockstep, &frame);
}

static gsize
lockstep_bytes (const Scan *scan, const HotpixLockstep *lockstep)
{
  gsize bytes = 0;

  for (guint i = 0; i < hotpix_lockstep_get_length (lockstep); i++)
    bytes += open_bytes (scan, hotpix_lockstep_get_number (lockstep, i));
  return bytes;
}

/* Under the lock. How many of the next frames one thread may read side by side. */
static guint
count_fitting (const Scan *scan)
{
  gsize room = scan->budget - MIN (scan->budget, scan->bytes_open), bytes = 0;
  guint n = 0;

  while (n < HOTPIX_LOCKSTEP_FRAMES && scan->next_shared + n < scan->shared->len)
    {
      bytes += open_bytes (scan, g_array_index (scan->shared, guint, scan->next_shared + n));
      if (bytes > room && (n > 0 || scan->bytes_open > 0))
        break;
      if (bytes > LOCKSTEP_BYTES && n > 0)
        break;
      n++;
    }
  return n;
}

/* Each lockstep is one pass over the sums: as few as memory allows, and equally many a thread. */
static guint
plan_locksteps (const Scan *scan)
{
  guint n = scan->shared->len,
        least = (n + HOTPIX_LOCKSTEP_FRAMES - 1) / HOTPIX_LOCKSTEP_FRAMES;
  gsize bytes = 0;

  for (guint i = 0; i < n; i++)
    bytes += open_bytes (scan, g_array_index (scan->shared, guint, i));
  least = MAX (least, (guint) MIN (bytes / LOCKSTEP_BYTES + 1, n));
  return (least + scan->n_threads - 1) / scan->n_threads * scan->n_threads;
}

/* Under the lock. The next frames for one thread; NULL where none are left, or none fit. */
static HotpixLockstep *
take_frames (Scan *scan)
{
  guint left = scan->shared->len - scan->next_shared;
  guint n
      = MIN (count_fitting (scan), (left + scan->locksteps_left - 1) / scan->locksteps_left);
  HotpixLockstep *lockstep;

  if (n == 0)
    return NULL;
  scan->locksteps_left = MAX (scan->locksteps_left - 1, 1);
  lockstep = hotpix_lockstep_new (scan->sums, scan->work, scan->pool);
  for (guint i = 0; i < n; i++)
    append (scan, lockstep, g_array_index (scan->shared, guint, scan->next_shared++));
  scan->bytes_open += lockstep_bytes (scan, lockstep);
  return lockstep;
}

/* What a worker reads next, or NULL when no more will come. Waits for others to free memory, or to
 * share their frames. */
static HotpixLockstep *
next_lockstep (Scan *scan)
{
  HotpixLockstep *lockstep = NULL;

  pthread_mutex_lock (&scan->lock);
  while (!scan->stop)
    {
      lockstep = scan->offered != NULL ? g_steal_pointer (&scan->offered) : take_frames (scan);
      if (lockstep != NULL || scan->n_reading == 0)
        break;
      scan->n_waiting++;
      pthread_cond_wait (&scan->work_changed, &scan->lock);
      scan->n_waiting--;
    }
  if (lockstep != NULL)
    scan->n_reading++;
  pthread_mutex_unlock (&scan->lock);
  return lockstep;
}

/* lockstep: transfer full. */
static void
finish_lockstep (Scan *scan, HotpixLockstep *lockstep)
{
  gsize bytes = lockstep_bytes (scan, lockstep);

  pthread_mutex_lock (&scan->lock);
  for (guint i = 0; i < hotpix_lockstep_get_length (lockstep); i++)
    {
      const GError *failure = hotpix_lockstep_get_failure (lockstep, i);

      if (failure != NULL)
        hotpix_frame_set_leave_out (scan->set, hotpix_lockstep_get_number (lockstep, i),
                                    failure);
    }
  pthread_mutex_unlock (&scan->lock);
  hotpix_lockstep_free (lockstep);

  pthread_mutex_lock (&scan->lock);
  scan->bytes_open -= bytes;
  scan->n_reading--;
  pthread_cond_broadcast (&scan->work_changed);
  pthread_mutex_unlock (&scan->lock);
}

/* failure: transfer full; the first one is kept. */
static void
end_scan (Scan *scan, GError *failure)
{
  pthread_mutex_lock (&scan->lock);
  scan->stop = TRUE;
  if (scan->failure == NULL)
    scan->failure = g_steal_pointer (&failure);
  pthread_cond_broadcast (&scan->work_changed);
  pthread_mutex_unlock (&scan->lock);
  g_clear_error (&failure);
}

/* On the calling thread only, without the lock. */
static void
report_progress (Scan *scan)
{
  gint64 now = g_get_monotonic_time ();
  guint64 rows_done;
  gdouble done;

  if (scan->progress == NULL || scan->cancelled || now < scan->next_report)
    return;
  scan->next_report = now + PROGRESS_MICROSECONDS;
  pthread_mutex_lock (&scan->lock);
  rows_done = scan->rows_done;
  pthread_mutex_unlock (&scan->lock);
  done = CLAMP ((gdouble) rows_done / (gdouble) scan->total_rows, 0, 1);
  scan->reported = scan->start + (1 - scan->start) * done;
  scan->cancelled = !scan->progress (scan->reported, scan->user_data);
  if (scan->cancelled)
    end_scan (scan, g_error_new (HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED, _ ("cancelled")));
}

/* After each band. Shares what is left of the lockstep where a worker waits. FALSE to stop. */
static gboolean
count_rows (Scan *scan, HotpixLockstep *lockstep, guint n_rows)
{
  gboolean stop;

  pthread_mutex_lock (&scan->lock);
  scan->rows_done += n_rows;
  stop = scan->stop;
  if (scan->n_waiting > 0 && scan->offered == NULL)
    {
      scan->offered = hotpix_lockstep_split (lockstep);
      if (scan->offered != NULL)
        pthread_cond_signal (&scan->work_changed);
    }
  pthread_mutex_unlock (&scan->lock);
  return !stop;
}

/* watch: whether this is the calling thread, which reports progress.
 * FALSE when the scan stops. */
static gboolean
read_lockstep (Scan *scan, HotpixLockstep *lockstep, gboolean watch)
{
  GError *error = NULL;
  guint n_rows;

  while (hotpix_lockstep_has_more (lockstep))
    {
      if (!hotpix_lockstep_add_band (lockstep, &n_rows, &error))
        {
          end_scan (scan, error);
          return FALSE;
        }
      if (watch)
        report_progress (scan);
      if (!count_rows (scan, lockstep, n_rows))
        return FALSE;
    }
  return TRUE;
}

/* Until none are left. */
static void
read_shared_frames (Scan *scan, gboolean watch)
{
  HotpixLockstep *lockstep;

  while ((lockstep = next_lockstep (scan)) != NULL)
    {
      read_lockstep (scan, lockstep, watch);
      finish_lockstep (scan, lockstep);
    }
}

static gpointer
run_worker (gpointer user_data)
{
  Scan *scan = user_data;

  read_shared_frames (scan, FALSE);
  pthread_mutex_lock (&scan->lock);
  scan->n_running--;
  pthread_cond_signal (&scan->worker_ended);
  pthread_mutex_unlock (&scan->lock);
  return NULL;
}

/* One at a time: each may hold a whole photo. */
static void
read_host_frames (Scan *scan)
{
  gboolean go_on = TRUE;

  for (guint i = 0; i < scan->host->len && go_on; i++)
    {
      guint index = g_array_index (scan->host, guint, i);
      HotpixLockstep *lockstep = hotpix_lockstep_new (scan->sums, scan->work, scan->pool);

      append (scan, lockstep, index);
      pthread_mutex_lock (&scan->lock);
      scan->bytes_open += lockstep_bytes (scan, lockstep);
      scan->n_reading++;
      pthread_mutex_unlock (&scan->lock);
      go_on = read_lockstep (scan, lockstep, TRUE);
      finish_lockstep (scan, lockstep);
    }
}

static void
wait_for_workers (Scan *scan)
{
  pthread_mutex_lock (&scan->lock);
  while (scan->n_running > 0)
    {
      if (hotpix_timed_condition_wait (&scan->worker_ended, &scan->lock, PROGRESS_MICROSECONDS))
        continue;
      pthread_mutex_unlock (&scan->lock);
      report_progress (scan);
      pthread_mutex_lock (&scan->lock);
    }
  pthread_mutex_unlock (&scan->lock);
}

/* Where the system starts fewer threads than wanted, those do the work; where it starts none, the
 * calling thread does. */
static guint
start_workers (Scan *scan, pthread_t *threads)
{
  guint wanted = MIN (scan->n_threads, scan->shared->len);
  guint n = 0;

  /* A worker that ends at once waits for the lock, and so is counted first. */
  pthread_mutex_lock (&scan->lock);
  while (n < wanted && pthread_create (&threads[n], NULL, run_worker, scan) == 0)
    n++;
  scan->n_running = n;
  pthread_mutex_unlock (&scan->lock);
  return n;
}

/* Larger files mostly take longer, and the longest must not come last. */
static gint
compare_sizes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Scan *scan = user_data;
  gsize size_a = open_bytes (scan, *(const guint *) a);
  gsize size_b = open_bytes (scan, *(const guint *) b);

  return (size_a < size_b) - (size_a > size_b);
}

static void
sort_frames (Scan *scan)
{
  for (guint i = 0; i < hotpix_frame_set_get_length (scan->set); i++)
    {
      if (hotpix_frame_set_get_reason (scan->set, i) != NULL
          || (scan->only != NULL && !scan->only[i]))
        continue;
      if (hotpix_frame_set_get_frame (scan->set, i)->host_thread_only)
        g_array_append_val (scan->host, i);
      else
        g_array_append_val (scan->shared, i);
    }
  g_array_sort_with_data (scan->shared, compare_sizes, scan);
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
  scan->locksteps_left = MAX (plan_locksteps (scan), 1);
  pthread_mutex_init (&scan->lock, NULL);
  hotpix_timed_condition_init (&scan->worker_ended);
  pthread_cond_init (&scan->work_changed, NULL);

  n_started = start_workers (scan, threads);
  read_host_frames (scan);
  if (n_started == 0)
    read_shared_frames (scan, TRUE);
  wait_for_workers (scan);
  for (guint i = 0; i < n_started; i++)
    pthread_join (threads[i], NULL);

  hotpix_lockstep_free (scan->offered);
  pthread_cond_destroy (&scan->work_changed);
  pthread_cond_destroy (&scan->worker_ended);
  pthread_mutex_destroy (&scan->lock);
  g_array_unref (scan->host);
  g_array_unref (scan->shared);
}

/* Whether each frame alone fits the budget that the user gave. */
static gboolean
check_budget (const Scan *scan, GError **error)
{
  for (guint i = 0; i < hotpix_frame_set_get_length (scan->set); i++)
    if (hotpix_frame_set_get_reason (scan->set, i) == NULL
        && open_bytes (scan, i) > scan->budget)
      {
        g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                     _ ("%s needs %u MiB to read, but memory= allows %u"),
                     hotpix_frame_set_get_name (scan->set, i),
                     hotpix_text_mib (open_bytes (scan, i)), (guint) (scan->budget >> 20));
        return FALSE;
      }
  return TRUE;
}

static void
free_sketch (gpointer sketch)
{
  hotpix_scene_sketch_free (sketch);
}

/* Those that turned out whole, of which both are TRUE; nullable each, and all are without. */
static guint
count (const Scan *scan, const gboolean *a, const gboolean *b)
{
  guint n = 0;

  for (guint i = 0; i < hotpix_frame_set_get_length (scan->set); i++)
    n += hotpix_frame_set_get_reason (scan->set, i) == NULL && (a == NULL || a[i])
         && (b == NULL || b[i]);
  return n;
}

/* Hands over the sums. */
static HotpixAccumulator *
count_frames (const Scan *scan, const gboolean *is_repeat)
{
  HotpixAccumulator *accumulator = hotpix_shared_sums_steal (scan->sums);

  hotpix_accumulator_count_frames (accumulator, count (scan, NULL, NULL),
                                   scan->is_long != NULL ? count (scan, scan->is_long, NULL)
                                                         : 0);
  if (is_repeat != NULL)
    hotpix_accumulator_uncount_evidence (
        accumulator, count (scan, is_repeat, NULL),
        scan->is_long != NULL ? count (scan, is_repeat, scan->is_long) : 0);
  return accumulator;
}

/* Runs the frames, and once more those whose evidence is to be taken back, because another one shows the
 * same scene.
 * Returns (transfer full): the sums; NULL without an error when too few frames are whole. */
static HotpixAccumulator *
run_twice (Scan *scan, GError **error)
{
  Scan again = *scan;
  g_autofree gboolean *is_repeat = NULL;
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  run (scan);
  if (scan->failure == NULL && scan->sketches != NULL
      && hotpix_frame_set_check_used (scan->set, NULL))
    hotpix_still_scenes_find (scan->set, hotpix_shared_sums_get_shape (scan->sums),
                              scan->sketches, &is_repeat, &scan->failure);
  if (is_repeat != NULL)
    {
      again.work = HOTPIX_LOCKSTEP_SUBTRACT_EVIDENCE;
      again.only = is_repeat;
      again.sketches = NULL;
      again.start = again.reported = scan->reported;
      run (&again);
      scan->failure = again.failure;
    }
  if (scan->failure != NULL)
    {
      g_propagate_error (error, scan->failure);
      return NULL;
    }
  if (!scan->may_be_few && !hotpix_frame_set_check_used (scan->set, NULL))
    return NULL;
  accumulator = count_frames (scan, is_repeat);
  return hotpix_accumulator_get_frames (accumulator) > 0 ? g_steal_pointer (&accumulator)
                                                         : NULL;
}

/* What makes the sums, if they are not empty. */
typedef struct
{
  HotpixScanStart start; /* nullable */
  gpointer user_data;
} Start;

static HotpixSharedSums *
make_sums (const Start *start, const HotpixShape *shape, HotpixSums kind, guint n_frames,
           GError **error)
{
  HotpixAccumulator *accumulator;

  if (start->start == NULL)
    return hotpix_shared_sums_new (shape, kind, n_frames, error);
  accumulator = start->start (shape, n_frames, start->user_data, error);
  return accumulator != NULL ? hotpix_shared_sums_new_from (accumulator) : NULL;
}

/* One choice of frames, and those added up. NULL without an error when too few of them
 * turned out whole.
 * reported: in and out; the fraction that was last reported, which must not fall. */
static HotpixAccumulator *
scan_chosen (HotpixFrameSet *set, const HotpixOptions *options, const Start *start,
             HotpixProgress progress, gpointer user_data, gdouble *reported, GError **error)
{
  Scan scan = { .set = set,
                .progress = progress,
                .user_data = user_data,
                .start = *reported,
                .reported = *reported };
  g_autoptr (HotpixSharedSums) sums = NULL;
  g_autoptr (HotpixBufferPool) pool = hotpix_buffer_pool_new ();
  g_autofree gboolean *is_long = NULL;
  g_autoptr (GPtrArray) sketches = g_ptr_array_new_with_free_func (free_sketch);
  HotpixAccumulator *accumulator;
  HotpixSums kind = options->sums;
  HotpixShape shape;
  guint n_used;

  if (!hotpix_frame_set_select (set, &options->selection, &shape, error))
    return NULL;
  n_used = hotpix_frame_set_count_used (set);
  if (kind == HOTPIX_SUMS_LONG_EVIDENCE)
    is_long = hotpix_long_exposures_find (set);
  if (is_long == NULL)
    kind = MIN (kind, HOTPIX_SUMS_EVIDENCE);
  scan.budget = options->memory != 0
                    ? (gsize) options->memory << 20
                    : hotpix_memory_beside (hotpix_accumulator_bytes (&shape, kind, n_used));
  sums = make_sums (start, &shape, kind, n_used, error);
  if (sums == NULL)
    return NULL;

  scan.is_long = is_long;
  scan.sums = sums;
  scan.pool = pool;
  scan.may_be_few = options->selection.may_be_few;
  /* Which scenes are still is not known of photos that were counted before. */
  if (kind >= HOTPIX_SUMS_EVIDENCE && start->start == NULL && n_used <= HOTPIX_MOST_TO_COMPARE)
    {
      g_ptr_array_set_size (sketches, (gint) hotpix_frame_set_get_length (set));
      scan.sketches = (HotpixSceneSketch **) sketches->pdata;
    }
  if (options->memory != 0 && !check_budget (&scan, error))
    return NULL;
  scan.n_threads = hotpix_processors_count_threads (options->threads);
  accumulator = run_twice (&scan, error);
  *reported = scan.reported;
  return accumulator;
}

HotpixAccumulator *
hotpix_scan (HotpixFrameSet *set, const HotpixOptions *options, HotpixProgress progress,
             gpointer user_data, GError **error)
{
  return hotpix_scan_on (set, options, NULL, NULL, progress, user_data, error);
}

HotpixAccumulator *
hotpix_scan_on (HotpixFrameSet *set, const HotpixOptions *options, HotpixScanStart start,
                gpointer start_data, HotpixProgress progress, gpointer user_data,
                GError **error)
{
  const Start how = { start, start_data };
  HotpixAccumulator *accumulator = NULL;
  GError *failure = NULL;
  gdouble reported = 0;

  if (!hotpix_options_check (options, error))
    return NULL;
  /* Where most photos have the size or body of damaged ones, others may still do. Each turn leaves
   * out a damaged frame for good, so this ends. */
  while (accumulator == NULL && failure == NULL)
    accumulator = scan_chosen (set, options, &how, progress, user_data, &reported, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (progress != NULL)
    progress (1, user_data);
  return accumulator;
}
