/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/quantised-private.h"

#include <math.h>

/* What eight bits can make of a block: ITU-R T.81, annex F. */
#define MOST_VALUE 1023

/* How far the damage of a coefficient may be from the estimate: a share of it, and units of 1/255. */
#define DAMAGE_DOUBT 0.1
#define LEAST_DOUBT 0.5

/* Damage of less than this share of a step does not move a coefficient. */
#define LEAST_DAMAGE 0.05

/* No value is less likely: scenes have what no distribution expects. */
#define LEAST_LIKELIHOOD 1e-6

#define INTEGRATION_STEPS 6

/* Laplace's distribution between two bounds, of that scale. */
static gdouble
integrate (gdouble from, gdouble to, gdouble scale)
{
  if (from >= 0)
    return 0.5 * (exp (-from / scale) - exp (-to / scale));
  if (to <= 0)
    return 0.5 * (exp (to / scale) - exp (from / scale));
  return 1 - 0.5 * (exp (from / scale) + exp (-to / scale));
}

/* How likely the value is. The doubt about the damage is taken for the scene's. */
static gdouble
likelihood (const HotpixQuantised *coefficient, gdouble damage)
{
  gdouble doubt = DAMAGE_DOUBT * damage;
  gdouble from = (coefficient->value - 0.5) * coefficient->step - damage;
  gdouble scale = sqrt ((coefficient->deviation * coefficient->deviation + doubt * doubt) / 2);

  return integrate (from, from + coefficient->step, scale) + LEAST_LIKELIHOOD;
}

gdouble
hotpix_quantised_gain (const HotpixQuantised *coefficient, gdouble damage)
{
  if (coefficient->deviation == 0)
    return 0;
  return log (likelihood (coefficient, damage) / likelihood (coefficient, 0));
}

/* How likely a clean value is where the coefficient then had the damage added: integrated over what
 * rounds to it. */
static gdouble
weigh_value (const HotpixQuantised *coefficient, gint value, gdouble damage)
{
  gdouble doubt
      = sqrt (DAMAGE_DOUBT * DAMAGE_DOUBT * damage * damage + LEAST_DOUBT * LEAST_DOUBT);
  gdouble step = coefficient->step, sum = 0;

  for (guint i = 0; i < INTEGRATION_STEPS; i++)
    {
      gdouble clean = (value - 0.5 + (i + 0.5) / INTEGRATION_STEPS) * step;
      gdouble above = (coefficient->value + 0.5) * step - clean - damage;

      sum += exp (-G_SQRT2 * fabs (clean) / coefficient->deviation)
             * (erf (above / (doubt * G_SQRT2)) - erf ((above - step) / (doubt * G_SQRT2)));
    }
  return sum;
}

gint
hotpix_quantised_clean (const HotpixQuantised *coefficient, gdouble damage)
{
  gint nearest = (gint) rint (
      CLAMP (coefficient->value - damage / coefficient->step, -2 * MOST_VALUE, 2 * MOST_VALUE));
  gint best = nearest;
  gdouble most = 0;

  if (coefficient->deviation > 0 && fabs (damage) < LEAST_DAMAGE * coefficient->step)
    return coefficient->value;
  for (gint value = nearest - 2; coefficient->deviation > 0 && value <= nearest + 2; value++)
    {
      gdouble weight = weigh_value (coefficient, value, damage);

      if (weight > most)
        {
          most = weight;
          best = value;
        }
    }
  return CLAMP (best, -MOST_VALUE, MOST_VALUE);
}
