/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/catalogue.h"
#include "defects/defect.h"

G_BEGIN_DECLS

/* What a catalogue tells of the histories of a camera's defects.
 *
 *   if (!hotpix_known_history_read (catalogue, 1, defects, &error))
 *     give_up ();
 */

/* camera: its number in the catalogue. defects: in and out; in photos of their shape. All of them are taken to
 * be looked up, and those whose history is known get it.
 * Fails as hotpix_database_execute() does. */
gboolean hotpix_known_history_read (HotpixCatalogue *catalogue, gint64 camera,
                                    HotpixDefects *defects, GError **error);

G_END_DECLS
