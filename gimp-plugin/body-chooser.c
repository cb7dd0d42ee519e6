/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "body-chooser.h"
#include "base/text.h"
#include "gtk-widgets.h"
#include "photo-bodies.h"

#include <string.h>

typedef struct
{
  GtkWidget *box, *choice;
  GPtrArray *bodies; /* those that are offered, behind most and any */
  gchar **names;     /* whose they are; nullable */
  gboolean is_filled_in;
  BodyChooserChanged changed;
  gpointer user_data;
} BodyChooser;

/* The choices before the bodies. */
enum
{
  CHOICE_MOST,
  CHOICE_ANY,
  N_CHOICES
};

static void
free_chooser (gpointer data)
{
  BodyChooser *self = data;

  g_ptr_array_unref (self->bodies);
  g_strfreev (self->names);
  g_free (self);
}

static BodyChooser *
chooser_of (GtkWidget *box)
{
  return g_object_get_data (G_OBJECT (box), "body-chooser");
}

static void
report_change (GtkComboBox *choice, gpointer user_data)
{
  BodyChooser *self = user_data;

  if (!self->is_filled_in && self->changed != NULL)
    self->changed (self->box, self->user_data);
}

static guint
find_body (const BodyChooser *self, const gchar *body)
{
  guint i = 0;

  while (i < self->bodies->len && strcmp (self->bodies->pdata[i], body) != 0)
    i++;
  return i;
}

/* A body that was chosen before is offered even if no photo is by it: the search then says which there are. */
static void
fill_in (BodyChooser *self, GPtrArray *bodies, const PluginOptions *options)
{
  GtkComboBoxText *choice = GTK_COMBO_BOX_TEXT (self->choice);

  self->is_filled_in = TRUE;
  g_ptr_array_ref (bodies);
  g_ptr_array_unref (self->bodies);
  self->bodies = bodies;
  if (*options->body != '\0' && find_body (self, options->body) == bodies->len)
    g_ptr_array_add (bodies, g_strdup (options->body));
  gtk_list_store_clear (GTK_LIST_STORE (gtk_combo_box_get_model (GTK_COMBO_BOX (choice))));
  gtk_combo_box_text_append_text (choice, _ ("The one with most photos"));
  gtk_combo_box_text_append_text (choice, _ ("Any"));
  for (guint i = 0; i < bodies->len; i++)
    gtk_combo_box_text_append_text (choice, bodies->pdata[i]);
  gtk_combo_box_set_active (GTK_COMBO_BOX (choice),
                            *options->body != '\0'
                                ? (gint) (N_CHOICES + find_body (self, options->body))
                            : options->camera == HOTPIX_CAMERA_ANY ? CHOICE_ANY
                                                                   : CHOICE_MOST);
  self->is_filled_in = FALSE;
}

GtkWidget *
body_chooser_new (void)
{
  BodyChooser *self = g_new0 (BodyChooser, 1);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("Camera _body"));
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_free);
  const PluginOptions defaults = plugin_options_default ();

  self->box = gtk_widgets_new_box (GTK_ORIENTATION_HORIZONTAL);
  self->choice = gtk_combo_box_text_new ();
  self->bodies = g_ptr_array_new_with_free_func (g_free);
  g_object_set_data_full (G_OBJECT (self->box), "body-chooser", self, free_chooser);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->choice);
  gtk_widget_set_tooltip_text (self->choice,
                               _ ("Which camera's photos count, according to their EXIF"));
  gtk_box_pack_start (GTK_BOX (self->box), label, FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (self->box), self->choice, TRUE, TRUE, 0);
  fill_in (self, none, &defaults);
  g_signal_connect (self->choice, "changed", G_CALLBACK (report_change), self);
  gtk_widget_show_all (self->box);
  return self->box;
}

void
body_chooser_set_photos (GtkWidget *chooser, const gchar *const *names)
{
  BodyChooser *self = chooser_of (chooser);
  PluginOptions options = plugin_options_default ();
  g_autoptr (GPtrArray) bodies = NULL;

  if (names != NULL && self->names != NULL
      && g_strv_equal (names, (const gchar *const *) self->names))
    return;
  g_strfreev (self->names);
  self->names = g_strdupv ((gchar **) names);
  bodies = photo_bodies_find (names);
  if (bodies->len < 2)
    g_ptr_array_set_size (bodies, 0);
  body_chooser_read (chooser, &options);
  fill_in (self, bodies, &options);
}

void
body_chooser_show (GtkWidget *chooser, const PluginOptions *options)
{
  BodyChooser *self = chooser_of (chooser);

  fill_in (self, self->bodies, options);
}

void
body_chooser_read (GtkWidget *chooser, PluginOptions *options)
{
  BodyChooser *self = chooser_of (chooser);
  gint active = gtk_combo_box_get_active (GTK_COMBO_BOX (self->choice));

  options->camera = active == CHOICE_ANY ? HOTPIX_CAMERA_ANY : HOTPIX_CAMERA_MOST;
  g_strlcpy (options->body, active >= N_CHOICES ? self->bodies->pdata[active - N_CHOICES] : "",
             sizeof options->body);
}

void
body_chooser_on_changed (GtkWidget *chooser, BodyChooserChanged changed, gpointer user_data)
{
  BodyChooser *self = chooser_of (chooser);

  self->changed = changed;
  self->user_data = user_data;
}
