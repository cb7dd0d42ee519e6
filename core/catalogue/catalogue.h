/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/database.h"

G_BEGIN_DECLS

/* What is known of each camera: its photos, the surveys that were made of them, and the defects that these
 * found. docs/catalogue.md describes the tables. Any number of processes may use one catalogue at
 * once; any thread may use this one.
 *
 *   g_autoptr (HotpixCatalogue) catalogue
 *       = hotpix_catalogue_open ("default", HOTPIX_CATALOGUE_WRITE, &error);
 *   if (catalogue != NULL)
 *     show (hotpix_catalogue_get_path (catalogue));
 */
typedef struct HotpixCatalogue HotpixCatalogue;

typedef enum
{
  HOTPIX_CATALOGUE_READ,  /* a file that must be there, and may be read-only */
  HOTPIX_CATALOGUE_WRITE, /* one that is made where it is missing */
} HotpixCatalogueUse;

/* Returns (transfer full): the path that a user means: for "default" that of the user's own catalogue,
 * hotpix/catalogue.sqlite in $XDG_DATA_HOME, else the same. */
gchar *hotpix_catalogue_find_path (const gchar *name);

/* name: a path or "default", whose folder is made for HOTPIX_CATALOGUE_WRITE.
 * Returns (transfer full), or NULL as hotpix_database_open() and hotpix_schema_prepare() fail: the
 * message names the file. */
HotpixCatalogue *hotpix_catalogue_open (const gchar *name, HotpixCatalogueUse use,
                                        GError **error);

/* NULL-safe. */
void hotpix_catalogue_free (HotpixCatalogue *catalogue);

const gchar *hotpix_catalogue_get_path (const HotpixCatalogue *catalogue);

/* Owned by the catalogue. */
HotpixDatabase *hotpix_catalogue_get_database (const HotpixCatalogue *catalogue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixCatalogue, hotpix_catalogue_free)

G_END_DECLS
