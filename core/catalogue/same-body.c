/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/same-body-private.h"

/* Fewer defects than these have none in common by chance. */
#define LEAST_DEFECTS 3

/* Places in common by chance must be rarer than those that there are. */
#define TIMES_CHANCE 10

static const gchar select_bodies[]
    = "SELECT id FROM cameras WHERE make IS ? AND model IS ? AND serial IS ? AND lens IS ? "
      "AND micrometres = ? ORDER BY body";

static const gchar insert_body[]
    = "INSERT INTO cameras (make, model, serial, lens, micrometres, body, name) "
      "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id";

static const gchar count_place[]
    = "SELECT count(*) FROM defects WHERE camera = ? AND width = ? AND height = ? "
      "AND x = ? AND y = ? AND extent = ?";

static const gchar count_defects[]
    = "SELECT count(*) FROM defects WHERE camera = ? AND width = ? AND height = ?";

/* How a survey is related to a body that is known. */
typedef struct
{
  gint64 id;
  guint n_photos;  /* in common */
  guint n_places;  /* in common */
  guint n_defects; /* of the body, in photos of that size */
} Relation;

static const HotpixCamera unknown = { NULL };

const gchar *
hotpix_same_body_extent (HotpixDefectKind kind)
{
  if (kind == HOTPIX_DEFECT_COLUMN)
    return "column";
  return kind == HOTPIX_DEFECT_ROW ? "row" : "pixel";
}

/* Adds what a statement counts. */
static gboolean
add_count (HotpixConnection *connection, const gchar *sql, const HotpixValue *values,
           guint *count, GError **error)
{
  g_autoptr (HotpixRows) rows = NULL;

  if (!hotpix_connection_execute (connection, sql, values, &rows, error))
    return FALSE;
  *count += (guint) hotpix_rows_integer (rows, 0, 0);
  return TRUE;
}

static gboolean
relate (HotpixConnection *connection, const HotpixBodyClues *clues, Relation *relation,
        GError **error)
{
  const HotpixValue id = hotpix_value_integer (relation->id);
  const HotpixValue width = hotpix_value_integer (clues->defects->shape.width);
  const HotpixValue height = hotpix_value_integer (clues->defects->shape.height);

  for (guint i = 0; i < clues->contents->len; i++)
    if (!add_count (connection, "SELECT count(*) FROM photos WHERE camera = ? AND content = ?",
                    HOTPIX_VALUES (id, hotpix_value_text (clues->contents->pdata[i])),
                    &relation->n_photos, error))
      return FALSE;
  for (guint i = 0; i < clues->defects->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (clues->defects->list, HotpixDefect, i);

      if (!add_count (
              connection, count_place,
              HOTPIX_VALUES (id, width, height, hotpix_value_integer (defect->x),
                             hotpix_value_integer (defect->y),
                             hotpix_value_text (hotpix_same_body_extent (defect->kind))),
              &relation->n_places, error))
        return FALSE;
    }
  return add_count (connection, count_defects, HOTPIX_VALUES (id, width, height),
                    &relation->n_defects, error);
}

/* More places in common than chance gives. */
static gboolean
has_common_places (const Relation *relation, const HotpixDefects *defects)
{
  const HotpixShape *shape = &defects->shape;
  gdouble chance = (gdouble) defects->list->len * relation->n_defects
                   / ((gdouble) shape->width * shape->height);

  return relation->n_places > TIMES_CHANCE * chance;
}

/* The index of the body that it is, or -1 for none of these. */
static gint
choose (const GArray *relations, const HotpixDefects *defects)
{
  const Relation *all = (const Relation *) relations->data;
  guint best = 0;

  for (guint i = 1; i < relations->len; i++)
    if (all[i].n_photos > all[best].n_photos
        || (all[i].n_photos == all[best].n_photos && all[i].n_places > all[best].n_places))
      best = i;
  if (all[best].n_photos > 0 || has_common_places (&all[best], defects))
    return (gint) best;
  /* Too few to tell are taken for the first body's. */
  for (guint i = 0; i < relations->len; i++)
    if (MIN (all[i].n_defects, defects->list->len) < LEAST_DEFECTS)
      return (gint) i;
  return -1;
}

static gboolean
insert (HotpixConnection *connection, const HotpixCamera *camera, guint body, gint64 *id,
        GError **error)
{
  g_autofree gchar *words = hotpix_camera_describe (camera != &unknown ? camera : NULL);
  g_autofree gchar *name
      = body == 1 ? g_strdup (words) : g_strdup_printf ("%s, body %u", words, body);
  g_autoptr (HotpixRows) rows = NULL;

  if (!hotpix_connection_execute (
          connection, insert_body,
          HOTPIX_VALUES (hotpix_value_text (camera->make), hotpix_value_text (camera->model),
                         hotpix_value_text (camera->serial), hotpix_value_text (camera->lens),
                         hotpix_value_integer (camera->micrometres),
                         hotpix_value_integer (body), hotpix_value_text (name)),
          &rows, error))
    return FALSE;
  *id = hotpix_rows_integer (rows, 0, 0);
  return TRUE;
}

gboolean
hotpix_same_body_find (HotpixConnection *connection, const HotpixBodyClues *clues, gint64 *id,
                       GError **error)
{
  const HotpixCamera *camera = clues->camera != NULL ? clues->camera : &unknown;
  g_autoptr (GArray) relations = g_array_new (FALSE, TRUE, sizeof (Relation));
  g_autoptr (HotpixRows) rows = NULL;
  gint chosen = 0;

  if (!hotpix_connection_execute (
          connection, select_bodies,
          HOTPIX_VALUES (hotpix_value_text (camera->make), hotpix_value_text (camera->model),
                         hotpix_value_text (camera->serial), hotpix_value_text (camera->lens),
                         hotpix_value_integer (camera->micrometres)),
          &rows, error))
    return FALSE;
  if (hotpix_rows_count (rows) == 0)
    return insert (connection, camera, 1, id, error);
  if (camera->serial == NULL)
    {
      for (guint i = 0; i < hotpix_rows_count (rows); i++)
        {
          Relation relation = { .id = hotpix_rows_integer (rows, i, 0) };

          if (!relate (connection, clues, &relation, error))
            return FALSE;
          g_array_append_val (relations, relation);
        }
      chosen = choose (relations, clues->defects);
    }
  if (chosen < 0)
    return insert (connection, camera, hotpix_rows_count (rows) + 1, id, error);
  *id = hotpix_rows_integer (rows, (guint) chosen, 0);
  return TRUE;
}
