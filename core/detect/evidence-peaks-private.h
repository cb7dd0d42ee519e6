/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/evidence-noise-private.h"

G_BEGIN_DECLS

/* The places whose evidence is highest over the noise around them, and the height that some of them
 * reach by chance alone.
 *
 * The height of a pixel is |E| / noise in the channel where that is largest. A peak is a pixel
 * higher than the HOTPIX_PEAK_REACH pixels around it in every direction: demosaicing, sharpening
 * and JPEG spread a defect over a neighbourhood, of which only the top counts. */
#define HOTPIX_PEAK_REACH 3

typedef struct
{
  guint x;
  guint y;
  gfloat height;
} HotpixPeak;

/* An array of peaks: there can be a million, and a GArray would abort where memory is refused. */
typedef struct
{
  HotpixPeak *peaks;
  gsize n_peaks;
  gsize room; /* for this many */
} HotpixPeaks;

/* Adds a peak at the end. FALSE without enough memory; nothing changes then. */
gboolean hotpix_peaks_append (HotpixPeaks *self, const HotpixPeak *peak);

void hotpix_peaks_free (HotpixPeaks *self);

/* All peaks of a look, whose noise that is, that are higher than most, highest first; of equal ones the one in the upper row,
 * then the one further left. n_threads: to share the work, 0 for one a processor; the peaks do not
 * depend on their number.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_MEMORY. */
HotpixPeaks *hotpix_evidence_peaks_find (const HotpixAccumulator *accumulator, HotpixLook look,
                                         const HotpixEvidenceNoise *noise, guint n_threads,
                                         GError **error);

/* What the many low peaks say about the few high ones. In all sets tried so far, the number of peaks
 * falls off with their height h as exp (-h / scale): then chance alone makes
 *
 *   false (h) = exp ((once - h) / scale)
 *
 * peaks of height h or more in such a set, one of them at `once`. The peaks near a strong one,
 * which may be its echoes, are not counted. This is the a-contrario argument of Desolneux, Moisan
 * and Morel (2000), with a background that is measured rather than assumed. */
typedef struct
{
  gdouble once;
  gdouble scale;
} HotpixPeakChance;

/* peaks: as found above, for a picture of that shape. Small pictures have few peaks, and are
 * treated as ordinary photos. chance: out.
 * Fails with HOTPIX_ERROR_MEMORY. */
gboolean hotpix_evidence_peaks_chance (const HotpixPeaks *peaks, const HotpixShape *shape,
                                       HotpixPeakChance *chance, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixPeaks, hotpix_peaks_free)

G_END_DECLS
