/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/cluster-private.h"
#include "detect/defect-shape-private.h"
#include "sums/evidence-kernel-private.h"

#include <math.h>

/* Shares of the contrast of the defect nearby, in any channel: more than demosaicing, sharpening and JPEG
 * spread next to it, and further away. Where the mosaic's colours are known, in the colour that the
 * photosite itself sees, which demosaicing does not change. */
#define LEAST_SHARE_BESIDE 0.55
#define LEAST_SHARE_NEAR 0.35
#define LEAST_SHARE_OF_COLOUR 0.45

/* In luma, which a low resolution of colour does not smear, in units of what each colour makes of it. */
#define LEAST_SHARE_OF_LUMA 0.55

/* Below 4 % of full white it may come from the defect nearby, by JPEG. */
#define LEAST_CONTRAST (10.0 / 255)

/* At least this many defects give the mosaic's colours, if at least this share of them agrees. */
#define LEAST_VOTES 8
#define LEAST_AGREEMENT 0.75

/* Smear is symmetric: what has so large a share of its contrast on the near one's other side, too, is
 * none of a cluster's. */
#define MOST_SYMMETRY 0.7

#define UNKNOWN (-1)

typedef struct
{
  HotpixPassed *passed;
  const HotpixMeasure *measure;
  const HotpixShape *shape;
  gdouble threshold;
  gint colours[4]; /* the channel that a photosite sees, by site_of(); or UNKNOWN */
} Search;

/* Which of the four photosites of a Bayer mosaic is at (x, y). */
static guint
site_of (guint x, guint y)
{
  return (x & 1) + 2 * (y & 1);
}

/* A defect shows most in the colour that its photosite sees: enough defects show the mosaic. It must have
 * two green photosites, at opposite corners, a red and a blue one. */
static void
learn_colours (Search *self)
{
  guint votes[4][4] = { { 0 } }, n = hotpix_passed_get_length (self->passed), n_agreeing = 0;
  gboolean is_bayer;

  for (guint i = 0; i < n; i++)
    {
      const HotpixDefect *defect = &hotpix_passed_get (self->passed, i)->defect;

      votes[site_of (defect->x, defect->y)][defect->channel]++;
    }
  for (guint site = 0; site < 4; site++)
    {
      guint best = 0;

      for (guint channel = 1; channel < 3; channel++)
        if (votes[site][channel] > votes[site][best])
          best = channel;
      self->colours[site] = (gint) best;
      n_agreeing += votes[site][best];
    }
  is_bayer = self->colours[0] == self->colours[3]
                 ? self->colours[0] == 1 && self->colours[1] + self->colours[2] == 2
                       && self->colours[1] != 1
                 : self->colours[1] == 1 && self->colours[2] == 1
                       && self->colours[0] + self->colours[3] == 2 && self->colours[0] != 1;
  if (self->shape->channels != 3 || n < LEAST_VOTES || !is_bayer
      || n_agreeing < LEAST_AGREEMENT * n)
    for (guint site = 0; site < 4; site++)
      self->colours[site] = UNKNOWN;
}

static gdouble
contrast_at (const Search *self, guint x, guint y, guint channel)
{
  return hotpix_accumulator_mean_at (self->measure->accumulator, x, y, channel)
         - hotpix_defect_shape_around (self->measure->accumulator, x, y, channel);
}

/* Whether the channel's mean stands out more at (x, y) than at the eight pixels around. */
static gboolean
is_extreme (const Search *self, guint x, guint y, guint channel)
{
  gdouble contrast = fabs (contrast_at (self, x, y, channel));

  for (guint v = MAX (y, 1) - 1; v < MIN (y + 2, self->shape->height); v++)
    for (guint u = MAX (x, 1) - 1; u < MIN (x + 2, self->shape->width); u++)
      if ((u != x || v != y) && fabs (contrast_at (self, u, v, channel)) >= contrast)
        return FALSE;
  return TRUE;
}

static gboolean
is_symmetric (const Search *self, const HotpixCandidate *candidate, const HotpixCandidate *near)
{
  gint64 x = 2 * (gint64) near->defect.x - candidate->defect.x;
  gint64 y = 2 * (gint64) near->defect.y - candidate->defect.y;

  return x >= 0 && x < self->shape->width && y >= 0 && y < self->shape->height
         && contrast_at (self, (guint) x, (guint) y, candidate->defect.channel)
                    / candidate->contrast
                > MOST_SYMMETRY;
}

/* A photosite shows in luma by its colour's weight. JPEG stores luma at full resolution, and colour mostly
 * at a lower one: what stands out by colour alone was smeared from the defect nearby. */
static gboolean
has_share_of_luma (const Search *self, const HotpixCandidate *candidate,
                   const HotpixCandidate *near)
{
  gdouble weight = hotpix_candidate_luma_weight (self->shape, candidate->defect.channel);
  gdouble near_weight = hotpix_candidate_luma_weight (self->shape, near->defect.channel);

  return candidate->luma / weight >= LEAST_SHARE_OF_LUMA * near->luma / near_weight;
}

/* Whether it stands out in the channel, in the direction of the defect nearby. */
static gboolean
stands_off (const Search *self, const HotpixCandidate *candidate, const HotpixCandidate *near,
            gdouble least_share)
{
  return candidate->contrast * near->contrast > 0
         && fabs (candidate->contrast) >= LEAST_CONTRAST
         && fabs (candidate->contrast) >= least_share * near->largest
         && candidate->defect.score >= self->threshold
         && has_share_of_luma (self, candidate, near)
         && !hotpix_candidate_is_faint (self->measure, candidate)
         && !is_symmetric (self, candidate, near);
}

/* In the frame's outer rows and columns, demosaicing repeats their neighbours, and what is
 * there weighs more in all that is interpolated. */
static gboolean
is_at_edge (const HotpixShape *shape, guint x, guint y)
{
  return MIN (x, shape->width - 1 - x) < HOTPIX_EVIDENCE_REACH
         || MIN (y, shape->height - 1 - y) < HOTPIX_EVIDENCE_REACH;
}

static gboolean
belongs (const Search *self, const HotpixCandidate *near, guint x, guint y,
         HotpixCandidate *candidate)
{
  gint colour = self->colours[site_of (x, y)];
  gboolean beside = ABS ((gint) x - (gint) near->defect.x) <= 1
                    && ABS ((gint) y - (gint) near->defect.y) <= 1;

  if ((beside && is_at_edge (self->shape, x, y))
      || is_at_edge (self->shape, near->defect.x, near->defect.y))
    return FALSE;
  if (colour != UNKNOWN)
    {
      *candidate = hotpix_candidate_look_at_channel (self->measure, x, y, (guint) colour);
      return stands_off (self, candidate, near, LEAST_SHARE_OF_COLOUR);
    }
  for (guint channel = 0; channel < self->shape->channels; channel++)
    {
      *candidate = hotpix_candidate_look_at_channel (self->measure, x, y, channel);
      if (stands_off (self, candidate, near, beside ? LEAST_SHARE_BESIDE : LEAST_SHARE_NEAR)
          && is_extreme (self, x, y, channel))
        return TRUE;
    }
  return FALSE;
}

/* Around one that has passed. */
static gboolean
add_around (const Search *self, const HotpixCandidate *near, GError **error)
{
  guint reach = HOTPIX_PEAK_REACH, left = near->defect.x - MIN (near->defect.x, reach);
  guint top = near->defect.y - MIN (near->defect.y, reach);

  for (guint y = top; y < MIN (near->defect.y + reach + 1, self->shape->height); y++)
    for (guint x = left; x < MIN (near->defect.x + reach + 1, self->shape->width); x++)
      {
        HotpixCandidate candidate;

        if (hotpix_passed_is_near (self->passed, x, y, 0)
            || !belongs (self, near, x, y, &candidate))
          continue;
        candidate.defect.kind = HOTPIX_DEFECT_CLUSTER;
        if (!hotpix_passed_add (self->passed, &candidate, error))
          return FALSE;
      }
  return TRUE;
}

gboolean
hotpix_cluster_add_all (HotpixPassed *passed, const HotpixLooks *looks, gdouble threshold,
                        GError **error)
{
  const HotpixMeasure *all = hotpix_looks_get_measure (looks, HOTPIX_LOOK_ALL);
  Search self = { passed,
                  all,
                  hotpix_accumulator_get_shape (all->accumulator),
                  threshold,
                  { UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN } };
  guint n = hotpix_passed_get_length (passed);

  learn_colours (&self);
  for (guint i = 0; i < n; i++)
    {
      HotpixCandidate near = *hotpix_passed_get (passed, i);

      self.measure = hotpix_looks_get_measure (looks, near.defect.look);
      if (near.defect.kind != HOTPIX_DEFECT_DUST && !add_around (&self, &near, error))
        return FALSE;
    }
  return TRUE;
}
