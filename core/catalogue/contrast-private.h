/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/shape.h"
#include "catalogue/measurement.h"

G_BEGIN_DECLS

/* What a defect adds to one photo, or takes from it, by the samples around it: the method behind
 * measurement.h, for one photo's rows.
 *
 * The samples of the defect's channel in the 7 x 7 around it, as light, are a smooth scene plus an unknown
 * amount of what demosaicing makes of one photosite. The amount is that of generalised least squares
 * (Aitken, 1936): for samples w, the shape t and the scene's covariance C,
 *
 *  a = t'C⁻¹w / t'C⁻¹t
 *
 * which is a weighted sum of the samples. Its noise is what the same sum gives where there is no defect: the
 * root mean square at the 48 places in the square at distance six, and no less than the rounding of
 * samples makes of it.
 *
 *   HotpixContrastFilters filters;
 *   HotpixContrastSite site;
 *   hotpix_contrast_filters_init (&filters);
 *   hotpix_contrast_site_init (&site, &filters, &shape, defects->list, 0);
 *   HotpixMeasurement measurement = hotpix_contrast_measure (&site, shape.bits, rows);
 */

/* The samples of a sum on each side of the place, and how far from it the outermost of the noise are. */
#define HOTPIX_CONTRAST_FILTER 3
#define HOTPIX_CONTRAST_REACH (2 * HOTPIX_CONTRAST_FILTER + HOTPIX_CONTRAST_FILTER)

#define HOTPIX_CONTRAST_SIDE (2 * HOTPIX_CONTRAST_FILTER + 1)
#define HOTPIX_CONTRAST_SAMPLES (HOTPIX_CONTRAST_SIDE * HOTPIX_CONTRAST_SIDE)
#define HOTPIX_CONTRAST_PLACES 48

/* Weights of the 7 x 7 samples around a place, row by row. */
typedef struct
{
  gdouble weights[HOTPIX_CONTRAST_SAMPLES];
  gdouble length; /* root of the sum of their squares */
} HotpixContrastFilter;

/* Those that most places have in common: of green and grey, and of red and blue, of which a mosaic has
 * half as many photosites. */
typedef struct
{
  HotpixContrastFilter green, other;
} HotpixContrastFilters;

/* What does not change from photo to photo. */
typedef struct
{
  HotpixShape shape;
  guint x, y, channel;
  HotpixContrastFilter
      filter; /* where samples are missing or another defect's, of the others */
  const HotpixContrastFilter *plain;
  gint places[HOTPIX_CONTRAST_PLACES][2]; /* where noise is measured, from (x, y) */
  guint n_places;
} HotpixContrastSite;

void hotpix_contrast_filters_init (HotpixContrastFilters *filters);

/* filters: borrowed by the site. shape: of the photos, in which the defect is. defects: of HotpixDefect; the others
 * are kept out of what is known of this one. */
void hotpix_contrast_site_init (HotpixContrastSite *site, const HotpixContrastFilters *filters,
                                const HotpixShape *shape, const GArray *defects, guint index);

/* bits: of the samples, which may differ from the shape's. rows: pointers to the packed rows from y - HOTPIX_CONTRAST_REACH to y + HOTPIX_CONTRAST_REACH; those
 * outside the photo are not read. */
HotpixMeasurement hotpix_contrast_measure (const HotpixContrastSite *site, guint bits,
                                           const gconstpointer *rows);

G_END_DECLS
