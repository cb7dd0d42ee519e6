/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defects/defect-list.h"

#include <string.h>

static const HotpixDefect two[] = {
  { .x = 99,
    .y = 0,
    .channel = 1,
    .kind = HOTPIX_DEFECT_HOT,
    .score = 2.5,
    .mean = 0.5,
    .around = 0.25,
    .variance = 0.001953125,
    .length = 1,
    .look = HOTPIX_LOOK_LONG },
  { .x = 3,
    .y = 40,
    .channel = 2,
    .kind = HOTPIX_DEFECT_DEAD,
    .score = 1.0625,
    .mean = 0,
    .around = 1.0 / 3,
    .variance = 0,
    .length = 1 },
};

static HotpixDefects *
make_defects (guint n)
{
  HotpixDefects *defects = g_new0 (HotpixDefects, 1);

  defects->shape = (HotpixShape){ 100, 80, 3, 8 };
  defects->n_frames = 12;
  defects->threshold = 1.5;
  defects->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  g_array_append_vals (defects->list, two, n);
  return defects;
}

static void
assert_text (guint n, HotpixListFormat format, gint offset_x, gint offset_y,
             const gchar *expected)
{
  g_autoptr (HotpixDefects) defects = make_defects (n);
  g_autofree gchar *text
      = hotpix_defect_list_format (defects, format, "A\nB", offset_x, offset_y);

  g_assert_cmpstr (text, ==, expected);
}

#define COMMENT "# hotpix: 12 frames of 100 x 80 pixels by A B, threshold 1.5, defects "
#define COLUMNS "x\ty\tchannel\tkind\tscore\tmean\taround\tvariance\tframes\tlength\tlook\n"

static void
test_tsv (void)
{
  assert_text (2, HOTPIX_LIST_TSV, 0, 0,
               COMMENT "2\n" COLUMNS
                       "99\t0\tG\thot\t2.500\t0.500000\t0.250000\t0.001953125\t12\t1\tlong\n"
                       "3\t40\tB\tdead\t1.062\t0.000000\t0.333333\t0\t12\t1\tall\n");
  assert_text (0, HOTPIX_LIST_TSV, 0, 0, COMMENT "0\n" COLUMNS);
}

/* Where a catalogue was asked, known or not. */
static void
test_histories (void)
{
  g_autoptr (HotpixDefects) defects = make_defects (2);
  g_autofree gchar *tsv = NULL, *json = NULL, *dcraw = NULL;

  hotpix_defects_set_history (defects, 0, "2020-02-03T12:00:00", HOTPIX_DEFECT_STILL,
                              "IMG\t1.JPG");
  hotpix_defects_set_history (defects, 1, NULL, NULL, NULL);
  tsv = hotpix_defect_list_format (defects, HOTPIX_LIST_TSV, "A", 0, 0);
  json = hotpix_defect_list_format (defects, HOTPIX_LIST_JSON, "A", 0, 0);
  dcraw = hotpix_defect_list_format (defects, HOTPIX_LIST_DCRAW, "A", 0, 0);
  g_assert_nonnull (strstr (tsv, "\tlook\tsince\tuntil\tfirst-photo\n"));
  g_assert_nonnull (strstr (tsv, "\tlong\t2020-02-03T12:00:00\tstill\tIMG 1.JPG\n"));
  g_assert_nonnull (strstr (tsv, "\tall\t-\t-\t-\n"));
  g_assert_nonnull (strstr (json, "\"since\" : \"2020-02-03T12:00:00\""));
  g_assert_nonnull (strstr (json, "\"first-photo\" : \"IMG\\t1.JPG\""));
  g_assert_true (g_str_has_suffix (dcraw, "\n99 0 0\n3 40 0\n"));
}

static void
test_raw_converters (void)
{
  assert_text (2, HOTPIX_LIST_DCRAW, 0, 0, COMMENT "2\n99 0 0\n3 40 0\n");
  assert_text (2, HOTPIX_LIST_RAWTHERAPEE, 0, 0, COMMENT "2\n99 0\n3 40\n");
  assert_text (2, HOTPIX_LIST_SIRIL, 0, 0, COMMENT "2\nP 99 0 H\nP 3 40 C\n");
}

/* 3 x 3 pixels around each; at the right edge of the top row 2 x 2 are left. */
static void
test_jpegpixi (void)
{
  assert_text (2, HOTPIX_LIST_JPEGPIXI, 0, 0, COMMENT "2\n98,0,2\n2,39,3\n");
}

static void
test_offset (void)
{
  const gchar *comment = "# hotpix: 12 frames of 100 x 80 pixels by A B, threshold 1.5, offset "
                         "-4,7, defects 2, outside 1\n";
  g_autofree gchar *text = g_strconcat (comment, "95 7 0\n", NULL);

  assert_text (2, HOTPIX_LIST_DCRAW, -4, 7, text);
}

static void
test_json (void)
{
  g_autoptr (HotpixDefects) defects = make_defects (2);
  g_autofree gchar *text
      = hotpix_defect_list_format (defects, HOTPIX_LIST_JSON, "A \"B\" \xff", 1, 2);
  const gchar *const parts[]
      = { "\"frames\" : 12",     "\"width\" : 100", "A \\\"B\\\" \xef\xbf\xbd",
          "\"threshold\" : 1.5", "\"x\" : 100",     "\"y\" : 2",
          "\"kind\" : \"hot\"",  "\"mean\" : 0.5",  "\"channel\" : \"B\"" };

  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_assert_nonnull (strstr (text, parts[i]));
  g_assert_true (g_str_has_suffix (text, "}\n"));
}

/* A whole column, darker, and a part of a row. */
static void
test_lines (void)
{
  static const HotpixDefect lines[]
      = { { 7, 0, 1, HOTPIX_DEFECT_COLUMN, 3, 0.25, 0.5, 0.125, 80 },
          { 97, 78, 0, HOTPIX_DEFECT_ROW, 2, 0.5, 0.25, 0.125, 3 } };
  g_autoptr (HotpixDefects) defects = make_defects (0);
  g_autofree gchar *tsv = NULL, *siril = NULL, *dcraw = NULL, *jpegpixi = NULL;

  g_array_append_vals (defects->list, lines, G_N_ELEMENTS (lines));
  tsv = hotpix_defect_list_format (defects, HOTPIX_LIST_TSV, "A", 0, 0);
  siril = hotpix_defect_list_format (defects, HOTPIX_LIST_SIRIL, "A", 2, 1);
  dcraw = hotpix_defect_list_format (defects, HOTPIX_LIST_DCRAW, "A", 0, 0);
  jpegpixi = hotpix_defect_list_format (defects, HOTPIX_LIST_JPEGPIXI, "A", 0, 0);
  g_assert_nonnull (
      strstr (tsv, "\n7\t0\tG\tcolumn\t3.000\t0.250000\t0.500000\t0.125\t12\t80\tall\n"));
  g_assert_true (g_str_has_suffix (siril, "\nC 9 0\nP 99 79 H\nP 100 79 H\nP 101 79 H\n"));
  g_assert_nonnull (strstr (dcraw, "\n7 0 0\n7 1 0\n"));
  g_assert_true (g_str_has_suffix (dcraw, "\n7 79 0\n97 78 0\n98 78 0\n99 78 0\n"));
  g_assert_true (g_str_has_suffix (jpegpixi, "\n6,0,3,80\n96,77,4,3\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/defect-list/tab-separated-values-name-their-columns", test_tsv);
  g_test_add_func ("/defect-list/histories-have-columns-of-their-own", test_histories);
  g_test_add_func ("/defect-list/raw-converters-get-their-own-lines", test_raw_converters);
  g_test_add_func ("/defect-list/jpegpixi-repairs-around-and-inside-the-frame", test_jpegpixi);
  g_test_add_func ("/defect-list/an-offset-moves-and-drops-what-is-outside", test_offset);
  g_test_add_func ("/defect-list/json-is-valid-whatever-the-camera-says", test_json);
  g_test_add_func ("/defect-list/columns-and-rows-in-each-format-s-terms", test_lines);
  return g_test_run ();
}
