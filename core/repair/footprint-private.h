/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a defective photosite does to the pixels around it: demosaicing, the colours' matrix and
 * sharpening spread it, and do the same at all photosites of one colour. Pixels that mirror each other
 * at the defect's column or row are alike.
 *
 *   HotpixFootprintGuesses guesses;
 *   hotpix_footprint_guesses_init (&guesses, 3);
 */
#define HOTPIX_FOOTPRINT_REACH 3
#define HOTPIX_FOOTPRINT_RINGS 13
#define HOTPIX_FOOTPRINT_PLANES 3
#define HOTPIX_FOOTPRINT_MOST_GUESSES 32

typedef struct
{
  /* By plane, luma first, and by what mirrors each other; 1 is about the most there is. */
  gdouble heights[HOTPIX_FOOTPRINT_PLANES][HOTPIX_FOOTPRINT_RINGS];
} HotpixFootprint;

/* Which height is at a pixel so far from the defect; HOTPIX_FOOTPRINT_RINGS where there is none. */
guint hotpix_footprint_ring (gint dx, gint dy);

typedef struct
{
  guint n;
  HotpixFootprint footprints[HOTPIX_FOOTPRINT_MOST_GUESSES];
} HotpixFootprintGuesses;

/* What common ways of demosaicing and sharpening make of a photosite. n_planes: 3, or 1 for grey. */
void hotpix_footprint_guesses_init (HotpixFootprintGuesses *guesses, guint n_planes);

G_END_DECLS
