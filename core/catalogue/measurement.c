/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/measurement.h"
#include "base/processors.h"
#include "base/row-parts-private.h"
#include "base/text.h"
#include "catalogue/contrast-private.h"
#include "photos/frame-set-private.h"

#include <string.h>

#define ROWS (2 * HOTPIX_CONTRAST_REACH + 1)

struct HotpixMeasurements
{
  guint n_photos, n_defects;
  HotpixMeasurement *table; /* photo by photo */
  gchar **reasons;          /* by photo; NULL where nothing failed */
};

/* A defect, as it is met from the top down. */
typedef struct
{
  guint index; /* in the caller's array */
  HotpixContrastSite site;
} Stop;

typedef struct
{
  HotpixFrameSet *set;
  HotpixShape shape;
  GArray *stops;  /* of Stop, by row */
  GArray *photos; /* of guint: those that any thread may read */
  HotpixBufferPool *pool;
  HotpixMeasurements *result;

  HotpixProgress progress;
  gpointer user_data;
  guint n_photos;  /* to read, in all */
  gint n_done;     /* atomic */
  gint is_stopped; /* atomic */
} Run;

gboolean
hotpix_measurement_is_for (HotpixDefectKind kind)
{
  return kind != HOTPIX_DEFECT_COLUMN && kind != HOTPIX_DEFECT_ROW
         && kind != HOTPIX_DEFECT_DUST;
}

static HotpixMeasurements *
measurements_new (guint n_photos, guint n_defects)
{
  HotpixMeasurements *measurements = g_new0 (HotpixMeasurements, 1);

  measurements->n_photos = n_photos;
  measurements->n_defects = n_defects;
  measurements->table = g_new0 (HotpixMeasurement, (gsize) n_photos * n_defects);
  measurements->reasons = g_new0 (gchar *, n_photos);
  return measurements;
}

void
hotpix_measurements_free (HotpixMeasurements *measurements)
{
  if (measurements == NULL)
    return;
  for (guint i = 0; i < measurements->n_photos; i++)
    g_free (measurements->reasons[i]);
  g_free (measurements->reasons);
  g_free (measurements->table);
  g_free (measurements);
}

static HotpixMeasurement *
row_of (const HotpixMeasurements *measurements, guint photo)
{
  return measurements->table + (gsize) photo * measurements->n_defects;
}

const HotpixMeasurement *
hotpix_measurements_get (const HotpixMeasurements *measurements, guint photo, guint defect)
{
  g_return_val_if_fail (photo < measurements->n_photos && defect < measurements->n_defects,
                        NULL);
  return row_of (measurements, photo) + defect;
}

const gchar *
hotpix_measurements_get_reason (const HotpixMeasurements *measurements, guint photo)
{
  g_return_val_if_fail (photo < measurements->n_photos, NULL);
  return measurements->reasons[photo];
}

static gint
compare_stops (gconstpointer a, gconstpointer b)
{
  const Stop *p = a, *q = b;

  if (p->site.y != q->site.y)
    return p->site.y < q->site.y ? -1 : 1;
  return p->index < q->index ? -1 : p->index > q->index;
}

static void
make_stops (Run *run, const GArray *defects, const HotpixContrastFilters *filters)
{
  for (guint i = 0; i < defects->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (defects, HotpixDefect, i);
      Stop stop = { .index = i };

      if (!hotpix_measurement_is_for (defect->kind) || defect->x >= run->shape.width
          || defect->y >= run->shape.height)
        continue;
      hotpix_contrast_site_init (&stop.site, filters, &run->shape, defects, i);
      g_array_append_val (run->stops, stop);
    }
  g_array_sort (run->stops, compare_stops);
}

/* Rows go round in the buffer: row y is in slot y % ROWS.
 * next: in and out; the first row that is not yet read. */
static gboolean
read_up_to (HotpixFrame *frame, guint8 *buffer, guint y, guint *next, GError **error)
{
  gsize row_bytes = hotpix_shape_row_bytes (&frame->shape);
  guint first = y - MIN (y, HOTPIX_CONTRAST_REACH);
  guint end = MIN (y + HOTPIX_CONTRAST_REACH + 1, frame->shape.height);

  if (first > *next)
    {
      if (!hotpix_frame_skip (frame, first - *next, error))
        return FALSE;
      *next = first;
    }
  for (; *next < end; (*next)++)
    if (!frame->frame_class->read (frame, 1, buffer + *next % ROWS * row_bytes, error))
      return FALSE;
  return TRUE;
}

static gboolean
measure_open (const Run *run, HotpixFrame *frame, guint8 *buffer, HotpixMeasurement *row,
              GError **error)
{
  gsize row_bytes = hotpix_shape_row_bytes (&frame->shape);
  gconstpointer rows[ROWS];
  guint next = 0;

  for (guint i = 0; i < run->stops->len; i++)
    {
      const Stop *stop = &g_array_index (run->stops, Stop, i);
      guint first = stop->site.y + ROWS - HOTPIX_CONTRAST_REACH; /* and ROWS more */

      if (!read_up_to (frame, buffer, stop->site.y, &next, error))
        return FALSE;
      for (guint k = 0; k < ROWS; k++)
        rows[k] = buffer + (first + k) % ROWS * row_bytes;
      row[stop->index] = hotpix_contrast_measure (&stop->site, frame->shape.bits, rows);
    }
  return TRUE;
}

static gboolean
measure_frame (const Run *run, HotpixFrame *frame, guint8 *buffer, HotpixMeasurement *row,
               GError **error)
{
  gboolean success;

  /* The set's bits are those of the deepest photo. */
  if (frame->shape.width != run->shape.width || frame->shape.height != run->shape.height
      || frame->shape.channels != run->shape.channels)
    return TRUE;
  frame->pool = run->pool;
  success = frame->frame_class->open (frame, error);
  if (success)
    {
      success = measure_open (run, frame, buffer, row, error);
      frame->frame_class->close (frame);
    }
  frame->pool = NULL;
  return success;
}

/* What was measured in a photo before it failed does not count. */
static void
measure_photo (Run *run, guint photo, guint8 *buffer)
{
  HotpixMeasurement *row = row_of (run->result, photo);
  g_autoptr (GError) error = NULL;

  if (!measure_frame (run, hotpix_frame_set_get_frame (run->set, photo), buffer, row, &error))
    {
      memset (row, 0, run->result->n_defects * sizeof *row);
      run->result->reasons[photo] = g_strdup (error->message);
    }
  g_atomic_int_inc (&run->n_done);
}

/* On the calling thread. */
static void
report (Run *run)
{
  gdouble fraction = (gdouble) g_atomic_int_get (&run->n_done) / run->n_photos;

  if (run->progress != NULL && !g_atomic_int_get (&run->is_stopped)
      && !run->progress (fraction, run->user_data))
    g_atomic_int_set (&run->is_stopped, TRUE);
}

static gboolean
measure_part (guint part, guint first, guint end, gpointer user_data)
{
  Run *run = user_data;
  guint8 *buffer
      = hotpix_buffer_pool_take (run->pool, ROWS * hotpix_shape_row_bytes (&run->shape));

  if (buffer == NULL)
    return FALSE;
  for (guint i = first; i < end && !g_atomic_int_get (&run->is_stopped); i++)
    {
      measure_photo (run, g_array_index (run->photos, guint, i), buffer);
      if (part == 0)
        report (run);
    }
  hotpix_buffer_pool_give_back (run->pool, buffer);
  return TRUE;
}

/* Those of a host's, one after the other, and the others on as many threads as memory allows. */
static gboolean
run_all (Run *run, GArray *host, const HotpixOptions *options, gsize most_bytes)
{
  guint n_threads = hotpix_processors_count_threads (options->threads), n_parts;
  GArray *shared = run->photos;
  gboolean success = TRUE;

  if (options->memory != 0)
    n_threads
        = (guint) CLAMP (((gsize) options->memory << 20) / MAX (most_bytes, 1), 1, n_threads);
  if (host->len > 0)
    {
      run->photos = host;
      success = measure_part (0, 0, host->len, run);
      run->photos = shared;
    }
  if (!success || shared->len == 0)
    return success;
  n_parts = hotpix_row_parts_count (shared->len, n_threads);
  return hotpix_row_parts_run (shared->len, n_parts, measure_part, run);
}

static gboolean
measure_all (Run *run, const HotpixOptions *options, GError **error)
{
  g_autoptr (GArray) host = g_array_new (FALSE, FALSE, sizeof (guint));
  gsize most_bytes = 0;

  for (guint i = 0; i < hotpix_frame_set_get_length (run->set); i++)
    if (hotpix_frame_set_get_reason (run->set, i) == NULL)
      {
        const HotpixFrame *frame = hotpix_frame_set_get_frame (run->set, i);

        most_bytes = MAX (most_bytes, frame->working_bytes);
        g_array_append_val (frame->host_thread_only ? host : run->photos, i);
      }
  run->n_photos = host->len + run->photos->len;
  if (run->n_photos > 0 && run->stops->len > 0 && !run_all (run, host, options, most_bytes))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("not enough memory to measure the defects: at least %u MiB are needed"),
                   hotpix_text_mib (most_bytes));
      return FALSE;
    }
  if (!g_atomic_int_get (&run->is_stopped))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED, _ ("cancelled"));
  return FALSE;
}

HotpixMeasurements *
hotpix_measure (HotpixFrameSet *set, const GArray *defects, const HotpixOptions *options,
                HotpixProgress progress, gpointer user_data, GError **error)
{
  g_autoptr (HotpixBufferPool) pool = hotpix_buffer_pool_new ();
  g_autoptr (GArray) photos = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) stops = g_array_new (FALSE, FALSE, sizeof (Stop));
  g_autoptr (HotpixMeasurements) result
      = measurements_new (hotpix_frame_set_get_length (set), defects->len);
  HotpixContrastFilters filters;
  Run run = { .set = set,
              .shape = *hotpix_frame_set_get_chosen_shape (set),
              .stops = stops,
              .photos = photos,
              .pool = pool,
              .result = result,
              .progress = progress,
              .user_data = user_data };

  hotpix_contrast_filters_init (&filters);
  make_stops (&run, defects, &filters);
  return measure_all (&run, options, error) ? g_steal_pointer (&result) : NULL;
}
