/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/survey-record.h"
#include "base/text.h"
#include "catalogue/connection-private.h"
#include "catalogue/known-camera.h"
#include "catalogue/same-body-private.h"
#include "photos/display-name.h"

static const gchar insert_survey[]
    = "INSERT INTO surveys (camera, width, height, written, version, threshold, frames) "
      "VALUES (?, ?, ?, strftime ('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, ?, ?) RETURNING id";

/* A photo that is known keeps its row: an update that changes nothing yields its number. */
static const gchar insert_photo[]
    = "INSERT INTO photos (camera, content, name, width, height, clock, taken, utc_offset,"
      " exposure, iso, lens, temperature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (camera, content) DO UPDATE SET name = name RETURNING id";

static const gchar insert_defect[]
    = "INSERT INTO defects (camera, width, height, x, y, extent) VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET x = x RETURNING id";

static const gchar insert_finding[]
    = "INSERT INTO findings (survey, defect, channel, kind, score, mean, around, variance,"
      " length, look) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/* What is written, and under which numbers. */
typedef struct
{
  const GPtrArray *frames; /* of HotpixFrame, those that count */
  HotpixBodyClues clues;
  gint64 camera, survey;
} Record;

/* Runs a statement that yields the number of a row. */
static gboolean
insert (HotpixConnection *connection, const gchar *sql, const HotpixValue *values, gint64 *id,
        GError **error)
{
  g_autoptr (HotpixRows) rows = NULL;

  if (!hotpix_connection_execute (connection, sql, values, &rows, error))
    return FALSE;
  *id = hotpix_rows_integer (rows, 0, 0);
  return TRUE;
}

/* NULL for a number that is not told. */
static HotpixValue
told_real (gdouble number)
{
  return hotpix_value_real (number > 0 ? number : NAN);
}

static HotpixValue
told_integer (gint64 number, gint64 untold)
{
  return number != untold ? hotpix_value_integer (number) : hotpix_value_text (NULL);
}

static gboolean
write_photo (HotpixConnection *connection, const Record *record, guint index, GError **error)
{
  const HotpixFrame *frame = record->frames->pdata[index];
  const HotpixShot *shot = hotpix_frame_get_shot (frame);
  g_autofree gchar *name = hotpix_display_base_name (frame->name);
  g_autofree gchar *taken = hotpix_known_camera_believe_date (shot);
  gint64 photo;

  return insert (connection, insert_photo,
                 HOTPIX_VALUES (
                     hotpix_value_integer (record->camera),
                     hotpix_value_text (record->clues.contents->pdata[index]),
                     hotpix_value_text (name), hotpix_value_integer (frame->shape.width),
                     hotpix_value_integer (frame->shape.height), hotpix_value_text (shot->date),
                     hotpix_value_text (taken),
                     told_integer (shot->offset, HOTPIX_SHOT_NO_OFFSET),
                     told_real (shot->exposure_time), told_integer (shot->iso, 0),
                     hotpix_value_text (shot->lens), hotpix_value_real (shot->temperature)),
                 &photo, error)
         && hotpix_connection_execute (
             connection, "INSERT OR IGNORE INTO survey_photos (survey, photo) VALUES (?, ?)",
             HOTPIX_VALUES (hotpix_value_integer (record->survey),
                            hotpix_value_integer (photo)),
             NULL, error);
}

static gboolean
write_defect (HotpixConnection *connection, const Record *record, const HotpixDefect *defect,
              GError **error)
{
  const HotpixShape *shape = &record->clues.defects->shape;
  gint64 id;

  return insert (connection, insert_defect,
                 HOTPIX_VALUES (
                     hotpix_value_integer (record->camera), hotpix_value_integer (shape->width),
                     hotpix_value_integer (shape->height), hotpix_value_integer (defect->x),
                     hotpix_value_integer (defect->y),
                     hotpix_value_text (hotpix_same_body_extent (defect->kind))),
                 &id, error)
         && hotpix_connection_execute (
             connection, insert_finding,
             HOTPIX_VALUES (
                 hotpix_value_integer (record->survey), hotpix_value_integer (id),
                 hotpix_value_text (hotpix_shape_channel_name (shape, defect->channel)),
                 hotpix_value_text (hotpix_defect_kind_name (defect->kind)),
                 hotpix_value_real (defect->score), hotpix_value_real (defect->mean),
                 hotpix_value_real (defect->around), hotpix_value_real (defect->variance),
                 hotpix_value_integer (defect->length),
                 hotpix_value_text (hotpix_defect_look_name (defect->look))),
             NULL, error);
}

/* A HotpixTransaction. */
static gboolean
write_record (HotpixConnection *connection, gpointer user_data, GError **error)
{
  Record *record = user_data;
  const HotpixDefects *defects = record->clues.defects;

  if (!hotpix_same_body_find (connection, &record->clues, &record->camera, error)
      || !insert (connection, insert_survey,
                  HOTPIX_VALUES (hotpix_value_integer (record->camera),
                                 hotpix_value_integer (defects->shape.width),
                                 hotpix_value_integer (defects->shape.height),
                                 hotpix_value_text (HOTPIX_VERSION),
                                 hotpix_value_real (defects->threshold),
                                 hotpix_value_integer (defects->n_frames)),
                  &record->survey, error))
    return FALSE;
  for (guint i = 0; i < record->frames->len; i++)
    if (!write_photo (connection, record, i, error))
      return FALSE;
  for (guint i = 0; i < defects->list->len; i++)
    if (!write_defect (connection, record, &g_array_index (defects->list, HotpixDefect, i),
                       error))
      return FALSE;
  return TRUE;
}

static gboolean
get_name (HotpixDatabase *database, gint64 camera, gchar **name, GError **error)
{
  g_autoptr (HotpixRows) rows = NULL;

  if (!hotpix_database_execute (database, "SELECT name FROM cameras WHERE id = ?",
                                HOTPIX_VALUES (hotpix_value_integer (camera)), &rows, error))
    return FALSE;
  *name = g_strdup (hotpix_rows_count (rows) > 0 ? hotpix_rows_text (rows, 0, 0) : NULL);
  return TRUE;
}

gboolean
hotpix_survey_record_write (HotpixCatalogue *catalogue, const HotpixFrameSet *set,
                            const HotpixDefects *defects, gchar **name, GError **error)
{
  HotpixDatabase *database = hotpix_catalogue_get_database (catalogue);
  g_autoptr (GPtrArray) frames = g_ptr_array_new (), contents = g_ptr_array_new ();
  Record record = { frames, { hotpix_frame_set_get_body (set), contents, defects }, 0, 0 };

  if (hotpix_frame_set_get_choice (set) == HOTPIX_CAMERA_ANY)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("a catalogue needs photos of one camera, and those of any were chosen"));
      return FALSE;
    }
  for (guint i = 0; i < hotpix_frame_set_get_length (set); i++)
    if (hotpix_frame_set_get_reason (set, i) == NULL)
      {
        HotpixFrame *frame = hotpix_frame_set_get_frame (set, i);

        g_ptr_array_add (frames, frame);
        g_ptr_array_add (contents, (gpointer) hotpix_frame_get_digest (frame));
      }
  return hotpix_database_transact (database, write_record, &record, error)
         && (name == NULL || get_name (database, record.camera, name, error));
}
