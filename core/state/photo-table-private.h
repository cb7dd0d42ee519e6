/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/counted.h"

#include <fitsio.h>

G_BEGIN_DECLS

/* The table of the photos that a state's sums are of: docs/state-file.md describes its columns. */

#define HOTPIX_PHOTO_TABLE_NAME "PHOTOS"

/* Appends the table to the file. status: cfitsio's; nothing is done where it is not 0. */
void hotpix_photo_table_write (const HotpixCounted *counted, fitsfile *fits, gint *status);

/* n_photos: how many rows there must be.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_DAMAGED, in words that can follow the file's name. */
HotpixCounted *hotpix_photo_table_read (fitsfile *fits, guint n_photos, GError **error);

G_END_DECLS
