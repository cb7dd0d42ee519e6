/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/shot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* More digits of a second are no camera's. */
#define MOST_DIGITS 9

const HotpixShot hotpix_shot_unknown = { .offset = HOTPIX_SHOT_NO_OFFSET, .temperature = NAN };

/* The digits at the start of the text, without zeros at their end, which mean nothing. */
static gint
count_digits (const gchar *text)
{
  gint n = 0;

  while (n < MOST_DIGITS && g_ascii_isdigit (text[n]))
    n++;
  while (n > 0 && text[n - 1] == '0')
    n--;
  return n;
}

gchar *
hotpix_shot_parse_date (const gchar *date, const gchar *part_of_second)
{
  g_autoptr (GDateTime) there_is = NULL;
  guint year, month, day, hour, minute, second;
  gint n_digits = part_of_second != NULL ? count_digits (part_of_second) : 0;

  if (date == NULL
      || sscanf (date, "%4u:%2u:%2u %2u:%2u:%2u", &year, &month, &day, &hour, &minute, &second)
             != 6)
    return NULL;
  there_is = g_date_time_new_utc ((gint) year, (gint) month, (gint) day, (gint) hour,
                                  (gint) minute, second);
  if (there_is == NULL)
    return NULL;
  return g_strdup_printf ("%04u-%02u-%02uT%02u:%02u:%02u%s%.*s", year, month, day, hour, minute,
                          second, n_digits > 0 ? "." : "", n_digits,
                          n_digits > 0 ? part_of_second : "");
}

gint
hotpix_shot_parse_offset (const gchar *offset)
{
  gchar sign;
  guint hours, minutes;

  if (offset == NULL || sscanf (offset, "%c%2u:%2u", &sign, &hours, &minutes) != 3
      || (sign != '+' && sign != '-') || hours >= 24 || minutes >= 60)
    return HOTPIX_SHOT_NO_OFFSET;
  return (sign == '-' ? -1 : 1) * (gint) (hours * 60 + minutes);
}

gdouble
hotpix_shot_seconds (const HotpixShot *shot)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time
      = shot->date != NULL ? g_date_time_new_from_iso8601 (shot->date, utc) : NULL;

  if (time == NULL)
    return NAN;
  return (gdouble) g_date_time_to_unix (time) + g_date_time_get_microsecond (time) / 1e6
         - (shot->offset != HOTPIX_SHOT_NO_OFFSET ? shot->offset * 60.0 : 0);
}

gdouble
hotpix_shot_exposure (const HotpixShot *shot)
{
  return shot->exposure_time * shot->iso;
}

HotpixShot *
hotpix_shot_copy (const HotpixShot *shot)
{
  HotpixShot *copy = g_memdup2 (shot, sizeof *shot);

  copy->date = g_strdup (shot->date);
  copy->lens = g_strdup (shot->lens);
  return copy;
}

void
hotpix_shot_free (HotpixShot *shot)
{
  if (shot == NULL)
    return;
  g_free (shot->date);
  g_free (shot->lens);
  g_free (shot);
}
