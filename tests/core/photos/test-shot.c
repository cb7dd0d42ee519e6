/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/shot.h"

#include <math.h>

static void
test_dates (void)
{
  const struct
  {
    const gchar *date, *part, *expected;
  } cases[] = {
    { "2026:11:25 17:27:02", NULL, "2026-11-25T17:27:02" },
    { "2026:11:25 17:27:02", "25", "2026-11-25T17:27:02.25" },
    { "2026:11:25 17:27:02", "0500  ", "2026-11-25T17:27:02.05" },
    { "2026:11:25 17:27:02", "00", "2026-11-25T17:27:02" },
    { "2026:11:25 17:27:02", "x", "2026-11-25T17:27:02" },
    { "2024:02:29 00:00:00", "", "2024-02-29T00:00:00" },
    { "2025:02:29 00:00:00", NULL, NULL },
    { "0000:00:00 00:00:00", NULL, NULL },
    { "2026:11:25 25:00:00", NULL, NULL },
    { "    :  :     :  :  ", NULL, NULL },
    { "2026:11:25", "25", NULL },
    { "", NULL, NULL },
    { NULL, "25", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree gchar *date = hotpix_shot_parse_date (cases[i].date, cases[i].part);

      g_assert_cmpstr (date, ==, cases[i].expected);
    }
}

static void
test_offsets (void)
{
  g_assert_cmpint (hotpix_shot_parse_offset ("+01:00"), ==, 60);
  g_assert_cmpint (hotpix_shot_parse_offset ("-03:30"), ==, -210);
  g_assert_cmpint (hotpix_shot_parse_offset ("+00:00"), ==, 0);
  for (const gchar *const *bad
       = (const gchar *const[]){ "", "1", "   :  ", "+24:00", "+01:60", "01:00", NULL };
       *bad != NULL; bad++)
    g_assert_cmpint (hotpix_shot_parse_offset (*bad), ==, HOTPIX_SHOT_NO_OFFSET);
  g_assert_cmpint (hotpix_shot_parse_offset (NULL), ==, HOTPIX_SHOT_NO_OFFSET);
}

/* The expected values are those of `date -u -d`. */
static void
test_seconds (void)
{
  HotpixShot shot = hotpix_shot_unknown;

  g_assert_true (isnan (hotpix_shot_seconds (&shot)));
  shot.date = (gchar *) "2026-11-25T17:27:02.25";
  g_assert_cmpfloat (hotpix_shot_seconds (&shot), ==, 1795627622.25);
  shot.offset = -210;
  g_assert_cmpfloat (hotpix_shot_seconds (&shot), ==, 1795640222.25);
}

static void
test_exposure (void)
{
  HotpixShot shot = hotpix_shot_unknown;

  shot.exposure_time = 0.25;
  g_assert_cmpfloat (hotpix_shot_exposure (&shot), ==, 0);
  shot.iso = 1600;
  g_assert_cmpfloat (hotpix_shot_exposure (&shot), ==, 400);
}

static void
test_copy (void)
{
  HotpixShot shot = hotpix_shot_unknown;
  g_autoptr (HotpixShot) copy = NULL;

  shot.lens = (gchar *) "35 mm";
  shot.iso = 200;
  copy = hotpix_shot_copy (&shot);
  g_assert_cmpstr (copy->lens, ==, "35 mm");
  g_assert_true (copy->lens != shot.lens);
  g_assert_null (copy->date);
  g_assert_cmpuint (copy->iso, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shot/a-date-is-one-that-there-can-be", test_dates);
  g_test_add_func ("/shot/an-offset-is-within-a-day", test_offsets);
  g_test_add_func ("/shot/times-of-several-clocks-can-be-compared", test_seconds);
  g_test_add_func ("/shot/exposure-is-time-and-sensitivity", test_exposure);
  g_test_add_func ("/shot/a-copy-is-its-own", test_copy);
  return g_test_run ();
}
