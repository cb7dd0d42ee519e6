/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defects/region.h"

static void
test_parse (void)
{
  HotpixRegion region;

  g_assert_true (hotpix_region_parse ("300x40+20+1880", &region));
  g_assert_cmpuint (region.width, ==, 300);
  g_assert_cmpuint (region.height, ==, 40);
  g_assert_cmpuint (region.x, ==, 20);
  g_assert_cmpuint (region.y, ==, 1880);
  g_assert_false (region.is_left_out);
  g_assert_true (hotpix_region_parse ("-1x65535+0+65535", &region));
  g_assert_cmpuint (region.height, ==, 65535);
  g_assert_true (region.is_left_out);
}

static void
test_refused (void)
{
  static const gchar *const texts[]
      = { "",           "-",          "300",      "300x40",      "300x40+20",   "300x40+20+",
          "0x40+20+30", "300x0+1+1",  "3x4+5+6 ", "3x4+5+6+7",   " 3x4+5+6",    "3x4+5-6",
          "--3x4+5+6",  "3x4+-5+6",   "x4+5+6",   "65536x4+5+6", "3x4+65536+6", "3.5x4+5+6",
          "3X4+5+6",    "3x4+5+0x10", "+3x4+5+6" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      HotpixRegion region = { 1, 2, 3, 4, TRUE };

      g_assert_false (hotpix_region_parse (texts[i], &region));
      g_assert_cmpuint (region.x + region.y + region.width + region.height, ==, 10);
    }
}

/* Places, and a column of 20 pixels from (50, 10) down. */
static HotpixDefects *
make_defects (void)
{
  static const HotpixDefect list[]
      = { { .x = 10, .y = 10, .length = 1 },
          { .x = 19, .y = 29, .length = 1 },
          { .x = 20, .y = 29, .length = 1 },
          { .x = 50, .y = 10, .length = 20, .kind = HOTPIX_DEFECT_COLUMN } };
  HotpixDefects *defects = g_new0 (HotpixDefects, 1);

  defects->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  g_array_append_vals (defects->list, list, G_N_ELEMENTS (list));
  return defects;
}

/* regions: with blanks between. kept: the x of those that stay, in order, with a 0 at the end. */
static void
assert_kept (const gchar *regions, const guint *kept)
{
  g_autoptr (HotpixDefects) defects = make_defects ();
  g_auto (GStrv) texts = g_strsplit (regions, " ", -1);
  HotpixRegion parsed[4];
  guint n = 0;

  for (; texts[n] != NULL; n++)
    g_assert_true (hotpix_region_parse (texts[n], &parsed[n]));
  hotpix_defects_keep_regions (defects, parsed, n);
  for (n = 0; kept[n] != 0; n++)
    g_assert_cmpuint (g_array_index (defects->list, HotpixDefect, n).x, ==, kept[n]);
  g_assert_cmpuint (defects->list->len, ==, n);
}

static void
test_kept (void)
{
  assert_kept ("10x20+10+10", (guint[]){ 10, 19, 0 });
  assert_kept ("-10x20+10+10", (guint[]){ 20, 50, 0 });
  assert_kept ("1x1+10+10 1x1+20+29", (guint[]){ 10, 20, 0 });
  assert_kept ("100x100+0+0 -5x5+8+8", (guint[]){ 19, 20, 50, 0 });
  assert_kept ("5x5+90+90", (guint[]){ 0 });
}

static void
test_lines (void)
{
  assert_kept ("10x1+45+29", (guint[]){ 50, 0 });
  assert_kept ("10x1+45+30", (guint[]){ 0 });
  assert_kept ("-10x19+45+10", (guint[]){ 10, 19, 20, 50, 0 });
  assert_kept ("-10x20+45+10", (guint[]){ 10, 19, 20, 0 });
}

static void
test_touches (void)
{
  const HotpixShape shape = { 100, 80, 3, 8 };

  g_assert_true (hotpix_region_touches (&(HotpixRegion){ 99, 79, 5, 5 }, &shape));
  g_assert_false (hotpix_region_touches (&(HotpixRegion){ 100, 0, 5, 5 }, &shape));
  g_assert_false (hotpix_region_touches (&(HotpixRegion){ 0, 80, 5, 5 }, &shape));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/region/a-geometry-is-parsed", test_parse);
  g_test_add_func ("/region/what-is-none-is-refused", test_refused);
  g_test_add_func ("/region/defects-stay-by-their-place", test_kept);
  g_test_add_func ("/region/a-line-stays-by-any-pixel", test_lines);
  g_test_add_func ("/region/what-is-outside-is-told", test_touches);
  return g_test_run ();
}
