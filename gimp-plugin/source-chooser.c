/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source-chooser.h"
#include "base/text.h"
#include "gtk-widgets.h"
#include "kept-list.h"
#include "plugin-procedures.h"

typedef struct
{
  GtkWidget *box, *choice;
  GtkWidget *path, *browse; /* of the file or folder, for the last two choices */
  GArray *images;           /* of HostImage: those with a list, in the order of the choice */
  SourceChooserChanged changed;
  gpointer user_data;
} SourceChooser;

/* The choices behind the images. */
enum
{
  CHOICE_FILE,
  CHOICE_FOLDER,
};

static void
free_chooser (gpointer data)
{
  SourceChooser *self = data;

  g_array_unref (self->images);
  g_free (self);
}

static SourceChooser *
chooser_of (GtkWidget *box)
{
  return g_object_get_data (G_OBJECT (box), "source-chooser");
}

/* CHOICE_FILE or CHOICE_FOLDER; negative for an image. */
static gint
get_choice (const SourceChooser *self)
{
  return gtk_combo_box_get_active (GTK_COMBO_BOX (self->choice)) - (gint) self->images->len;
}

/* An image whose list cannot be read has none to offer. */
static void
add_image (SourceChooser *self, HostImage image, gboolean is_this)
{
  g_autoptr (HotpixListedDefects) listed = kept_list_read (image, NULL);
  g_autofree gchar *name = gimp_image_get_name (image);
  g_autofree gchar *words = NULL;
  guint n;

  if (listed == NULL)
    return;
  n = listed->list->len;
  words = is_this ? g_strdup_printf (ngettext ("What was found for this image (%u defect)",
                                               "What was found for this image (%u defects)", n),
                                     n)
                  : g_strdup_printf (ngettext ("What was found for %s (%u defect)",
                                               "What was found for %s (%u defects)", n),
                                     name, n);
  gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (self->choice), words);
  g_array_append_val (self->images, image);
}

static void
add_images (SourceChooser *self, HostImage image)
{
  guint n;
  g_autofree HostImage *images = host_get_images (&n);

  add_image (self, image, TRUE);
  for (guint i = 0; i < n; i++)
    if (images[i] != image)
      add_image (self, images[i], FALSE);
}

static void
browse (GtkButton *button, gpointer user_data)
{
  SourceChooser *self = user_data;
  gboolean is_folder = get_choice (self) == CHOICE_FOLDER;
  GtkWidget *files = gtk_file_chooser_dialog_new (
      is_folder ? _ ("Folder of Photos by the Same Camera") : _ ("List of Defects"),
      GTK_WINDOW (gtk_widget_get_toplevel (self->box)),
      is_folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN,
      _ ("_Cancel"), GTK_RESPONSE_CANCEL, _ ("_Choose"), GTK_RESPONSE_OK, NULL);
  const gchar *path = gtk_entry_get_text (GTK_ENTRY (self->path));

  gtk_dialog_set_default_response (GTK_DIALOG (files), GTK_RESPONSE_OK);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (files), path);
  else if (*path != '\0')
    gtk_file_chooser_set_filename (GTK_FILE_CHOOSER (files), path);
  if (gtk_dialog_run (GTK_DIALOG (files)) == GTK_RESPONSE_OK)
    {
      g_autofree gchar *chosen = gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (files));

      gtk_entry_set_text (GTK_ENTRY (self->path), chosen != NULL ? chosen : "");
    }
  gtk_widget_destroy (files);
}

static void
report_change (GtkWidget *widget, gpointer user_data)
{
  SourceChooser *self = user_data;
  gboolean has_path = get_choice (self) >= 0;

  gtk_widget_set_sensitive (self->path, has_path);
  gtk_widget_set_sensitive (self->browse, has_path);
  if (self->changed != NULL)
    self->changed (self->box, self->user_data);
}

static GtkWidget *
new_row (SourceChooser *self)
{
  GtkWidget *row = gtk_widgets_new_box (GTK_ORIENTATION_HORIZONTAL);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ (PLUGIN_SOURCE_LABEL));

  self->choice = gtk_combo_box_text_new ();
  gtk_widget_set_tooltip_text (self->choice, _ (PLUGIN_SOURCE_BLURB));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->choice);
  gtk_box_pack_start (GTK_BOX (row), label, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (row), self->choice, TRUE, TRUE, 0);
  return row;
}

static GtkWidget *
new_path_row (SourceChooser *self)
{
  GtkWidget *row = gtk_widgets_new_box (GTK_ORIENTATION_HORIZONTAL);

  self->path = gtk_entry_new ();
  self->browse = gtk_button_new_with_mnemonic (_ ("Bro_wse…"));
  gtk_entry_set_activates_default (GTK_ENTRY (self->path), TRUE);
  gtk_entry_set_width_chars (GTK_ENTRY (self->path), 40);
  g_signal_connect (self->browse, "clicked", G_CALLBACK (browse), self);
  gtk_box_pack_start (GTK_BOX (row), self->path, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (row), self->browse, FALSE, FALSE, 0);
  return row;
}

/* An image's list before anything else, because it is what was found last. */
static void
choose_first (SourceChooser *self, HostImage image, const gchar *source)
{
  gboolean is_file = source != NULL && g_file_test (source, G_FILE_TEST_IS_REGULAR);
  g_autofree gchar *opened = host_image_get_path (image);
  g_autofree gchar *folder = opened != NULL ? g_path_get_dirname (opened) : NULL;
  gboolean has_source = source != NULL && *source != '\0' && !kept_list_is_named (source);
  const gchar *path = has_source ? source : folder;

  gtk_entry_set_text (GTK_ENTRY (self->path), path != NULL ? path : "");
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->choice), self->images->len > 0 ? 0
                                                          : is_file             ? CHOICE_FILE
                                                                    : CHOICE_FOLDER);
}

GtkWidget *
source_chooser_new (HostImage image, const gchar *source)
{
  SourceChooser *self = g_new0 (SourceChooser, 1);
  GtkComboBoxText *choice;

  self->box = gtk_widgets_new_box (GTK_ORIENTATION_VERTICAL);
  self->images = g_array_new (FALSE, FALSE, sizeof (HostImage));
  g_object_set_data_full (G_OBJECT (self->box), "source-chooser", self, free_chooser);
  gtk_box_pack_start (GTK_BOX (self->box), new_row (self), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self->box), new_path_row (self), FALSE, FALSE, 0);
  choice = GTK_COMBO_BOX_TEXT (self->choice);
  add_images (self, image);
  gtk_combo_box_text_append_text (choice, _ ("The file of a list"));
  gtk_combo_box_text_append_text (choice, _ ("A folder of photos by the same camera"));
  choose_first (self, image, source);
  report_change (NULL, self);
  g_signal_connect (self->choice, "changed", G_CALLBACK (report_change), self);
  g_signal_connect (self->path, "changed", G_CALLBACK (report_change), self);
  gtk_widget_show_all (self->box);
  return self->box;
}

gchar *
source_chooser_get_source (GtkWidget *chooser)
{
  SourceChooser *self = chooser_of (chooser);
  gint choice = get_choice (self);

  if (choice >= 0)
    return g_strdup (gtk_entry_get_text (GTK_ENTRY (self->path)));
  return kept_list_name (
      g_array_index (self->images, HostImage, choice + (gint) self->images->len));
}

void
source_chooser_on_changed (GtkWidget *chooser, SourceChooserChanged changed, gpointer user_data)
{
  SourceChooser *self = chooser_of (chooser);

  self->changed = changed;
  self->user_data = user_data;
}
