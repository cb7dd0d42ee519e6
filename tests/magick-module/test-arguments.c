/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arguments.h"
#include "detect/detector.h"

#include <string.h>

static HotpixArguments *
parse (const gchar *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, "|", -1);

  return hotpix_arguments_new ((gint) g_strv_length (words), (const gchar *const *) words,
                               error);
}

static void
test_defaults (void)
{
  g_autoptr (HotpixArguments) arguments = hotpix_arguments_new (0, NULL, NULL);

  /* As the texts say. */
  g_assert_cmpfloat (HOTPIX_LEAST_THRESHOLD, ==, 0.25);
  g_assert_cmpfloat (HOTPIX_MOST_THRESHOLD, ==, 100);
  g_assert_cmpint (arguments->picture, ==, HOTPIX_PICTURE_VARIANCE);
  g_assert_cmpint (arguments->survey.scan.selection.camera, ==, HOTPIX_CAMERA_MOST);
  g_assert_cmpuint (arguments->survey.scan.threads, ==, 0);
  g_assert_cmpuint (arguments->survey.scan.memory, ==, 0);
  g_assert_cmpuint (arguments->files->len, ==, 0);
}

static void
test_values (void)
{
  g_autoptr (HotpixArguments) arguments = parse (
      "image=deviation|camera=any|threads=256|memory=1048576|files=a=b.jpg|files=@-", NULL);
  g_autoptr (HotpixArguments) mean = parse ("image=mean|camera=most|threads=1", NULL);

  g_assert_cmpint (arguments->picture, ==, HOTPIX_PICTURE_DEVIATION);
  g_assert_cmpint (arguments->survey.scan.selection.camera, ==, HOTPIX_CAMERA_ANY);
  g_assert_cmpuint (arguments->survey.scan.threads, ==, 256);
  g_assert_cmpuint (arguments->survey.scan.memory, ==, 1048576);
  g_assert_cmpstr (arguments->files->pdata[0], ==, "a=b.jpg");
  g_assert_cmpstr (arguments->files->pdata[1], ==, "@-");
  g_assert_cmpint (mean->picture, ==, HOTPIX_PICTURE_MEAN);
}

/* As ImageMagick hands them over. */
static void
test_bodies (void)
{
  g_autoptr (HotpixArguments) name
      = parse ("camera=\"NIKON|D70,|serial|1\"|threads=3|left-out=out.tsv", NULL);
  g_autoptr (HotpixArguments) part = parse ("camera=D70|count-again=yes", NULL);
  g_autoptr (HotpixArguments) open = parse ("camera=\"NIKON|count-edited=yes", NULL);
  g_autoptr (HotpixArguments) word = parse ("camera=\"D70\"|count-edited=yes", NULL);

  g_assert_cmpstr (name->survey.scan.selection.body, ==, "NIKON D70, serial 1");
  g_assert_cmpint (name->survey.scan.selection.camera, ==, HOTPIX_CAMERA_MOST);
  g_assert_cmpuint (name->survey.scan.threads, ==, 3);
  g_assert_cmpstr (name->left_out, ==, "out.tsv");
  g_assert_cmpstr (part->survey.scan.selection.body, ==, "D70");
  g_assert_true (part->survey.scan.selection.count_again);
  g_assert_false (part->survey.scan.selection.count_edited);
  g_assert_cmpstr (open->survey.scan.selection.body, ==, "\"NIKON");
  g_assert_true (open->survey.scan.selection.count_edited);
  g_assert_cmpstr (word->survey.scan.selection.body, ==, "D70");
  g_assert_true (word->survey.scan.selection.count_edited);
}

static void
test_repair (void)
{
  g_autoptr (HotpixArguments) listed
      = parse ("repair=hot.tsv|into=fixed|overwrite=yes|offset=1,2", NULL);
  g_autoptr (HotpixArguments) found = parse ("repair=found|overwrite=no|into=a b", NULL);

  g_assert_cmpstr (listed->repair, ==, "hot.tsv");
  g_assert_cmpstr (listed->into, ==, "fixed");
  g_assert_true (listed->overwrite);
  g_assert_true (listed->has_offset);
  g_assert_false (listed->survey.detect);
  g_assert_null (found->repair);
  g_assert_true (found->repair_found);
  g_assert_false (found->repair_known);
  g_assert_true (found->survey.detect);
  g_assert_false (found->overwrite);
  g_assert_false (found->has_offset);
}

static void
test_state (void)
{
  g_autoptr (HotpixArguments) plain = parse ("list=a", NULL);
  g_autoptr (HotpixArguments) merging
      = parse ("state=a b.fits|merge=part-*.fits|merge=@~/parts|threshold=2", NULL);
  g_autofree gchar *listed = g_strconcat ("@", g_get_home_dir (), "/parts", NULL);

  g_assert_null (plain->state);
  g_assert_null (plain->survey.state);
  g_assert_cmpuint (plain->merge->len, ==, 0);
  g_assert_cmpstr (merging->state, ==, "a b.fits");
  g_assert_cmpstr (merging->survey.state, ==, "a b.fits");
  g_assert_cmpuint (merging->merge->len, ==, 2);
  g_assert_cmpstr (merging->merge->pdata[0], ==, "part-*.fits");
  g_assert_cmpstr (merging->merge->pdata[1], ==, listed);
}

static void
test_format_of_name (void)
{
  g_autoptr (HotpixArguments) json = parse ("list=a.json", NULL);
  g_autoptr (HotpixArguments) siril = parse ("list=a.lst", NULL);
  g_autoptr (HotpixArguments) plain = parse ("list=json", NULL);
  g_autoptr (HotpixArguments) given = parse ("list=a.json|format=dcraw", NULL);

  g_assert_cmpint (json->format, ==, HOTPIX_LIST_JSON);
  g_assert_cmpint (siril->format, ==, HOTPIX_LIST_SIRIL);
  g_assert_cmpint (plain->format, ==, HOTPIX_LIST_TSV);
  g_assert_cmpint (given->format, ==, HOTPIX_LIST_DCRAW);
}

static void
test_home (void)
{
  g_autofree gchar *list = g_strconcat (g_get_home_dir (), "/hot.tsv", NULL);
  g_autofree gchar *listed = g_strconcat ("@", g_get_home_dir (), "/photos.txt", NULL);
  g_autoptr (HotpixArguments) arguments
      = parse ("list=~/hot.tsv|files=@~/photos.txt|files=a~/b|files=~", NULL);

  g_assert_cmpstr (arguments->list, ==, list);
  g_assert_cmpstr (arguments->files->pdata[0], ==, listed);
  g_assert_cmpstr (arguments->files->pdata[1], ==, "a~/b");
  g_assert_cmpstr (arguments->files->pdata[2], ==, "~");
}

static void
test_blanks (void)
{
  g_autoptr (GError) error = NULL, first = NULL;

  g_assert_null (parse ("list=my|hot|pixels.tsv", &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "as in \"list=my hot\""));
  g_assert_null (parse ("hot", &first));
  g_assert_nonnull (strstr (first->message, "hotpix knows image=, files="));
}

static void
test_described (void)
{
  g_autofree gchar *text = hotpix_arguments_describe ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_arguments = 0;

  /* A line of the values, one of words, one of an example. */
  for (; lines[3 * n_arguments] != NULL && lines[3 * n_arguments][0] != '\0'; n_arguments++)
    {
      g_autofree gchar *key = g_strndup (lines[3 * n_arguments] + 2,
                                         strcspn (lines[3 * n_arguments] + 2, "=") + 1);
      const gchar *words = strstr (lines[3 * n_arguments + 2], "'hotpix ");
      g_autofree gchar *example = NULL;
      g_autoptr (HotpixArguments) arguments = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (words);
      example = g_strndup (words + 8, strlen (words + 8) - 1);
      g_assert_nonnull (strstr (example, key));
      arguments = parse (g_strdelimit (example, " ", '|'), &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (n_arguments, >=, 9);
}

static void
test_detection (void)
{
  g_autoptr (HotpixArguments) plain = parse ("image=mean", NULL);
  g_autoptr (HotpixArguments) list
      = parse ("list=hot.tsv|format=siril|offset=-12,+8|threshold=1.5", NULL);
  g_autoptr (HotpixArguments) kinds = parse ("kinds=dust,hot", NULL);
  g_autoptr (HotpixArguments) regions = parse ("region=9x9+0+0|region=-3x4+5+6", NULL);
  const gchar *const others[] = { "list=-",     "threshold=1",    "kinds=hot",
                                  "image=mask", "image=evidence", "region=1x1+0+0" };

  g_assert_false (plain->survey.detect);
  g_assert_null (plain->list);
  g_assert_cmpfloat (plain->survey.threshold, ==, HOTPIX_DEFAULT_THRESHOLD);
  g_assert_cmpstr (list->list, ==, "hot.tsv");
  g_assert_cmpint (list->format, ==, HOTPIX_LIST_SIRIL);
  g_assert_cmpint (list->offset_x, ==, -12);
  g_assert_cmpint (list->offset_y, ==, 8);
  g_assert_cmpfloat (list->survey.threshold, ==, 1.5);
  g_assert_cmpuint (plain->survey.kinds, ==, HOTPIX_DEFAULT_KINDS);
  g_assert_null (plain->survey.regions);
  g_assert_cmpuint (regions->survey.regions->len, ==, 2);
  g_assert_true (g_array_index (regions->survey.regions, HotpixRegion, 1).is_left_out);
  g_assert_cmpuint (kinds->survey.kinds, ==,
                    HOTPIX_KIND_BIT (HOTPIX_DEFECT_DUST) | HOTPIX_KIND_BIT (HOTPIX_DEFECT_HOT));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (HotpixArguments) arguments = parse (others[i], NULL);

      g_assert_true (arguments->survey.detect);
    }
}

static void
test_catalogue (void)
{
  g_autoptr (HotpixArguments) survey = parse ("catalogue=~/book.sqlite", NULL);
  g_autoptr (HotpixArguments) repair = parse ("repair=catalogue|into=x", NULL);
  g_autoptr (HotpixArguments) other = parse ("repair=./catalogue|into=x", NULL);
  g_autofree gchar *path = g_build_filename (g_get_home_dir (), "book.sqlite", NULL);

  g_assert_cmpstr (survey->catalogue, ==, path);
  g_assert_true (survey->survey.detect);
  g_assert_true (repair->repair_known);
  g_assert_null (repair->repair);
  g_assert_null (repair->catalogue);
  g_assert_false (repair->survey.detect);
  g_assert_false (other->repair_known);
  g_assert_cmpstr (other->repair, ==, "./catalogue");
}

static void
test_refused (void)
{
  static const gchar *const unknown
      = "': hotpix knows image=, files=, camera=, count-again=, count-edited=, left-out=, "
        "threads=, memory=, threshold=, kinds=, region=, list=, format=, offset=, state=, "
        "merge=, "
        "catalogue=, repair=, into=, overwrite=";
  static const gchar *const threads = "threads= must be a whole number from 1 to 256, not `";
  static const gchar *const memory
      = "memory= must be a whole number from 1 to 1048576, in MiB, not `";
  static const gchar *const image
      = "image= must be variance, deviation, mean, evidence, mask or marks, not `";
  static const gchar *const kinds = "kinds= must be hot, stuck, dead, cluster, column, row or "
                                    "dust, or several with commas, not `";
  static const gchar *const region
      = "region= must be WIDTHxHEIGHT+X+Y, or with a minus before it, in pixels, not `";
  static const gchar *const threshold = "threshold= must be a number from 0.25 to 100, not `";
  static const gchar *const offset
      = "offset= must be DX,DY: two whole numbers from -1000000 to 1000000, not `";
  const struct
  {
    const gchar *line, *start, *end;
  } cases[] = {
    { "threshold=", threshold, "'" },
    { "threshold=0.2", threshold, "0.2'" },
    { "threshold=101", threshold, "101'" },
    { "threshold=1,5", threshold, "1,5'" },
    { "threshold=nan", threshold, "nan'" },
    { "kinds=", kinds, "'" },
    { "kinds=hot,,dust", kinds, "hot,,dust'" },
    { "kinds=warm", kinds, "warm'" },
    { "region=3x4", region, "3x4'" },
    { "region=-3x0+1+1", region, "-3x0+1+1'" },
    { "list=", "list= must be a file, or - for standard output, not `", "'" },
    { "list=-|format=csv",
      "format= must be tsv, json, dcraw, rawtherapee, siril or jpegpixi, not `", "csv'" },
    { "list=-|offset=3", offset, "3'" },
    { "list=-|offset=3,", offset, "3,'" },
    { "list=-|offset=1,2,3", offset, "1,2,3'" },
    { "list=-|offset=1.5,2", offset, "1.5,2'" },
    { "list=-|offset=9999999,2", offset, "9999999,2'" },
    { "format=json", "format= needs list=", ", which says where the list goes" },
    { "offset=1,2", "offset= needs list=", ", which says where the list goes" },
    { "Image=mean", "unknown argument `Image=mean", unknown },
    { "imag=mean", "unknown argument `imag=mean", unknown },
    { "variance", "unknown argument `variance", unknown },
    { "", "unknown argument `", unknown },
    { "=", "unknown argument `=", unknown },
    { "image=", image, "'" },
    { "image=masks", image, "masks'" },
    { "camera=", "camera= must be most, any, or a camera's name or part of it, ", "not `'" },
    { "count-again=1", "count-again= must be yes or no, not `", "1'" },
    { "left-out=", "left-out= must be a file, or - for standard output, ", "not `'" },
    { "threads=0", threads, "0'" },
    { "threads=257", threads, "257'" },
    { "threads=-1", threads, "-1'" },
    { "threads=2.5", threads, "2.5'" },
    { "threads= 2", threads, " 2'" },
    { "threads=99999999999999999999", threads, "99999999999999999999'" },
    { "memory=0", memory, "0'" },
    { "memory=64M", memory, "64M'" },
    { "memory=1048577", memory, "1048577'" },
    { "merge=x", "merge= needs state=", ", which says where the sums go" },
    { "repair=a|state=b", "state= needs repair=found",
      ": by a list or a catalogue nothing is looked for" },
    { "catalogue=a|state=b", "catalogue= needs more than state= keeps",
      ": leave one of them out" },
    { "state=", "state= must be a file, not `'", "" },
    { "into=x", "into= needs repair=", ", which says what to repair" },
    { "repair=a|overwrite=yes", "overwrite= needs into=", ", which says where the files go" },
    { "repair=a|list=b", "list= needs repair=found",
      ": by a list or a catalogue nothing is looked for" },
    { "repair=a|threshold=2", "threshold= needs repair=found",
      ": by a list or a catalogue nothing is looked for" },
    { "repair=catalogue|kinds=hot", "kinds= needs repair=found",
      ": by a list or a catalogue nothing is looked for" },
    { "repair=a|catalogue=b", "catalogue= needs repair=catalogue or repair=found",
      ": the defects come from one place" },
    { "catalogue=", "catalogue= must be ", "a file, or default for your own, not `'" },
    { "repair=", "repair= must be ", "a list of defects, found or catalogue, not `'" },
    { "files=", "files= must be a file, a pattern or @LIST, not `", "'" },
    { "threads=2|threads=2", "threads= is given twice: give it once", "" },
    { "camera=any|bad|image=mean", "unknown argument `bad", unknown },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree gchar *words = g_strconcat (cases[i].start, cases[i].end, NULL);
      g_autoptr (GError) error = NULL;

      if (*cases[i].line == '\0')
        {
          const gchar *empty[] = { "" };

          g_assert_null (hotpix_arguments_new (1, empty, &error));
        }
      else
        g_assert_null (parse (cases[i].line, &error));
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
      g_assert_cmpstr (error->message, ==, words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arguments/a-list-has-the-format-of-its-name", test_format_of_name);
  g_test_add_func ("/arguments/a-tilde-is-the-home-folder", test_home);
  g_test_add_func ("/arguments/a-word-that-belongs-to-another-is-told-of-quotes", test_blanks);
  g_test_add_func ("/arguments/each-is-described-with-an-example-that-works", test_described);
  g_test_add_func ("/arguments/a-quoted-name-has-blanks", test_bodies);
  g_test_add_func ("/arguments/a-repair-is-by-a-list-or-by-what-is-found", test_repair);
  g_test_add_func ("/arguments/a-catalogue-is-written-or-repaired-by", test_catalogue);
  g_test_add_func ("/arguments/none-are-needed", test_defaults);
  g_test_add_func ("/arguments/every-value-is-understood", test_values);
  g_test_add_func ("/arguments/what-is-about-defects-asks-for-detection", test_detection);
  g_test_add_func ("/arguments/what-is-not-allowed-is-named", test_refused);
  g_test_add_func ("/arguments/a-state-is-a-file-and-merges-are-many", test_state);
  return g_test_run ();
}
