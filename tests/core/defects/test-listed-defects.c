/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defects/defect-list.h"
#include "defects/listed-defects.h"

#include <string.h>

#define WIDTH 100
#define HEIGHT 80

/* In the midst, and where jpegpixi's rectangles are cut. */
static const HotpixDefect planted[] = {
  { 50, 40, 1, HOTPIX_DEFECT_HOT, 2.5, 0.5, 0.25, 0.001953125, 1 },
  { 0, 0, 0, HOTPIX_DEFECT_STUCK, 7, 0.75, 0.5, 0, 1 },
  { WIDTH - 1, HEIGHT - 1, 2, HOTPIX_DEFECT_DEAD, 1.25, 0, 0.125, 0, 1 },
  { 0, 7, 1, HOTPIX_DEFECT_HOT, 1, 1, 0, 0.25, 1 },
  { WIDTH - 1, 1, 1, HOTPIX_DEFECT_HOT, 1, 1, 0, 0.25, 1 },
};

static gchar *
format_planted (HotpixListFormat format, gint offset_x, gint offset_y)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  HotpixDefects defects
      = { .shape = { WIDTH, HEIGHT, 3, 8 }, .n_frames = 12, .threshold = 1.5, .list = list };

  g_array_append_vals (list, planted, G_N_ELEMENTS (planted));
  return hotpix_defect_list_format (&defects, format, "Camera, threshold 9, serial 1", offset_x,
                                    offset_y);
}

static void
assert_places (const HotpixListedDefects *listed)
{
  g_assert_cmpuint (listed->list->len, ==, G_N_ELEMENTS (planted));
  for (guint i = 0; i < listed->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (listed->list, HotpixDefect, i);

      g_assert_cmpuint (defect->x, ==, planted[i].x);
      g_assert_cmpuint (defect->y, ==, planted[i].y);
    }
}

/* The places of every form, moved or not; what it says beside them is said. */
static void
test_every_form (void)
{
  static const gint offsets[][2] = { { 0, 0 }, { 12, 34 } };

  for (guint format = HOTPIX_LIST_TSV; format <= HOTPIX_LIST_JPEGPIXI; format++)
    for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
      {
        g_autofree gchar *text
            = format_planted ((HotpixListFormat) format, offsets[i][0], offsets[i][1]);
        g_autoptr (GError) error = NULL;
        g_autoptr (HotpixListedDefects) listed
            = hotpix_listed_defects_parse (text, strlen (text), "a list", NULL, &error);

        g_assert_no_error (error);
        assert_places (listed);
        g_assert_cmpuint (listed->width, ==, WIDTH);
        g_assert_cmpuint (listed->height, ==, HEIGHT);
        g_assert_cmpstr (listed->camera, ==, "Camera, threshold 9, serial 1");
      }
}

static void
test_what_is_said (void)
{
  static const HotpixListFormat formats[] = { HOTPIX_LIST_TSV, HOTPIX_LIST_JSON };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree gchar *text = format_planted (formats[i], 0, 0);
      g_autoptr (HotpixListedDefects) listed
          = hotpix_listed_defects_parse (text, strlen (text), "a list", NULL, NULL);

      for (guint k = 0; k < listed->list->len; k++)
        {
          const HotpixDefect *defect = &g_array_index (listed->list, HotpixDefect, k);

          g_assert_cmpuint (defect->channel, ==, planted[k].channel);
          g_assert_cmpint (defect->kind, ==, planted[k].kind);
          g_assert_cmpfloat (defect->score, ==, planted[k].score);
          g_assert_cmpfloat (defect->mean, ==, planted[k].mean);
          g_assert_cmpfloat (defect->around, ==, planted[k].around);
          g_assert_cmpfloat (defect->variance, ==, planted[k].variance);
        }
    }
}

static void
test_offset_given (void)
{
  const gchar *text = "# made by hand\n\n  15 27 # the brightest\r\n16 28 0\n";
  HotpixListOffset offset = { 5, 7 };
  g_autoptr (HotpixListedDefects) listed
      = hotpix_listed_defects_parse (text, strlen (text), "a list", &offset, NULL);

  g_assert_cmpuint (listed->list->len, ==, 2);
  g_assert_cmpuint (g_array_index (listed->list, HotpixDefect, 0).x, ==, 10);
  g_assert_cmpuint (g_array_index (listed->list, HotpixDefect, 0).y, ==, 20);
  g_assert_cmpuint (listed->width, ==, 0);
  g_assert_null (listed->camera);
}

/* Columns in another order, some of them new, some missing. */
static void
test_columns (void)
{
  const gchar *text = "kind\ty\tx\tradius\ndead\t4\t3\t2.5\n";
  g_autoptr (HotpixListedDefects) listed
      = hotpix_listed_defects_parse (text, strlen (text), "a list", NULL, NULL);
  const HotpixDefect *defect = &g_array_index (listed->list, HotpixDefect, 0);

  g_assert_cmpuint (listed->list->len, ==, 1);
  g_assert_cmpuint (defect->x, ==, 3);
  g_assert_cmpuint (defect->y, ==, 4);
  g_assert_cmpint (defect->kind, ==, HOTPIX_DEFECT_DEAD);
}

#define COMMENT "# hotpix: 12 frames of 100 x 80 pixels by A, threshold 1, defects 1\n"

static const struct
{
  const gchar *text;
  const gchar *words[2]; /* in the message */
} bad_lists[] = {
  { COMMENT "100 3 0\n", { "hot.txt, line 2", "100 x 80 pixels" } },
  { COMMENT "3 80\n", { "hot.txt, line 2", "rows 0 to 79" } },
  { "-1 3\n", { "hot.txt, line 1", "are 0 to 65535" } },
  { "65536 3\n", { "hot.txt, line 1", "are 0 to 65535" } },
  { "1 2\n3\n", { "hot.txt, line 2: `3'", "whole numbers" } },
  { "1 2\n3 4.5\n", { "hot.txt, line 2: `3 4.5'", "whole numbers" } },
  { "1 2 3 4\n", { "hot.txt, line 1", "`x y 0'" } },
  { "x\ty\n1\t2\n3\n", { "hot.txt, line 3: `3'", "with tabs between them" } },
  { "P 1 2 H\nC 4\n", { "hot.txt, line 2: `C 4'", "columns" } },
  { "1,2,0\n", { "hot.txt, line 1: `1,2,0'", "`X,Y,SIZE'" } },
  { "1,2\n", { "hot.txt, line 1: `1,2'", "`X,Y,SIZE'" } },
  { "hot pixels of my camera\n", { "hot.txt, line 1", "whole numbers" } },
  { "{\n\"defects\": [\n}", { "hot.txt, line 3", "JSON" } },
  { "{}", { "hot.txt is not a list", "`x'" } },
  { "[]", { "hot.txt is not a list", "`x'" } },
  { "{\"defects\": [{\"x\": 1, \"y\": 2}, {\"x\": 1.5, \"y\": 2}]}",
    { "hot.txt, defect 2", "whole numbers" } },
  { "{\"width\": 10, \"height\": 10, \"defects\": [{\"x\": 10, \"y\": 2}]}",
    { "hot.txt, defect 1", "10 x 10 pixels" } },
  { "{\"width\": 0, \"height\": 10, \"defects\": []}", { "hot.txt is not a list", "65535" } },
  { "{\"offset\": [1], \"defects\": []}", { "hot.txt is not a list", "offset" } },
};

static void
test_bad_lists (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_lists); i++)
    {
      g_autoptr (GError) error = NULL;
      const gchar *text = bad_lists[i].text;

      g_assert_null (
          hotpix_listed_defects_parse (text, strlen (text), "hot.txt", NULL, &error));
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
      for (guint k = 0; k < 2; k++)
        if (strstr (error->message, bad_lists[i].words[k]) == NULL)
          g_error ("no `%s' in: %s", bad_lists[i].words[k], error->message);
    }
}

static void
test_binary (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_listed_defects_parse ("1 2\n\0 3 4\n", 10, "x", NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_listed_defects_load ("/nowhere/hot.tsv", NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ);
  g_assert_nonnull (strstr (error->message, "/nowhere/hot.tsv"));
}

/* A column as hotpix lists it, and one that says to end below the frame. */
static void
test_lines (void)
{
  const gchar *text = "# hotpix: 12 frames of 20 x 10 pixels by A, threshold 1, defects 2\n"
                      "x\ty\tkind\tlength\n3\t4\tcolumn\t3\n17\t9\trow\t8\n";
  static const guint places[][2]
      = { { 3, 4 }, { 3, 5 }, { 3, 6 }, { 17, 9 }, { 18, 9 }, { 19, 9 } };
  g_autoptr (HotpixListedDefects) listed
      = hotpix_listed_defects_parse (text, strlen (text), "a list", NULL, NULL);

  g_assert_cmpuint (listed->list->len, ==, G_N_ELEMENTS (places));
  for (guint i = 0; i < listed->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (listed->list, HotpixDefect, i);

      g_assert_cmpuint (defect->x, ==, places[i][0]);
      g_assert_cmpuint (defect->y, ==, places[i][1]);
      g_assert_cmpuint (defect->length, ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/listed-defects/every-form-that-is-written-is-read", test_every_form);
  g_test_add_func ("/listed-defects/what-a-list-says-beside-places-is-kept", test_what_is_said);
  g_test_add_func ("/listed-defects/a-given-offset-is-taken-off", test_offset_given);
  g_test_add_func ("/listed-defects/columns-are-known-by-their-names", test_columns);
  g_test_add_func ("/listed-defects/what-is-wrong-is-named-by-its-line", test_bad_lists);
  g_test_add_func ("/listed-defects/what-is-no-text-is-refused", test_binary);
  g_test_add_func ("/listed-defects/a-file-that-is-missing-is-named", test_no_file);
  g_test_add_func ("/listed-defects/each-pixel-of-a-column-or-row", test_lines);
  return g_test_run ();
}
