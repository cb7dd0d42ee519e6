/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/defect.h"

G_BEGIN_DECLS

/* Defects as text, in a form that people or other programs read. Places are zero-based columns and
 * rows of the stored picture, plus an offset: a camera's JPEG is a crop of its sensor's frame, and
 * raw converters count from that frame's corner. Numbers have a decimal point whatever the locale.
 *
 * A column or row is one row of a list where the form knows such, else one for each of its pixels.
 *
 *   text = hotpix_defect_list_format (defects, HOTPIX_LIST_TSV, "NIKON D70", 0, 0);
 */
typedef enum
{
  HOTPIX_LIST_TSV,         /* a comment, a line of names, then a line for each defect with the
                              columns x y channel kind score mean around variance frames length look and,
                              where defects->texts are there, since until first-photo */
  HOTPIX_LIST_JSON,        /* an object with the same values by name */
  HOTPIX_LIST_DCRAW,       /* x y 0, as in dcraw's .badpixels: the 0 is for "always" */
  HOTPIX_LIST_RAWTHERAPEE, /* x y */
  HOTPIX_LIST_SIRIL,       /* P x y H, or C for one that is darker than its surroundings;
                              C x 0 and L y 0 for whole columns and rows */
  HOTPIX_LIST_JPEGPIXI,    /* X,Y,3: the 3 x 3 pixels from (X, Y) on, around the defect;
                              at the frame's edge only those inside it, X,Y,WIDTH,HEIGHT */
} HotpixListFormat;

/* camera: in words, as from hotpix_frame_set_describe_body().
 * Returns (transfer full): the list, ending in a newline. Defects that the offset moves above or
 * left of the corner are left out of the rows, and counted as outside. */
gchar *hotpix_defect_list_format (const HotpixDefects *defects, HotpixListFormat format,
                                  const gchar *camera, gint offset_x, gint offset_y);

G_END_DECLS
