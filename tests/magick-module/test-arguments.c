/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arguments.h"

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
  g_assert_cmpint (arguments->options.camera, ==, HOTPIX_CAMERA_MOST);
  g_assert_cmpuint (arguments->options.threads, ==, 0);
  g_assert_cmpuint (arguments->files->len, ==, 0);
}

static void
test_values (void)
{
  g_autoptr (HotpixArguments) arguments
      = parse ("image=deviation|camera=any|threads=256|files=a=b.jpg|files=@-", NULL);
  g_autoptr (HotpixArguments) mean = parse ("image=mean|camera=most|threads=1", NULL);

  g_assert_cmpint (arguments->picture, ==, HOTPIX_PICTURE_DEVIATION);
  g_assert_cmpint (arguments->options.camera, ==, HOTPIX_CAMERA_ANY);
  g_assert_cmpuint (arguments->options.threads, ==, 256);
  g_assert_cmpstr (arguments->files->pdata[0], ==, "a=b.jpg");
  g_assert_cmpstr (arguments->files->pdata[1], ==, "@-");
  g_assert_cmpint (mean->picture, ==, HOTPIX_PICTURE_MEAN);
}

static void
test_refused (void)
{
  static const gchar *const unknown = ": the known ones are image=, files=, camera=, threads=";
  static const gchar *const threads
      = " is not allowed for threads=: a whole number from 1 to 256 is";
  const struct
  {
    const gchar *line, *start, *end;
  } cases[] = {
    { "list=hot.tsv", "unknown argument `list=hot.tsv'", unknown },
    { "threshold=3", "unknown argument `threshold=3'", unknown },
    { "Image=mean", "unknown argument `Image=mean'", unknown },
    { "imag=mean", "unknown argument `imag=mean'", unknown },
    { "variance", "unknown argument `variance'", unknown },
    { "", "unknown argument `'", unknown },
    { "=", "unknown argument `='", unknown },
    { "image=", "`'", " is not allowed for image=: variance, deviation or mean is" },
    { "image=mask", "`mask'", " is not allowed for image=: variance, deviation or mean is" },
    { "camera=all", "`all'", " is not allowed for camera=: most or any is" },
    { "threads=0", "`0'", threads },
    { "threads=257", "`257'", threads },
    { "threads=-1", "`-1'", threads },
    { "threads=2.5", "`2.5'", threads },
    { "threads= 2", "` 2'", threads },
    { "threads=99999999999999999999", "`99999999999999999999'", threads },
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
  g_test_add_func ("/arguments/what-is-not-allowed-is-named", test_refused);
  return g_test_run ();
}
