/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plugin-options.h"

G_BEGIN_DECLS

/* Asks the user for what plugin_options_table declares for one procedure, and for photos where that
 * takes them.
 *
 * options: in and out; what is shown first, and what was chosen.
 * names: in and out, NULL-terminated or NULL, owned by the caller; only for PLUGIN_PHOTOS.
 * Returns FALSE, with both as they were, when the user thinks better of it. */
gboolean options_dialog_run (PluginProcedure procedure, PluginOptions *options, gchar ***names);

G_END_DECLS
