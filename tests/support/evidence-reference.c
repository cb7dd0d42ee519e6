/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence-reference.h"

#include <math.h>
#include <stdlib.h>

static int
compare (const void *a, const void *b)
{
  return (*(const guint *) a > *(const guint *) b) - (*(const guint *) a < *(const guint *) b);
}

gint
evidence_reference_steps (guint sample, guint *ring, guint white)
{
  gdouble level = white / 255.0;
  gdouble median, spread, z;

  qsort (ring, 8, sizeof *ring, compare);
  median = (ring[3] + (gdouble) ring[4]) / 2;
  spread = ring[7] - (gdouble) ring[0];
  z = (sample - median) / (2 * level + spread / 2);
  return (gint) trunc (CLAMP (2 * z, -8, 8));
}

/* A column or row two away, mirrored at the edge. */
static guint
ring_place (guint place, gint direction, guint size)
{
  gint other = (gint) place + 2 * direction;

  return (guint) (other < 0 || other >= (gint) size ? (gint) place - 2 * direction : other);
}

gint
evidence_reference_of_frame (const FakeFrame *frame, guint x, guint y, guint channel)
{
  const HotpixShape *shape = &frame->frame.shape;
  guint ring[8], n = 0;

  if (shape->width < 5 || shape->height < 5)
    return 0;
  for (gint dy = -1; dy <= 1; dy++)
    for (gint dx = -1; dx <= 1; dx++)
      if (dx != 0 || dy != 0)
        ring[n++] = fake_frame_sample (frame, ring_place (x, dx, shape->width),
                                       ring_place (y, dy, shape->height), channel);
  return evidence_reference_steps (fake_frame_sample (frame, x, y, channel), ring,
                                   hotpix_shape_white (shape));
}
