/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/detection-memory-private.h"
#include "detect/lines-private.h"
#include "detect/row-kernel-private.h"

#include <math.h>
#include <stdlib.h>

/* A line is made of pieces of this length. In each of them so large a share of the pixels has the same
 * sign, less those of the other, and so much evidence on average, in units of the noise. */
#define PIECE 32
#define LEAST_AGREEMENT 0.6f
#define LEAST_EVIDENCE 0.8f

/* From line to line that are the same one, smeared. */
#define SMEAR_REACH 2

/* A JPEG rings along a line, too: what is so near and has less than this share of its contrast. */
#define ECHO_REACH 14
#define ECHO_CONTRAST 0.35

/* How far from a line its sides are, and how different they may be. */
#define SIDE_DISTANCE 2
#define LEAST_SIDE_SHARE 0.4
#define LEAST_CONTRAST (5.0 / 255) /* 2 % of full white */

/* A run of pieces that agree, across or down: of the channel at place `at` (x or y). */
typedef struct
{
  guint at, first, end;
  guint channel;
  gint sign;
  gint64 steps; /* of all its pixels */
} Run;

typedef struct
{
  const HotpixMeasure *measure;
  HotpixShape shape;
  gdouble unit; /* of evidence, in steps */
  Run *open;    /* the run that each sample's column is in; `sign` 0 for none */
  gint32 *
      signs; /* of each sample's piece: pixels of a positive sign less those of a negative one */
  gint32 *sums;    /* steps of it */
  gint32 *row;     /* steps of one row */
  GArray *columns; /* of Run */
  GArray *rows;
} Search;

static gint
sign_of_piece (const Search *self, guint channel, guint length, gint32 signs, gint32 sum)
{
  gdouble least = LEAST_EVIDENCE * length * self->unit
                  * hotpix_evidence_noise_median (self->measure->noise, channel);

  if (ABS (signs) < LEAST_AGREEMENT * (gfloat) length || ABS (sum) < least)
    return 0;
  return signs > 0 ? 1 : -1;
}

/* Goes on with a run by a piece that ends before `end`, or ends it. */
static void
add_piece (GArray *runs, Run *run, gint sign, guint end, guint length, gint32 sum)
{
  if (run->sign != 0 && run->sign != sign)
    {
      if (run->end - run->first >= HOTPIX_LEAST_LINE)
        g_array_append_val (runs, *run);
      run->sign = 0;
    }
  if (sign == 0)
    return;
  if (run->sign == 0)
    {
      run->first = end - length;
      run->steps = 0;
    }
  run->sign = sign;
  run->end = end;
  run->steps += sum;
}

static void
end_run (GArray *runs, Run *run)
{
  add_piece (runs, run, 0, run->end, 0, 0);
}

/* The pieces across one row. */
static void
search_row (Search *self, guint y)
{
  guint channels = self->shape.channels, width = self->shape.width;

  for (guint channel = 0; channel < channels; channel++)
    {
      Run run = { .at = y, .channel = channel };

      for (guint x = 0; x < width; x += PIECE)
        {
          guint end = MIN (x + PIECE, width);
          gint32 signs = 0, sum = 0;

          for (gsize i = (gsize) x * channels + channel; i < (gsize) end * channels;
               i += channels)
            {
              signs += (self->row[i] > 0) - (self->row[i] < 0);
              sum += self->row[i];
            }
          add_piece (self->rows, &run, sign_of_piece (self, channel, end - x, signs, sum), end,
                     end - x, sum);
        }
      end_run (self->rows, &run);
    }
}

/* The pieces down to the row before `end`. */
static void
search_columns (Search *self, guint end, guint length)
{
  guint channels = self->shape.channels;
  gsize n = hotpix_shape_row_samples (&self->shape);

  for (gsize i = 0; i < n; i++)
    {
      guint channel = (guint) (i % channels);

      self->open[i].at = (guint) (i / channels);
      self->open[i].channel = channel;
      add_piece (self->columns, &self->open[i],
                 sign_of_piece (self, channel, length, self->signs[i], self->sums[i]), end,
                 length, self->sums[i]);
      self->signs[i] = self->sums[i] = 0;
    }
}

static void
search (Search *self)
{
  gsize n = hotpix_shape_row_samples (&self->shape);
  guint length = 0;

  for (guint y = 0; y < self->shape.height; y++)
    {
      hotpix_accumulator_steps_row (self->measure->accumulator, self->measure->look, y,
                                    self->row);
      hotpix_row_kernel_add_signs (self->signs, self->sums, self->row, n);
      search_row (self, y);
      length++;
      if (length == PIECE || y + 1 == self->shape.height)
        {
          search_columns (self, y + 1, length);
          length = 0;
        }
    }
  for (gsize i = 0; i < n; i++)
    end_run (self->columns, &self->open[i]);
}

/* Strongest first; else in an order that depends on nothing but where they are. */
static gint
compare_runs (gconstpointer a, gconstpointer b)
{
  const Run *p = a, *q = b;

  if (ABS (p->steps) != ABS (q->steps))
    return ABS (p->steps) > ABS (q->steps) ? -1 : 1;
  if (p->at != q->at)
    return p->at < q->at ? -1 : 1;
  if (p->first != q->first)
    return p->first < q->first ? -1 : 1;
  return p->channel < q->channel ? -1 : p->channel > q->channel;
}

static gdouble
mean_at (const Search *self, gboolean is_column, guint at, guint along, guint channel)
{
  return is_column
             ? hotpix_accumulator_mean_at (self->measure->accumulator, at, along, channel)
             : hotpix_accumulator_mean_at (self->measure->accumulator, along, at, channel);
}

/* What a run is like, pixel by pixel, on average. FALSE where it is an edge, or too faint. */
static gboolean
describe (const Search *self, gboolean is_column, const Run *run, HotpixDefect *defect)
{
  guint across = is_column ? self->shape.width : self->shape.height;
  guint length = run->end - run->first;
  gdouble before = 0, behind = 0, mean = 0, variance = 0;

  if (run->at < SIDE_DISTANCE || run->at + SIDE_DISTANCE >= across)
    return FALSE;
  for (guint along = run->first; along < run->end; along++)
    {
      guint x = is_column ? run->at : along, y = is_column ? along : run->at;

      mean += mean_at (self, is_column, run->at, along, run->channel);
      before += mean_at (self, is_column, run->at - SIDE_DISTANCE, along, run->channel);
      behind += mean_at (self, is_column, run->at + SIDE_DISTANCE, along, run->channel);
      variance
          += hotpix_accumulator_variance_at (self->measure->accumulator, x, y, run->channel);
    }
  *defect = (HotpixDefect){ .x = is_column ? run->at : run->first,
                            .y = is_column ? run->first : run->at,
                            .channel = run->channel,
                            .kind = is_column ? HOTPIX_DEFECT_COLUMN : HOTPIX_DEFECT_ROW,
                            .mean = mean / length,
                            .around = (before + behind) / 2 / length,
                            .variance = variance / length,
                            .length = length };
  before = run->sign * (mean - before) / length;
  behind = run->sign * (mean - behind) / length;
  return MIN (before, behind) >= MAX (LEAST_CONTRAST, LEAST_SIDE_SHARE * MAX (before, behind));
}

static gint32
steps_at (const Search *self, gboolean is_column, const Run *run, guint along)
{
  const HotpixAccumulator *accumulator = self->measure->accumulator;
  guint x = is_column ? run->at : along, y = is_column ? along : run->at;

  return (gint32) lrint (
      hotpix_accumulator_evidence_at (accumulator, self->measure->look, x, y, run->channel)
      * self->unit);
}

/* Where a run ends to a pixel: it goes on from the midst of its last piece for as long as that adds
 * more than half of what its pixels have on average. side: 1 for its end, -1 for its beginning. */
static guint
find_end (const Search *self, gboolean is_column, const Run *run, gint side)
{
  guint length = is_column ? self->shape.height : self->shape.width;
  gint64 along = side > 0 ? (gint64) run->end - PIECE : (gint64) run->first + PIECE - 1;
  gdouble half = (gdouble) ABS (run->steps) / (run->end - run->first) / 2, sum = 0, most = 0;
  gint64 last = along;

  for (guint i = 0; i < 2 * PIECE && along >= 0 && along < length; i++, along += side)
    {
      sum += run->sign * steps_at (self, is_column, run, (guint) along) - half;
      if (sum > most)
        {
          most = sum;
          last = along;
        }
    }
  return (guint) last;
}

static void
trim (const Search *self, gboolean is_column, Run *run)
{
  guint first = find_end (self, is_column, run, -1);
  guint end = find_end (self, is_column, run, 1) + 1;

  run->first = first;
  run->end = end;
}

static gboolean
is_beside (const Run *a, const Run *b, guint reach)
{
  return MAX (a->at, b->at) - MIN (a->at, b->at) <= reach && a->first < b->end
         && b->first < a->end;
}

/* A run that is a line, and what it looks like. */
typedef struct
{
  Run run;
  HotpixDefect defect;
} Line;

static gdouble
contrast_of (const HotpixDefect *defect)
{
  return fabs (defect->mean - defect->around);
}

/* Whether a stronger line makes this one. */
static gboolean
is_made (const GArray *stronger, const Line *line)
{
  for (guint i = 0; i < stronger->len; i++)
    {
      const Line *other = &g_array_index (stronger, Line, i);

      if (is_beside (&line->run, &other->run, SMEAR_REACH)
          || (is_beside (&line->run, &other->run, ECHO_REACH)
              && contrast_of (&line->defect) < ECHO_CONTRAST * contrast_of (&other->defect)))
        return TRUE;
    }
  return FALSE;
}

/* Adds those of the runs that are lines of their own. */
static void
add_lines (const Search *self, GArray *defects, GArray *runs, gboolean is_column,
           gdouble threshold)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));

  g_array_sort (runs, compare_runs);
  for (guint i = 0; i < runs->len; i++)
    {
      Line line = { .run = g_array_index (runs, Run, i) };
      gdouble noise = hotpix_evidence_noise_median (self->measure->noise, line.run.channel);
      gdouble evidence = (gdouble) ABS (line.run.steps)
                         / (self->unit * noise * sqrt (line.run.end - line.run.first));

      trim (self, is_column, &line.run);
      if (!describe (self, is_column, &line.run, &line.defect) || is_made (lines, &line))
        continue;
      line.defect.score = evidence / HOTPIX_LINE_DEVIATIONS;
      g_array_append_val (lines, line);
      if (line.defect.score >= threshold)
        g_array_append_val (defects, line.defect);
    }
}

GArray *
hotpix_lines_find (const HotpixMeasure *measure, gdouble threshold, GError **error)
{
  Search self
      = { .measure = measure,
          .shape = *hotpix_accumulator_get_shape (measure->accumulator),
          .unit = hotpix_accumulator_steps_of_evidence (measure->accumulator, measure->look) };
  gsize n = hotpix_shape_row_samples (&self.shape);
  g_autofree Run *open = self.open = g_try_new0 (Run, n);
  g_autofree gint32 *signs = self.signs = g_try_new0 (gint32, n);
  g_autofree gint32 *sums = self.sums = g_try_new0 (gint32, n);
  g_autofree gint32 *row = self.row = g_try_new (gint32, n);
  g_autoptr (GArray) columns = self.columns = g_array_new (FALSE, FALSE, sizeof (Run));
  g_autoptr (GArray) rows = self.rows = g_array_new (FALSE, FALSE, sizeof (Run));
  GArray *lines;

  if (open == NULL || signs == NULL || sums == NULL || row == NULL)
    {
      (void) hotpix_detection_memory_fail (&self.shape, error);
      return NULL;
    }
  search (&self);
  lines = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  add_lines (&self, lines, columns, TRUE, threshold);
  add_lines (&self, lines, rows, FALSE, threshold);
  return lines;
}

static gboolean
is_between (guint place, guint first, guint length)
{
  return place + SMEAR_REACH >= first && place < first + length + SMEAR_REACH;
}

gboolean
hotpix_lines_cover (const GArray *lines, guint x, guint y)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const HotpixDefect *line = &g_array_index (lines, HotpixDefect, i);
      gboolean is_column = line->kind == HOTPIX_DEFECT_COLUMN;

      if (is_between (x, line->x, is_column ? 1 : line->length)
          && is_between (y, line->y, is_column ? line->length : 1))
        return TRUE;
    }
  return FALSE;
}
