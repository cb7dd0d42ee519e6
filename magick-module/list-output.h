/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

/* Writes text to the file that list= names, or to standard output for "-". An old file stays whole
 * until the new one is: that is written without a name (or, where the system has no nameless files,
 * under another one), and then replaces the old file, with its mode. Pipes and devices are written to
 * directly.
 *
 * Fails with HOTPIX_ERROR_WRITE, naming the file. */
gboolean list_output_write (const gchar *place, const gchar *text, GError **error);

G_END_DECLS
