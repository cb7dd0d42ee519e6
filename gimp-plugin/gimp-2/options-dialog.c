/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "options-dialog.h"
#include "photo-chooser.h"
#include "plugin-procedures.h"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#define SPACING 6
#define BORDER 12

static GtkWidget *
new_choice (const PluginOption *option, gint value)
{
  GtkWidget *choice = gtk_combo_box_text_new ();

  for (const PluginChoice *each = option->choices; each->name != NULL; each++)
    {
      gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (choice), _ (each->label));
      if (each->value == value)
        gtk_combo_box_set_active (GTK_COMBO_BOX (choice), (gint) (each - option->choices));
    }
  return choice;
}

static GtkWidget *
new_number (const PluginOption *option, gdouble value)
{
  gboolean whole = option->kind == PLUGIN_OPTION_INTEGER;
  GtkWidget *number
      = gtk_spin_button_new_with_range (option->least, option->most, whole ? 1 : 0.05);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (number), whole ? 0 : 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (number), value);
  gtk_entry_set_activates_default (GTK_ENTRY (number), TRUE);
  return number;
}

static GtkWidget *
new_switch (const PluginOption *option, gboolean value)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (_ (option->label));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (check), value);
  return check;
}

static GtkWidget *
new_widget (const PluginOption *option, gdouble value)
{
  switch (option->kind)
    {
    case PLUGIN_OPTION_SWITCH:
      return new_switch (option, value != 0);
    case PLUGIN_OPTION_CHOICE:
      return new_choice (option, (gint) value);
    default:
      return new_number (option, value);
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

static void
attach_row (GtkTable *table, guint row, const PluginOption *option, GtkWidget *widget)
{
  GtkWidget *label;

  gtk_widget_set_tooltip_text (widget, _ (option->blurb));
  if (option->kind == PLUGIN_OPTION_SWITCH)
    {
      gtk_table_attach (table, widget, 0, 2, row, row + 1, GTK_FILL, 0, 0, 0);
      return;
    }
  label = gtk_label_new_with_mnemonic (_ (option->label));
  gtk_misc_set_alignment (GTK_MISC (label), 0, 0.5);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), widget);
  gtk_table_attach (table, label, 0, 1, row, row + 1, GTK_FILL, 0, 0, 0);
  gtk_table_attach (table, widget, 1, 2, row, row + 1, GTK_FILL | GTK_EXPAND, 0, 0, 0);
}

static void
allow_ok (GtkWidget *chooser, gpointer dialog)
{
  g_auto (GStrv) names = photo_chooser_get_names (chooser);

  gtk_dialog_set_response_sensitive (dialog, GTK_RESPONSE_OK, names[0] != NULL);
}

/* widgets: one for each option of the table, NULL for those that the procedure lacks. */
static GtkWidget *
new_table (PluginProcedure procedure, const PluginOptions *options, GPtrArray *widgets)
{
  GtkWidget *table = gtk_table_new (1, 2, FALSE);
  guint row = 0;

  gtk_table_set_row_spacings (GTK_TABLE (table), SPACING);
  gtk_table_set_col_spacings (GTK_TABLE (table), SPACING);
  for (const PluginOption *option = plugin_options_table; option->name != NULL; option++)
    {
      GtkWidget *widget = (option->procedures & procedure) != 0
                              ? new_widget (option, plugin_option_get (option, options))
                              : NULL;

      g_ptr_array_add (widgets, widget);
      if (widget != NULL)
        attach_row (GTK_TABLE (table), row++, option, widget);
    }
  return table;
}

static void
read_widgets (const GPtrArray *widgets, PluginOptions *options)
{
  for (guint i = 0; i < widgets->len; i++)
    if (widgets->pdata[i] != NULL)
      plugin_option_set (&plugin_options_table[i], options,
                         get_value (&plugin_options_table[i], widgets->pdata[i]), NULL);
}

/* A field for where the defects are told. */
static GtkWidget *
new_source (const gchar *source, GtkBox *content)
{
  GtkWidget *box = gtk_hbox_new (FALSE, SPACING), *entry = gtk_entry_new ();
  GtkWidget *label = gtk_label_new_with_mnemonic (_ (PLUGIN_SOURCE_LABEL));

  gtk_entry_set_text (GTK_ENTRY (entry), source != NULL ? source : "");
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_widget_set_tooltip_text (entry, _ (PLUGIN_SOURCE_BLURB));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), entry);
  gtk_box_pack_start (GTK_BOX (box), label, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (box), entry, TRUE, TRUE, 0);
  gtk_box_pack_start (content, box, FALSE, FALSE, 0);
  return entry;
}

/* Of the widget that is there, if any: the photos' names, or the one source. */
static void
read_names (GtkWidget *chooser, GtkWidget *source, gchar ***names)
{
  const gchar *one[2] = { NULL, NULL };

  if (chooser == NULL && source == NULL)
    return;
  g_strfreev (*names);
  if (chooser != NULL)
    {
      *names = photo_chooser_get_names (chooser);
      return;
    }
  one[0] = gtk_entry_get_text (GTK_ENTRY (source));
  *names = g_strdupv ((gchar **) one);
}

static const gchar *
title_of (PluginProcedure procedure)
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

gboolean
options_dialog_run (PluginProcedure procedure, PluginOptions *options, gchar ***names)
{
  g_autoptr (GPtrArray) widgets = g_ptr_array_new ();
  GtkWidget *dialog, *content, *chooser = NULL, *source = NULL;
  gboolean agreed;

  gimp_ui_init ("hotpix", TRUE);
  dialog
      = gimp_dialog_new (_ (title_of (procedure)), "hotpix", NULL, 0, NULL, NULL, _ ("_Cancel"),
                         GTK_RESPONSE_CANCEL, _ ("_OK"), GTK_RESPONSE_OK, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_OK);
  gimp_window_set_transient (GTK_WINDOW (dialog));
  content = gtk_vbox_new (FALSE, BORDER);
  gtk_container_set_border_width (GTK_CONTAINER (content), BORDER);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (dialog))),
                     content);
  if (procedure == PLUGIN_REPAIR)
    source = new_source (*names != NULL ? (*names)[0] : NULL, GTK_BOX (content));
  if (procedure == PLUGIN_PHOTOS)
    {
      chooser = photo_chooser_new ((const gchar *const *) *names);
      photo_chooser_on_changed (chooser, allow_ok, dialog);
      allow_ok (chooser, dialog);
      gtk_box_pack_start (GTK_BOX (content), chooser, TRUE, TRUE, 0);
    }
  gtk_box_pack_start (GTK_BOX (content), new_table (procedure, options, widgets), FALSE, FALSE,
                      0);
  gtk_widget_show_all (content);

  agreed = gimp_dialog_run (GIMP_DIALOG (dialog)) == GTK_RESPONSE_OK;
  if (agreed)
    {
      read_widgets (widgets, options);
      read_names (chooser, source, names);
    }
  gtk_widget_destroy (dialog);
  return agreed;
}
