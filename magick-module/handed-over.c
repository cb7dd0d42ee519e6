/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "handed-over.h"
#include "photo-file.h"

#include <glib/gstdio.h>
#include <string.h>

/* Options after which there are still as many images as were read. */
static const gchar *const harmless_options[] = {
  "authenticate", "auto-orient", "colorspace",      "crop",   "debug",   "define",
  "density",      "depth",       "limit",           "log",    "monitor", "ping",
  "profile",      "quiet",       "regard-warnings", "repage", "resize",  "seed",
  "size",         "strip",       "verbose",         NULL,
};

/* Characters that can make a word something else than one file's name. */
#define SPECIAL_CHARACTERS "*?[]{}:%@"

static gboolean
has_image (const Image *images, const gchar *name)
{
  for (const Image *image = images; image != NULL; image = GetNextImageInList (image))
    if (strcmp (image->filename, name) == 0 || strcmp (image->magick_filename, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_option (const gchar *word)
{
  return (word[0] == '-' || word[0] == '+') && word[1] != '\0';
}

static gboolean
has_word (gchar **words, guint n_words, const gchar *word)
{
  for (guint i = 0; i < n_words; i++)
    if (strcmp (words[i], word) == 0)
      return TRUE;
  return FALSE;
}

/* The files named before -process, or NULL when they do not tell what images there should be.
 */
static GPtrArray *
files_before_process (gchar **words, guint n_words)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 1; i < n_words; i++)
    {
      gssize n_arguments;

      if (strcmp (words[i], "-process") == 0)
        return has_word (words + i + 1, n_words - i - 1, "-process") ? NULL
                                                                     : g_steal_pointer (&names);
      if (strcmp (words[i], "(") == 0 || strcmp (words[i], ")") == 0)
        return NULL;
      if (!is_option (words[i]))
        {
          g_ptr_array_add (names, words[i]);
          continue;
        }
      n_arguments = ParseCommandOption (MagickCommandOptions, MagickFalse, words[i]);
      if (n_arguments < 0 || !g_strv_contains (harmless_options, words[i] + 1))
        return NULL;
      i += (guint) n_arguments;
    }
  return NULL;
}

static GPtrArray *
split_command_line (gchar *text, gsize length)
{
  GPtrArray *words = g_ptr_array_new ();

  for (gsize start = 0; start < length; start += strlen (text + start) + 1)
    g_ptr_array_add (words, text + start);
  return words;
}

static void
add_missing (HotpixFrameSet *set, const gchar *name)
{
  g_autoptr (GError) error = NULL;
  GStatBuf status;
  FILE *stream;

  if (g_stat (name, &status) != 0 && strpbrk (name, SPECIAL_CHARACTERS) != NULL)
    return;
  stream = hotpix_photo_file_open (name, NULL, &error);
  if (stream != NULL)
    fclose (stream);
  hotpix_frame_set_add_left_out (set, name,
                                 error != NULL
                                     ? error->message
                                     : "was not handed over by ImageMagick: it could not read "
                                       "it, or reached its limits, which -ping hardly does");
}

void
handed_over_check (HotpixFrameSet *set, const Image *images)
{
  g_autofree gchar *text = NULL;
  g_autoptr (GPtrArray) words = NULL, names = NULL;
  gsize length;

  if (HOTPIX_MAGICK != 6 || !g_file_get_contents ("/proc/self/cmdline", &text, &length, NULL))
    return;
  words = split_command_line (text, length);
  names = files_before_process ((gchar **) words->pdata, words->len);
  for (guint i = 0; names != NULL && i < names->len; i++)
    if (!has_image (images, g_ptr_array_index (names, i)))
      add_missing (set, g_ptr_array_index (names, i));
}
