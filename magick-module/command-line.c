/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command-line.h"

#include <glib/gstdio.h>
#include <string.h>

/* With these characters, a word may be something other than the name of one file. */
#define SPECIAL_CHARACTERS "*?[]{}:%@"

/* Options that ImageMagick counts as operators on an image, but that do not change its samples. */
static const gchar *const harmless_operators[] = {
  "clip",     "clip-mask", "clip-path", "comment",       "density", "depth",   "features",
  "identify", "label",     "mask",      "moments",       "monitor", "profile", "repage",
  "set",      "strip",     "units",     "virtual-pixel", NULL,
};

struct CommandLine
{
  gchar *text;                 /* the words, each ended by a NUL */
  GPtrArray *files;            /* of const gchar *, into the text: words that name images */
  const gchar *first_operator; /* nullable; into the text */
  gboolean limits_threads;
  gboolean keeps_images; /* nothing in it drops or makes images */
  gboolean is_verbose;   /* what ImageMagick tells of an image may come from its pixels */
  CommandLineSight sight;
};

static gboolean
is_option (const gchar *word)
{
  return (word[0] == '-' || word[0] == '+') && word[1] != '\0';
}

static gboolean
is_parenthesis (const gchar *word)
{
  return strcmp (word, "(") == 0 || strcmp (word, ")") == 0;
}

/* Notes an option. Returns how many of the words after it are its arguments. */
static guint
take_option (CommandLine *line, const gchar *word)
{
  gssize n_arguments = ParseCommandOption (MagickCommandOptions, MagickFalse, word);
  gssize flags = GetCommandOptionFlags (MagickCommandOptions, MagickFalse, word);

  if (n_arguments < 0 || flags < 0 || (flags & MAGICK_COMPAT_LIST_OPERATOR) != 0)
    line->keeps_images = FALSE;
  else if (strcmp (word, "-verbose") == 0 || strcmp (word, "-debug") == 0)
    line->is_verbose = TRUE;
  else if ((flags & MAGICK_COMPAT_SIMPLE_OPERATOR) != 0 && line->first_operator == NULL
           && !g_strv_contains (harmless_operators, word + 1))
    line->first_operator = word;
  return n_arguments > 0 ? (guint) n_arguments : 0;
}

/* Whether a word and the one behind it, before `end`, are "-limit thread". */
static gboolean
is_limit_of_threads (const gchar *word, const gchar *end)
{
  const gchar *next = word + strlen (word) + 1;

  return strcmp (word, "-limit") == 0 && next < end && g_ascii_strcasecmp (next, "thread") == 0;
}

/* The next word, or the end. */
static const gchar *
word_after (const gchar *word, const gchar *end)
{
  return word < end ? word + strlen (word) + 1 : end;
}

/* Whether a format of -print has no escapes but %[hotpix:…]. ImageMagick reads one from a file, too. */
static gboolean
is_of_properties (const gchar *format)
{
  static const gchar escape[] = "%[hotpix:";

  if (format[0] == '@')
    return FALSE;
  for (const gchar *at = strchr (format, '%'); at != NULL; at = strchr (at + 1, '%'))
    if (!g_str_has_prefix (at, escape))
      return FALSE;
  return TRUE;
}

/* word: the first one behind -process and its argument. */
static CommandLineSight
find_sight (const gchar *word, const gchar *end)
{
  CommandLineSight sight = COMMAND_LINE_SEES_NOTHING;

  while (word < end && strcmp (word, "-print") == 0)
    {
      const gchar *format = word_after (word, end);

      if (format >= end || !is_of_properties (format))
        return COMMAND_LINE_SEES_PICTURE;
      sight = COMMAND_LINE_SEES_PROPERTIES;
      word = word_after (format, end);
    }
  if (word < end && g_ascii_strcasecmp (word, "null:") == 0 && word_after (word, end) == end)
    return sight;
  return COMMAND_LINE_SEES_PICTURE;
}

/* Whether -process was found. */
static gboolean
take_words (CommandLine *line, gsize length)
{
  const gchar *end = line->text + length;
  const gchar *word = line->text + strlen (line->text) + 1; /* after the program's name */
  gboolean found = FALSE;
  guint n_arguments = 0;

  for (; word < end; word += strlen (word) + 1)
    if (n_arguments > 0)
      n_arguments--;
    else if (strcmp (word, "-process") == 0)
      {
        line->keeps_images = line->keeps_images && !found;
        /* Of several, the first sees the others. */
        if (!found)
          line->sight = find_sight (word_after (word_after (word, end), end), end);
        found = TRUE;
      }
    else if (found)
      continue;
    else if (is_parenthesis (word))
      line->keeps_images = FALSE;
    else if (is_option (word))
      {
        n_arguments = take_option (line, word);
        line->limits_threads |= is_limit_of_threads (word, end);
      }
    else
      g_ptr_array_add (line->files, (gpointer) word);
  return found;
}

CommandLine *
command_line_new (void)
{
  g_autoptr (CommandLine) line = g_new0 (CommandLine, 1);
  gsize length;

  line->files = g_ptr_array_new ();
  line->keeps_images = TRUE;
  if (!g_file_get_contents ("/proc/self/cmdline", &line->text, &length, NULL)
      || !take_words (line, length))
    return NULL;
  return g_steal_pointer (&line);
}

void
command_line_free (CommandLine *line)
{
  if (line == NULL)
    return;
  g_ptr_array_unref (line->files);
  g_free (line->text);
  g_free (line);
}

const gchar *
command_line_get_operator (const CommandLine *line)
{
  return line != NULL ? line->first_operator : NULL;
}

gboolean
command_line_limits_threads (const CommandLine *line)
{
  return line != NULL && line->limits_threads;
}

CommandLineSight
command_line_get_sight (const CommandLine *line)
{
  return line != NULL && !line->is_verbose ? line->sight : COMMAND_LINE_SEES_PICTURE;
}

static gboolean
has_image (const Image *images, const gchar *name)
{
  for (const Image *image = images; image != NULL; image = GetNextImageInList (image))
    if (strcmp (image->filename, name) == 0 || strcmp (image->magick_filename, name) == 0)
      return TRUE;
  return FALSE;
}

/* Whether it may be something else than a file. */
static gboolean
is_special (const gchar *name)
{
  GStatBuf status;

  return g_stat (name, &status) != 0 && strpbrk (name, SPECIAL_CHARACTERS) != NULL;
}

GPtrArray *
command_line_list_missing (const CommandLine *line, const Image *images)
{
  GPtrArray *missing = g_ptr_array_new ();

  if (HOTPIX_MAGICK != 6 || line == NULL || !line->keeps_images)
    return missing;
  for (guint i = 0; i < line->files->len; i++)
    if (!has_image (images, g_ptr_array_index (line->files, i))
        && !is_special (g_ptr_array_index (line->files, i)))
      g_ptr_array_add (missing, g_ptr_array_index (line->files, i));
  return missing;
}
