/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/defect.h"
#include "detect/evidence-noise-private.h"
#include "detect/evidence-peaks-private.h"

G_BEGIN_DECLS

/* A peak to judge: its evidence, contrast and shape, and whether a photosite can look like that. */
typedef struct
{
  HotpixDefect defect;
  gdouble evidence; /* signed, in the strongest channel */
  gdouble contrast; /* of the mean, likewise */
  gdouble luma;     /* contrast in luma, absolute */
  gdouble largest;  /* contrast in any channel, absolute */
} HotpixCandidate;

/* What it takes to measure candidates. */
typedef struct
{
  const HotpixAccumulator *accumulator;
  HotpixLook look;
  const HotpixEvidenceNoise *noise; /* of the look */
  gdouble limit;                    /* height of a peak of score 1 */
} HotpixMeasure;

/* Everything but the kind, in the channel of the largest evidence. */
HotpixCandidate hotpix_candidate_look_at (const HotpixMeasure *measure, guint x, guint y);

/* The same in a channel that the caller chooses. */
HotpixCandidate hotpix_candidate_look_at_channel (const HotpixMeasure *measure, guint x,
                                                  guint y, guint channel);

/* What contrast of 1 in a channel alone makes in luma. */
gdouble hotpix_candidate_luma_weight (const HotpixShape *shape, guint channel);

/* Whether it is too faint to see, or its mean is against the evidence's sign. */
gboolean hotpix_candidate_is_faint (const HotpixMeasure *measure,
                                    const HotpixCandidate *candidate);

/* Whether it stands alone, as one photosite does. */
gboolean hotpix_candidate_is_photosite (const HotpixMeasure *measure,
                                        const HotpixCandidate *candidate);

/* Hot, stuck or dead; or dust. */
HotpixDefectKind hotpix_candidate_kind (const HotpixMeasure *measure,
                                        const HotpixCandidate *candidate);

G_END_DECLS
