/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arguments.h"
#include "detect/detector.h"

#include <string.h>

#define MOST_OFFSET 1000000

typedef gboolean (*ParseValue) (HotpixArguments *arguments, const gchar *value);

typedef struct
{
  const gchar *key;
  const gchar *allowed; /* in words, for messages */
  gboolean repeats;
  ParseValue parse; /* FALSE for a value that is not allowed */
} Argument;

/* The index of a word, or -1. */
static gint
find_word (const gchar *const *words, const gchar *value)
{
  for (gint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], value) == 0)
      return i;
  return -1;
}

static gboolean
parse_image (HotpixArguments *arguments, const gchar *value)
{
  static const gchar *const words[]
      = { "variance", "deviation", "mean", "evidence", "mask", NULL };
  gint picture = find_word (words, value);

  if (picture >= 0)
    arguments->picture = (HotpixPicture) picture;
  return picture >= 0;
}

static gboolean
parse_camera (HotpixArguments *arguments, const gchar *value)
{
  static const gchar *const words[] = { "most", "any", NULL };
  gint camera = find_word (words, value);

  if (camera >= 0)
    arguments->options.camera = (HotpixCameraChoice) camera;
  return camera >= 0;
}

/* From 1 on. */
static gboolean
parse_number (const gchar *value, guint most, guint *number)
{
  guint64 parsed;

  if (!g_ascii_string_to_unsigned (value, 10, 1, most, &parsed, NULL))
    return FALSE;
  *number = (guint) parsed;
  return TRUE;
}

static gboolean
parse_threads (HotpixArguments *arguments, const gchar *value)
{
  return parse_number (value, HOTPIX_MAX_THREADS, &arguments->options.threads);
}

static gboolean
parse_memory (HotpixArguments *arguments, const gchar *value)
{
  return parse_number (value, HOTPIX_MAX_MEMORY, &arguments->options.memory);
}

static gboolean
parse_files (HotpixArguments *arguments, const gchar *value)
{
  if (*value == '\0')
    return FALSE;
  g_ptr_array_add (arguments->files, g_strdup (value));
  return TRUE;
}

static gboolean
parse_threshold (HotpixArguments *arguments, const gchar *value)
{
  gchar *end;
  gdouble threshold = g_ascii_strtod (value, &end);

  if (end == value || *end != '\0'
      || !(threshold >= HOTPIX_LEAST_THRESHOLD && threshold <= HOTPIX_MOST_THRESHOLD))
    return FALSE;
  arguments->threshold = threshold;
  return TRUE;
}

static gboolean
parse_list (HotpixArguments *arguments, const gchar *value)
{
  arguments->list = g_strdup (value);
  return *value != '\0';
}

static gboolean
parse_format (HotpixArguments *arguments, const gchar *value)
{
  static const gchar *const words[]
      = { "tsv", "json", "dcraw", "rawtherapee", "siril", "jpegpixi", NULL };
  gint format = find_word (words, value);

  if (format >= 0)
    arguments->format = (HotpixListFormat) format;
  return format >= 0;
}

static gboolean
parse_offset (HotpixArguments *arguments, const gchar *value)
{
  g_auto (GStrv) numbers = g_strsplit (value, ",", -1);
  gint64 x, y;

  if (g_strv_length (numbers) != 2
      || !g_ascii_string_to_signed (numbers[0], 10, -MOST_OFFSET, MOST_OFFSET, &x, NULL)
      || !g_ascii_string_to_signed (numbers[1], 10, -MOST_OFFSET, MOST_OFFSET, &y, NULL))
    return FALSE;
  arguments->offset_x = (gint) x;
  arguments->offset_y = (gint) y;
  return TRUE;
}

static const Argument known[] = {
  { "image", "variance, deviation, mean, evidence or mask", FALSE, parse_image },
  { "files", "a file, a pattern or @LIST", TRUE, parse_files },
  { "camera", "most or any", FALSE, parse_camera },
  { "threads", "a whole number from 1 to " G_STRINGIFY (HOTPIX_MAX_THREADS), FALSE,
    parse_threads },
  { "memory", "a whole number of MiB from 1 to " G_STRINGIFY (HOTPIX_MAX_MEMORY), FALSE,
    parse_memory },
  { "threshold",
    "a number from " G_STRINGIFY (HOTPIX_LEAST_THRESHOLD) " to " G_STRINGIFY (
        HOTPIX_MOST_THRESHOLD),
    FALSE, parse_threshold },
  { "list", "a file, or - for standard output,", FALSE, parse_list },
  { "format", "tsv, json, dcraw, rawtherapee, siril or jpegpixi", FALSE, parse_format },
  { "offset", "DX,DY in whole numbers up to " G_STRINGIFY (MOST_OFFSET), FALSE, parse_offset },
};

/* The index into `known`, or -1. */
static gint
find_argument (const gchar *word, gsize key_length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i].key) == key_length && strncmp (known[i].key, word, key_length) == 0)
      return (gint) i;
  return -1;
}

static void
set_unknown_error (const gchar *word, GError **error)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_string_append_printf (keys, "%s%s=", i == 0 ? "" : ", ", known[i].key);
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
               "unknown argument `%s': the known ones are %s", word, keys->str);
}

static gboolean
parse_word (HotpixArguments *arguments, const gchar *word, gboolean *seen, GError **error)
{
  const gchar *equals = strchr (word, '=');
  gint i = equals != NULL ? find_argument (word, (gsize) (equals - word)) : -1;

  if (i < 0)
    {
      set_unknown_error (word, error);
      return FALSE;
    }
  if (seen[i] && !known[i].repeats)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT, "%s= is given twice",
                   known[i].key);
      return FALSE;
    }
  seen[i] = TRUE;
  if (known[i].parse (arguments, equals + 1))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT, "`%s' is not allowed for %s=: %s is",
               equals + 1, known[i].key, known[i].allowed);
  return FALSE;
}

static gboolean
is_seen (const gboolean *seen, const gchar *key)
{
  return seen[find_argument (key, strlen (key))];
}

/* What one argument means for the others. */
static gboolean
settle (HotpixArguments *arguments, const gboolean *seen, GError **error)
{
  if (arguments->list == NULL && (is_seen (seen, "format") || is_seen (seen, "offset")))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   "%s= is about the list of defects: say by list= where that should go",
                   is_seen (seen, "format") ? "format" : "offset");
      return FALSE;
    }
  arguments->detect = arguments->list != NULL || is_seen (seen, "threshold")
                      || arguments->picture == HOTPIX_PICTURE_EVIDENCE
                      || arguments->picture == HOTPIX_PICTURE_MASK;
  if (arguments->detect)
    arguments->options.sums = HOTPIX_SUMS_EVIDENCE;
  return TRUE;
}

HotpixArguments *
hotpix_arguments_new (gint argc, const gchar *const *argv, GError **error)
{
  g_autoptr (HotpixArguments) arguments = g_new0 (HotpixArguments, 1);
  gboolean seen[G_N_ELEMENTS (known)] = { FALSE };

  arguments->picture = HOTPIX_PICTURE_VARIANCE;
  arguments->options = hotpix_options_default ();
  arguments->files = g_ptr_array_new_with_free_func (g_free);
  arguments->threshold = HOTPIX_DEFAULT_THRESHOLD;
  for (gint i = 0; i < argc; i++)
    if (!parse_word (arguments, argv[i], seen, error))
      return NULL;
  if (!settle (arguments, seen, error))
    return NULL;
  return g_steal_pointer (&arguments);
}

void
hotpix_arguments_free (HotpixArguments *arguments)
{
  if (arguments == NULL)
    return;
  g_ptr_array_unref (arguments->files);
  g_free (arguments->list);
  g_free (arguments);
}
