/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo-chooser.h"
#include "base/text.h"
#include "gtk-widgets.h"
#include "photo-names.h"

#include <gdk/gdkkeysyms.h>

/* The list's one column: a path in the file system's encoding, shown in UTF-8. */
enum
{
  COLUMN_PATH,
  COLUMN_SHOWN,
  N_COLUMNS
};

typedef struct
{
  GtkWidget *box;
  GtkListStore *list; /* owned by its view */
  GtkWidget *view, *count;
  gchar *folder; /* to begin in; nullable */
  PhotoChooserChanged changed;
  gpointer user_data;
} PhotoChooser;

static PhotoChooser *
chooser_of (GtkWidget *box)
{
  return g_object_get_data (G_OBJECT (box), "photo-chooser");
}

/* Returns (transfer full): how many photos these names stand for, in words, or why that cannot be
 * told. */
static gchar *
count_photos (gchar **names)
{
  guint n = g_strv_length (names);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = NULL;

  if (n == 0)
    return g_strdup (_ ("Add photos, or a folder of photos."));
  paths = photo_names_expand ((const gchar *const *) names, n, &error);
  if (paths == NULL)
    return g_strdup (error->message);
  return g_strdup_printf (ngettext ("%u photo", "%u photos", paths->len), paths->len);
}

static void
report_change (PhotoChooser *self)
{
  g_auto (GStrv) names = photo_chooser_get_names (self->box);
  g_autofree gchar *words = count_photos (names);

  gtk_label_set_text (GTK_LABEL (self->count), words);
  if (self->changed != NULL)
    self->changed (self->box, self->user_data);
}

static void
append (PhotoChooser *self, const gchar *path)
{
  g_autofree gchar *shown = g_filename_display_name (path);

  gtk_list_store_insert_with_values (self->list, NULL, -1, COLUMN_PATH, path, COLUMN_SHOWN,
                                     shown, -1);
}

static gboolean
is_photo (const GtkFileFilterInfo *file, gpointer user_data)
{
  return photo_names_is_photo (file->display_name);
}

static void
add_photo_filters (GtkFileChooser *files)
{
  GtkFileFilter *photos = gtk_file_filter_new (), *all = gtk_file_filter_new ();

  gtk_file_filter_set_name (photos, _ ("Photos"));
  gtk_file_filter_add_custom (photos, GTK_FILE_FILTER_DISPLAY_NAME, is_photo, NULL, NULL);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (files, photos);
  gtk_file_chooser_add_filter (files, all);
}

/* The last folder in the list, or that of its last photo, or the one to begin in, or that of the user's
 * pictures, or the home folder. */
static gchar *
find_first_folder (PhotoChooser *self)
{
  g_auto (GStrv) names = photo_chooser_get_names (self->box);
  guint n = g_strv_length (names);
  const gchar *pictures = g_get_user_special_dir (G_USER_DIRECTORY_PICTURES);

  if (n > 0)
    return g_file_test (names[n - 1], G_FILE_TEST_IS_DIR) ? g_strdup (names[n - 1])
                                                          : g_path_get_dirname (names[n - 1]);
  if (self->folder != NULL)
    return g_strdup (self->folder);
  return g_strdup (pictures != NULL ? pictures : g_get_home_dir ());
}

static void
choose (PhotoChooser *self, GtkFileChooserAction action, const gchar *title)
{
  g_autofree gchar *folder = find_first_folder (self);
  GtkWidget *parent = gtk_widget_get_toplevel (self->box);
  GtkWidget *files
      = gtk_file_chooser_dialog_new (title, GTK_WINDOW (parent), action, _ ("_Cancel"),
                                     GTK_RESPONSE_CANCEL, _ ("_Add"), GTK_RESPONSE_OK, NULL);

  gtk_dialog_set_default_response (GTK_DIALOG (files), GTK_RESPONSE_OK);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (files), TRUE);
  gtk_file_chooser_set_local_only (GTK_FILE_CHOOSER (files), TRUE);
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (files), folder);
  if (action == GTK_FILE_CHOOSER_ACTION_OPEN)
    add_photo_filters (GTK_FILE_CHOOSER (files));
  if (gtk_dialog_run (GTK_DIALOG (files)) == GTK_RESPONSE_OK)
    {
      GSList *paths = gtk_file_chooser_get_filenames (GTK_FILE_CHOOSER (files));

      for (GSList *path = paths; path != NULL; path = path->next)
        append (self, path->data);
      g_slist_free_full (paths, g_free);
      report_change (self);
    }
  gtk_widget_destroy (files);
}

static void
add_photos (GtkButton *button, gpointer user_data)
{
  choose (user_data, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Add Photos"));
}

static void
add_folder (GtkButton *button, gpointer user_data)
{
  choose (user_data, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("Add a Folder of Photos"));
}

/* The chosen rows, from the last on, so that the others keep their places. */
static void
remove_chosen (GtkButton *button, gpointer user_data)
{
  PhotoChooser *self = user_data;
  GtkTreeSelection *selection = gtk_tree_view_get_selection (GTK_TREE_VIEW (self->view));
  GList *rows = gtk_tree_selection_get_selected_rows (selection, NULL);

  for (GList *row = g_list_last (rows); row != NULL; row = row->prev)
    {
      GtkTreeIter place;

      if (gtk_tree_model_get_iter (GTK_TREE_MODEL (self->list), &place, row->data))
        gtk_list_store_remove (self->list, &place);
    }
  g_list_free_full (rows, (GDestroyNotify) gtk_tree_path_free);
  report_change (self);
}

/* Return and Enter would only choose the row again: they are for the dialog. */
static gboolean
press_key (GtkWidget *view, const GdkEventKey *event, gpointer user_data)
{
  switch (event->keyval)
    {
    case GDK_KEY_Delete:
      remove_chosen (NULL, user_data);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return gtk_window_activate_default (GTK_WINDOW (gtk_widget_get_toplevel (view)));
    default:
      return FALSE;
    }
}

static void
clear (GtkButton *button, gpointer user_data)
{
  PhotoChooser *self = user_data;

  gtk_list_store_clear (self->list);
  report_change (self);
}

static void
add_button (PhotoChooser *self, GtkWidget *box, const gchar *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect (button, "clicked", clicked, self);
  gtk_box_pack_start (GTK_BOX (box), button, FALSE, FALSE, 0);
}

static GtkWidget *
new_buttons (PhotoChooser *self)
{
  GtkWidget *box = gtk_widgets_new_box (GTK_ORIENTATION_HORIZONTAL);

  add_button (self, box, _ ("_Add Photos…"), G_CALLBACK (add_photos));
  add_button (self, box, _ ("Add a _Folder…"), G_CALLBACK (add_folder));
  add_button (self, box, _ ("Remo_ve"), G_CALLBACK (remove_chosen));
  add_button (self, box, _ ("Cl_ear"), G_CALLBACK (clear));
  gtk_box_pack_start (GTK_BOX (box), self->count, FALSE, FALSE, GTK_WIDGETS_SPACING);
  return box;
}

static GtkWidget *
new_list (PhotoChooser *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);

  self->list = gtk_list_store_new (N_COLUMNS, G_TYPE_STRING, G_TYPE_STRING);
  self->view = gtk_tree_view_new_with_model (GTK_TREE_MODEL (self->list));
  g_object_unref (self->list);
  gtk_tree_view_set_headers_visible (GTK_TREE_VIEW (self->view), FALSE);
  gtk_tree_view_insert_column_with_attributes (GTK_TREE_VIEW (self->view), -1, "",
                                               gtk_cell_renderer_text_new (), "text",
                                               COLUMN_SHOWN, NULL);
  gtk_tree_selection_set_mode (gtk_tree_view_get_selection (GTK_TREE_VIEW (self->view)),
                               GTK_SELECTION_MULTIPLE);
  g_signal_connect (self->view, "key-press-event", G_CALLBACK (press_key), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_shadow_type (GTK_SCROLLED_WINDOW (scrolled), GTK_SHADOW_IN);
  gtk_container_add (GTK_CONTAINER (scrolled), self->view);
  gtk_widget_set_size_request (scrolled, 480, 140);
  return scrolled;
}

static void
free_chooser (gpointer data)
{
  PhotoChooser *self = data;

  g_free (self->folder);
  g_free (self);
}

GtkWidget *
photo_chooser_new (const gchar *const *names, const gchar *folder)
{
  PhotoChooser *self = g_new0 (PhotoChooser, 1);

  self->box = gtk_widgets_new_box (GTK_ORIENTATION_VERTICAL);
  self->folder = g_strdup (folder);
  self->count = gtk_label_new (NULL);
  g_object_set_data_full (G_OBJECT (self->box), "photo-chooser", self, free_chooser);
  gtk_box_pack_start (GTK_BOX (self->box), new_list (self), TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (self->box), new_buttons (self), FALSE, FALSE, 0);
  photo_chooser_set_names (self->box, names);
  gtk_widget_show_all (self->box);
  return self->box;
}

gchar **
photo_chooser_get_names (GtkWidget *chooser)
{
  GtkTreeModel *model = GTK_TREE_MODEL (chooser_of (chooser)->list);
  GPtrArray *names = g_ptr_array_new ();
  GtkTreeIter place;

  for (gboolean more = gtk_tree_model_get_iter_first (model, &place); more;
       more = gtk_tree_model_iter_next (model, &place))
    {
      gchar *path;

      gtk_tree_model_get (model, &place, COLUMN_PATH, &path, -1);
      g_ptr_array_add (names, path);
    }
  g_ptr_array_add (names, NULL);
  return (gchar **) g_ptr_array_free (names, FALSE);
}

void
photo_chooser_set_names (GtkWidget *chooser, const gchar *const *names)
{
  PhotoChooser *self = chooser_of (chooser);

  gtk_list_store_clear (self->list);
  for (; names != NULL && *names != NULL; names++)
    append (self, *names);
  report_change (self);
}

void
photo_chooser_on_changed (GtkWidget *chooser, PhotoChooserChanged changed, gpointer user_data)
{
  PhotoChooser *self = chooser_of (chooser);

  self->changed = changed;
  self->user_data = user_data;
}
