/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/detector.h"

G_BEGIN_DECLS

/* What random parts of a set list, beside the list of the whole set: whether more photos find less, and what
 * is to be held of the rows of few photos. */

/* Returns (transfer full): the defects that these photos of a set show. */
typedef HotpixDefects *(*DetectPart) (const guint *numbers, guint n, gpointer user_data);

/* Draws 20 halves, 20 thirds and 20 fifths of n photos, none of fewer than HOTPIX_FEW_FRAMES. A row that
 * at least three drawings of four list within a pixel, and the whole set does not, is lost.
 * describe: nullable; the rows that are lost are appended, one a line.
 * Returns how many are. */
guint parts_of_set_count_lost (guint n, DetectPart detect, gpointer user_data,
                               GString *describe);

/* Of one part, on average. */
typedef struct
{
  gdouble rows;      /* that it lists */
  gdouble confirmed; /* of these, those that the whole set lists within a pixel */
} PartsAgreement;

/* Draws 20 parts of n_part of n photos. whole: what detect() finds in all of them. */
PartsAgreement parts_of_set_compare (guint n, guint n_part, const HotpixDefects *whole,
                                     DetectPart detect, gpointer user_data);

G_END_DECLS
