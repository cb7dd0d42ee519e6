/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "plugin-options.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the dialogs of both generations of GIMP have in common. */

/* To be translated. */
const gchar *dialog_choices_title (PluginProcedure procedure);

/* Sets what follows from the image that is open, if any, and not from the last time: a single photo
 * is what the user wants to see marked. image: HOST_NONE for none. */
void dialog_choices_begin (PluginOptions *options, HostImage image);

/* What a dialog is about, beside the options. */
typedef struct
{
  gboolean has_image; /* one is open */
  gboolean searches;  /* for defects; a repair by a list does not */
} DialogSubject;

/* Whether the option has an effect beside the others, so that its widget is not greyed. */
gboolean dialog_choices_matters (const PluginOption *option, const PluginOptions *options,
                                 const DialogSubject *subject);

/* Returns (transfer full, nullable): the folder that the image was opened from. */
gchar *dialog_choices_first_folder (HostImage image);

/* Returns (transfer full): the photos to begin with, NULL-terminated: the last ones or, where there are none
 * and a single photo is open, its folder. last: nullable. */
gchar **dialog_choices_first_photos (gchar **last, HostImage image);

/* Whether the option is chosen by a body-chooser.h. */
gboolean dialog_choices_is_of_body (const PluginOption *option);

/* Offers the bodies of a repair's source, if that is a folder. */
void dialog_choices_show_source (GtkWidget *body_chooser, const gchar *source);

/* Tells why the image's layers cannot be searched, and asks whether the user wants to choose photos instead,
 * where there is something to choose. why: an error of find_hot_pixels_check_layers(). */
gboolean dialog_choices_ask_for_photos (const GError *why);

G_END_DECLS
