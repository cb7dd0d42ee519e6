/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arguments.h"
#include "detect/detector.h"

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

  g_assert_cmpint (arguments->picture, ==, HOTPIX_PICTURE_VARIANCE);
  g_assert_cmpint (arguments->survey.scan.camera, ==, HOTPIX_CAMERA_MOST);
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
  g_assert_cmpint (arguments->survey.scan.camera, ==, HOTPIX_CAMERA_ANY);
  g_assert_cmpuint (arguments->survey.scan.threads, ==, 256);
  g_assert_cmpuint (arguments->survey.scan.memory, ==, 1048576);
  g_assert_cmpstr (arguments->files->pdata[0], ==, "a=b.jpg");
  g_assert_cmpstr (arguments->files->pdata[1], ==, "@-");
  g_assert_cmpint (mean->picture, ==, HOTPIX_PICTURE_MEAN);
}

static void
test_detection (void)
{
  g_autoptr (HotpixArguments) plain = parse ("image=mean", NULL);
  g_autoptr (HotpixArguments) list
      = parse ("list=hot.tsv|format=siril|offset=-12,+8|threshold=1.5", NULL);
  const gchar *const others[] = { "list=-", "threshold=1", "image=mask", "image=evidence" };

  g_assert_false (plain->survey.detect);
  g_assert_null (plain->list);
  g_assert_cmpfloat (plain->survey.threshold, ==, HOTPIX_DEFAULT_THRESHOLD);
  g_assert_cmpstr (list->list, ==, "hot.tsv");
  g_assert_cmpint (list->format, ==, HOTPIX_LIST_SIRIL);
  g_assert_cmpint (list->offset_x, ==, -12);
  g_assert_cmpint (list->offset_y, ==, 8);
  g_assert_cmpfloat (list->survey.threshold, ==, 1.5);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (HotpixArguments) arguments = parse (others[i], NULL);

      g_assert_true (arguments->survey.detect);
    }
}

static void
test_refused (void)
{
  static const gchar *const unknown
      = ": the known ones are image=, files=, camera=, threads=, memory=, threshold=, list=, "
        "format=, offset=";
  static const gchar *const threads
      = " is not allowed for threads=: a whole number from 1 to 256 is";
  static const gchar *const memory
      = " is not allowed for memory=: a whole number of MiB from 1 to 1048576 is";
  static const gchar *const image
      = " is not allowed for image=: variance, deviation, mean, evidence or mask is";
  static const gchar *const threshold
      = " is not allowed for threshold=: a number from 0.25 to 100 is";
  static const gchar *const offset
      = " is not allowed for offset=: DX,DY in whole numbers up to 1000000 is";
  const struct
  {
    const gchar *line, *start, *end;
  } cases[] = {
    { "threshold=", "`'", threshold },
    { "threshold=0.2", "`0.2'", threshold },
    { "threshold=101", "`101'", threshold },
    { "threshold=1,5", "`1,5'", threshold },
    { "threshold=nan", "`nan'", threshold },
    { "list=", "`'", " is not allowed for list=: a file, or - for standard output, is" },
    { "list=-|format=csv", "`csv'",
      " is not allowed for format=: tsv, json, dcraw, rawtherapee, siril or jpegpixi is" },
    { "list=-|offset=3", "`3'", offset },
    { "list=-|offset=3,", "`3,'", offset },
    { "list=-|offset=1,2,3", "`1,2,3'", offset },
    { "list=-|offset=1.5,2", "`1.5,2'", offset },
    { "list=-|offset=9999999,2", "`9999999,2'", offset },
    { "format=json", "format= is about the list of defects",
      ": say by list= where that should go" },
    { "offset=1,2", "offset= is about the list of defects",
      ": say by list= where that should go" },
    { "Image=mean", "unknown argument `Image=mean'", unknown },
    { "imag=mean", "unknown argument `imag=mean'", unknown },
    { "variance", "unknown argument `variance'", unknown },
    { "", "unknown argument `'", unknown },
    { "=", "unknown argument `='", unknown },
    { "image=", "`'", image },
    { "image=masks", "`masks'", image },
    { "camera=all", "`all'", " is not allowed for camera=: most or any is" },
    { "threads=0", "`0'", threads },
    { "threads=257", "`257'", threads },
    { "threads=-1", "`-1'", threads },
    { "threads=2.5", "`2.5'", threads },
    { "threads= 2", "` 2'", threads },
    { "threads=99999999999999999999", "`99999999999999999999'", threads },
    { "memory=0", "`0'", memory },
    { "memory=64M", "`64M'", memory },
    { "memory=1048577", "`1048577'", memory },
    { "files=", "`'", " is not allowed for files=: a file, a pattern or @LIST is" },
    { "threads=2|threads=2", "threads= is given twice", "" },
    { "camera=any|bad|image=mean", "unknown argument `bad'", unknown },
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
  g_test_add_func ("/arguments/none-are-needed", test_defaults);
  g_test_add_func ("/arguments/every-value-is-understood", test_values);
  g_test_add_func ("/arguments/what-is-about-defects-asks-for-detection", test_detection);
  g_test_add_func ("/arguments/what-is-not-allowed-is-named", test_refused);
  return g_test_run ();
}
