/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plugin-options.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A widget to choose whose photos count: those of the body with most photos, of any, or of one of the bodies
 * in the photos. For GTK 2 and 3. */
GtkWidget *body_chooser_new (void);

/* Offers the bodies of these photos, if there are several, and keeps what was chosen. names:
 * NULL-terminated, nullable; not read again if they are those of the last time. */
void body_chooser_set_photos (GtkWidget *chooser, const gchar *const *names);

/* Shows, and reads, options->camera and options->body. */
void body_chooser_show (GtkWidget *chooser, const PluginOptions *options);
void body_chooser_read (GtkWidget *chooser, PluginOptions *options);

/* changed: void (*) (GtkWidget *chooser, gpointer user_data), called when the user has chosen. */
typedef void (*BodyChooserChanged) (GtkWidget *chooser, gpointer user_data);
void body_chooser_on_changed (GtkWidget *chooser, BodyChooserChanged changed,
                              gpointer user_data);

G_END_DECLS
