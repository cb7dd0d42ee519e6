/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/detector.h"
#include "base/text.h"
#include "detect/defect-shape-private.h"
#include "detect/evidence-peaks-private.h"
#include "sums/evidence-kernel-private.h"

#include <math.h>

/* How many false reports chance may make in a set: one in 33 sets. */
#define FALSE_REPORTS 0.03

/* The least contrast that is worth a report: 2 % of full white. */
#define LEAST_CONTRAST (5.0 / 255)

/* More than these shares of the square around are as bright or dark: no single photosite. */
#define MOST_EDGE_SHARE 0.2
#define MOST_SPECK_SHARE 0.35

/* What differs from its surroundings by less than this share of their own relief may ring. In the
 * frame's outer rows and columns, whose rings are one-sided, it may be the slope of a rim. */
#define LEAST_SHARE_OF_RELIEF 0.1
#define LEAST_SHARE_OF_RELIEF_AT_EDGE 0.75

/* A stuck photosite varies by less than this share of what one would that adds to the scene, or
 * dims it, as much. What is left is what demosaicing, sharpening and JPEG lend it from around. */
#define STUCK_SHARE 0.5

/* Photos are encoded by about this power of the light: 1 / 2.2. */
#define ENCODING_POWER 0.45

/* A photosite below this share of its surroundings is dark. */
#define DARK_SHARE 0.6

/* A JPEG's blocks ring around a strong defect: 8 pixels of one, and 16 in colour where that is
 * stored at half the resolution. An echo has less than these shares of the strong one's contrast:
 * in any channel, in luma inside such a block, and in luma where only colour can ring. */
#define ECHO_REACH 14
#define ECHO_CONTRAST 0.35
#define ECHO_NEAR_REACH 7
#define ECHO_NEAR_LUMA 0.2
#define ECHO_FAR_LUMA 0.12

/* Above this the tail of the peaks is not that of chance. */
#define MOST_SCALE 0.6

/* Where frames are alike, the evidence of a block is this share of what it would be if they were
 * all the same, and above what noise makes. */
#define ALIKE_SHARE 0.25
#define ALIKE_LEAST_NOISE 0.9
#define MOST_ALIKE_BLOCKS 0.25

/* A peak on trial, or one that passed. */
typedef struct
{
  HotpixDefect defect;
  gdouble evidence; /* signed, in the strongest channel */
  gdouble contrast; /* of the mean, likewise */
  gdouble luma;     /* contrast in luma, absolute */
  gdouble largest;  /* contrast in any channel, absolute */
  guint next;       /* another one of the same cell */
} Candidate;

/* The candidates that passed, findable by where they are. */
#define CELL_SIZE 16
#define NONE G_MAXUINT

typedef struct
{
  const HotpixAccumulator *accumulator;
  HotpixShape shape;
  const HotpixEvidenceNoise *noise;
  gdouble limit; /* height of a peak of score 1 */
  Candidate *passed;
  guint n_passed;
  guint *cells; /* the first one that passed in each cell, or NONE */
  guint cell_columns, cell_rows;
} Detector;

/* Rec. 601 luma, that JPEG's Y is; the mean of other channels than three. */
static gdouble
luma (const HotpixShape *shape, const gdouble *channels)
{
  gdouble sum = 0;

  if (shape->channels == 3)
    return 0.299 * channels[0] + 0.587 * channels[1] + 0.114 * channels[2];
  for (guint channel = 0; channel < shape->channels; channel++)
    sum += channels[channel];
  return sum / shape->channels;
}

/* The channel of the largest evidence. */
static guint
strongest_channel (const HotpixAccumulator *accumulator, guint x, guint y)
{
  guint channels = hotpix_accumulator_get_shape (accumulator)->channels, strongest = 0;
  gdouble largest = -1;

  for (guint channel = 0; channel < channels; channel++)
    {
      gdouble evidence = fabs (hotpix_accumulator_evidence_at (accumulator, x, y, channel));

      if (evidence > largest)
        {
          largest = evidence;
          strongest = channel;
        }
    }
  return strongest;
}

/* How much a photosite varies that adds light or dims it, over those around it. One that dims by a
 * factor varies by its square. One that adds is brighter, where the encoding is flatter: its slope
 * goes with light^(power - 1), and light with encoded^(1 / power). */
static gdouble
expected_variance_ratio (const HotpixDefect *defect)
{
  gdouble brighter = defect->mean / defect->around;

  return pow (brighter, brighter < 1 ? 2 : 2 * (ENCODING_POWER - 1) / ENCODING_POWER);
}

static HotpixDefectKind
kind_of (const Detector *self, const Candidate *candidate)
{
  const HotpixDefect *defect = &candidate->defect;
  gboolean is_dark = candidate->contrast < 0;

  if (is_dark && defect->mean < DARK_SHARE * defect->around)
    return HOTPIX_DEFECT_DEAD;
  if (defect->around > 0
      && hotpix_defect_shape_variance_ratio (self->accumulator, defect->x, defect->y)
             < STUCK_SHARE * expected_variance_ratio (defect))
    return HOTPIX_DEFECT_STUCK;
  return is_dark ? HOTPIX_DEFECT_DEAD : HOTPIX_DEFECT_HOT;
}

static Candidate
look_at (const Detector *self, const HotpixPeak *peak)
{
  const HotpixAccumulator *accumulator = self->accumulator;
  guint x = peak->x, y = peak->y, channel = strongest_channel (accumulator, x, y);
  Candidate candidate = { .defect = { .x = x, .y = y, .channel = channel }, .next = NONE };
  gdouble contrasts[4] = { 0 };

  for (guint k = 0; k < self->shape.channels; k++)
    {
      contrasts[k] = hotpix_accumulator_mean_at (accumulator, x, y, k)
                     - hotpix_defect_shape_around (accumulator, x, y, k);
      candidate.largest = MAX (candidate.largest, fabs (contrasts[k]));
    }
  candidate.evidence = hotpix_accumulator_evidence_at (accumulator, x, y, channel);
  candidate.contrast = contrasts[channel];
  candidate.luma = fabs (luma (&self->shape, contrasts));
  candidate.defect.score
      = fabs (candidate.evidence)
        / (hotpix_evidence_noise_median (self->noise, channel) * self->limit);
  candidate.defect.mean = hotpix_accumulator_mean_at (accumulator, x, y, channel);
  candidate.defect.around = candidate.defect.mean - candidate.contrast;
  candidate.defect.variance = hotpix_accumulator_variance_at (accumulator, x, y, channel);
  return candidate;
}

/* Too faint to see, or not of the evidence's own sign. */
static gboolean
is_faint (const Candidate *candidate)
{
  return copysign (1, candidate->evidence) * candidate->contrast < LEAST_CONTRAST;
}

static gboolean
is_at_edge (const HotpixShape *shape, const HotpixDefect *defect)
{
  return MIN (defect->x, shape->width - 1 - defect->x) < HOTPIX_EVIDENCE_REACH
         || MIN (defect->y, shape->height - 1 - defect->y) < HOTPIX_EVIDENCE_REACH;
}

static gboolean
is_photosite (const Detector *self, const HotpixDefect *defect)
{
  gdouble least_share = is_at_edge (&self->shape, defect) ? LEAST_SHARE_OF_RELIEF_AT_EDGE
                                                          : LEAST_SHARE_OF_RELIEF;
  gdouble relief
      = hotpix_defect_shape_relief (self->accumulator, defect->x, defect->y, defect->channel);

  return fabs (defect->mean - defect->around) >= least_share * relief
         && hotpix_defect_shape_edge_share (self->accumulator, defect->x, defect->y,
                                            defect->channel)
                <= MOST_EDGE_SHARE
         && hotpix_defect_shape_speck_share (self->accumulator, defect->x, defect->y,
                                             defect->channel)
                <= MOST_SPECK_SHARE;
}

static gboolean
echoes (const Candidate *weak, const Candidate *strong)
{
  gint64 dx = ABS ((gint64) weak->defect.x - strong->defect.x);
  gint64 dy = ABS ((gint64) weak->defect.y - strong->defect.y);
  gint64 distance = MAX (dx, dy);
  gdouble luma_share = distance <= ECHO_NEAR_REACH ? ECHO_NEAR_LUMA : ECHO_FAR_LUMA;

  return distance <= ECHO_REACH && weak->largest < ECHO_CONTRAST * strong->largest
         && weak->luma < luma_share * strong->luma;
}

static gboolean
is_echo (const Detector *self, const Candidate *candidate)
{
  guint column = candidate->defect.x / CELL_SIZE, row = candidate->defect.y / CELL_SIZE;

  for (guint y = MAX (row, 1) - 1; y < MIN (row + 2, self->cell_rows); y++)
    for (guint x = MAX (column, 1) - 1; x < MIN (column + 2, self->cell_columns); x++)
      for (guint i = self->cells[(gsize) y * self->cell_columns + x]; i != NONE;)
        {
          const Candidate *strong = &self->passed[i];

          if (echoes (candidate, strong))
            return TRUE;
          i = strong->next;
        }
  return FALSE;
}

static void
pass (Detector *self, Candidate *candidate)
{
  guint *cell = &self->cells[(gsize) (candidate->defect.y / CELL_SIZE) * self->cell_columns
                             + candidate->defect.x / CELL_SIZE];

  candidate->defect.kind = kind_of (self, candidate);
  candidate->next = *cell;
  *cell = self->n_passed;
  self->passed[self->n_passed++] = *candidate;
}

/* Peaks that are high enough to be looked at; they are the first ones. */
static gsize
count_high_peaks (const Detector *self, const HotpixPeaks *peaks, gdouble threshold)
{
  gsize n = 0;

  while (n < peaks->n_peaks && peaks->peaks[n].height >= self->limit * threshold)
    n++;
  return n;
}

/* From the highest peak down, so that a strong defect is there before its echoes. */
static void
judge_peaks (Detector *self, const HotpixPeaks *peaks, gsize n_high, gdouble threshold)
{
  for (gsize i = 0; i < n_high; i++)
    {
      Candidate candidate = look_at (self, &peaks->peaks[i]);

      if (candidate.defect.score >= threshold && !is_faint (&candidate)
          && is_photosite (self, &candidate.defect) && !is_echo (self, &candidate))
        pass (self, &candidate);
    }
}

static gint
compare_defects (gconstpointer a, gconstpointer b)
{
  const HotpixDefect *p = a, *q = b;

  if (p->score != q->score)
    return p->score > q->score ? -1 : 1;
  if (p->y != q->y)
    return p->y < q->y ? -1 : 1;
  return p->x < q->x ? -1 : p->x > q->x;
}

static gdouble
height_of_score_one (const HotpixPeakChance *chance)
{
  return chance->once - chance->scale * log (FALSE_REPORTS);
}

/* NULL where nothing is amiss. */
static gchar *
make_warning (const HotpixEvidenceNoise *noise, const HotpixPeakChance *chance,
              const HotpixShape *shape, guint n_frames)
{
  gdouble alike = MAX (ALIKE_LEAST_NOISE, ALIKE_SHARE * sqrt (n_frames));

  if (MIN (shape->width, shape->height) < HOTPIX_EVIDENCE_MIN_SIZE)
    return g_strdup_printf (_ ("photos of %u x %u pixels are too small to look for defects in"),
                            shape->width, shape->height);
  if (hotpix_evidence_noise_is_silent (noise))
    return g_strdup (_ ("no defect can show: the photos are blank, or all black or white"));
  if (n_frames < HOTPIX_FEW_FRAMES)
    return g_strdup_printf (ngettext ("%u photo shows only strong defects: use 20 or more, of "
                                      "different scenes",
                                      "%u photos show only strong defects: use 20 or more, of "
                                      "different scenes",
                                      n_frames),
                            n_frames);
  if (chance->scale > MOST_SCALE
      || hotpix_evidence_noise_share_above (noise, alike) > MOST_ALIKE_BLOCKS)
    return g_strdup (_ ("the photos are too alike to separate defects from details that never "
                        "move: add photos of other scenes"));
  return NULL;
}

/* n_most: how many may pass. */
static gboolean
prepare (Detector *self, gsize n_most, GError **error)
{
  gsize n_cells;

  self->cell_columns = (self->shape.width - 1) / CELL_SIZE + 1;
  self->cell_rows = (self->shape.height - 1) / CELL_SIZE + 1;
  n_cells = (gsize) self->cell_columns * self->cell_rows;
  self->cells = g_try_new (guint, n_cells);
  self->passed = g_try_new (Candidate, MAX (n_most, 1));
  if (self->cells == NULL || self->passed == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("not enough memory to look for defects in photos of %u x %u pixels"),
                   self->shape.width, self->shape.height);
      return FALSE;
    }
  for (gsize i = 0; i < n_cells; i++)
    self->cells[i] = NONE;
  return TRUE;
}

static HotpixDefects *
defects_new (const Detector *self, gdouble threshold)
{
  HotpixDefects *defects = g_new0 (HotpixDefects, 1);

  defects->shape = self->shape;
  defects->n_frames = hotpix_accumulator_get_frames (self->accumulator);
  defects->threshold = threshold;
  defects->list = g_array_sized_new (FALSE, FALSE, sizeof (HotpixDefect), self->n_passed);
  for (guint i = 0; i < self->n_passed; i++)
    g_array_append_val (defects->list, self->passed[i].defect);
  g_array_sort (defects->list, compare_defects);
  return defects;
}

HotpixDefects *
hotpix_detect (const HotpixAccumulator *accumulator, gdouble threshold, guint n_threads,
               GError **error)
{
  Detector self = { .accumulator = accumulator };
  g_autoptr (HotpixEvidenceNoise) noise = NULL;
  g_autoptr (HotpixPeaks) peaks = NULL;
  HotpixDefects *defects = NULL;
  HotpixPeakChance chance;
  guint n_frames = hotpix_accumulator_get_frames (accumulator);
  gsize n_high;

  g_return_val_if_fail (n_frames >= 2, NULL);
  if (!(threshold >= HOTPIX_LEAST_THRESHOLD && threshold <= HOTPIX_MOST_THRESHOLD))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("threshold must be %g to %g, not %g"), HOTPIX_LEAST_THRESHOLD,
                   (gdouble) HOTPIX_MOST_THRESHOLD, threshold);
      return NULL;
    }
  noise = hotpix_evidence_noise_new (accumulator, n_threads, error);
  if (noise == NULL)
    return NULL;
  peaks = hotpix_evidence_peaks_find (accumulator, noise, n_threads, error);
  if (peaks == NULL)
    return NULL;
  self.shape = *hotpix_accumulator_get_shape (accumulator);
  self.noise = noise;
  if (!hotpix_evidence_peaks_chance (peaks, &self.shape, &chance, error))
    return NULL;
  self.limit = height_of_score_one (&chance);
  n_high = count_high_peaks (&self, peaks, threshold);
  if (prepare (&self, n_high, error))
    {
      judge_peaks (&self, peaks, n_high, threshold);
      defects = defects_new (&self, threshold);
      defects->warning = make_warning (noise, &chance, &self.shape, n_frames);
    }
  g_free (self.passed);
  g_free (self.cells);
  return defects;
}
