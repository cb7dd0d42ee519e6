/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/long-exposures-private.h"

#include <stdlib.h>

/* 0 where it is not told, or the photo does not count. */
static gdouble
exposure_of (const HotpixFrameSet *set, guint index)
{
  if (hotpix_frame_set_get_reason (set, index) != NULL)
    return 0;
  return hotpix_shot_exposure (hotpix_frame_get_shot (hotpix_frame_set_get_frame (set, index)));
}

static int
compare_falling (const void *a, const void *b)
{
  return (*(const gdouble *) a < *(const gdouble *) b)
         - (*(const gdouble *) a > *(const gdouble *) b);
}

/* The least exposure of a long one.
 * exposures: n that are told, falling, at least one. n_used: photos that count. */
static gdouble
find_least (const gdouble *exposures, guint n, guint n_used)
{
  guint n_wanted = CLAMP (n_used / HOTPIX_LONG_SHARE, 1, n);

  return MAX (exposures[n_wanted - 1], (1 << HOTPIX_LONG_STOPS) * exposures[n / 2]);
}

gboolean *
hotpix_long_exposures_find (const HotpixFrameSet *set)
{
  guint n_photos = hotpix_frame_set_get_length (set), n = 0;
  g_autofree gdouble *exposures = g_new (gdouble, n_photos);
  g_autofree gboolean *is_long = g_new0 (gboolean, n_photos);
  gdouble least;
  guint n_long = 0;

  for (guint i = 0; i < n_photos; i++)
    {
      gdouble exposure = exposure_of (set, i);

      if (exposure > 0)
        exposures[n++] = exposure;
    }
  if (n == 0)
    return NULL;
  qsort (exposures, n, sizeof *exposures, compare_falling);
  least = find_least (exposures, n, hotpix_frame_set_count_used (set));
  for (guint i = 0; i < n_photos; i++)
    {
      is_long[i] = exposure_of (set, i) >= least;
      n_long += is_long[i];
    }
  return n_long >= HOTPIX_LEAST_LONG ? g_steal_pointer (&is_long) : NULL;
}
