/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "plugin-options.h"

G_BEGIN_DECLS

/* Reads the options of one procedure from its arguments. GIMP has kept them in their ranges. */
PluginOptions options_dialog_read (GimpProcedureConfig *config, PluginProcedure procedure);

/* Asks the user for the options of one procedure, and for photos, or where the defects are told, if it
 * takes them.
 *
 * image: the one that is open; nullable. config: in and out; the values to begin with, and the
 * user's choice.
 * Returns FALSE when the user cancels. */
gboolean options_dialog_run (GimpProcedure *procedure, PluginProcedure which, GimpImage *image,
                             GimpProcedureConfig *config);

G_END_DECLS
