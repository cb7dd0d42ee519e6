/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "catalogue/schema-private.h"

/* "hotp" */
#define APPLICATION 0x686f7470

/* A copy has one of so many names. */
#define MOST_COPIES 100

/* As long as others can take to bring the same file up to date. */
#define COPY_WAIT 60000

/* Unknown is NULL. Dates are ISO 8601. */
static const gchar version_1[] =
    /* A camera has a row for each sensor and body; a phone's sensors are told apart by their lens. What
     * EXIF does not tell apart is numbered as a body. */
    "CREATE TABLE cameras ("
    "  id INTEGER PRIMARY KEY,"
    "  make TEXT, model TEXT, serial TEXT, lens TEXT, micrometres INTEGER NOT NULL,"
    "  body INTEGER NOT NULL,"
    "  name TEXT NOT NULL"
    ") STRICT;"
    "CREATE UNIQUE INDEX camera_fields ON cameras"
    "  (ifnull (make, ''), ifnull (model, ''), ifnull (serial, ''), ifnull (lens, ''),"
    "   micrometres, body);"
    "CREATE TABLE photos ("
    "  id INTEGER PRIMARY KEY,"
    "  camera INTEGER NOT NULL REFERENCES cameras ON DELETE CASCADE,"
    "  content TEXT,"
    "  name TEXT NOT NULL,"
    "  width INTEGER NOT NULL, height INTEGER NOT NULL,"
    "  clock TEXT, taken TEXT, utc_offset INTEGER,"
    "  exposure REAL, iso INTEGER, lens TEXT, temperature REAL,"
    "  UNIQUE (camera, content)"
    ") STRICT;"
    "CREATE INDEX photo_contents ON photos (content);"
    "CREATE TABLE surveys ("
    "  id INTEGER PRIMARY KEY,"
    "  camera INTEGER NOT NULL REFERENCES cameras ON DELETE CASCADE,"
    "  width INTEGER NOT NULL, height INTEGER NOT NULL,"
    "  written TEXT NOT NULL, version TEXT NOT NULL,"
    "  threshold REAL NOT NULL, frames INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX survey_cameras ON surveys (camera, width, height);"
    "CREATE TABLE survey_photos ("
    "  survey INTEGER NOT NULL REFERENCES surveys ON DELETE CASCADE,"
    "  photo INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,"
    "  PRIMARY KEY (survey, photo)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE defects ("
    "  id INTEGER PRIMARY KEY,"
    "  camera INTEGER NOT NULL REFERENCES cameras ON DELETE CASCADE,"
    "  width INTEGER NOT NULL, height INTEGER NOT NULL,"
    "  x INTEGER NOT NULL, y INTEGER NOT NULL,"
    "  extent TEXT NOT NULL CHECK (extent IN ('pixel', 'column', 'row')),"
    "  UNIQUE (camera, width, height, x, y, extent)"
    ") STRICT;"
    "CREATE TABLE findings ("
    "  survey INTEGER NOT NULL REFERENCES surveys ON DELETE CASCADE,"
    "  defect INTEGER NOT NULL REFERENCES defects ON DELETE CASCADE,"
    "  channel TEXT NOT NULL, kind TEXT NOT NULL, score REAL NOT NULL,"
    "  mean REAL NOT NULL, around REAL NOT NULL, variance REAL NOT NULL,"
    "  length INTEGER NOT NULL, look TEXT NOT NULL,"
    "  PRIMARY KEY (survey, defect)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX finding_defects ON findings (defect);"
    /* Light, of a scale on which full white is 1, as measurement.h has it; only what can be judged. */
    "CREATE TABLE measurements ("
    "  defect INTEGER NOT NULL REFERENCES defects ON DELETE CASCADE,"
    "  photo INTEGER NOT NULL REFERENCES photos ON DELETE CASCADE,"
    "  contrast REAL NOT NULL, noise REAL NOT NULL, around REAL NOT NULL,"
    "  at_least INTEGER NOT NULL,"
    "  PRIMARY KEY (defect, photo)"
    ") STRICT, WITHOUT ROWID;"
    /* What history.h makes of them: since and until when a defect is there, each with the bounds of a
     * 95 % interval. NULL is from the first photo on, and to the last. */
    "CREATE TABLE histories ("
    "  defect INTEGER PRIMARY KEY REFERENCES defects ON DELETE CASCADE,"
    "  first_photo INTEGER REFERENCES photos ON DELETE SET NULL,"
    "  judged INTEGER NOT NULL, always REAL NOT NULL, gone REAL NOT NULL,"
    "  since TEXT, since_earliest TEXT, since_latest TEXT,"
    "  until TEXT, until_earliest TEXT, until_latest TEXT,"
    "  growth TEXT NOT NULL, growth_probability REAL NOT NULL,"
    "  amount REAL NOT NULL, shows_from REAL NOT NULL"
    ") STRICT;";

static const gchar *const steps[] = { version_1 };

const HotpixSchema hotpix_schema_catalogue = { APPLICATION, steps, G_N_ELEMENTS (steps) };

/* What a file says that it is. */
typedef struct
{
  gint64 application, version, n_tables;
} Header;

static gboolean
read_header (HotpixConnection *connection, Header *header, GError **error)
{
  return hotpix_connection_get_integer (connection, "SELECT count(*) FROM sqlite_schema",
                                        &header->n_tables, error)
         && hotpix_connection_get_integer (connection, "PRAGMA application_id",
                                           &header->application, error)
         && hotpix_connection_get_integer (connection, "PRAGMA user_version", &header->version,
                                           error);
}

static gboolean
check_header (const Header *header, const HotpixSchema *schema, const gchar *path,
              GError **error)
{
  if (header->application != schema->application
      && (header->application != 0 || header->version != 0 || header->n_tables != 0))
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT,
                 _ ("%s is no catalogue: it is a database of another program"), path);
  else if (header->version > schema->n_steps)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                 _ ("%s was written by a newer hotpix, in version %d of its tables, and this "
                    "one knows %u: update hotpix"),
                 path, (gint) header->version, schema->n_steps);
  else
    return TRUE;
  return FALSE;
}

/* Returns (transfer full): a name beside the file that is free, or NULL. */
static gchar *
name_copy (const gchar *path, gint64 version)
{
  g_autofree gchar *first = g_strdup_printf ("%s.version-%d", path, (gint) version);

  if (!g_file_test (first, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&first);
  for (guint i = 2; i < MOST_COPIES; i++)
    {
      g_autofree gchar *next = g_strdup_printf ("%s.%u", first, i);

      if (!g_file_test (next, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&next);
    }
  return NULL;
}

/* Through another connection, which still sees the file as it was: this one holds the lock of those that
 * write. */
static gboolean
keep_copy (const gchar *path, gint64 version, GError **error)
{
  g_autofree gchar *name = name_copy (path, version);
  g_autoptr (HotpixConnection) connection = NULL;

  if (name == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE,
                   _ ("%s has too many old copies: remove those named %s.version-…"), path,
                   path);
      return FALSE;
    }
  connection = hotpix_connection_open (path, HOTPIX_CONNECTION_WRITE, COPY_WAIT, error);
  return connection != NULL
         && hotpix_connection_execute (connection, "VACUUM INTO ?",
                                       HOTPIX_VALUES (hotpix_value_text (name)), NULL, error);
}

/* In a transaction: another process may have done it since the header was read. */
static gboolean
bring_up (HotpixConnection *connection, const HotpixSchema *schema, GError **error)
{
  const gchar *path = hotpix_connection_get_path (connection);
  g_autofree gchar *numbers
      = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u",
                         schema->application, schema->n_steps);
  Header header;

  if (!read_header (connection, &header, error) || !check_header (&header, schema, path, error))
    return FALSE;
  if (header.version > 0 && header.version < schema->n_steps
      && !keep_copy (path, header.version, error))
    return FALSE;
  for (gint64 version = header.version; version < schema->n_steps; version++)
    if (!hotpix_connection_run (connection, schema->steps[version], error))
      return FALSE;
  return hotpix_connection_run (connection, numbers, error);
}

gboolean
hotpix_schema_prepare (HotpixConnection *connection, gpointer schema, GError **error)
{
  const HotpixSchema *known = schema;
  gboolean success;
  Header header;

  if (!read_header (connection, &header, error)
      || !check_header (&header, known, hotpix_connection_get_path (connection), error))
    return FALSE;
  if (header.version == known->n_steps && hotpix_connection_is_read_only (connection))
    return TRUE;
  if (!hotpix_connection_use_log (connection, error))
    return FALSE;
  if (header.version == known->n_steps)
    return TRUE;
  if (!hotpix_connection_execute (connection, "BEGIN IMMEDIATE", NULL, NULL, error))
    return FALSE;
  success = bring_up (connection, known, error)
            && hotpix_connection_execute (connection, "COMMIT", NULL, NULL, error);
  if (hotpix_connection_is_in_transaction (connection))
    (void) hotpix_connection_execute (connection, "ROLLBACK", NULL, NULL, NULL);
  return success;
}
