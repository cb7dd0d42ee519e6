/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A widget to choose where a repair is told of the defects: what was found for this or another open image,
 * the file of a list, or a folder of photos. For GTK 2 and 3. */

/* image: the one to repair. source: the last choice, as repair_hot_pixels() takes it; nullable. Where
 * this image or another has a list that is chosen at first, else the last choice, else the folder that the
 * image was opened from. */
GtkWidget *source_chooser_new (HostImage image, const gchar *source);

/* Returns (transfer full): as repair_hot_pixels() takes it; "" where no file or folder is named yet. */
gchar *source_chooser_get_source (GtkWidget *chooser);

/* changed: void (*) (GtkWidget *chooser, gpointer user_data), called after each change. */
typedef void (*SourceChooserChanged) (GtkWidget *chooser, gpointer user_data);
void source_chooser_on_changed (GtkWidget *chooser, SourceChooserChanged changed,
                                gpointer user_data);

G_END_DECLS
