/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/trouble-private.h"

/* Pixels that are looked at are so far apart, across and down. */
#define STEP 7

/* Whether the means differ more over the picture than samples do from photo to photo, in the first
 * channel. */
static gboolean
are_scenes_alike (const HotpixAccumulator *accumulator)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gdouble sum = 0, squares = 0, variances = 0;
  guint n = 0;

  for (guint y = 0; y < shape->height; y += STEP)
    for (guint x = 0; x < shape->width; x += STEP)
      {
        gdouble mean = hotpix_accumulator_mean_at (accumulator, x, y, 0);

        sum += mean;
        squares += mean * mean;
        variances += hotpix_accumulator_variance_at (accumulator, x, y, 0);
        n++;
      }
  return squares / n - (sum / n) * (sum / n) > variances / n;
}

HotpixTrouble
hotpix_trouble_find (const HotpixLooks *looks)
{
  const HotpixAccumulator *accumulator
      = hotpix_looks_get_measure (looks, HOTPIX_LOOK_ALL)->accumulator;

  if (!hotpix_looks_are_alike (looks))
    return HOTPIX_TROUBLE_NONE;
  return are_scenes_alike (accumulator) ? HOTPIX_TROUBLE_ALIKE : HOTPIX_TROUBLE_FIXED;
}
