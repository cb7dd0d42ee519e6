/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "options-dialog.h"
#include "base/text.h"
#include "body-chooser.h"
#include "dialog-choices.h"
#include "photo-chooser.h"
#include "plugin-procedures.h"
#include "repair-hot-pixels.h"
#include "source-chooser.h"

#include <libgimp/gimpui.h>

#define BORDER 12

typedef struct
{
  GtkWidget *dialog;
  GtkWidget *chooser, *source, *body; /* NULL where the procedure has none */
  GimpProcedureConfig *config;
  PluginProcedure which;
  GimpImage *image;
} Dialog;

static gdouble
get_value (GimpProcedureConfig *config, const PluginOption *option)
{
  gdouble number;
  gint integer;

  switch (option->kind)
    {
    case PLUGIN_OPTION_NUMBER:
      g_object_get (config, option->name, &number, NULL);
      return number;
    case PLUGIN_OPTION_CHOICE:
      return gimp_procedure_config_get_choice_id (config, option->name);
    default:
      g_object_get (config, option->name, &integer, NULL);
      return integer;
    }
}

PluginOptions
options_dialog_read (GimpProcedureConfig *config, PluginProcedure procedure)
{
  PluginOptions options = plugin_options_default ();

  for (const PluginOption *option = plugin_options_table; option->name != NULL; option++)
    {
      g_autofree gchar *text = NULL;

      if ((option->procedures & procedure) == 0)
        continue;
      if (option->kind == PLUGIN_OPTION_TEXT)
        {
          g_object_get (config, option->name, &text, NULL);
          plugin_option_set_text (option, &options, text, NULL);
        }
      else
        plugin_option_set (option, &options, get_value (config, option), NULL);
    }
  return options;
}

/* Greys what has no effect, whatever has changed. */
static void
show_effects (GimpProcedureConfig *config, GParamSpec *property, gpointer user_data)
{
  const Dialog *self = user_data;
  PluginOptions options = options_dialog_read (config, self->which);
  g_autofree gchar *source
      = self->source != NULL ? source_chooser_get_source (self->source) : NULL;
  const DialogSubject subject
      = { self->image != NULL, source == NULL || repair_hot_pixels_searches (source) };

  for (const PluginOption *option = plugin_options_table; option->name != NULL; option++)
    if ((option->procedures & self->which) != 0 && !dialog_choices_is_of_body (option))
      gimp_procedure_dialog_set_sensitive (GIMP_PROCEDURE_DIALOG (self->dialog), option->name,
                                           dialog_choices_matters (option, &options, &subject),
                                           NULL, NULL, FALSE);
  if (self->body != NULL)
    {
      gtk_widget_set_sensitive (self->body, subject.searches);
      body_chooser_show (self->body, &options);
    }
}

static void
body_changed (GtkWidget *chooser, gpointer user_data)
{
  const Dialog *self = user_data;
  PluginOptions options = plugin_options_default ();

  body_chooser_read (chooser, &options);
  g_object_set (self->config, "camera", options.camera == HOTPIX_CAMERA_ANY ? "any" : "most",
                "body", options.body, NULL);
}

static void
names_changed (GtkWidget *chooser, gpointer user_data)
{
  const Dialog *self = user_data;
  g_auto (GStrv) names = photo_chooser_get_names (chooser);

  g_object_set (self->config, "photos", names, NULL);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (self->dialog), GTK_RESPONSE_OK,
                                     names[0] != NULL);
  body_chooser_set_photos (self->body, (const gchar *const *) names);
}

/* Shows the names again, when the dialog's own buttons have set others. */
static void
show_names (GimpProcedureConfig *config, GParamSpec *property, gpointer chooser)
{
  g_auto (GStrv) wanted = NULL, shown = photo_chooser_get_names (chooser);

  g_object_get (config, "photos", &wanted, NULL);
  if (wanted == NULL
          ? shown[0] != NULL
          : !g_strv_equal ((const gchar *const *) wanted, (const gchar *const *) shown))
    photo_chooser_set_names (chooser, (const gchar *const *) wanted);
}

static void
source_changed (GtkWidget *chooser, gpointer user_data)
{
  const Dialog *self = user_data;
  g_autofree gchar *source = source_chooser_get_source (chooser);

  g_object_set (self->config, PLUGIN_SOURCE, source, NULL);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (self->dialog), GTK_RESPONSE_OK,
                                     *source != '\0');
  dialog_choices_show_source (self->body, source);
}

static void
add_photo_chooser (Dialog *self, GtkBox *content)
{
  g_autofree gchar *folder = dialog_choices_first_folder (self->image);
  g_auto (GStrv) last = NULL, first = NULL;

  g_object_get (self->config, "photos", &last, NULL);
  first = dialog_choices_first_photos (last, self->image);
  self->chooser = photo_chooser_new ((const gchar *const *) first, folder);
  photo_chooser_on_changed (self->chooser, names_changed, self);
  names_changed (self->chooser, self);
  g_signal_connect_object (self->config, "notify::photos", G_CALLBACK (show_names),
                           self->chooser, 0);
  gtk_container_set_border_width (GTK_CONTAINER (self->chooser), BORDER);
  gtk_box_pack_start (content, self->chooser, TRUE, TRUE, 0);
}

static void
add_source_chooser (Dialog *self, GtkBox *content)
{
  g_autofree gchar *source = NULL;

  g_object_get (self->config, PLUGIN_SOURCE, &source, NULL);
  self->source = source_chooser_new (self->image, source);
  source_chooser_on_changed (self->source, source_changed, self);
  source_changed (self->source, self);
  gtk_container_set_border_width (GTK_CONTAINER (self->source), BORDER);
  gtk_box_pack_start (content, self->source, FALSE, FALSE, 0);
}

static void
add_body_chooser (Dialog *self, GtkBox *content)
{
  if (self->body == NULL)
    return;
  body_chooser_on_changed (self->body, body_changed, self);
  gtk_container_set_border_width (GTK_CONTAINER (self->body), BORDER);
  gtk_box_pack_start (content, self->body, FALSE, FALSE, 0);
}

/* GIMP's own widgets, but for numbers: it shows too few of their decimals. */
static void
fill (Dialog *self)
{
  GimpProcedureDialog *dialog = GIMP_PROCEDURE_DIALOG (self->dialog);
  GList *names = NULL;

  for (const PluginOption *option = plugin_options_table; option->name != NULL; option++)
    {
      GtkWidget *entry;

      if ((option->procedures & self->which) == 0 || dialog_choices_is_of_body (option))
        continue;
      names = g_list_append (names, (gpointer) option->name);
      if (option->kind != PLUGIN_OPTION_NUMBER)
        continue;
      entry = gimp_procedure_dialog_get_scale_entry (dialog, option->name, 1);
      gimp_label_spin_set_digits (GIMP_LABEL_SPIN (entry), 2);
      gimp_label_spin_set_increments (GIMP_LABEL_SPIN (entry), 0.05, 1);
      gimp_scale_entry_set_logarithmic (GIMP_SCALE_ENTRY (entry), TRUE);
    }
  gimp_procedure_dialog_fill_list (dialog, names);
  g_list_free (names);
}

/* What follows from the open image, and not from the last time. */
static void
begin (GimpImage *image, GimpProcedureConfig *config)
{
  PluginOptions options = plugin_options_default ();

  dialog_choices_begin (&options, image);
  g_object_set (config, "target", options.target == PLUGIN_TARGET_OPEN ? "open" : "new", NULL);
}

gboolean
options_dialog_run (GimpProcedure *procedure, PluginProcedure which, GimpImage *image,
                    GimpProcedureConfig *config)
{
  Dialog self = { .config = config, .which = which, .image = image };
  GtkBox *content;
  gulong changes;
  gboolean agreed;

  gimp_ui_init ("hotpix");
  if (which == PLUGIN_PHOTOS)
    begin (image, config);
  self.dialog = gimp_procedure_dialog_new (procedure, config, _ (dialog_choices_title (which)));
  content = GTK_BOX (gtk_dialog_get_content_area (GTK_DIALOG (self.dialog)));
  if (which != PLUGIN_LAYERS)
    self.body = body_chooser_new ();
  if (which == PLUGIN_PHOTOS)
    add_photo_chooser (&self, content);
  if (which == PLUGIN_REPAIR)
    add_source_chooser (&self, content);
  add_body_chooser (&self, content);
  fill (&self);
  show_effects (config, NULL, &self);
  changes = g_signal_connect (config, "notify", G_CALLBACK (show_effects), &self);
  agreed = gimp_procedure_dialog_run (GIMP_PROCEDURE_DIALOG (self.dialog));
  g_signal_handler_disconnect (config, changes);
  gtk_widget_destroy (self.dialog);
  return agreed;
}
