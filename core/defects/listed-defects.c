/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defects/listed-defects.h"
#include "base/text.h"
#include "defects/list-rows-private.h"
#include "photos/photo-file.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Of a sensor with as many defects as that nothing could be told. */
#define MAX_LIST_BYTES ((gsize) 64 << 20)

#define COMMENT "# hotpix: "
#define JSON_COORDINATE_RULE                                                                   \
  N_ ("each defect needs the whole numbers `x' and `y', the offset two of them, and `width' "  \
      "and `height' must be 1 to 65535")

static HotpixListedDefects *
listed_new (void)
{
  HotpixListedDefects *listed = g_new0 (HotpixListedDefects, 1);

  listed->list = g_array_new (FALSE, TRUE, sizeof (HotpixDefect));
  return listed;
}

void
hotpix_listed_defects_free (HotpixListedDefects *listed)
{
  if (listed == NULL)
    return;
  g_array_unref (listed->list);
  g_free (listed->camera);
  g_free (listed);
}

/* Each pixel of a column or row, as far as it is inside the frame. */
static void
append_pixels (HotpixListedDefects *listed, const HotpixDefect *defect)
{
  HotpixDefect pixel = *defect;
  guint width = listed->width != 0 ? listed->width : HOTPIX_LIST_MOST_COORDINATE + 1;
  guint height = listed->height != 0 ? listed->height : HOTPIX_LIST_MOST_COORDINATE + 1;
  guint n = defect->kind == HOTPIX_DEFECT_COLUMN ? MIN (defect->length, height - defect->y)
            : defect->kind == HOTPIX_DEFECT_ROW  ? MIN (defect->length, width - defect->x)
                                                 : 1;

  pixel.length = 1;
  for (guint i = 0; i < n; i++)
    {
      g_array_append_val (listed->list, pixel);
      pixel.x += defect->kind == HOTPIX_DEFECT_ROW;
      pixel.y += defect->kind == HOTPIX_DEFECT_COLUMN;
    }
}

HotpixListedDefects *
hotpix_listed_defects_new (const HotpixDefects *defects, const gchar *camera)
{
  HotpixListedDefects *listed = listed_new ();

  listed->width = defects->shape.width;
  listed->height = defects->shape.height;
  listed->camera = g_strdup (camera);
  for (guint i = 0; i < defects->list->len; i++)
    append_pixels (listed, &g_array_index (defects->list, HotpixDefect, i));
  return listed;
}

/* Takes the row in. FALSE for one outside of the frame, or above or left of the corner. */
static gboolean
add_row (HotpixListedDefects *listed, const HotpixListRow *row, const HotpixListOffset *offset)
{
  HotpixDefect defect = row->defect;
  gint64 x = row->x - offset->x, y = row->y - offset->y;

  if (x < 0 || y < 0 || x > HOTPIX_LIST_MOST_COORDINATE || y > HOTPIX_LIST_MOST_COORDINATE
      || (listed->width != 0 && (x >= listed->width || y >= listed->height)))
    return FALSE;
  defect.x = (guint) x;
  defect.y = (guint) y;
  append_pixels (listed, &defect);
  return TRUE;
}

static void
set_outside_error (const HotpixListedDefects *listed, const gchar *place, GError **error)
{
  if (listed->width != 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("%s: the place is outside the photo of %u x %u pixels: without the offset, "
                    "columns are 0 to %u and rows 0 to %u"),
                 place, listed->width, listed->height, listed->width - 1, listed->height - 1);
  else
    g_set_error (
        error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
        _ ("%s: the place is outside any photo: without the offset, columns and rows are 0 "
           "to %u"),
        place, HOTPIX_LIST_MOST_COORDINATE);
}

/* What the comment says that hotpix writes. Words of other programs say nothing. */
static void
read_comment (const gchar *line, HotpixListedDefects *listed, HotpixListOffset *offset)
{
  guint n_frames, width, height;
  gint words = 0, x, y;
  const gchar *threshold, *told;

  if (!g_str_has_prefix (line, COMMENT)
      || sscanf (line + strlen (COMMENT), "%9u frames of %9u x %9u pixels by %n", &n_frames,
                 &width, &height, &words)
             != 3
      || words == 0 || width == 0 || height == 0 || width > HOTPIX_LIST_MOST_COORDINATE
      || height > HOTPIX_LIST_MOST_COORDINATE)
    return;
  line += strlen (COMMENT) + words;
  /* The last one: a camera calls itself what it likes. */
  threshold = g_strrstr (line, ", threshold ");
  if (threshold == NULL)
    return;
  listed->width = width;
  listed->height = height;
  g_free (listed->camera);
  listed->camera = g_strndup (line, (gsize) (threshold - line));
  told = strstr (threshold, ", offset ");
  if (told != NULL && sscanf (told, ", offset %8d,%8d", &x, &y) == 2)
    *offset = (HotpixListOffset){ x, y };
}

static gboolean
read_lines (gchar *const *lines, const gchar *name, const HotpixListOffset *given,
            HotpixListedDefects *listed, GError **error)
{
  g_autoptr (HotpixListRows) rows = hotpix_list_rows_new ();
  HotpixListOffset offset = { 0, 0 };

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree gchar *place = g_strdup_printf (_ ("%s, line %u"), name, i + 1);
      HotpixListRow row;
      gboolean is_row;

      if (lines[i][0] == '#')
        read_comment (lines[i], listed, &offset);
      if (!hotpix_list_rows_read (rows, lines[i], &row, &is_row, error))
        {
          g_prefix_error (error, "%s: ", place);
          return FALSE;
        }
      if (is_row && !add_row (listed, &row, given != NULL ? given : &offset))
        {
          set_outside_error (listed, place, error);
          return FALSE;
        }
    }
  return TRUE;
}

/* A whole number of that name within the bounds. */
static gboolean
read_member (JsonObject *object, const gchar *member, gint64 least, gint64 most, gint64 *value)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return *value >= least && *value <= most;
}

static const gchar *
read_words (JsonObject *object, const gchar *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gdouble
read_number (JsonObject *object, const gchar *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && g_value_type_transformable (json_node_get_value_type (node), G_TYPE_DOUBLE)
             ? json_node_get_double (node)
             : 0;
}

static gboolean
read_json_row (JsonNode *node, HotpixListRow *row)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const gint64 most = HOTPIX_LIST_MOST_COORDINATE + (gint64) HOTPIX_LIST_MOST_OFFSET;

  *row = (HotpixListRow){ 0 };
  if (object == NULL || !read_member (object, "x", -most, most, &row->x)
      || !read_member (object, "y", -most, most, &row->y))
    return FALSE;
  row->defect.channel = hotpix_list_channel (read_words (object, "channel"));
  row->defect.kind = hotpix_list_kind (read_words (object, "kind"));
  row->defect.score = read_number (object, "score");
  row->defect.mean = read_number (object, "mean");
  row->defect.around = read_number (object, "around");
  row->defect.variance = read_number (object, "variance");
  row->defect.length = hotpix_list_length (read_number (object, "length"));
  row->defect.look = hotpix_list_look (read_words (object, "look"));
  return TRUE;
}

static gboolean
read_json_offset (JsonObject *object, HotpixListOffset *offset)
{
  JsonNode *node = json_object_get_member (object, "offset");
  JsonArray *pair
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gint64 values[2];

  if (node == NULL)
    return TRUE;
  if (pair == NULL || json_array_get_length (pair) != 2)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      JsonNode *value = json_array_get_element (pair, i);

      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_INT64)
        return FALSE;
      values[i] = json_node_get_int (value);
      if (ABS (values[i]) > HOTPIX_LIST_MOST_OFFSET)
        return FALSE;
    }
  *offset = (HotpixListOffset){ (gint) values[0], (gint) values[1] };
  return TRUE;
}

static gboolean
read_json_size (JsonObject *object, HotpixListedDefects *listed)
{
  gint64 width, height;

  if (!json_object_has_member (object, "width") && !json_object_has_member (object, "height"))
    return TRUE;
  if (!read_member (object, "width", 1, HOTPIX_LIST_MOST_COORDINATE, &width)
      || !read_member (object, "height", 1, HOTPIX_LIST_MOST_COORDINATE, &height))
    return FALSE;
  listed->width = (guint) width;
  listed->height = (guint) height;
  return TRUE;
}

static gboolean
set_json_error (const gchar *name, GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
               _ ("%s is not a list of defects: %s"), name, _ (JSON_COORDINATE_RULE));
  return FALSE;
}

static gboolean
read_json_object (JsonObject *object, const gchar *name, const HotpixListOffset *given,
                  HotpixListedDefects *listed, GError **error)
{
  JsonNode *node = json_object_get_member (object, "defects");
  JsonArray *rows
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  HotpixListOffset offset = { 0, 0 };

  if (rows == NULL || !read_json_size (object, listed) || !read_json_offset (object, &offset))
    return set_json_error (name, error);
  listed->camera = g_strdup (read_words (object, "camera"));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      g_autofree gchar *place = g_strdup_printf (_ ("%s, defect %u"), name, i + 1);
      HotpixListRow row;

      if (!read_json_row (json_array_get_element (rows, i), &row))
        return set_json_error (place, error);
      if (!add_row (listed, &row, given != NULL ? given : &offset))
        {
          set_outside_error (listed, place, error);
          return FALSE;
        }
    }
  return TRUE;
}

/* JSON-GLib tells the place as <data>:LINE:COLUMN: before its words. */
static void
set_no_json_error (const gchar *name, const GError *reason, GError **error)
{
  guint line = 1;
  gint words = 0;

  if (sscanf (reason->message, "<data>:%9u:%*u: %n", &line, &words) != 1)
    words = 0;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
               _ ("%s, line %u: this is not JSON: %s"), name, line, reason->message + words);
}

static gboolean
read_json (const gchar *text, gsize length, const gchar *name, const HotpixListOffset *given,
           HotpixListedDefects *listed, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) reason = NULL;
  JsonNode *root;

  if (!json_parser_load_from_data (parser, text, (gssize) length, &reason))
    {
      set_no_json_error (name, reason, error);
      return FALSE;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return set_json_error (name, error);
  return read_json_object (json_node_get_object (root), name, given, listed, error);
}

HotpixListedDefects *
hotpix_listed_defects_parse (const gchar *text, gsize length, const gchar *name,
                             const HotpixListOffset *offset, GError **error)
{
  g_autoptr (HotpixListedDefects) listed = listed_new ();
  g_autofree gchar *copy = g_strndup (text, length);
  const gchar *start = copy + strspn (copy, " \t\r\n");
  gboolean success;

  if (length > MAX_LIST_BYTES || strlen (copy) != length)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("%s is not a list of defects: write text as list= does, with a place on "
                      "each line"),
                   name);
      return NULL;
    }
  if (*start == '{' || *start == '[')
    success = read_json (copy, length, name, offset, listed, error);
  else
    {
      g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);

      success = read_lines (lines, name, offset, listed, error);
    }
  return success ? g_steal_pointer (&listed) : NULL;
}

HotpixListedDefects *
hotpix_listed_defects_load (const gchar *path, const HotpixListOffset *offset, GError **error)
{
  gsize length;
  g_autoptr (GBytes) bytes = hotpix_photo_file_load (path, MAX_LIST_BYTES, NULL, error);
  const gchar *text;

  if (bytes == NULL)
    {
      g_prefix_error (error, "%s ", path);
      return NULL;
    }
  text = g_bytes_get_data (bytes, &length);
  return hotpix_listed_defects_parse (text, length, path, offset, error);
}
