/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/row-parts-private.h"
#include "detect/detection-memory-private.h"
#include "detect/evidence-peaks-private.h"
#include "detect/row-kernel-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Lower peaks are too many to keep, and mean nothing. About one pixel in 70 has a higher one. */
#define LEAST_HEIGHT 2.0f

/* Rows in memory during the search for peaks. */
#define N_ROWS (2 * HOTPIX_PEAK_REACH + 1)

/* Below all heights: outside the picture. */
#define NO_HEIGHT (-1.0f)

G_STATIC_ASSERT (HOTPIX_PEAK_REACH == HOTPIX_ROW_KERNEL_REACH);

/* The tail is measured between the heights that this many peaks a megapixel exceed. A sensor has fewer
 * defects than the one; below the other, peaks do not form a tail yet. */
#define HIGH_RANK 150.0
#define LOW_RANK 1500.0

/* The lowest tail: that of the quietest photos tried so far. */
#define LEAST_HIGH 3.3
#define LEAST_SCALE 0.25

/* Where the higher rank is below this, the tail cannot be measured, and that of ordinary photos is
 * used. */
#define LEAST_RANK 60
#define ORDINARY_HIGH 3.6
#define ORDINARY_SCALE 0.3

/* A peak of this height is no chance, and neither are those near it. The reach shrinks to the least one
 * until enough of the picture is left to measure. */
#define STRONG_HEIGHT 8.0f
#define MOST_STRONG_REACH 16
#define LEAST_STRONG_REACH 4
#define LEAST_SHARE 0.25

/* Cells of a grid on which the neighbourhoods of strong peaks are marked. */
#define CELL_SIZE 4

#define FIRST_ROOM 1024

/* Row y of the picture is in row y % N_ROWS of the two arrays of several rows. */
typedef struct
{
  const HotpixAccumulator *accumulator;
  HotpixLook look;
  const HotpixEvidenceNoise *noise;
  HotpixShape shape;
  gint32 *steps;
  gfloat *noise_row;
  gfloat *heights; /* each row between HOTPIX_PEAK_REACH of NO_HEIGHT on either side */
  gfloat *widest;  /* the highest of each pixel and those up to HOTPIX_PEAK_REACH beside it */
  gfloat *outside; /* a row of NO_HEIGHT: `widest` of those that the picture has not */
  guint8 *is_peak;
  HotpixPeaks peaks; /* in reading order */
} Search;

gboolean
hotpix_peaks_append (HotpixPeaks *self, const HotpixPeak *peak)
{
  if (self->n_peaks == self->room)
    {
      gsize room = MAX (2 * self->room, FIRST_ROOM);
      HotpixPeak *peaks = g_try_renew (HotpixPeak, self->peaks, room);

      if (peaks == NULL)
        return FALSE;
      self->peaks = peaks;
      self->room = room;
    }
  self->peaks[self->n_peaks++] = *peak;
  return TRUE;
}

void
hotpix_peaks_free (HotpixPeaks *self)
{
  if (self == NULL)
    return;
  g_free (self->peaks);
  g_free (self);
}

static gsize
padded_width (const Search *search)
{
  return search->shape.width + 2 * (gsize) HOTPIX_PEAK_REACH;
}

static gfloat *
heights_of_row (const Search *search, guint y)
{
  return search->heights + y % N_ROWS * padded_width (search) + HOTPIX_PEAK_REACH;
}

static gfloat *
widest_of_row (const Search *search, guint y)
{
  return search->widest + y % N_ROWS * (gsize) search->shape.width;
}

static void
fill_row (Search *search, guint y)
{
  guint width = search->shape.width;
  gdouble steps = hotpix_accumulator_steps_of_evidence (search->accumulator, search->look);
  gfloat *heights = heights_of_row (search, y);

  hotpix_accumulator_steps_row (search->accumulator, search->look, y, search->steps);
  hotpix_evidence_noise_row (search->noise, y, search->noise_row);
  hotpix_row_kernel_heights (heights, search->steps, search->noise_row, (gfloat) (1 / steps),
                             width, search->shape.channels);
  hotpix_row_kernel_widest (widest_of_row (search, y), heights, width);
}

/* Of a plateau only the first pixel in reading order is a peak. */
static gboolean
find_in_row (Search *search, guint y)
{
  const gfloat *heights = heights_of_row (search, y), *around[2 * HOTPIX_PEAK_REACH];
  const guint8 *end = search->is_peak + search->shape.width, *at = search->is_peak;

  for (guint k = 1; k <= HOTPIX_PEAK_REACH; k++)
    {
      around[HOTPIX_PEAK_REACH - k] = k <= y ? widest_of_row (search, y - k) : search->outside;
      around[HOTPIX_PEAK_REACH + k - 1]
          = k < search->shape.height - y ? widest_of_row (search, y + k) : search->outside;
    }
  hotpix_row_kernel_peaks (search->is_peak, heights, around, LEAST_HEIGHT, search->shape.width);
  while ((at = memchr (at, 1, (gsize) (end - at))) != NULL)
    {
      guint x = (guint) (at - search->is_peak);
      HotpixPeak peak = { x, y, heights[x] };

      if (!hotpix_peaks_append (&search->peaks, &peak))
        return FALSE;
      at++;
    }
  return TRUE;
}

static int
compare_peaks (const void *a, const void *b)
{
  const HotpixPeak *p = a, *q = b;

  if (p->height != q->height)
    return p->height > q->height ? -1 : 1;
  if (p->y != q->y)
    return p->y < q->y ? -1 : 1;
  return p->x < q->x ? -1 : p->x > q->x;
}

static gboolean
search_allocate (Search *search)
{
  gsize row_samples = hotpix_shape_row_samples (&search->shape);
  gsize width = search->shape.width;

  search->steps = g_try_new (gint32, row_samples);
  search->noise_row = g_try_new (gfloat, row_samples);
  search->heights = g_try_new (gfloat, N_ROWS * padded_width (search));
  search->widest = g_try_new (gfloat, N_ROWS * width);
  search->outside = g_try_new (gfloat, width);
  search->is_peak = g_try_new (guint8, width);
  if (search->steps == NULL || search->noise_row == NULL || search->heights == NULL
      || search->widest == NULL || search->outside == NULL || search->is_peak == NULL)
    return FALSE;
  for (gsize i = 0; i < N_ROWS * padded_width (search); i++)
    search->heights[i] = NO_HEIGHT;
  for (gsize x = 0; x < width; x++)
    search->outside[x] = NO_HEIGHT;
  return TRUE;
}

static void
search_clear (Search *search)
{
  g_free (search->steps);
  g_free (search->noise_row);
  g_free (search->heights);
  g_free (search->widest);
  g_free (search->outside);
  g_free (search->is_peak);
}

/* Shared by the parts of the work. */
typedef struct
{
  const HotpixAccumulator *accumulator;
  HotpixLook look;
  const HotpixEvidenceNoise *noise;
  HotpixPeaks *found; /* of each part, in reading order */
} Work;

static gboolean
find_in_part (guint part, guint first, guint end, gpointer user_data)
{
  const Work *work = user_data;
  Search search = { .accumulator = work->accumulator,
                    .look = work->look,
                    .noise = work->noise,
                    .shape = *hotpix_accumulator_get_shape (work->accumulator) };
  gboolean success = search_allocate (&search);
  guint filled = first - MIN (first, HOTPIX_PEAK_REACH);

  for (guint y = first; success && y < end; y++)
    {
      while (filled < search.shape.height && filled <= y + HOTPIX_PEAK_REACH)
        fill_row (&search, filled++);
      success = find_in_row (&search, y);
    }
  /* Only now, because threads that write to neighbouring memory wait for each other. */
  if (success)
    work->found[part] = search.peaks;
  else
    g_free (search.peaks.peaks);
  search_clear (&search);
  return success;
}

/* One part after the other. FALSE without enough memory. */
static gboolean
join_parts (HotpixPeaks *peaks, const HotpixPeaks *parts, guint n_parts)
{
  gsize n = 0;

  for (guint part = 0; part < n_parts; part++)
    n += parts[part].n_peaks;
  if (n == 0)
    return TRUE;
  peaks->peaks = g_try_new (HotpixPeak, n);
  if (peaks->peaks == NULL)
    return FALSE;
  peaks->room = n;
  for (guint part = 0; part < n_parts; part++)
    if (parts[part].n_peaks > 0)
      {
        memcpy (peaks->peaks + peaks->n_peaks, parts[part].peaks,
                parts[part].n_peaks * sizeof *peaks->peaks);
        peaks->n_peaks += parts[part].n_peaks;
      }
  return TRUE;
}

HotpixPeaks *
hotpix_evidence_peaks_find (const HotpixAccumulator *accumulator, HotpixLook look,
                            const HotpixEvidenceNoise *noise, guint n_threads, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  guint n_parts = hotpix_row_parts_count (shape->height, n_threads);
  g_autofree HotpixPeaks *found = g_new0 (HotpixPeaks, n_parts);
  g_autoptr (HotpixPeaks) peaks = g_new0 (HotpixPeaks, 1);
  Work work = { accumulator, look, noise, found };
  gboolean success = hotpix_row_parts_run (shape->height, n_parts, find_in_part, &work)
                     && join_parts (peaks, found, n_parts);

  for (guint part = 0; part < n_parts; part++)
    g_free (found[part].peaks);
  if (!success)
    {
      hotpix_detection_memory_fail (shape, error);
      return NULL;
    }
  if (peaks->n_peaks > 0)
    qsort (peaks->peaks, peaks->n_peaks, sizeof *peaks->peaks, compare_peaks);
  return g_steal_pointer (&peaks);
}

typedef struct
{
  guint columns;
  guint rows;
  guint8 *marked;
} Grid;

static void
mark (Grid *grid, const HotpixPeak *peak, guint reach)
{
  guint first_x = (peak->x < reach ? 0 : peak->x - reach) / CELL_SIZE;
  guint end_x = MIN ((peak->x + reach) / CELL_SIZE + 1, grid->columns);
  guint first_y = (peak->y < reach ? 0 : peak->y - reach) / CELL_SIZE;
  guint end_y = MIN ((peak->y + reach) / CELL_SIZE + 1, grid->rows);

  for (guint y = first_y; y < end_y; y++)
    memset (grid->marked + (gsize) y * grid->columns + first_x, 1, end_x - first_x);
}

/* Marks the neighbourhoods of the strong peaks. Returns the share of the picture left unmarked. */
static gdouble
mark_strong (Grid *grid, const HotpixPeaks *peaks, guint reach)
{
  gsize n_cells = (gsize) grid->columns * grid->rows, n_marked = 0;

  memset (grid->marked, 0, n_cells);
  for (gsize i = 0; i < peaks->n_peaks; i++)
    {
      const HotpixPeak *peak = &peaks->peaks[i];

      if (peak->height < STRONG_HEIGHT)
        break;
      mark (grid, peak, reach);
    }
  for (gsize i = 0; i < n_cells; i++)
    n_marked += grid->marked[i];
  return 1 - (gdouble) n_marked / (gdouble) n_cells;
}

/* Marks as far around as leaves enough of the picture. Strong peaks all over it are no defects: then
 * nothing is marked. */
static gdouble
mark_what_leaves_enough (Grid *grid, const HotpixPeaks *peaks)
{
  for (guint reach = MOST_STRONG_REACH; reach >= LEAST_STRONG_REACH; reach /= 2)
    {
      gdouble share = mark_strong (grid, peaks, reach);

      if (share >= LEAST_SHARE)
        return share;
    }
  memset (grid->marked, 0, (gsize) grid->columns * grid->rows);
  return 1;
}

/* The height of the peak of that rank, from 0, outside the marked cells; where there are fewer, that
 * of the lowest. */
static gdouble
height_of_rank (const HotpixPeaks *peaks, const Grid *grid, gdouble rank)
{
  gdouble n = 0;

  for (gsize i = 0; i < peaks->n_peaks; i++)
    {
      const HotpixPeak *peak = &peaks->peaks[i];
      gsize cell = (gsize) (peak->y / CELL_SIZE) * grid->columns + peak->x / CELL_SIZE;

      if (!grid->marked[cell] && n++ >= rank)
        return peak->height;
    }
  return LEAST_HEIGHT;
}

gboolean
hotpix_evidence_peaks_chance (const HotpixPeaks *peaks, const HotpixShape *shape,
                              HotpixPeakChance *chance, GError **error)
{
  gdouble megapixels = (gdouble) shape->width * shape->height / 1e6;
  gdouble scale = ORDINARY_SCALE, high = ORDINARY_HIGH, share;
  Grid grid = { .columns = (shape->width - 1) / CELL_SIZE + 1,
                .rows = (shape->height - 1) / CELL_SIZE + 1 };

  grid.marked = g_try_new (guint8, (gsize) grid.columns * grid.rows);
  if (grid.marked == NULL)
    return hotpix_detection_memory_fail (shape, error);
  share = mark_what_leaves_enough (&grid, peaks);
  if (HIGH_RANK * megapixels * share >= LEAST_RANK)
    {
      gdouble low = height_of_rank (peaks, &grid, floor (LOW_RANK * megapixels * share));

      high = height_of_rank (peaks, &grid, floor (HIGH_RANK * megapixels * share));
      scale = MAX ((high - low) / log (LOW_RANK / HIGH_RANK), LEAST_SCALE);
    }
  chance->scale = scale;
  chance->once = MAX (high, LEAST_HIGH) + scale * log (HIGH_RANK * megapixels);
  g_free (grid.marked);
  return TRUE;
}
