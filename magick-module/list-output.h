/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

/* Writes text to where list= says: the file of that name, or standard output for "-". A file is
 * written without a name, or beside its place where the system knows no files without one, and then
 * put there with the old one's mode, so that the old one stays whole until the new one is. What is no
 * file, a pipe or a device, is written to as it is.
 *
 * Fails with HOTPIX_ERROR_WRITE, naming the file. */
gboolean list_output_write (const gchar *place, const gchar *text, GError **error);

G_END_DECLS
