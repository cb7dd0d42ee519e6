/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The inner loop of the evidence: how far each sample of a row stands off its ring.
 *
 * The ring of a sample x is the eight samples of its channel at distance two: two columns to the
 * left and right, two rows above and below, and the four corners. Two, because on a Bayer mosaic
 * those are the nearest photosites of the same colour in every direction, and because the blur of
 * demosaicing falls off by then. Sorted they are r0 … r7. In 8-bit units
 *
 *   z = (x - (r3 + r4) / 2) / (2 + (r7 - r0) / 2)
 *
 * is the sample's distance from the ring's median in units of the ring's own spread, and a step is
 * 2·z towards zero to a whole number, within [-8, 8]: texture and noise give few
 * steps, and no single frame counts for more than 8. In 16-bit units the 2 is
 * 2·257, so that widened 8-bit samples give the same steps.
 *
 * At the frame's edge the ring is mirrored: a column or row that is missing is replaced by the
 * one as far on the other side.
 *
 * tests/support/evidence-reference.c is the readable reference. */

/* Of what a step is. Saved sums of another version cannot be gone on with: it rises with every change by
 * which any photo has other steps. */
#define HOTPIX_EVIDENCE_VERSION 1

#define HOTPIX_EVIDENCE_REACH 2 /* rows and columns from a sample to its ring */

/* Frames of fewer columns or rows have no rings. */
#define HOTPIX_EVIDENCE_MIN_SIZE (2 * HOTPIX_EVIDENCE_REACH + 1)

/* The most steps of one sample in one frame. */
#define HOTPIX_EVIDENCE_MAX_STEPS 8

/* Frames whose steps of one sample fit a gint8 together. */
#define HOTPIX_EVIDENCE_FRAMES (G_MAXINT8 / HOTPIX_EVIDENCE_MAX_STEPS)

/* Frames whose steps of one sample fit a gint16 together. */
#define HOTPIX_EVIDENCE_NARROW_FRAMES (G_MAXINT16 / HOTPIX_EVIDENCE_MAX_STEPS)

/* Adds the steps of one row of a frame: steps[i] += for width x channels samples, for up to
 * HOTPIX_EVIDENCE_FRAMES frames one after the other.
 * centre: one packed row of `width` pixels, at least HOTPIX_EVIDENCE_MIN_SIZE, of `channels`
 * samples each; above and below: the rows at distance two, or, at the frame's edge, the same one
 * twice. */
void hotpix_evidence_kernel_steps_u8 (gint8 *steps, const guint8 *above, const guint8 *centre,
                                      const guint8 *below, guint width, guint channels);
void hotpix_evidence_kernel_steps_u16 (gint8 *steps, const guint16 *above,
                                       const guint16 *centre, const guint16 *below, guint width,
                                       guint channels);

/* sums[i] += steps[i], and the reverse. */
void hotpix_evidence_kernel_add (gint32 *sums, const gint8 *steps, gsize n);
void hotpix_evidence_kernel_subtract (gint32 *sums, const gint8 *steps, gsize n);

/* Both with sums of 16 bits. */
void hotpix_evidence_kernel_add_narrow (gint16 *sums, const gint8 *steps, gsize n);
void hotpix_evidence_kernel_subtract_narrow (gint16 *sums, const gint8 *steps, gsize n);

/* wide[i] = sums[i]. */
void hotpix_evidence_kernel_widen (gint32 *wide, const gint16 *sums, gsize n);

G_END_DECLS
