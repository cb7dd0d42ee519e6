/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a photo was shot, as far as its camera tells: what a defect's strength depends on, and since when
 * it can have been there.
 *
 *   const HotpixShot *shot = hotpix_frame_get_shot (frame);
 *   if (shot->date != NULL)
 *     show (shot->date);
 *
 * A shot is immutable and may be read by several threads. */
typedef struct
{
  /* By the camera's clock, as in "2026-11-25T17:27:02" or, where it tells parts of a second,
   * "2026-11-25T17:27:02.25": ISO 8601, and FITS's DATE-OBS. Sorted as text it is sorted in time.
   * NULL where unknown. */
  gchar *date;

  gint
      offset; /* of that clock from UTC, minutes, within a day; HOTPIX_SHOT_NO_OFFSET where unknown */
  gdouble exposure_time; /* seconds; 0 where unknown */
  guint iso;             /* 0 where unknown */
  gchar *lens;           /* clean UTF-8, of any camera; NULL where unknown */
  guint orientation;     /* 1 to 8; 1 is as stored; 0 where unknown */
  gdouble temperature;   /* °C, of the air around (Exif tag 0x9400); NAN where unknown */
} HotpixShot;

#define HOTPIX_SHOT_NO_OFFSET G_MAXINT

/* One of which nothing is known. Static. */
extern const HotpixShot hotpix_shot_unknown;

/* Of the texts an Exif has: "2026:11:25 17:27:02", "25", "+01:00"; nullable each.
 * Returns (transfer full): HotpixShot's date, or NULL where the first is no date there can be. */
gchar *hotpix_shot_parse_date (const gchar *date, const gchar *part_of_second);

/* Returns HotpixShot's offset. */
gint hotpix_shot_parse_offset (const gchar *offset);

/* Seconds since 1970 in UTC; a clock of unknown offset is taken to be UTC. NAN without a date. */
gdouble hotpix_shot_seconds (const HotpixShot *shot);

/* Exposure time × ISO, seconds: how much a defect of a given dark current adds to the samples. 0 where one
 * of them is unknown. */
gdouble hotpix_shot_exposure (const HotpixShot *shot);

/* Returns (transfer full). */
HotpixShot *hotpix_shot_copy (const HotpixShot *shot);

/* NULL-safe. */
void hotpix_shot_free (HotpixShot *shot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixShot, hotpix_shot_free)

G_END_DECLS
