/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "defects/list-rows-private.h"

#include <string.h>

/* Of a line that a message repeats. */
#define SHOWN_CHARACTERS 40

/* Numbers in a row of other programs' lists. */
#define MOST_NUMBERS 5

typedef enum
{
  FORM_UNKNOWN,
  FORM_TSV,
  FORM_PLACES,   /* x y, or x y TIME: RawTherapee's and dcraw's */
  FORM_SIRIL,    /* P x y KIND */
  FORM_JPEGPIXI, /* X,Y,SIZE or X,Y,WIDTH,HEIGHT */
} Form;

/* The columns of a tab-separated list that are read; the others are passed over. */
typedef enum
{
  COLUMN_X,
  COLUMN_Y,
  COLUMN_CHANNEL,
  COLUMN_KIND,
  COLUMN_SCORE,
  COLUMN_MEAN,
  COLUMN_AROUND,
  COLUMN_VARIANCE,
  COLUMN_LENGTH,
  COLUMN_LOOK,
  N_COLUMNS
} Column;

static const gchar *const column_names[N_COLUMNS]
    = { "x", "y", "channel", "kind", "score", "mean", "around", "variance", "length", "look" };

struct HotpixListRows
{
  Form form;
  gint columns[N_COLUMNS]; /* where each is in a tab-separated row; -1 for nowhere */
};

HotpixListRows *
hotpix_list_rows_new (void)
{
  return g_new0 (HotpixListRows, 1);
}

void
hotpix_list_rows_free (HotpixListRows *rows)
{
  g_free (rows);
}

guint
hotpix_list_channel (const gchar *word)
{
  return g_strcmp0 (word, "G") == 0 ? 1 : g_strcmp0 (word, "B") == 0 ? 2 : 0;
}

HotpixDefectKind
hotpix_list_kind (const gchar *word)
{
  for (guint kind = 0; kind < HOTPIX_N_KINDS; kind++)
    if (g_strcmp0 (word, hotpix_defect_kind_name ((HotpixDefectKind) kind)) == 0)
      return (HotpixDefectKind) kind;
  return HOTPIX_DEFECT_HOT;
}

HotpixLook
hotpix_list_look (const gchar *word)
{
  return g_strcmp0 (word, hotpix_defect_look_name (HOTPIX_LOOK_LONG)) == 0 ? HOTPIX_LOOK_LONG
                                                                           : HOTPIX_LOOK_ALL;
}

guint
hotpix_list_length (gdouble length)
{
  return length >= 1 && length <= HOTPIX_LIST_MOST_COORDINATE + 1.0 ? (guint) length : 1;
}

static gboolean
parse_coordinate (const gchar *word, gint64 *value)
{
  const gint64 most = HOTPIX_LIST_MOST_COORDINATE + (gint64) HOTPIX_LIST_MOST_OFFSET;

  return g_ascii_string_to_signed (word, 10, -most, most, value, NULL);
}

/* words: how a row of the form looks. Returns FALSE. */
static gboolean
set_row_error (const gchar *line, const gchar *words, GError **error)
{
  g_autofree gchar *valid = g_utf8_make_valid (line, -1);
  g_autofree gchar *shown
      = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), SHOWN_CHARACTERS));

  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT, _ ("`%s' is not a defect: %s"),
               shown, words);
  return FALSE;
}

static gboolean
read_names (HotpixListRows *rows, const gchar *line)
{
  g_auto (GStrv) names = g_strsplit (line, "\t", -1);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      rows->columns[i] = -1;
      for (gint k = 0; names[k] != NULL; k++)
        if (strcmp (names[k], column_names[i]) == 0)
          rows->columns[i] = k;
    }
  return rows->columns[COLUMN_X] >= 0 && rows->columns[COLUMN_Y] >= 0;
}

static const gchar *
get_cell (const HotpixListRows *rows, gchar *const *cells, Column column)
{
  gint index = rows->columns[column];

  return index >= 0 && index < (gint) g_strv_length ((gchar **) cells) ? cells[index] : NULL;
}

static gdouble
get_number (const HotpixListRows *rows, gchar *const *cells, Column column)
{
  const gchar *cell = get_cell (rows, cells, column);

  return cell != NULL ? g_ascii_strtod (cell, NULL) : 0;
}

static gboolean
read_tsv (const HotpixListRows *rows, const gchar *line, HotpixListRow *row, GError **error)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);
  const gchar *x = get_cell (rows, cells, COLUMN_X), *y = get_cell (rows, cells, COLUMN_Y);

  if (x == NULL || y == NULL || !parse_coordinate (x, &row->x)
      || !parse_coordinate (y, &row->y))
    return set_row_error (
        line,
        _ ("x and y must be whole numbers, in columns with tabs between them as in "
           "the line of names"),
        error);
  row->defect.channel = hotpix_list_channel (get_cell (rows, cells, COLUMN_CHANNEL));
  row->defect.kind = hotpix_list_kind (get_cell (rows, cells, COLUMN_KIND));
  row->defect.score = get_number (rows, cells, COLUMN_SCORE);
  row->defect.mean = get_number (rows, cells, COLUMN_MEAN);
  row->defect.around = get_number (rows, cells, COLUMN_AROUND);
  row->defect.variance = get_number (rows, cells, COLUMN_VARIANCE);
  row->defect.length = hotpix_list_length (get_number (rows, cells, COLUMN_LENGTH));
  row->defect.look = hotpix_list_look (get_cell (rows, cells, COLUMN_LOOK));
  return TRUE;
}

/* Splits a line at blanks, tabs and commas; a `#` begins a comment.
 * Returns (transfer full) the words, none of them empty. */
static GPtrArray *
split_words (const gchar *line)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (;;)
    {
      gsize length;

      line += strspn (line, " \t\r,");
      length = strcspn (line, " \t\r,#");
      if (length == 0)
        return words;
      g_ptr_array_add (words, g_strndup (line, length));
      line += length;
    }
}

/* All words from the first-th on as numbers; FALSE where one is none or they are too many. */
static gboolean
parse_numbers (const GPtrArray *words, guint first, guint end, gint64 *numbers)
{
  if (end - first > MOST_NUMBERS)
    return FALSE;
  for (guint i = first; i < end; i++)
    if (!parse_coordinate (g_ptr_array_index (words, i), &numbers[i - first]))
      return FALSE;
  return TRUE;
}

static gboolean
read_places (const gchar *line, const GPtrArray *words, HotpixListRow *row, GError **error)
{
  gint64 numbers[MOST_NUMBERS];

  if ((words->len != 2 && words->len != 3) || !parse_numbers (words, 0, words->len, numbers))
    return set_row_error (
        line, _ ("a row must be `x y' or, as for dcraw, `x y 0', in whole numbers"), error);
  row->x = numbers[0];
  row->y = numbers[1];
  return TRUE;
}

static gboolean
read_siril (const gchar *line, const GPtrArray *words, HotpixListRow *row, GError **error)
{
  const gchar *kind = words->len == 4 ? g_ptr_array_index (words, 3) : "H";
  gint64 numbers[MOST_NUMBERS];
  gboolean is_cold = strcmp (kind, "C") == 0;

  if ((words->len != 3 && words->len != 4) || strcmp (g_ptr_array_index (words, 0), "P") != 0
      || (!is_cold && strcmp (kind, "H") != 0) || !parse_numbers (words, 1, 3, numbers))
    return set_row_error (
        line,
        _ ("a row must be `P x y H' or `P x y C', in whole numbers; hotpix does not "
           "repair the whole lines and columns of Siril's lists"),
        error);
  row->x = numbers[0];
  row->y = numbers[1];
  row->defect.kind = is_cold ? HOTPIX_DEFECT_DEAD : HOTPIX_DEFECT_HOT;
  return TRUE;
}

/* The midst of the rectangle; at the frame's first column or row two pixels are what three would be
 * elsewhere. */
static gint64
midst (gint64 first, gint64 length)
{
  return first == 0 && length == 2 ? 0 : first + length / 2;
}

static gboolean
read_jpegpixi (const gchar *line, const GPtrArray *words, HotpixListRow *row, GError **error)
{
  gint64 numbers[MOST_NUMBERS];

  if ((words->len != 3 && words->len != 4) || !parse_numbers (words, 0, words->len, numbers)
      || numbers[2] < 1 || numbers[words->len - 1] < 1)
    return set_row_error (
        line,
        _ ("a row must be `X,Y,SIZE' or `X,Y,WIDTH,HEIGHT', in whole numbers, with "
           "sizes of at least 1"),
        error);
  row->x = midst (numbers[0], numbers[2]);
  row->y = midst (numbers[1], numbers[words->len - 1]);
  return TRUE;
}

static Form
recognise (const gchar *line, const GPtrArray *words)
{
  const gchar *first = g_ptr_array_index (words, 0);

  if (g_ascii_isalpha (first[0]) && first[1] == '\0')
    return FORM_SIRIL;
  return strchr (line, ',') != NULL ? FORM_JPEGPIXI : FORM_PLACES;
}

gboolean
hotpix_list_rows_read (HotpixListRows *rows, const gchar *line, HotpixListRow *row,
                       gboolean *is_row, GError **error)
{
  g_autofree gchar *trimmed = g_strchomp (g_strdup (line));
  g_autoptr (GPtrArray) words = split_words (trimmed);

  *is_row = FALSE;
  if (words->len == 0)
    return TRUE;
  if (rows->form == FORM_UNKNOWN && read_names (rows, trimmed))
    {
      rows->form = FORM_TSV;
      return TRUE;
    }
  if (rows->form == FORM_UNKNOWN)
    rows->form = recognise (trimmed, words);
  *row = (HotpixListRow){ .defect.length = 1 };
  *is_row = TRUE;
  switch (rows->form)
    {
    case FORM_TSV:
      return read_tsv (rows, trimmed, row, error);
    case FORM_SIRIL:
      return read_siril (trimmed, words, row, error);
    case FORM_JPEGPIXI:
      return read_jpegpixi (trimmed, words, row, error);
    case FORM_PLACES:
    case FORM_UNKNOWN:
    default:
      return read_places (trimmed, words, row, error);
    }
}
