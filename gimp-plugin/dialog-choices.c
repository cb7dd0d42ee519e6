/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialog-choices.h"
#include "base/text.h"
#include "body-chooser.h"
#include "plugin-procedures.h"
#include "result-layers.h"

#include <string.h>

const gchar *
dialog_choices_title (PluginProcedure procedure)
{
  switch (procedure)
    {
    case PLUGIN_LAYERS:
      return PLUGIN_LAYERS_TITLE;
    case PLUGIN_PHOTOS:
      return PLUGIN_PHOTOS_TITLE;
    case PLUGIN_REPAIR:
    default:
      return PLUGIN_REPAIR_TITLE;
    }
}

void
dialog_choices_begin (PluginOptions *options, HostImage image)
{
  gboolean is_photo = image != HOST_NONE && result_layers_count_photos (image, TRUE) == 1;

  options->target = is_photo ? PLUGIN_TARGET_OPEN : PLUGIN_TARGET_NEW;
}

gboolean
dialog_choices_matters (const PluginOption *option, const PluginOptions *options,
                        const DialogSubject *subject)
{
  if (strcmp (option->name, "threshold") == 0)
    return subject->searches;
  if (strcmp (option->name, "ring-radius") == 0)
    return (options->marks & HOTPIX_MARK_RINGS) != 0;
  if (strcmp (option->name, "target") == 0)
    return subject->has_image;
  if (strcmp (option->name, "stack") == 0)
    return options->target == PLUGIN_TARGET_NEW;
  return TRUE;
}

gchar *
dialog_choices_first_folder (HostImage image)
{
  g_autofree gchar *path = image != HOST_NONE ? host_image_get_path (image) : NULL;

  return path != NULL ? g_path_get_dirname (path) : NULL;
}

gchar **
dialog_choices_first_photos (gchar **last, HostImage image)
{
  PluginOptions options = plugin_options_default ();
  gchar **names;

  if (last != NULL && last[0] != NULL)
    return g_strdupv (last);
  names = g_new0 (gchar *, 2);
  dialog_choices_begin (&options, image);
  if (options.target == PLUGIN_TARGET_OPEN)
    names[0] = dialog_choices_first_folder (image);
  return names;
}

gboolean
dialog_choices_is_of_body (const PluginOption *option)
{
  return strcmp (option->name, "camera") == 0 || strcmp (option->name, "body") == 0;
}

void
dialog_choices_show_source (GtkWidget *body_chooser, const gchar *source)
{
  const gchar *names[] = { source, NULL };

  if (g_file_test (source, G_FILE_TEST_IS_DIR))
    body_chooser_set_photos (body_chooser, names);
}

gboolean
dialog_choices_ask_for_photos (const GError *why)
{
  GtkWidget *dialog = gtk_message_dialog_new (NULL, 0, GTK_MESSAGE_INFO, GTK_BUTTONS_NONE,
                                              "%s.", why->message);
  gint response;

  gtk_window_set_title (GTK_WINDOW (dialog), _ (PLUGIN_LAYERS_TITLE));
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Cancel"), GTK_RESPONSE_CANCEL);
  gtk_dialog_add_button (GTK_DIALOG (dialog), _ ("_Choose Photos…"), GTK_RESPONSE_OK);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_OK);
  response = gtk_dialog_run (GTK_DIALOG (dialog));
  gtk_widget_destroy (dialog);
  /* What follows may wait for another plug-in's dialog, and this one would stay in front of it. */
  gdk_display_flush (gdk_display_get_default ());
  return response == GTK_RESPONSE_OK;
}
