/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence-peaks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Lower peaks are too many to keep, and tell nothing. About one pixel of 70 has a higher one. */
#define LEAST_HEIGHT 2.0f

/* Rows at hand while peaks are looked for. */
#define N_ROWS (2 * HOTPIX_PEAK_REACH + 1)

/* The tail is measured between the heights that so many peaks a megapixel exceed. A sensor has
 * fewer defects than the one; below the other, peaks are no tail yet. */
#define HIGH_RANK 150.0
#define LOW_RANK 1500.0

/* The least that the tail is taken for: that of the quietest photos that were tried. */
#define LEAST_HIGH 3.3
#define LEAST_SCALE 0.25

/* Where the higher rank is below this, the tail cannot be measured, and is taken for that of
 * ordinary photos. */
#define LEAST_RANK 60
#define ORDINARY_HIGH 3.6
#define ORDINARY_SCALE 0.3

/* A peak of this height is no chance; nor are those near to it. How near goes down to the least
 * reach until so much of the picture is left to be measured. */
#define STRONG_HEIGHT 8.0f
#define MOST_STRONG_REACH 16
#define LEAST_STRONG_REACH 4
#define LEAST_SHARE 0.25

/* Cells of a grid on which the neighbourhoods of strong peaks are marked. */
#define CELL_SIZE 4

#define FIRST_ROOM 1024

typedef struct
{
  const HotpixAccumulator *accumulator;
  const HotpixEvidenceNoise *noise;
  HotpixShape shape;
  gdouble unit; /* evidence of one step */
  gint32 *steps;
  gfloat *noise_row;
  gfloat *heights[N_ROWS]; /* row y is heights[y % N_ROWS] */
  gfloat *all_heights;
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

static gboolean
set_memory_error (const HotpixShape *shape, GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
               "the system does not give the memory to look for defects in %u x %u pixels",
               shape->width, shape->height);
  return FALSE;
}

static void
fill_heights (Search *search, guint y)
{
  guint channels = search->shape.channels;
  gfloat *heights = search->heights[y % N_ROWS];
  gfloat unit = (gfloat) search->unit;

  hotpix_accumulator_steps_row (search->accumulator, y, search->steps);
  hotpix_evidence_noise_row (search->noise, y, search->noise_row);
  for (gsize x = 0; x < search->shape.width; x++)
    {
      gfloat height = 0;

      for (gsize i = x * channels; i < (x + 1) * channels; i++)
        height = MAX (height, (gfloat) ABS (search->steps[i]) * unit / search->noise_row[i]);
      heights[x] = height;
    }
}

/* Of a plateau only the first pixel in reading order is a peak. */
static gboolean
is_peak (const Search *search, guint x, guint y)
{
  gfloat height = search->heights[y % N_ROWS][x];
  guint first_x = x < HOTPIX_PEAK_REACH ? 0 : x - HOTPIX_PEAK_REACH;
  guint end_x = MIN (x + HOTPIX_PEAK_REACH + 1, search->shape.width);
  guint first_y = y < HOTPIX_PEAK_REACH ? 0 : y - HOTPIX_PEAK_REACH;
  guint end_y = MIN (y + HOTPIX_PEAK_REACH + 1, search->shape.height);

  for (guint v = first_y; v < end_y; v++)
    {
      const gfloat *heights = search->heights[v % N_ROWS];

      for (guint u = first_x; u < end_x; u++)
        if (heights[u] > height || (heights[u] == height && (v < y || (v == y && u < x))))
          return FALSE;
    }
  return TRUE;
}

static gboolean
find_in_row (const Search *search, guint y, HotpixPeaks *peaks)
{
  const gfloat *heights = search->heights[y % N_ROWS];

  for (guint x = 0; x < search->shape.width; x++)
    if (heights[x] >= LEAST_HEIGHT && is_peak (search, x, y))
      {
        HotpixPeak peak = { x, y, heights[x] };

        if (!hotpix_peaks_append (peaks, &peak))
          return FALSE;
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
allocate (Search *search, GError **error)
{
  gsize row_samples = hotpix_shape_row_samples (&search->shape);

  search->steps = g_try_new (gint32, row_samples);
  search->noise_row = g_try_new (gfloat, row_samples);
  search->all_heights = g_try_new (gfloat, N_ROWS * (gsize) search->shape.width);
  if (search->steps == NULL || search->noise_row == NULL || search->all_heights == NULL)
    return set_memory_error (&search->shape, error);
  for (guint i = 0; i < N_ROWS; i++)
    search->heights[i] = search->all_heights + i * (gsize) search->shape.width;
  return TRUE;
}

static gboolean
find_in_all_rows (Search *search, HotpixPeaks *peaks, GError **error)
{
  guint height = search->shape.height;

  for (guint y = 0; y < height + HOTPIX_PEAK_REACH; y++)
    {
      if (y < height)
        fill_heights (search, y);
      if (y >= HOTPIX_PEAK_REACH && !find_in_row (search, y - HOTPIX_PEAK_REACH, peaks))
        return set_memory_error (&search->shape, error);
    }
  return TRUE;
}

HotpixPeaks *
hotpix_evidence_peaks_find (const HotpixAccumulator *accumulator,
                            const HotpixEvidenceNoise *noise, GError **error)
{
  Search search = { .accumulator = accumulator, .noise = noise };
  g_autoptr (HotpixPeaks) peaks = g_new0 (HotpixPeaks, 1);
  gboolean success;

  search.shape = *hotpix_accumulator_get_shape (accumulator);
  search.unit = 1 / hotpix_accumulator_steps_of_evidence (accumulator);
  success = allocate (&search, error) && find_in_all_rows (&search, peaks, error);
  if (success && peaks->n_peaks > 0)
    qsort (peaks->peaks, peaks->n_peaks, sizeof *peaks->peaks, compare_peaks);
  g_free (search.steps);
  g_free (search.noise_row);
  g_free (search.all_heights);
  return success ? g_steal_pointer (&peaks) : NULL;
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

/* Marks the neighbourhoods of the strong peaks. Returns the share of the picture that is not. */
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

/* Marks as far around as leaves enough of the picture. Where strong peaks are all over it, they are
 * no defects: nothing is marked then. */
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

/* The height of the peak of that rank from 0 among those outside of the marked cells; that of the
 * lowest that are kept where there are fewer. */
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
    return set_memory_error (shape, error);
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
