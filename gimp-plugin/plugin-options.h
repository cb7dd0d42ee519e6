/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detector.h"
#include "marks.h"
#include "options.h"

G_BEGIN_DECLS

/* What a user chooses in GIMP. Both generations declare these as arguments of their procedures, in
 * this order and with these ranges, and keep the last ones. */
typedef struct
{
  gdouble threshold; /* HOTPIX_LEAST_THRESHOLD to HOTPIX_MOST_THRESHOLD */
  HotpixMarks marks;
  guint ring_radius; /* HOTPIX_LEAST_RING_RADIUS to HOTPIX_MOST_RING_RADIUS pixels */
  gboolean select;   /* also select the defects */
  gboolean variance; /* of layers: also add the variance as a layer; photos always get it */
  gboolean hidden;   /* of layers: hidden ones count, too */
  HotpixCameraChoice camera; /* of photos */
} PluginOptions;

/* All defaults: HOTPIX_DEFAULT_THRESHOLD, both marks, and nothing beside. */
PluginOptions plugin_options_default (void);

G_END_DECLS
