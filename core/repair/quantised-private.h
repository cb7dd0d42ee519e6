/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A quantised coefficient of a JPEG, and what it tells of damage. Clean coefficients are taken for
 * distributed as Laplace found them to be (Reininger and Gibson, Distributions of the two-dimensional
 * DCT coefficients for images, 1983), with the deviation that those around them have; quantising keeps
 * from a clean coefficient plus damage only in which step's interval it is.
 *
 *   HotpixQuantised coefficient = { .value = 3, .step = 10, .deviation = 8 };
 *   gdouble gain = hotpix_quantised_gain (&coefficient, 25);
 */
typedef struct
{
  gint value;        /* in steps */
  gdouble step;      /* the following are in units of 1/255, times 8 for the lowest frequency */
  gdouble deviation; /* to expect of the clean one; 0 for one that may be anything */
} HotpixQuantised;

/* The logarithm of how much likelier the value is with that damage than without. */
gdouble hotpix_quantised_gain (const HotpixQuantised *coefficient, gdouble damage);

/* The likeliest value of the clean one, in steps. */
gint hotpix_quantised_clean (const HotpixQuantised *coefficient, gdouble damage);

G_END_DECLS
