/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defects/defect-list.h"

#include <json-glib/json-glib.h>

/* How far around a defect jpegpixi repairs. */
#define REPAIR_REACH 1

#define TSV_NAMES "x\ty\tchannel\tkind\tscore\tmean\taround\tvariance\tframes\tlength\tlook"

/* In a column of a history. */
#define UNKNOWN "-"

/* Where a defect is, with the offset. */
typedef struct
{
  const HotpixDefect *defect;
  gint64 x, y;
} Row;

/* format: of one double, as printf's. */
static void
append_number (GString *text, const gchar *before, const gchar *format, gdouble number)
{
  gchar buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, before);
  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, format, number));
}

static GArray *
place_rows (const HotpixDefects *defects, gint offset_x, gint offset_y)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  for (guint i = 0; i < defects->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, i);
      Row row = { defect, (gint64) defect->x + offset_x, (gint64) defect->y + offset_y };

      if (row.x >= 0 && row.y >= 0)
        g_array_append_val (rows, row);
    }
  return rows;
}

static void
append_comment (GString *text, const HotpixDefects *defects, const gchar *camera, gint offset_x,
                gint offset_y, guint n_rows)
{
  g_autofree gchar *one_line = g_strdup (camera);

  /* A line break in a camera's name must not begin a new line. */
  g_strdelimit (one_line, "\r\n", ' ');
  g_string_append_printf (text, "# hotpix: %u frames of %u x %u pixels by %s",
                          defects->n_frames, defects->shape.width, defects->shape.height,
                          one_line);
  append_number (text, ", threshold ", "%g", defects->threshold);
  if (offset_x != 0 || offset_y != 0)
    g_string_append_printf (text, ", offset %d,%d", offset_x, offset_y);
  g_string_append_printf (text, ", defects %u", defects->list->len);
  if (n_rows < defects->list->len)
    g_string_append_printf (text, ", outside %u", defects->list->len - n_rows);
  g_string_append_c (text, '\n');
}

/* Of a history; a name of a file must not begin a new column. */
static void
append_told (GString *text, const gchar *told)
{
  g_autofree gchar *one_word = g_strdup (told != NULL ? told : UNKNOWN);

  g_strdelimit (one_word, "\t\r\n", ' ');
  g_string_append_printf (text, "\t%s", one_word);
}

static void
append_tsv (GString *text, const HotpixDefects *defects, const Row *row)
{
  const HotpixDefect *defect = row->defect;

  g_string_append_printf (text, "%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%s\t%s", row->x,
                          row->y, hotpix_shape_channel_name (&defects->shape, defect->channel),
                          hotpix_defect_kind_name (defect->kind));
  append_number (text, "\t", "%.3f", defect->score);
  append_number (text, "\t", "%.6f", defect->mean);
  append_number (text, "\t", "%.6f", defect->around);
  append_number (text, "\t", "%.9g", defect->variance);
  g_string_append_printf (text, "\t%u\t%u\t%s", defects->n_frames, defect->length,
                          hotpix_defect_look_name (defect->look));
  if (defects->texts != NULL)
    {
      append_told (text, defect->since);
      append_told (text, defect->until);
      append_told (text, defect->first_photo);
    }
  g_string_append_c (text, '\n');
}

/* The place of the i-th pixel of a row of the list. */
static void
place_pixel (const Row *row, guint i, gint64 *x, gint64 *y)
{
  *x = row->x + (row->defect->kind == HOTPIX_DEFECT_ROW ? i : 0);
  *y = row->y + (row->defect->kind == HOTPIX_DEFECT_COLUMN ? i : 0);
}

/* before, behind: of each pixel's x and y. */
static void
append_pixels (GString *text, const Row *row, const gchar *before, const gchar *behind)
{
  for (guint i = 0; i < row->defect->length; i++)
    {
      gint64 x, y;

      place_pixel (row, i, &x, &y);
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "%s\n", before,
                              x, y, behind);
    }
}

/* Siril has its own word for whole columns and rows. */
static void
append_siril (GString *text, const HotpixDefects *defects, const Row *row)
{
  const HotpixDefect *defect = row->defect;

  if (defect->kind == HOTPIX_DEFECT_COLUMN && defect->length == defects->shape.height)
    g_string_append_printf (text, "C %" G_GINT64_FORMAT " 0\n", row->x);
  else if (defect->kind == HOTPIX_DEFECT_ROW && defect->length == defects->shape.width)
    g_string_append_printf (text, "L %" G_GINT64_FORMAT " 0\n", row->y);
  else
    append_pixels (text, row, "P ", defect->mean < defect->around ? " C" : " H");
}

/* The offset moves the frame's corner; its far edges stay where the pixels end. */
static void
append_jpegpixi (GString *text, const HotpixDefects *defects, const Row *row)
{
  gint64 left = MAX (row->x - REPAIR_REACH, 0), top = MAX (row->y - REPAIR_REACH, 0);
  const HotpixDefect *defect = row->defect;
  guint end_x = defect->x + (defect->kind == HOTPIX_DEFECT_ROW ? defect->length - 1 : 0);
  guint end_y = defect->y + (defect->kind == HOTPIX_DEFECT_COLUMN ? defect->length - 1 : 0);
  gint64 right
      = row->x + (end_x - defect->x) + MIN (REPAIR_REACH, defects->shape.width - 1 - end_x);
  gint64 bottom
      = row->y + (end_y - defect->y) + MIN (REPAIR_REACH, defects->shape.height - 1 - end_y);
  gint64 width = right - left + 1, height = bottom - top + 1;

  g_string_append_printf (text, "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT, left, top);
  if (width == height)
    g_string_append_printf (text, ",%" G_GINT64_FORMAT "\n", width);
  else
    g_string_append_printf (text, ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "\n", width,
                            height);
}

static void
append_row (GString *text, const HotpixDefects *defects, HotpixListFormat format,
            const Row *row)
{
  switch (format)
    {
    case HOTPIX_LIST_TSV:
      append_tsv (text, defects, row);
      break;
    case HOTPIX_LIST_DCRAW:
      append_pixels (text, row, "", " 0");
      break;
    case HOTPIX_LIST_RAWTHERAPEE:
      append_pixels (text, row, "", "");
      break;
    case HOTPIX_LIST_SIRIL:
      append_siril (text, defects, row);
      break;
    case HOTPIX_LIST_JPEGPIXI:
      append_jpegpixi (text, defects, row);
      break;
    case HOTPIX_LIST_JSON:
    default:
      g_return_if_reached ();
    }
}

static void
add_integer (JsonBuilder *builder, const gchar *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const gchar *name, gdouble value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
add_words (JsonBuilder *builder, const gchar *name, const gchar *value)
{
  /* EXIF can hold any bytes, JSON only text. */
  g_autofree gchar *text = g_utf8_make_valid (value, -1);

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_defect (JsonBuilder *builder, const HotpixDefects *defects, const Row *row)
{
  const HotpixDefect *defect = row->defect;

  json_builder_begin_object (builder);
  add_integer (builder, "x", row->x);
  add_integer (builder, "y", row->y);
  add_words (builder, "channel", hotpix_shape_channel_name (&defects->shape, defect->channel));
  add_words (builder, "kind", hotpix_defect_kind_name (defect->kind));
  add_number (builder, "score", defect->score);
  add_number (builder, "mean", defect->mean);
  add_number (builder, "around", defect->around);
  add_number (builder, "variance", defect->variance);
  add_integer (builder, "length", defect->length);
  add_words (builder, "look", hotpix_defect_look_name (defect->look));
  if (defect->since != NULL)
    add_words (builder, "since", defect->since);
  if (defect->until != NULL)
    add_words (builder, "until", defect->until);
  if (defect->first_photo != NULL)
    add_words (builder, "first-photo", defect->first_photo);
  json_builder_end_object (builder);
}

static gchar *
make_json (const HotpixDefects *defects, const gchar *camera, const GArray *rows, gint offset_x,
           gint offset_y)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree gchar *text = NULL;

  json_builder_begin_object (builder);
  add_integer (builder, "frames", defects->n_frames);
  add_integer (builder, "width", defects->shape.width);
  add_integer (builder, "height", defects->shape.height);
  add_words (builder, "camera", camera);
  add_number (builder, "threshold", defects->threshold);
  json_builder_set_member_name (builder, "offset");
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, offset_x);
  json_builder_add_int_value (builder, offset_y);
  json_builder_end_array (builder);
  add_integer (builder, "outside", defects->list->len - rows->len);
  json_builder_set_member_name (builder, "defects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    add_defect (builder, defects, &g_array_index (rows, Row, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

gchar *
hotpix_defect_list_format (const HotpixDefects *defects, HotpixListFormat format,
                           const gchar *camera, gint offset_x, gint offset_y)
{
  g_autoptr (GArray) rows = place_rows (defects, offset_x, offset_y);
  GString *text;

  if (format == HOTPIX_LIST_JSON)
    return make_json (defects, camera, rows, offset_x, offset_y);
  text = g_string_new (NULL);
  append_comment (text, defects, camera, offset_x, offset_y, rows->len);
  if (format == HOTPIX_LIST_TSV)
    g_string_append (text, defects->texts != NULL ? TSV_NAMES "\tsince\tuntil\tfirst-photo\n"
                                                  : TSV_NAMES "\n");
  for (guint i = 0; i < rows->len; i++)
    append_row (text, defects, format, &g_array_index (rows, Row, i));
  return g_string_free (text, FALSE);
}
