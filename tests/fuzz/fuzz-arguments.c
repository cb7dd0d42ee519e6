/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of a command, one a line: they are in range, or refused with a message. */
#include "arguments.h"
#include "base/error.h"
#include "detect/detector.h"
#include "fuzz-target.h"

#include <string.h>

static void
check_allowed (const HotpixArguments *arguments)
{
  g_assert_true (hotpix_options_check (&arguments->survey.scan, NULL));
  g_assert_cmpuint (arguments->picture, <=, HOTPIX_PICTURE_MASK);
  g_assert_cmpuint (arguments->format, <=, HOTPIX_LIST_JPEGPIXI);
  g_assert_true (arguments->survey.threshold >= HOTPIX_LEAST_THRESHOLD
                 && arguments->survey.threshold <= HOTPIX_MOST_THRESHOLD);
  g_assert_true (arguments->list == NULL
                 || (arguments->survey.detect && *arguments->list != '\0'));
  for (guint i = 0; i < arguments->files->len; i++)
    g_assert_cmpuint (strlen (arguments->files->pdata[i]), >, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree gchar *text = g_strndup ((const gchar *) data, size);
  g_auto (GStrv) words = g_strsplit (text, "\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (HotpixArguments) arguments = hotpix_arguments_new (
      (gint) g_strv_length (words), (const gchar *const *) words, &error);

  if (arguments != NULL)
    check_allowed (arguments);
  else
    {
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
      g_assert_cmpuint (strlen (error->message), >, 0);
    }
  return 0;
}

void
fuzz_target_make_seeds (FuzzSeed seed, gpointer user_data)
{
  const gchar *const seeds[] = {
    "image=variance",
    "image=deviation\nthreads=2",
    "image=mean\ncamera=any\nfiles=a.JPG\nfiles=b/*.JPG",
    "image=evidence\nthreshold=0.25",
    "image=mask\nlist=-\nformat=json\noffset=-12,34",
    "list=hot.tsv\nformat=tsv\nthreshold=1e2\ncamera=most",
    "list=hot\nformat=dcraw\noffset=1000000,-1000000",
    "list=hot\nformat=rawtherapee",
    "list=hot\nformat=siril\nthreads=256",
    "list=hot\nformat=jpegpixi\nfiles=@-",
    "memory=1",
    "threshold=nan",
    "threads=18446744073709551617",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autofree gchar *name = g_strdup_printf ("words-%" G_GSIZE_FORMAT, i);

      seed (name, seeds[i], strlen (seeds[i]), user_data);
    }
}
