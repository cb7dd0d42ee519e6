/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/catalogue.h"
#include "base/text.h"
#include "catalogue/schema-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#define DEFAULT "default"

struct HotpixCatalogue
{
  gchar *path;
  HotpixDatabase *database;
};

gchar *
hotpix_catalogue_find_path (const gchar *name)
{
  if (g_strcmp0 (name, DEFAULT) != 0)
    return g_strdup (name);
  return g_build_filename (g_get_user_data_dir (), "hotpix", "catalogue.sqlite", NULL);
}

/* Only of the user's own catalogue: another name may be mistyped. */
static gboolean
make_folder (const gchar *name, const gchar *path, GError **error)
{
  g_autofree gchar *folder = g_path_get_dirname (path);

  if (g_strcmp0 (name, DEFAULT) != 0 || g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE, _ ("%s cannot be made: %s"), folder,
               g_strerror (errno));
  return FALSE;
}

/* SQLite's own words for it do not say what to do. */
static gboolean
check_there (const gchar *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
               _ ("there is no catalogue %s yet: a survey of photos begins one"), path);
  return FALSE;
}

HotpixCatalogue *
hotpix_catalogue_open (const gchar *name, HotpixCatalogueUse use, GError **error)
{
  HotpixDatabaseOptions options = hotpix_database_options_default ();
  g_autofree gchar *path = hotpix_catalogue_find_path (name);
  HotpixDatabase *database;
  HotpixCatalogue *catalogue;

  options.create = use == HOTPIX_CATALOGUE_WRITE;
  options.prepare = hotpix_schema_prepare;
  options.user_data = (gpointer) &hotpix_schema_catalogue;
  if (!(options.create ? make_folder (name, path, error) : check_there (path, error)))
    return NULL;
  database = hotpix_database_open (path, &options, error);
  if (database == NULL)
    return NULL;
  catalogue = g_new0 (HotpixCatalogue, 1);
  catalogue->path = g_steal_pointer (&path);
  catalogue->database = database;
  return catalogue;
}

void
hotpix_catalogue_free (HotpixCatalogue *catalogue)
{
  if (catalogue == NULL)
    return;
  hotpix_database_free (catalogue->database);
  g_free (catalogue->path);
  g_free (catalogue);
}

const gchar *
hotpix_catalogue_get_path (const HotpixCatalogue *catalogue)
{
  return catalogue->path;
}

HotpixDatabase *
hotpix_catalogue_get_database (const HotpixCatalogue *catalogue)
{
  return catalogue->database;
}
