/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/defect.h"

G_BEGIN_DECLS

/* A part of the picture in which defects are listed, or one in which they are not: a date stamp, a text.
 *
 *   HotpixRegion region;
 *   if (hotpix_region_parse ("-300x40+20+1880", &region))
 *     hotpix_defects_keep_regions (defects, &region, 1);
 */
typedef struct
{
  guint x, y; /* zero-based column and row of its corner in the stored picture */
  guint width, height;
  gboolean is_left_out;
} HotpixRegion;

/* The most of each number of a region: as large as a JPEG can be. */
#define HOTPIX_REGION_MOST 65535

/* text: WIDTHxHEIGHT+X+Y, as ImageMagick writes it, with a minus before it where the region is left out.
 * region: out. FALSE where the text is something else, or the region is empty. */
gboolean hotpix_region_parse (const gchar *text, HotpixRegion *region);

/* Drops the defects that no pixel of is listed: one is, where any of the regions holds it, or all of them are
 * left out, and none of those that are left out holds it. regions: n of them. */
void hotpix_defects_keep_regions (HotpixDefects *defects, const HotpixRegion *regions, guint n);

/* Whether any pixel of such a picture is in the region. */
gboolean hotpix_region_touches (const HotpixRegion *region, const HotpixShape *shape);

G_END_DECLS
