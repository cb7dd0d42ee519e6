/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/history-record.h"
#include "catalogue/connection-private.h"
#include "catalogue/history.h"
#include "catalogue/known-history.h"
#include "defects/list-rows-private.h"

#include <math.h>

#define SELECT_SURVEY                                                                          \
  "SELECT max (sp.survey), p.camera FROM survey_photos sp JOIN photos p ON p.id = sp.photo"    \
  " WHERE p.content = ?"

/* The camera's defects that can be measured, each in the channel of its highest score. */
#define SELECT_DEFECTS                                                                         \
  "SELECT d.id, d.x, d.y, (SELECT channel FROM findings WHERE defect = d.id"                   \
  "  ORDER BY score DESC, survey LIMIT 1)"                                                     \
  " FROM surveys s JOIN defects d USING (camera, width, height)"                               \
  " WHERE s.id = ? AND d.extent = 'pixel' AND NOT EXISTS"                                      \
  "  (SELECT 1 FROM findings WHERE defect = d.id AND kind = 'dust') ORDER BY d.id"

#define SELECT_PHOTO                                                                           \
  "SELECT p.id FROM survey_photos sp JOIN photos p ON p.id = sp.photo"                         \
  " WHERE sp.survey = ? AND p.content = ?"

#define INSERT_MEASUREMENT                                                                     \
  "INSERT OR REPLACE INTO measurements (defect, photo, contrast, noise, around, at_least)"     \
  " VALUES (?, ?, ?, ?, ?, ?)"

/* Of one defect, in the order of time. */
#define SELECT_OBSERVATIONS                                                                    \
  "SELECT p.id, p.taken, m.contrast, m.noise, m.around, m.at_least, p.exposure, p.iso"         \
  " FROM measurements m JOIN photos p ON p.id = m.photo"                                       \
  " WHERE m.defect = ? AND p.taken IS NOT NULL ORDER BY p.taken, p.id"

#define INSERT_HISTORY                                                                         \
  "INSERT OR REPLACE INTO histories (defect, first_photo, judged, always, gone, since,"        \
  " since_earliest, since_latest, until, until_earliest, until_latest, growth,"                \
  " growth_probability, amount, shows_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "   \
  "?, ?)"

/* An end that is told falsely leaves a defect in later photos: it is only told where it is as good as
 * certain. */
#define CERTAINLY_GONE 0.95

typedef struct
{
  HotpixFrameSet *set;
  gint64 survey, camera;
  GArray *ids;     /* of gint64: numbers of the defects */
  GArray *defects; /* of HotpixDefect: the same, where and in which channel */
  HotpixMeasurements *measurements;
} Record;

/* The survey of the first photo of which the content is known; 0 where there is none. */
static gboolean
find_survey (Record *record, HotpixDatabase *database, GError **error)
{
  const gchar *content = NULL;
  g_autoptr (HotpixRows) rows = NULL;

  for (guint i = 0; content == NULL && i < hotpix_frame_set_get_length (record->set); i++)
    if (hotpix_frame_set_get_reason (record->set, i) == NULL)
      content = hotpix_frame_get_digest (hotpix_frame_set_get_frame (record->set, i));
  if (!hotpix_database_execute (database, SELECT_SURVEY,
                                HOTPIX_VALUES (hotpix_value_text (content)), &rows, error))
    return FALSE;
  record->survey = hotpix_rows_integer (rows, 0, 0);
  record->camera = hotpix_rows_integer (rows, 0, 1);
  return TRUE;
}

static gboolean
read_defects (Record *record, HotpixDatabase *database, GError **error)
{
  g_autoptr (HotpixRows) rows = NULL;

  if (!hotpix_database_execute (database, SELECT_DEFECTS,
                                HOTPIX_VALUES (hotpix_value_integer (record->survey)), &rows,
                                error))
    return FALSE;
  for (guint i = 0; i < hotpix_rows_count (rows); i++)
    {
      gint64 id = hotpix_rows_integer (rows, i, 0);
      HotpixDefect defect = { .x = (guint) hotpix_rows_integer (rows, i, 1),
                              .y = (guint) hotpix_rows_integer (rows, i, 2),
                              .channel = hotpix_list_channel (hotpix_rows_text (rows, i, 3)),
                              .length = 1 };

      g_array_append_val (record->ids, id);
      g_array_append_val (record->defects, defect);
    }
  return TRUE;
}

static gboolean
write_measurement (HotpixConnection *connection, gint64 defect, gint64 photo,
                   const HotpixMeasurement *measured, GError **error)
{
  return measured->judgement == HOTPIX_JUDGED_NOT
         || hotpix_connection_execute (
             connection, INSERT_MEASUREMENT,
             HOTPIX_VALUES (
                 hotpix_value_integer (defect), hotpix_value_integer (photo),
                 hotpix_value_real (measured->contrast), hotpix_value_real (measured->noise),
                 hotpix_value_real (measured->around),
                 hotpix_value_integer (measured->judgement == HOTPIX_JUDGED_AT_LEAST)),
             NULL, error);
}

static gboolean
write_photo (HotpixConnection *connection, const Record *record, guint index, GError **error)
{
  HotpixFrame *frame = hotpix_frame_set_get_frame (record->set, index);
  g_autoptr (HotpixRows) rows = NULL;

  if (!hotpix_connection_execute (
          connection, SELECT_PHOTO,
          HOTPIX_VALUES (hotpix_value_integer (record->survey),
                         hotpix_value_text (hotpix_frame_get_digest (frame))),
          &rows, error))
    return FALSE;
  for (guint i = 0; hotpix_rows_count (rows) > 0 && i < record->ids->len; i++)
    if (!write_measurement (connection, g_array_index (record->ids, gint64, i),
                            hotpix_rows_integer (rows, 0, 0),
                            hotpix_measurements_get (record->measurements, index, i), error))
      return FALSE;
  return TRUE;
}

static HotpixObservation
read_observation (const HotpixRows *rows, guint row)
{
  gdouble exposure = hotpix_rows_real (rows, row, 6);

  return (HotpixObservation){
    { (gfloat) hotpix_rows_real (rows, row, 2), (gfloat) hotpix_rows_real (rows, row, 3),
      (gfloat) hotpix_rows_real (rows, row, 4),
      hotpix_rows_integer (rows, row, 5) != 0 ? HOTPIX_JUDGED_AT_LEAST : HOTPIX_JUDGED },
    isnan (exposure) ? 0 : exposure,
    (guint) hotpix_rows_integer (rows, row, 7),
  };
}

/* Dates that there are none of, because it is from the first photo on or to the last, are NULL. */
static HotpixValue
date_of (const HotpixRows *rows, guint row, gboolean is_told)
{
  return hotpix_value_text (is_told ? hotpix_rows_text (rows, row, 1) : NULL);
}

static gboolean
write_history (HotpixConnection *connection, gint64 defect, const HotpixRows *rows,
               GError **error)
{
  guint n = hotpix_rows_count (rows);
  g_autofree HotpixObservation *observations = g_new (HotpixObservation, n);
  HotpixHistory history;
  gboolean begins, ends;

  for (guint i = 0; i < n; i++)
    observations[i] = read_observation (rows, i);
  hotpix_history_infer (observations, n, NULL, &history);
  begins = history.since > 0;
  ends = history.gone >= CERTAINLY_GONE && history.until + 1 < n;
  return hotpix_connection_execute (
      connection, INSERT_HISTORY,
      HOTPIX_VALUES (
          hotpix_value_integer (defect),
          hotpix_value_integer (hotpix_rows_integer (rows, history.since, 0)),
          hotpix_value_integer (history.n_judged), hotpix_value_real (history.always),
          hotpix_value_real (history.gone), date_of (rows, history.since, begins),
          date_of (rows, history.since_range.first, begins),
          date_of (rows, history.since_range.last, begins), date_of (rows, history.until, ends),
          date_of (rows, history.until_range.first, ends),
          date_of (rows, history.until_range.last, ends),
          hotpix_value_text (hotpix_growth_name (history.growth)),
          hotpix_value_real (history.growth_probability), hotpix_value_real (history.amount),
          hotpix_value_real (history.shows_from)),
      NULL, error);
}

static gboolean
update_history (HotpixConnection *connection, gint64 defect, GError **error)
{
  g_autoptr (HotpixRows) rows = NULL;

  return hotpix_connection_execute (connection, SELECT_OBSERVATIONS,
                                    HOTPIX_VALUES (hotpix_value_integer (defect)), &rows, error)
         && (hotpix_rows_count (rows) == 0 || write_history (connection, defect, rows, error));
}

/* A HotpixTransaction. Histories are made in it, too, of what other processes have written by then. */
static gboolean
write_record (HotpixConnection *connection, gpointer user_data, GError **error)
{
  const Record *record = user_data;

  for (guint i = 0; i < hotpix_frame_set_get_length (record->set); i++)
    if (hotpix_frame_set_get_reason (record->set, i) == NULL
        && !write_photo (connection, record, i, error))
      return FALSE;
  for (guint i = 0; i < record->ids->len; i++)
    if (!update_history (connection, g_array_index (record->ids, gint64, i), error))
      return FALSE;
  return TRUE;
}

gboolean
hotpix_history_record_write (HotpixCatalogue *catalogue, HotpixFrameSet *set,
                             HotpixDefects *found, const HotpixOptions *options,
                             HotpixProgress progress, gpointer user_data, GError **error)
{
  HotpixDatabase *database = hotpix_catalogue_get_database (catalogue);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) defects = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  g_autoptr (HotpixMeasurements) measurements = NULL;
  Record record = { .set = set, .ids = ids, .defects = defects };

  if (!find_survey (&record, database, error) || !read_defects (&record, database, error))
    return FALSE;
  measurements = hotpix_measure (set, defects, options, progress, user_data, error);
  if (measurements == NULL)
    return FALSE;
  record.measurements = measurements;
  return hotpix_database_transact (database, write_record, &record, error)
         && hotpix_known_history_read (catalogue, record.camera, found, error);
}
