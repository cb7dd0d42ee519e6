/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The camera bodies of photos, as far as their files tell without being decoded: JPEGs and what else the core
 * reads by itself. names: as photo_names_expand() takes them; of very many photos only the first are
 * looked at. NULL-terminated; nullable.
 *
 * Returns (transfer full): an array of gchar * with a free function set, each body in words, "NIKON D70,
 * serial 2001f1c0", the one with most photos first; empty where nothing is told. */
GPtrArray *photo_bodies_find (const gchar *const *names);

G_END_DECLS
