/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arguments.h"
#include "base/text.h"
#include "detect/detector.h"

#include <string.h>

#define MOST_OFFSET 1000000

typedef gboolean (*ParseValue) (HotpixArguments *arguments, const gchar *value);

typedef struct
{
  const gchar *key;
  const gchar *allowed; /* what it must be, for messages; to be translated */
  const gchar *meaning; /* to be translated */
  const gchar *example;
  gboolean repeats;
  ParseValue parse; /* FALSE for a bad value */
} Argument;

/* A word and the value that it stands for; a table of them ends with a NULL word. */
typedef struct
{
  const gchar *word;
  gint value;
} Word;

static gboolean
parse_word (const Word *words, const gchar *text, gint *value)
{
  for (; words->word != NULL; words++)
    if (strcmp (words->word, text) == 0)
      {
        *value = words->value;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_image (HotpixArguments *arguments, const gchar *value)
{
  static const Word words[] = {
    { "variance", HOTPIX_PICTURE_VARIANCE },
    { "deviation", HOTPIX_PICTURE_DEVIATION },
    { "mean", HOTPIX_PICTURE_MEAN },
    { "evidence", HOTPIX_PICTURE_EVIDENCE },
    { "mask", HOTPIX_PICTURE_MASK },
    { "marks", HOTPIX_PICTURE_MARKS },
    { NULL },
  };
  gint picture;

  if (!parse_word (words, value, &picture))
    return FALSE;
  arguments->picture = (HotpixPicture) picture;
  return TRUE;
}

/* What is neither word is a body's name. */
static gboolean
parse_camera (HotpixArguments *arguments, const gchar *value)
{
  static const Word words[] = {
    { "most", HOTPIX_CAMERA_MOST },
    { "any", HOTPIX_CAMERA_ANY },
    { NULL },
  };
  HotpixSelection *selection = &arguments->survey.scan.selection;
  gint camera;

  if (parse_word (words, value, &camera))
    selection->camera = (HotpixCameraChoice) camera;
  else
    selection->body = arguments->body = g_strdup (value);
  return *value != '\0';
}

static gboolean
parse_switch (const gchar *value, gboolean *is_on)
{
  static const Word words[] = { { "yes", TRUE }, { "no", FALSE }, { NULL } };

  return parse_word (words, value, is_on);
}

static gboolean
parse_count_again (HotpixArguments *arguments, const gchar *value)
{
  return parse_switch (value, &arguments->survey.scan.selection.count_again);
}

static gboolean
parse_count_edited (HotpixArguments *arguments, const gchar *value)
{
  return parse_switch (value, &arguments->survey.scan.selection.count_edited);
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
  return parse_number (value, HOTPIX_MAX_THREADS, &arguments->survey.scan.threads);
}

static gboolean
parse_memory (HotpixArguments *arguments, const gchar *value)
{
  return parse_number (value, HOTPIX_MAX_MEMORY, &arguments->survey.scan.memory);
}

/* The home folder for ~/, which the shell leaves alone inside quotes. `start`: where it may stand.
 * Returns (transfer full). */
static gchar *
expand_home (const gchar *value, gsize start)
{
  if (!g_str_has_prefix (value + start, "~/"))
    return g_strdup (value);
  return g_strdup_printf ("%.*s%s%s", (gint) start, value, g_get_home_dir (),
                          value + start + 1);
}

static gboolean
parse_files (HotpixArguments *arguments, const gchar *value)
{
  if (*value == '\0')
    return FALSE;
  g_ptr_array_add (arguments->files, expand_home (value, *value == '@' ? 1 : 0));
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
  arguments->survey.threshold = threshold;
  return TRUE;
}

static gboolean
parse_kinds (HotpixArguments *arguments, const gchar *value)
{
  g_auto (GStrv) names = g_strsplit (value, ",", -1);
  guint kinds = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint kind = 0;

      while (kind < HOTPIX_N_KINDS
             && strcmp (names[i], hotpix_defect_kind_name ((HotpixDefectKind) kind)) != 0)
        kind++;
      if (kind == HOTPIX_N_KINDS)
        return FALSE;
      kinds |= HOTPIX_KIND_BIT (kind);
    }
  arguments->survey.kinds = kinds;
  return kinds != 0;
}

static gboolean
parse_region (HotpixArguments *arguments, const gchar *value)
{
  HotpixRegion region;

  if (!hotpix_region_parse (value, &region))
    return FALSE;
  if (arguments->regions == NULL)
    arguments->survey.regions = arguments->regions
        = g_array_new (FALSE, FALSE, sizeof (HotpixRegion));
  g_array_append_val (arguments->regions, region);
  return TRUE;
}

static gboolean
parse_list (HotpixArguments *arguments, const gchar *value)
{
  arguments->list = expand_home (value, 0);
  return *value != '\0';
}

static gboolean
parse_left_out (HotpixArguments *arguments, const gchar *value)
{
  arguments->left_out = expand_home (value, 0);
  return *value != '\0';
}

static gboolean
parse_format (HotpixArguments *arguments, const gchar *value)
{
  static const Word words[] = {
    { "tsv", HOTPIX_LIST_TSV },
    { "json", HOTPIX_LIST_JSON },
    { "dcraw", HOTPIX_LIST_DCRAW },
    { "rawtherapee", HOTPIX_LIST_RAWTHERAPEE },
    { "siril", HOTPIX_LIST_SIRIL },
    { "jpegpixi", HOTPIX_LIST_JPEGPIXI },
    { NULL },
  };
  gint format;

  if (!parse_word (words, value, &format))
    return FALSE;
  arguments->format = (HotpixListFormat) format;
  return TRUE;
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
  arguments->has_offset = TRUE;
  return TRUE;
}

static gboolean
parse_catalogue (HotpixArguments *arguments, const gchar *value)
{
  arguments->catalogue = expand_home (value, 0);
  return *value != '\0';
}

static gboolean
parse_state (HotpixArguments *arguments, const gchar *value)
{
  arguments->survey.state = arguments->state = expand_home (value, 0);
  return *value != '\0';
}

static gboolean
parse_merge (HotpixArguments *arguments, const gchar *value)
{
  g_ptr_array_add (arguments->merge, expand_home (value, *value == '@' ? 1 : 0));
  return *value != '\0';
}

static gboolean
parse_repair (HotpixArguments *arguments, const gchar *value)
{
  arguments->repair_found = strcmp (value, "found") == 0;
  arguments->repair_known = strcmp (value, "catalogue") == 0;
  if (!arguments->repair_found && !arguments->repair_known)
    arguments->repair = expand_home (value, 0);
  return *value != '\0';
}

static gboolean
parse_into (HotpixArguments *arguments, const gchar *value)
{
  arguments->into = expand_home (value, 0);
  return *value != '\0';
}

static gboolean
parse_overwrite (HotpixArguments *arguments, const gchar *value)
{
  static const Word words[] = { { "no", FALSE }, { "yes", TRUE }, { NULL } };

  return parse_word (words, value, &arguments->overwrite);
}

static const Argument known[] = {
  { "image", N_ ("variance, deviation, mean, evidence, mask or marks"),
    N_ ("what the result shows; variance by default"), "image=mask", FALSE, parse_image },
  { "files", N_ ("a file, a pattern or @LIST"),
    N_ ("more photos from disk; may be given several times"), "files=photos/*.JPG", TRUE,
    parse_files },
  { "camera", N_ ("most, any, or a camera's name or part of it"),
    N_ ("which photos count: those of the camera body that took most, all, or those of the one "
        "that is named"),
    "camera=D70", FALSE, parse_camera },
  { "count-again", N_ ("yes or no"),
    N_ ("whether a photo that is given twice counts twice; no by default"), "count-again=yes",
    FALSE, parse_count_again },
  { "count-edited", N_ ("yes or no"),
    N_ ("whether photos count that were edited or taken with digital zoom; no by default"),
    "count-edited=yes", FALSE, parse_count_edited },
  { "left-out", N_ ("a file, or - for standard output"),
    N_ ("where a list goes of all that is left out, and why"), "left-out=left-out.tsv", FALSE,
    parse_left_out },
  { "threads", N_ ("a whole number from 1 to 256"),
    N_ ("how many threads read photos; by default one for each processor"), "threads=2", FALSE,
    parse_threads },
  { "memory", N_ ("a whole number from 1 to 1048576, in MiB"),
    N_ ("for all photos that are read at once; by default half of what is free"), "memory=500",
    FALSE, parse_memory },
  { "threshold", N_ ("a number from 0.25 to 100"),
    N_ ("the lowest score of a defect; 1 by default"), "threshold=2", FALSE, parse_threshold },
  { "kinds", N_ ("hot, stuck, dead, cluster, column, row or dust, or several with commas"),
    N_ ("the kinds of defects in the list; by default all but dust"), "kinds=hot,stuck", FALSE,
    parse_kinds },
  { "region", N_ ("WIDTHxHEIGHT+X+Y, or with a minus before it, in pixels"),
    N_ ("where defects are listed, or, with a minus, where not; may be given several times"),
    "list=hot.tsv region=-300x40+20+1880", TRUE, parse_region },
  { "list", N_ ("a file, or - for standard output"), N_ ("where the list of defects goes"),
    "list=hot.tsv", FALSE, parse_list },
  { "format", N_ ("tsv, json, dcraw, rawtherapee, siril or jpegpixi"),
    N_ ("of the list; by default what the ending of its name says, or tsv"),
    "list=.badpixels format=dcraw", FALSE, parse_format },
  { "offset", N_ ("DX,DY: two whole numbers from -1000000 to 1000000"),
    N_ ("is added to the coordinates in the list"), "list=.badpixels format=dcraw offset=16,8",
    FALSE, parse_offset },
  { "state", N_ ("a file"),
    N_ ("sums that last: those of all photos counted before are gone on with, and saved with "
        "the new "
        "ones; -ping is needed"),
    "state=d80.fits list=hot.tsv", FALSE, parse_state },
  { "merge", N_ ("a file, a pattern or @LIST"),
    N_ ("states of other runs whose sums are added; may be given several times"),
    "state=all.fits merge=part-*.fits", TRUE, parse_merge },
  { "catalogue", N_ ("a file, or default for your own"),
    N_ ("where what is found is written down, camera by camera; without photos, list= lists "
        "it"),
    "catalogue=default", FALSE, parse_catalogue },
  { "repair", N_ ("a list of defects, found or catalogue"),
    N_ ("repairs the photos by the list, by what is found in them, or by what the catalogue "
        "knows "
        "of their camera"),
    "repair=hot.tsv", FALSE, parse_repair },
  { "into", N_ ("a folder"), N_ ("where repaired JPEG files go, for photos given with -ping"),
    "repair=found into=fixed", FALSE, parse_into },
  { "overwrite", N_ ("yes or no"),
    N_ ("whether files in that folder are replaced; no by default"),
    "repair=hot.tsv into=fixed overwrite=yes", FALSE, parse_overwrite },
};
/* These numbers are also in the texts above, in which xgettext expands no macros; those of the threshold,
 * which no compiler compares so early, are a test's. */
G_STATIC_ASSERT (HOTPIX_MAX_THREADS == 256 && HOTPIX_MAX_MEMORY == 1048576);
G_STATIC_ASSERT (MOST_OFFSET == 1000000);

/* The index into `known`, or -1. */
static gint
find_argument (const gchar *word, gsize key_length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i].key) == key_length && strncmp (known[i].key, word, key_length) == 0)
      return (gint) i;
  return -1;
}

/* previous: nullable; the word before it.
 * Whether both are parts of a file's name with blanks, to all appearances. */
static gboolean
goes_on (const gchar *word, const gchar *previous)
{
  return previous != NULL && strchr (word, '=') == NULL
         && (g_str_has_prefix (previous, "list=") || g_str_has_prefix (previous, "files=")
             || g_str_has_prefix (previous, "repair=") || g_str_has_prefix (previous, "into=")
             || g_str_has_prefix (previous, "catalogue=")
             || g_str_has_prefix (previous, "state=") || g_str_has_prefix (previous, "merge="));
}

static void
set_unknown_error (const gchar *word, const gchar *previous, GError **error)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  if (goes_on (word, previous))
    {
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
          _ ("unknown argument `%s': put double quotes around an argument with blanks, "
             "as in \"%s %s\""),
          word, previous, word);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_string_append_printf (keys, "%s%s=", i == 0 ? "" : ", ", known[i].key);
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
               _ ("unknown argument `%s': hotpix knows %s"), word, keys->str);
}

static gboolean
parse_argument (HotpixArguments *arguments, const gchar *word, const gchar *previous,
                gboolean *seen, GError **error)
{
  const gchar *equals = strchr (word, '=');
  gint i = equals != NULL ? find_argument (word, (gsize) (equals - word)) : -1;

  if (i < 0)
    {
      set_unknown_error (word, previous, error);
      return FALSE;
    }
  if (seen[i] && !known[i].repeats)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("%s= is given twice: give it once"), known[i].key);
      return FALSE;
    }
  seen[i] = TRUE;
  if (known[i].parse (arguments, equals + 1))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT, _ ("%s= must be %s, not `%s'"),
               known[i].key, _ (known[i].allowed), equals + 1);
  return FALSE;
}

static gboolean
is_seen (const gboolean *seen, const gchar *key)
{
  return seen[find_argument (key, strlen (key))];
}

static HotpixListFormat
format_of_name (const gchar *name)
{
  if (g_str_has_suffix (name, ".json"))
    return HOTPIX_LIST_JSON;
  return g_str_has_suffix (name, ".lst") ? HOTPIX_LIST_SIRIL : HOTPIX_LIST_TSV;
}

/* What repair= excludes and what needs it. */
static gboolean
settle_repair (const HotpixArguments *arguments, const gboolean *seen, GError **error)
{
  static const gchar *const of_finding[]
      = { "list", "image", "threshold", "kinds", "region", "state", "memory" };
  static const gchar *const of_repair[] = { "into", "overwrite" };

  for (guint i = 0; i < G_N_ELEMENTS (of_finding); i++)
    if ((arguments->repair != NULL || arguments->repair_known) && is_seen (seen, of_finding[i]))
      {
        g_set_error (
            error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
            _ ("%s= needs repair=found: by a list or a catalogue nothing is looked for"),
            of_finding[i]);
        return FALSE;
      }
  if (arguments->repair != NULL && arguments->catalogue != NULL)
    {
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
          _ ("catalogue= needs repair=catalogue or repair=found: the defects come from "
             "one place"));
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (of_repair); i++)
    if (is_seen (seen, of_repair[i]) && !is_seen (seen, "repair"))
      {
        g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                     _ ("%s= needs repair=, which says what to repair"), of_repair[i]);
        return FALSE;
      }
  if (!is_seen (seen, "overwrite") || arguments->into != NULL)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
               _ ("overwrite= needs into=, which says where the files go"));
  return FALSE;
}

/* What one argument means for the others. */
static gboolean
settle (HotpixArguments *arguments, const gboolean *seen, GError **error)
{
  if (!settle_repair (arguments, seen, error))
    return FALSE;
  if (arguments->state != NULL && arguments->catalogue != NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("catalogue= needs more than state= keeps: leave one of them out"));
      return FALSE;
    }
  if (is_seen (seen, "merge") && arguments->state == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("merge= needs state=, which says where the sums go"));
      return FALSE;
    }
  if (arguments->list == NULL
      && (is_seen (seen, "format") || (is_seen (seen, "offset") && arguments->repair == NULL)))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("%s= needs list=, which says where the list goes"),
                   is_seen (seen, "format") ? "format" : "offset");
      return FALSE;
    }
  if (arguments->list != NULL && !is_seen (seen, "format"))
    arguments->format = format_of_name (arguments->list);
  arguments->survey.detect = arguments->list != NULL || is_seen (seen, "threshold")
                             || is_seen (seen, "kinds") || is_seen (seen, "region")
                             || arguments->repair_found
                             || (arguments->catalogue != NULL && !arguments->repair_known)
                             || hotpix_picture_needs_detection (arguments->picture);
  return TRUE;
}

/* ImageMagick parts what it is given at each blank, and sees a quotation mark only at a word's start:
 * camera="NIKON D70, serial 1" comes as four words. */
static GPtrArray *
join_quoted (gint argc, const gchar *const *argv)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (gint i = 0; i < argc; i++)
    {
      const gchar *quote = strstr (argv[i], "=\"");
      g_autoptr (GString) word = g_string_new (argv[i]);
      gint last = i;

      while (quote != NULL && last < argc
             && (word->str[word->len - 1] != '"'
                 || word->len < (gsize) (quote - argv[i]) + strlen ("=\"\"")))
        if (++last < argc)
          g_string_append_printf (word, " %s", argv[last]);
      if (quote != NULL && last < argc)
        {
          g_string_truncate (word, word->len - 1);
          g_string_erase (word, quote - argv[i] + 1, 1);
          i = last;
        }
      else
        g_string_assign (word, argv[i]);
      g_ptr_array_add (words, g_string_free (g_steal_pointer (&word), FALSE));
    }
  return words;
}

HotpixArguments *
hotpix_arguments_new (gint argc, const gchar *const *argv, GError **error)
{
  g_autoptr (HotpixArguments) arguments = g_new0 (HotpixArguments, 1);
  g_autoptr (GPtrArray) words = NULL;
  gboolean seen[G_N_ELEMENTS (known)] = { FALSE };

  arguments->picture = HOTPIX_PICTURE_VARIANCE;
  arguments->survey = hotpix_survey_options_default ();
  arguments->files = g_ptr_array_new_with_free_func (g_free);
  arguments->merge = g_ptr_array_new_with_free_func (g_free);
  words = join_quoted (argc, argv);
  for (guint i = 0; i < words->len; i++)
    if (!parse_argument (arguments, g_ptr_array_index (words, i),
                         i > 0 ? g_ptr_array_index (words, i - 1) : NULL, seen, error))
      return NULL;
  if (!settle (arguments, seen, error))
    return NULL;
  return g_steal_pointer (&arguments);
}

gchar *
hotpix_arguments_describe (void)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_string_append_printf (text, "  %s=   %s\n    %s\n    -process 'hotpix %s'\n",
                            known[i].key, _ (known[i].allowed), _ (known[i].meaning),
                            known[i].example);
  return g_string_free (text, FALSE);
}

void
hotpix_arguments_free (HotpixArguments *arguments)
{
  if (arguments == NULL)
    return;
  g_ptr_array_unref (arguments->files);
  g_clear_pointer (&arguments->regions, g_array_unref);
  g_ptr_array_unref (arguments->merge);
  g_free (arguments->list);
  g_free (arguments->left_out);
  g_free (arguments->body);
  g_free (arguments->catalogue);
  g_free (arguments->state);
  g_free (arguments->repair);
  g_free (arguments->into);
  g_free (arguments);
}
