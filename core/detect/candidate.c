/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/candidate-private.h"
#include "detect/defect-shape-private.h"
#include "sums/evidence-kernel-private.h"

#include <math.h>

/* The least contrast worth a report: 2 % of full white. Where the means around differ little, as in the
 * dark, less is enough: this many times the deviation of their own contrasts, which come from noise,
 * encoding and healthy photosites, but no less than rounding can add up to. */
#define MOST_FAINT_CONTRAST (5.0 / 255)
#define LEAST_CONTRAST (2.0 / 255)
#define LEAST_DEVIATIONS 6

/* In the frame's outer rows and columns surroundings are known from one side only. */
#define EDGE_FAINT_CONTRAST (10.0 / 255)

/* The median of the absolute values over the standard deviation, where they are normal. */
#define NORMAL_MEDIAN 0.6745

/* Where more of the square around is as bright or dark, it is no single photosite. */
#define MOST_EDGE_SHARE 0.2
#define MOST_SPECK_SHARE 0.35

/* A place that differs from its surroundings by less than this share of their own relief may only
 * ring. In the frame's outer rows and columns, whose rings are one-sided, it may be the slope of a
 * rim. */
#define LEAST_SHARE_OF_RELIEF 0.1
#define LEAST_SHARE_OF_RELIEF_AT_EDGE 0.25

/* A stuck photosite varies by less than this share of what one would vary that adds to the scene, or
 * dims it, as much. The rest comes from around it, by demosaicing, sharpening and JPEG. */
#define STUCK_SHARE 0.5

/* Photos are encoded by about this power of the light: 1 / 2.2. */
#define ENCODING_POWER 0.45

/* A photosite below this share of its surroundings is dark. */
#define DARK_SHARE 0.6

/* Dust dims all colours alike, and the pixels next to it, too: by at least these shares of the colour that
 * it dims most, and of its middle. Noise blurs the shares of what dims little. */
#define DUST_LEAST_COLOUR 0.6
#define DUST_LEAST_NEIGHBOUR 0.4
#define DUST_LEAST_COLOUR_OF_SHALLOW 0.5
#define DUST_LEAST_NEIGHBOUR_OF_SHALLOW 0.3
#define SHALLOW_SHARE 0.85 /* of the surroundings, or more */

/* Rec. 601 luma, which is JPEG's Y. */
gdouble
hotpix_candidate_luma_weight (const HotpixShape *shape, guint channel)
{
  static const gdouble weights[] = { 0.299, 0.587, 0.114 };

  return shape->channels == 1 ? 1 : weights[channel];
}

static gdouble
luma (const HotpixShape *shape, const gdouble *channels)
{
  gdouble sum = 0;

  for (guint channel = 0; channel < shape->channels; channel++)
    sum += hotpix_candidate_luma_weight (shape, channel) * channels[channel];
  return sum;
}

/* The channel of the largest evidence. */
static guint
strongest_channel (const HotpixMeasure *measure, guint x, guint y)
{
  const HotpixAccumulator *accumulator = measure->accumulator;
  guint channels = hotpix_accumulator_get_shape (accumulator)->channels, strongest = 0;
  gdouble largest = -1;

  for (guint channel = 0; channel < channels; channel++)
    {
      gdouble evidence
          = fabs (hotpix_accumulator_evidence_at (accumulator, measure->look, x, y, channel));

      if (evidence > largest)
        {
          largest = evidence;
          strongest = channel;
        }
    }
  return strongest;
}

HotpixCandidate
hotpix_candidate_look_at (const HotpixMeasure *measure, guint x, guint y)
{
  return hotpix_candidate_look_at_channel (measure, x, y, strongest_channel (measure, x, y));
}

HotpixCandidate
hotpix_candidate_look_at_channel (const HotpixMeasure *measure, guint x, guint y, guint channel)
{
  const HotpixAccumulator *accumulator = measure->accumulator;
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  HotpixCandidate candidate
      = { .defect
          = { .x = x, .y = y, .channel = channel, .length = 1, .look = measure->look } };
  gdouble contrasts[3] = { 0 };

  for (guint k = 0; k < shape->channels; k++)
    {
      contrasts[k] = hotpix_accumulator_mean_at (accumulator, x, y, k)
                     - hotpix_defect_shape_around (accumulator, x, y, k);
      candidate.largest = MAX (candidate.largest, fabs (contrasts[k]));
    }
  candidate.evidence
      = hotpix_accumulator_evidence_at (accumulator, measure->look, x, y, channel);
  candidate.contrast = contrasts[channel];
  candidate.luma = fabs (luma (shape, contrasts));
  candidate.defect.score
      = fabs (candidate.evidence)
        / (hotpix_evidence_noise_median (measure->noise, channel) * measure->limit);
  candidate.defect.mean = hotpix_accumulator_mean_at (accumulator, x, y, channel);
  candidate.defect.around = candidate.defect.mean - candidate.contrast;
  candidate.defect.variance = hotpix_accumulator_variance_at (accumulator, x, y, channel);
  return candidate;
}

/* The distances from the two nearest sides of the frame. */
static void
measure_margins (const HotpixShape *shape, const HotpixDefect *defect, guint *nearer,
                 guint *farther)
{
  guint across = MIN (defect->x, shape->width - 1 - defect->x);
  guint down = MIN (defect->y, shape->height - 1 - defect->y);

  *nearer = MIN (across, down);
  *farther = MAX (across, down);
}

/* The deviation of the contrasts of the means around it, robust. */
static gdouble
deviation_around (const HotpixAccumulator *accumulator, const HotpixDefect *defect)
{
  return hotpix_defect_shape_contrast_around (accumulator, defect->x, defect->y,
                                              defect->channel)
         / NORMAL_MEDIAN;
}

/* How much of a contrast is in the mean of all photos that only those of the look show. */
static gdouble
share_of_look (const HotpixMeasure *measure)
{
  const HotpixAccumulator *accumulator = measure->accumulator;

  return measure->look == HOTPIX_LOOK_ALL
             ? 1
             : (gdouble) hotpix_accumulator_get_evidence_frames (accumulator, measure->look)
                   / hotpix_accumulator_get_frames (accumulator);
}

gboolean
hotpix_candidate_is_faint (const HotpixMeasure *measure, const HotpixCandidate *candidate)
{
  gdouble contrast = copysign (1, candidate->evidence) * candidate->contrast;
  gdouble share = share_of_look (measure);
  guint nearer, farther;

  measure_margins (hotpix_accumulator_get_shape (measure->accumulator), &candidate->defect,
                   &nearer, &farther);
  if (nearer < HOTPIX_EVIDENCE_REACH)
    return contrast < share * EDGE_FAINT_CONTRAST;
  return contrast < share * LEAST_CONTRAST
         || (contrast < share * MOST_FAINT_CONTRAST
             && contrast < LEAST_DEVIATIONS
                               * deviation_around (measure->accumulator, &candidate->defect));
}

/* At the frame's edge nothing nearby may look alike. In its very corners, a dark pixel cannot be known from
 * the black that lens correction, or a rim, leaves there. */
gboolean
hotpix_candidate_is_photosite (const HotpixMeasure *measure, const HotpixCandidate *candidate)
{
  const HotpixAccumulator *accumulator = measure->accumulator;
  const HotpixDefect *defect = &candidate->defect;
  guint x = defect->x, y = defect->y, channel = defect->channel, nearer, farther;
  gboolean at_edge;
  gdouble least_share;

  measure_margins (hotpix_accumulator_get_shape (accumulator), defect, &nearer, &farther);
  at_edge = nearer < HOTPIX_EVIDENCE_REACH;
  if (farther < HOTPIX_EVIDENCE_REACH && candidate->contrast < 0)
    return FALSE;
  least_share = at_edge ? LEAST_SHARE_OF_RELIEF_AT_EDGE : LEAST_SHARE_OF_RELIEF;
  return fabs (candidate->contrast)
             >= least_share * hotpix_defect_shape_relief (accumulator, x, y, channel)
         && hotpix_defect_shape_edge_share (accumulator, x, y, channel)
                <= (at_edge ? 0 : MOST_EDGE_SHARE)
         && hotpix_defect_shape_speck_share (accumulator, x, y, channel) <= MOST_SPECK_SHARE;
}

/* How much a photosite that adds light or dims it varies, over those around it. One that dims by a
 * factor varies by its square. One that adds light is brighter, where the encoding is flatter: its slope
 * goes with light^(power - 1), and light with encoded^(1 / power). */
static gdouble
expected_variance_ratio (const HotpixDefect *defect)
{
  gdouble brighter = defect->mean / defect->around;

  return pow (brighter, brighter < 1 ? 2 : 2 * (ENCODING_POWER - 1) / ENCODING_POWER);
}

static gboolean
is_dust (const HotpixAccumulator *accumulator, const HotpixDefect *defect)
{
  gboolean is_shallow = defect->mean >= SHALLOW_SHARE * defect->around;
  gdouble least_colour, least_neighbour;

  hotpix_defect_shape_shade (accumulator, defect->x, defect->y, &least_colour,
                             &least_neighbour);
  return least_colour >= (is_shallow ? DUST_LEAST_COLOUR_OF_SHALLOW : DUST_LEAST_COLOUR)
         && least_neighbour
                >= (is_shallow ? DUST_LEAST_NEIGHBOUR_OF_SHALLOW : DUST_LEAST_NEIGHBOUR);
}

HotpixDefectKind
hotpix_candidate_kind (const HotpixMeasure *measure, const HotpixCandidate *candidate)
{
  const HotpixDefect *defect = &candidate->defect;
  gboolean is_dark = candidate->contrast < 0;

  if (is_dark && is_dust (measure->accumulator, defect))
    return HOTPIX_DEFECT_DUST;
  if (is_dark && defect->mean < DARK_SHARE * defect->around)
    return HOTPIX_DEFECT_DEAD;
  if (defect->around > 0
      && hotpix_defect_shape_variance_ratio (measure->accumulator, defect->x, defect->y)
             < STUCK_SHARE * expected_variance_ratio (defect))
    return HOTPIX_DEFECT_STUCK;
  return is_dark ? HOTPIX_DEFECT_DEAD : HOTPIX_DEFECT_HOT;
}
