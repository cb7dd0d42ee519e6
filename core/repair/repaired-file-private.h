/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

/* A new file in place of nothing or, where that is allowed, of an old one. It has no name until it is
 * whole (or, where the system has no nameless files, another one), so an interrupt or a full disk leave
 * what was there, and nothing beside it.
 *
 *   if (!hotpix_repaired_file_write ("fixed/IMG_1.JPG", "IMG_1.JPG", bytes, FALSE, &error))
 *     give_up ();
 */

/* source: the photo that the file is made from, whose mode and times it gets, and which is never written
 * over.
 * Fails with HOTPIX_ERROR_ARGUMENT, in words that can follow the photo's name, where the file is there
 * and may not be replaced, or is the photo itself; and with HOTPIX_ERROR_WRITE, naming the file, where it
 * cannot be written. */
gboolean hotpix_repaired_file_write (const gchar *path, const gchar *source, GBytes *bytes,
                                     gboolean overwrite, GError **error);

G_END_DECLS
