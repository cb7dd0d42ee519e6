/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "plugin-options.h"

G_BEGIN_DECLS

/* Asks the user for the options of one procedure in plugin_options_table, and for photos, or where
 * the defects are told, if it takes them.
 *
 * image: the one that is open, HOST_NONE for none.
 * options: in and out; the values to begin with, and the user's choice.
 * names: in and out, NULL-terminated or NULL, owned by the caller: the photos of PLUGIN_PHOTOS, or the one
 * source of PLUGIN_REPAIR.
 * Returns FALSE, with both unchanged, when the user cancels. */
gboolean options_dialog_run (PluginProcedure procedure, HostImage image, PluginOptions *options,
                             gchar ***names);

G_END_DECLS
