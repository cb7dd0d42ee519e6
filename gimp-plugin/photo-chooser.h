/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A widget to choose photos and folders: their list, and buttons that add to it, remove
 * from it and clear it. For GTK 2 and 3.
 *
 *   GtkWidget *chooser = photo_chooser_new (last_names, NULL);
 *   photo_chooser_on_changed (chooser, names_changed, dialog);
 *   run (dialog);
 *   g_auto (GStrv) names = photo_chooser_get_names (chooser);
 */

/* names: NULL-terminated paths to begin with; nullable; copied. folder: where the user begins to look for
 * photos; nullable; copied. */
GtkWidget *photo_chooser_new (const gchar *const *names, const gchar *folder);

/* Returns (transfer full): the paths, NULL-terminated, in the order of the list. */
gchar **photo_chooser_get_names (GtkWidget *chooser);

void photo_chooser_set_names (GtkWidget *chooser, const gchar *const *names);

/* changed: void (*) (GtkWidget *chooser, gpointer user_data), called after each change. */
typedef void (*PhotoChooserChanged) (GtkWidget *chooser, gpointer user_data);
void photo_chooser_on_changed (GtkWidget *chooser, PhotoChooserChanged changed,
                               gpointer user_data);

G_END_DECLS
