/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/known-camera.h"
#include "base/text.h"
#include "catalogue/known-history.h"
#include "defects/list-rows-private.h"
#include "photos/clean-text-private.h"

#include <string.h>

/* No camera wrote EXIF before; a clock that was never set says 1970, 1980 or 1990. */
#define FIRST_DATE "1995"

static const gchar select_cameras[]
    = "SELECT DISTINCT c.id, c.make, c.model, c.serial, c.lens, c.micrometres, c.body, c.name,"
      " s.width, s.height FROM cameras c JOIN surveys s ON s.camera = c.id "
      "WHERE s.width BETWEEN 1 AND 65536 AND s.height BETWEEN 1 AND 65536 "
      "ORDER BY c.name, c.id, s.width * s.height DESC";

/* A defect as it was found where its score was highest: SQLite takes a group's other columns from the row
 * of the maximum. */
static const gchar select_defects[]
    = "SELECT d.x, d.y, f.channel, f.kind, max (f.score), f.mean, f.around, f.variance,"
      " f.length, f.look "
      "FROM defects d JOIN findings f ON f.defect = d.id "
      "LEFT JOIN histories h ON h.defect = d.id "
      "WHERE d.camera = ?1 AND d.width = ?2 AND d.height = ?3 "
      "AND d.x BETWEEN 0 AND ?2 - 1 AND d.y BETWEEN 0 AND ?3 - 1 AND (?4 IS NULL OR "
      "?4 BETWEEN ifnull (h.since_earliest, ?4) AND ifnull (h.until_latest, ?4)) "
      "GROUP BY d.id ORDER BY max (f.score) DESC, d.y, d.x, d.extent";

static const gchar select_surveys[]
    = "SELECT count (DISTINCT p.photo), min (s.threshold) "
      "FROM surveys s LEFT JOIN survey_photos p ON p.survey = s.id "
      "WHERE s.camera = ? AND s.width = ? AND s.height = ?";

static void
free_known (gpointer data)
{
  HotpixKnownCamera *known = data;

  hotpix_camera_free (known->camera);
  g_free (known->name);
  g_free (known);
}

static HotpixKnownCamera *
read_known (const HotpixRows *rows, guint row)
{
  HotpixKnownCamera *known = g_new0 (HotpixKnownCamera, 1);
  const HotpixCamera camera = { .make = (gchar *) hotpix_rows_text (rows, row, 1),
                                .model = (gchar *) hotpix_rows_text (rows, row, 2),
                                .serial = (gchar *) hotpix_rows_text (rows, row, 3),
                                .lens = (gchar *) hotpix_rows_text (rows, row, 4),
                                .micrometres = (guint) hotpix_rows_integer (rows, row, 5) };

  known->id = hotpix_rows_integer (rows, row, 0);
  known->camera = hotpix_camera_copy (&camera);
  known->body = (guint) hotpix_rows_integer (rows, row, 6);
  known->name = hotpix_clean_text (hotpix_rows_text (rows, row, 7));
  if (known->name == NULL)
    known->name = hotpix_camera_describe (known->camera);
  known->width = (guint) hotpix_rows_integer (rows, row, 8);
  known->height = (guint) hotpix_rows_integer (rows, row, 9);
  return known;
}

/* Each name once, with commas between. */
static gchar *
join_names (const GPtrArray *cameras)
{
  GString *names = g_string_new (NULL);
  const gchar *last = "";

  for (guint i = 0; i < cameras->len; i++)
    {
      const HotpixKnownCamera *known = cameras->pdata[i];

      if (strcmp (known->name, last) != 0)
        g_string_append_printf (names, "%s%s", names->len > 0 ? "; " : "", known->name);
      last = known->name;
    }
  return g_string_free (names, FALSE);
}

/* Keeps those of that name, or where there are none those with that part. */
static void
keep_named (GPtrArray *cameras, const gchar *part)
{
  gboolean is_whole = FALSE;

  for (guint i = 0; i < cameras->len; i++)
    is_whole = is_whole || strcmp (((HotpixKnownCamera *) cameras->pdata[i])->name, part) == 0;
  for (guint i = cameras->len; i-- > 0;)
    {
      const gchar *name = ((HotpixKnownCamera *) cameras->pdata[i])->name;

      if (is_whole ? strcmp (name, part) != 0 : strstr (name, part) == NULL)
        g_ptr_array_remove_index (cameras, i);
    }
}

GPtrArray *
hotpix_known_camera_list (HotpixCatalogue *catalogue, const gchar *part, GError **error)
{
  g_autoptr (GPtrArray) cameras = g_ptr_array_new_with_free_func (free_known);
  g_autoptr (HotpixRows) rows = NULL;
  g_autofree gchar *names = NULL;

  if (!hotpix_database_execute (hotpix_catalogue_get_database (catalogue), select_cameras, NULL,
                                &rows, error))
    return NULL;
  for (guint i = 0; i < hotpix_rows_count (rows); i++)
    g_ptr_array_add (cameras, read_known (rows, i));
  if (part == NULL || cameras->len == 0)
    return g_steal_pointer (&cameras);
  names = join_names (cameras);
  keep_named (cameras, part);
  if (cameras->len > 0)
    return g_steal_pointer (&cameras);
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
               _ ("camera= fits no camera in %s, which knows: %s"),
               hotpix_catalogue_get_path (catalogue), names);
  return NULL;
}

static HotpixDefects *
make_defects (const HotpixKnownCamera *known, const HotpixRows *rows, const HotpixRows *surveys)
{
  HotpixDefects *defects = g_new0 (HotpixDefects, 1);

  defects->shape = (HotpixShape){ known->width, known->height, 3, 8 };
  defects->n_frames = (guint) hotpix_rows_integer (surveys, 0, 0);
  defects->threshold = hotpix_rows_real (surveys, 0, 1);
  defects->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  for (guint i = 0; i < hotpix_rows_count (rows); i++)
    {
      const gchar *channel = hotpix_rows_text (rows, i, 2);
      HotpixDefect defect = { .x = (guint) hotpix_rows_integer (rows, i, 0),
                              .y = (guint) hotpix_rows_integer (rows, i, 1),
                              .channel = hotpix_list_channel (channel),
                              .kind = hotpix_list_kind (hotpix_rows_text (rows, i, 3)),
                              .score = hotpix_rows_real (rows, i, 4),
                              .mean = hotpix_rows_real (rows, i, 5),
                              .around = hotpix_rows_real (rows, i, 6),
                              .variance = hotpix_rows_real (rows, i, 7),
                              .length = hotpix_list_length (hotpix_rows_real (rows, i, 8)),
                              .look = hotpix_list_look (hotpix_rows_text (rows, i, 9)) };

      if (g_strcmp0 (channel, "grey") == 0)
        defects->shape.channels = 1;
      g_array_append_val (defects->list, defect);
    }
  return defects;
}

HotpixDefects *
hotpix_known_camera_get_defects (HotpixCatalogue *catalogue, const HotpixKnownCamera *known,
                                 const gchar *date, GError **error)
{
  HotpixDatabase *database = hotpix_catalogue_get_database (catalogue);
  const HotpixValue id = hotpix_value_integer (known->id);
  const HotpixValue width = hotpix_value_integer (known->width);
  const HotpixValue height = hotpix_value_integer (known->height);
  g_autoptr (HotpixRows) rows = NULL, surveys = NULL;
  g_autoptr (HotpixDefects) defects = NULL;

  if (!hotpix_database_execute (database, select_defects,
                                HOTPIX_VALUES (id, width, height, hotpix_value_text (date)),
                                &rows, error)
      || !hotpix_database_execute (database, select_surveys, HOTPIX_VALUES (id, width, height),
                                   &surveys, error))
    return NULL;
  defects = make_defects (known, rows, surveys);
  if (!hotpix_known_history_read (catalogue, known->id, defects, error))
    return NULL;
  return g_steal_pointer (&defects);
}

/* How sure it is that the camera took a photo: 2 where all fields are the same, 1 where one has a serial
 * number or a lens that the other lacks. */
static guint
compare (const HotpixCamera *camera, const HotpixKnownCamera *known)
{
  if (hotpix_camera_compare (camera, known->camera) == 0)
    return 2;
  return camera != NULL && known->camera != NULL
         && hotpix_camera_may_be_same (camera, known->camera)
         && g_strcmp0 (camera->make, known->camera->make) == 0
         && g_strcmp0 (camera->model, known->camera->model) == 0;
}

/* A camera that is named need not be told by the photo. */
static void
keep_fitting (GPtrArray *cameras, const HotpixCamera *camera, guint width, guint height,
              gboolean is_named)
{
  guint best = 1;

  for (guint i = cameras->len; i-- > 0;)
    {
      const HotpixKnownCamera *known = cameras->pdata[i];

      if (known->width != width || known->height != height
          || (is_named && !hotpix_camera_may_be_same (camera, known->camera)))
        g_ptr_array_remove_index (cameras, i);
      else
        best = MAX (best, compare (camera, known));
    }
  for (guint i = cameras->len; i-- > 0 && !is_named;)
    if (compare (camera, cameras->pdata[i]) < best)
      g_ptr_array_remove_index (cameras, i);
}

HotpixListedDefects *
hotpix_known_camera_find_defects (HotpixCatalogue *catalogue, const HotpixExif *exif,
                                  guint width, guint height, const gchar *part, GError **error)
{
  const HotpixCamera *camera = exif != NULL ? exif->camera : NULL;
  g_autofree gchar *date = exif != NULL ? hotpix_known_camera_believe_date (exif->shot) : NULL;
  g_autoptr (GPtrArray) cameras = hotpix_known_camera_list (catalogue, part, error);
  g_autoptr (HotpixDefects) defects = NULL;
  g_autofree gchar *words = NULL;
  const HotpixKnownCamera *known;

  if (cameras == NULL)
    return NULL;
  keep_fitting (cameras, camera, width, height, part != NULL);
  words = cameras->len > 1 ? join_names (cameras) : hotpix_camera_describe (camera);
  if (cameras->len != 1)
    {
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
          cameras->len == 0
              ? _ ("was not repaired: the catalogue has no survey of %s with photos of "
                   "%u x %u pixels")
              : _ ("was not repaired: any of these can have taken it: %s. camera= "
                   "chooses one"),
          words, width, height);
      return NULL;
    }
  known = cameras->pdata[0];
  defects = hotpix_known_camera_get_defects (catalogue, known, date, error);
  return defects != NULL ? hotpix_listed_defects_new (defects, known->name) : NULL;
}

gchar *
hotpix_known_camera_believe_date (const HotpixShot *shot)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_days (now, 2);
  g_autofree gchar *last = g_date_time_format (later, "%Y-%m-%d");

  return shot->date != NULL && strcmp (shot->date, FIRST_DATE) >= 0
                 && strcmp (shot->date, last) < 0
             ? g_strdup (shot->date)
             : NULL;
}
