/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "options-dialog.h"
#include "base/text.h"
#include "body-chooser.h"
#include "dialog-choices.h"
#include "photo-chooser.h"
#include "repair-hot-pixels.h"
#include "source-chooser.h"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#define SPACING 6
#define BORDER 12

#define RESPONSE_RESET 1

typedef struct
{
  GtkWidget *dialog;
  GtkWidget *chooser, *source, *body; /* NULL where the procedure has none */

  /* One for each option of the table, NULL for those that the procedure lacks; and their labels, NULL
   * for those that are part of the widget. */
  GPtrArray *widgets, *labels;
  PluginProcedure procedure;
  HostImage image;
} Dialog;

static void
set_choice (GtkWidget *choice, const PluginOption *option, gint value)
{
  for (const PluginChoice *each = option->choices; each->name != NULL; each++)
    if (each->value == value)
      gtk_combo_box_set_active (GTK_COMBO_BOX (choice), (gint) (each - option->choices));
}

static GtkWidget *
new_choice (const PluginOption *option)
{
  GtkWidget *choice = gtk_combo_box_text_new ();

  for (const PluginChoice *each = option->choices; each->name != NULL; each++)
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (choice), _ (each->label));
  return choice;
}

static GtkWidget *
new_number (const PluginOption *option)
{
  gboolean whole = option->kind == PLUGIN_OPTION_INTEGER;
  GtkWidget *number
      = gtk_spin_button_new_with_range (option->least, option->most, whole ? 1 : 0.05);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (number), whole ? 0 : 2);
  gtk_entry_set_activates_default (GTK_ENTRY (number), TRUE);
  return number;
}

static GtkWidget *
new_widget (const PluginOption *option)
{
  switch (option->kind)
    {
    case PLUGIN_OPTION_SWITCH:
      return gtk_check_button_new_with_mnemonic (_ (option->label));
    case PLUGIN_OPTION_CHOICE:
      return new_choice (option);
    case PLUGIN_OPTION_NUMBER:
    case PLUGIN_OPTION_INTEGER:
    default:
      return new_number (option);
    }
}

static void
set_value (const PluginOption *option, GtkWidget *widget, gdouble value)
{
  switch (option->kind)
    {
    case PLUGIN_OPTION_SWITCH:
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (widget), value != 0);
      break;
    case PLUGIN_OPTION_CHOICE:
      set_choice (widget, option, (gint) value);
      break;
    default:
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (widget), value);
    }
}

static gdouble
get_value (const PluginOption *option, GtkWidget *widget)
{
  switch (option->kind)
    {
    case PLUGIN_OPTION_SWITCH:
      return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (widget));
    case PLUGIN_OPTION_CHOICE:
      return option->choices[gtk_combo_box_get_active (GTK_COMBO_BOX (widget))].value;
    default:
      gtk_spin_button_update (GTK_SPIN_BUTTON (widget));
      return gtk_spin_button_get_value (GTK_SPIN_BUTTON (widget));
    }
}

/* Returns the label, NULL where the widget has its own. */
static GtkWidget *
attach_row (GtkTable *table, guint row, const PluginOption *option, GtkWidget *widget)
{
  GtkWidget *label;

  gtk_widget_set_tooltip_text (widget, _ (option->blurb));
  if (option->kind == PLUGIN_OPTION_SWITCH)
    {
      gtk_table_attach (table, widget, 0, 2, row, row + 1, GTK_FILL, 0, 0, 0);
      return NULL;
    }
  label = gtk_label_new_with_mnemonic (_ (option->label));
  gtk_misc_set_alignment (GTK_MISC (label), 0, 0.5);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);
  gtk_table_attach (table, label, 0, 1, row, row + 1, GTK_FILL, 0, 0, 0);
  gtk_table_attach (table, widget, 1, 2, row, row + 1, GTK_FILL | GTK_EXPAND, 0, 0, 0);
  return label;
}

static void
show_options (Dialog *self, const PluginOptions *options)
{
  for (guint i = 0; i < self->widgets->len; i++)
    if (self->widgets->pdata[i] != NULL)
      set_value (&plugin_options_table[i], self->widgets->pdata[i],
                 plugin_option_get (&plugin_options_table[i], options));
  if (self->body != NULL)
    body_chooser_show (self->body, options);
}

static void
read_options (const Dialog *self, PluginOptions *options)
{
  for (guint i = 0; i < self->widgets->len; i++)
    if (self->widgets->pdata[i] != NULL)
      plugin_option_set (&plugin_options_table[i], options,
                         get_value (&plugin_options_table[i], self->widgets->pdata[i]), NULL);
  if (self->body != NULL)
    body_chooser_read (self->body, options);
}

/* Greys what has no effect. */
static void
show_effects (GtkWidget *widget, gpointer user_data)
{
  const Dialog *self = user_data;
  g_autofree gchar *source
      = self->source != NULL ? source_chooser_get_source (self->source) : NULL;
  const DialogSubject subject
      = { self->image != HOST_NONE, source == NULL || repair_hot_pixels_searches (source) };
  PluginOptions options = plugin_options_default ();

  read_options (self, &options);
  for (guint i = 0; i < self->widgets->len; i++)
    {
      gboolean matters = dialog_choices_matters (&plugin_options_table[i], &options, &subject);

      if (self->widgets->pdata[i] != NULL)
        gtk_widget_set_sensitive (self->widgets->pdata[i], matters);
      if (self->labels->pdata[i] != NULL)
        gtk_widget_set_sensitive (self->labels->pdata[i], matters);
    }
  if (self->body != NULL)
    gtk_widget_set_sensitive (self->body, subject.searches);
}

static GtkWidget *
new_table (Dialog *self)
{
  GtkWidget *table = gtk_table_new (1, 2, FALSE);
  guint row = 0;

  gtk_table_set_row_spacings (GTK_TABLE (table), SPACING);
  gtk_table_set_col_spacings (GTK_TABLE (table), SPACING);
  for (const PluginOption *option = plugin_options_table; option->name != NULL; option++)
    {
      gboolean has_widget
          = (option->procedures & self->procedure) != 0 && !dialog_choices_is_of_body (option);
      GtkWidget *widget = has_widget ? new_widget (option) : NULL;

      g_ptr_array_add (self->widgets, widget);
      g_ptr_array_add (self->labels, widget != NULL
                                         ? attach_row (GTK_TABLE (table), row++, option, widget)
                                         : NULL);
      if (widget != NULL && option->kind == PLUGIN_OPTION_CHOICE)
        g_signal_connect (widget, "changed", G_CALLBACK (show_effects), self);
    }
  return table;
}

static void
show_photos (GtkWidget *chooser, gpointer user_data)
{
  const Dialog *self = user_data;
  g_auto (GStrv) names = photo_chooser_get_names (chooser);

  gtk_dialog_set_response_sensitive (GTK_DIALOG (self->dialog), GTK_RESPONSE_OK,
                                     names[0] != NULL);
  body_chooser_set_photos (self->body, (const gchar *const *) names);
}

static void
show_source (GtkWidget *chooser, gpointer user_data)
{
  Dialog *self = user_data;
  g_autofree gchar *source = source_chooser_get_source (chooser);

  gtk_dialog_set_response_sensitive (GTK_DIALOG (self->dialog), GTK_RESPONSE_OK,
                                     *source != '\0');
  dialog_choices_show_source (self->body, source);
  show_effects (NULL, self);
}

static void
add_chooser (Dialog *self, GtkBox *content, gchar **names)
{
  if (self->procedure != PLUGIN_LAYERS)
    self->body = body_chooser_new ();
  if (self->procedure == PLUGIN_PHOTOS)
    {
      g_autofree gchar *folder = dialog_choices_first_folder (self->image);
      g_auto (GStrv) first = dialog_choices_first_photos (names, self->image);

      self->chooser = photo_chooser_new ((const gchar *const *) first, folder);
      photo_chooser_on_changed (self->chooser, show_photos, self);
      show_photos (self->chooser, self);
      gtk_box_pack_start (content, self->chooser, TRUE, TRUE, 0);
    }
  if (self->procedure == PLUGIN_REPAIR)
    {
      self->source = source_chooser_new (self->image, names != NULL ? names[0] : NULL);
      source_chooser_on_changed (self->source, show_source, self);
      gtk_box_pack_start (content, self->source, FALSE, FALSE, 0);
    }
  if (self->body != NULL)
    gtk_box_pack_start (content, self->body, FALSE, FALSE, 0);
}

/* Of the widget that is there, if any: the photos' names, or the one source. */
static void
read_names (const Dialog *self, gchar ***names)
{
  if (self->chooser == NULL && self->source == NULL)
    return;
  g_strfreev (*names);
  if (self->chooser != NULL)
    {
      *names = photo_chooser_get_names (self->chooser);
      return;
    }
  *names = g_new0 (gchar *, 2);
  (*names)[0] = source_chooser_get_source (self->source);
}

static GtkWidget *
new_dialog (PluginProcedure procedure)
{
  GtkWidget *dialog = gimp_dialog_new (_ (dialog_choices_title (procedure)), "hotpix", NULL, 0,
                                       NULL, NULL, _ ("_Reset"), RESPONSE_RESET, _ ("_Cancel"),
                                       GTK_RESPONSE_CANCEL, _ ("_OK"), GTK_RESPONSE_OK, NULL);

  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_OK);
  gimp_window_set_transient (GTK_WINDOW (dialog));
  return dialog;
}

/* Until the user agrees or cancels; Reset leaves it open. */
static gboolean
ask (Dialog *self)
{
  PluginOptions options = plugin_options_default ();
  gint response;

  dialog_choices_begin (&options, self->image);
  while ((response = gimp_dialog_run (GIMP_DIALOG (self->dialog))) == RESPONSE_RESET)
    {
      show_options (self, &options);
      if (self->chooser != NULL)
        photo_chooser_set_names (self->chooser, NULL);
    }
  return response == GTK_RESPONSE_OK;
}

gboolean
options_dialog_run (PluginProcedure procedure, HostImage image, PluginOptions *options,
                    gchar ***names)
{
  g_autoptr (GPtrArray) widgets = g_ptr_array_new (), labels = g_ptr_array_new ();
  Dialog self
      = { .widgets = widgets, .labels = labels, .procedure = procedure, .image = image };
  GtkWidget *content = gtk_vbox_new (FALSE, BORDER);
  gboolean agreed;

  self.dialog = new_dialog (procedure);
  gtk_container_set_border_width (GTK_CONTAINER (content), BORDER);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (self.dialog))),
                     content);
  add_chooser (&self, GTK_BOX (content), *names);
  gtk_box_pack_start (GTK_BOX (content), new_table (&self), FALSE, FALSE, 0);
  show_options (&self, options);
  if (self.source != NULL)
    show_source (self.source, &self);
  show_effects (NULL, &self);
  gtk_widget_show_all (content);

  agreed = ask (&self);
  if (agreed)
    {
      read_options (&self, options);
      read_names (&self, names);
    }
  gtk_widget_destroy (self.dialog);
  return agreed;
}
