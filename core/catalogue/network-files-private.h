/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

/* Whether a file is on a disk of this computer. Locks and shared memory of two computers do not order what
 * they write to a network file system, whatever that promises, and a database there breaks in time. */

/* path: of a file that may be missing; its folder counts then.
 * Fails with HOTPIX_ERROR_UNSUPPORTED, naming the file and the kind of its file system. Where the system does
 * not tell, the file counts as local. */
gboolean hotpix_network_files_check (const gchar *path, GError **error);

/* The kind of network file system that a type of statfs()'s stands for, or NULL of any other. The string is
 * static. */
const gchar *hotpix_network_files_name (guint32 type);

G_END_DECLS
