/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The plug-in for GIMP 3: its three procedures, their arguments and dialogs, by that generation's
 * API. */

#include "find-hot-pixels.h"
#include "photo-chooser.h"
#include "plugin-procedures.h"
#include "repair-hot-pixels.h"

#include <libgimp/gimpui.h>
#include <string.h>

#define BORDER 12

typedef struct
{
  GimpPlugIn parent_instance;
} Hotpix;

typedef struct
{
  GimpPlugInClass parent_class;
} HotpixClass;

static GType hotpix_get_type (void);
G_DEFINE_TYPE (Hotpix, hotpix, GIMP_TYPE_PLUG_IN)

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

/* GIMP has kept them in their ranges. */
static PluginOptions
read_options (GimpProcedureConfig *config, PluginProcedure procedure)
{
  PluginOptions options = plugin_options_default ();

  for (const PluginOption *option = plugin_options_table; option->name != NULL; option++)
    if ((option->procedures & procedure) != 0)
      plugin_option_set (option, &options, get_value (config, option), NULL);
  return options;
}

static void
names_changed (GtkWidget *chooser, gpointer dialog)
{
  g_auto (GStrv) names = photo_chooser_get_names (chooser);

  g_object_set (g_object_get_data (dialog, "config"), "photos", names, NULL);
  gtk_dialog_set_response_sensitive (dialog, GTK_RESPONSE_OK, names[0] != NULL);
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
add_photo_chooser (GtkWidget *dialog, GimpProcedureConfig *config)
{
  GtkWidget *content = gtk_dialog_get_content_area (GTK_DIALOG (dialog));
  g_auto (GStrv) names = NULL;
  GtkWidget *chooser;

  g_object_get (config, "photos", &names, NULL);
  chooser = photo_chooser_new ((const gchar *const *) names);
  gtk_container_set_border_width (GTK_CONTAINER (chooser), BORDER);
  gtk_box_pack_start (GTK_BOX (content), chooser, TRUE, TRUE, 0);
  g_object_set_data (G_OBJECT (dialog), "config", config);
  photo_chooser_on_changed (chooser, names_changed, dialog);
  names_changed (chooser, dialog);
  g_signal_connect_object (config, "notify::photos", G_CALLBACK (show_names), chooser, 0);
}

static gboolean
ask (GimpProcedure *procedure, GimpProcedureConfig *config, PluginProcedure which)
{
  const gchar *title = which == PLUGIN_LAYERS   ? PLUGIN_LAYERS_TITLE
                       : which == PLUGIN_PHOTOS ? PLUGIN_PHOTOS_TITLE
                                                : PLUGIN_REPAIR_TITLE;
  GtkWidget *dialog;
  GList *names = NULL;
  gboolean agreed;

  gimp_ui_init ("hotpix");
  dialog = gimp_procedure_dialog_new (procedure, config, _ (title));
  if (which == PLUGIN_PHOTOS)
    add_photo_chooser (dialog, config);
  if (which == PLUGIN_REPAIR)
    names = g_list_append (names, PLUGIN_SOURCE);
  for (const PluginOption *option = plugin_options_table; option->name != NULL; option++)
    if ((option->procedures & which) != 0)
      names = g_list_append (names, (gpointer) option->name);
  gimp_procedure_dialog_fill_list (GIMP_PROCEDURE_DIALOG (dialog), names);
  g_list_free (names);
  agreed = gimp_procedure_dialog_run (GIMP_PROCEDURE_DIALOG (dialog));
  gtk_widget_destroy (dialog);
  return agreed;
}

static GimpValueArray *
run_layers (GimpProcedure *procedure, GimpRunMode run_mode, GimpImage *image,
            GimpDrawable **drawables, GimpProcedureConfig *config, gpointer run_data)
{
  PluginOptions options;
  GError *error = NULL;
  GimpValueArray *values;
  GimpLayer *layer;
  gint n_defects;

  gegl_init (NULL, NULL);
  if (run_mode == GIMP_RUN_INTERACTIVE && !ask (procedure, config, PLUGIN_LAYERS))
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_CANCEL, NULL);
  options = read_options (config, PLUGIN_LAYERS);
  layer = find_hot_pixels_in_layers (image, run_mode, &options, &n_defects, &error);
  gegl_exit ();
  if (layer == HOST_NONE)
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_EXECUTION_ERROR, error);
  values = gimp_procedure_new_return_values (procedure, GIMP_PDB_SUCCESS, NULL);
  GIMP_VALUES_SET_LAYER (values, 1, layer);
  GIMP_VALUES_SET_INT (values, 2, n_defects);
  return values;
}

static GimpValueArray *
run_photos (GimpProcedure *procedure, GimpProcedureConfig *config, gpointer run_data)
{
  PluginOptions options;
  g_auto (GStrv) names = NULL;
  GimpRunMode run_mode;
  GError *error = NULL;
  GimpValueArray *values;
  GimpImage *image;
  gint n_defects;

  gegl_init (NULL, NULL);
  g_object_get (config, "run-mode", &run_mode, NULL);
  if (run_mode == GIMP_RUN_INTERACTIVE && !ask (procedure, config, PLUGIN_PHOTOS))
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_CANCEL, NULL);
  g_object_get (config, "photos", &names, NULL);
  options = read_options (config, PLUGIN_PHOTOS);
  image = find_hot_pixels_in_photos ((const gchar *const *) names, run_mode, &options,
                                     &n_defects, &error);
  gegl_exit ();
  if (image == HOST_NONE)
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_EXECUTION_ERROR, error);
  values = gimp_procedure_new_return_values (procedure, GIMP_PDB_SUCCESS, NULL);
  GIMP_VALUES_SET_IMAGE (values, 1, image);
  GIMP_VALUES_SET_INT (values, 2, n_defects);
  return values;
}

static GimpValueArray *
run_repair (GimpProcedure *procedure, GimpRunMode run_mode, GimpImage *image,
            GimpDrawable **drawables, GimpProcedureConfig *config, gpointer run_data)
{
  PluginOptions options;
  g_autofree gchar *source = NULL;
  GError *error = NULL;
  GimpValueArray *values;
  GimpLayer *layer;
  gboolean repaired;
  gint n_repaired;

  if (drawables == NULL || drawables[0] == NULL || drawables[1] != NULL)
    {
      g_set_error (&error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("choose one layer, the one with the photo"));
      return gimp_procedure_new_return_values (procedure, GIMP_PDB_CALLING_ERROR, error);
    }
  gegl_init (NULL, NULL);
  if (run_mode == GIMP_RUN_INTERACTIVE && !ask (procedure, config, PLUGIN_REPAIR))
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_CANCEL, NULL);
  g_object_get (config, PLUGIN_SOURCE, &source, NULL);
  options = read_options (config, PLUGIN_REPAIR);
  repaired = repair_hot_pixels (image, drawables[0], run_mode, source, &options, &layer,
                                &n_repaired, &error);
  gegl_exit ();
  if (!repaired)
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_EXECUTION_ERROR, error);
  values = gimp_procedure_new_return_values (procedure, GIMP_PDB_SUCCESS, NULL);
  GIMP_VALUES_SET_LAYER (values, 1, layer);
  GIMP_VALUES_SET_INT (values, 2, n_repaired);
  return values;
}

static GimpChoice *
new_choice (const PluginOption *option)
{
  GimpChoice *choice = gimp_choice_new ();

  for (const PluginChoice *each = option->choices; each->name != NULL; each++)
    gimp_choice_add (choice, each->name, each->value, _ (each->label), NULL);
  return choice;
}

static const gchar *
name_of (const PluginOption *option, gint value)
{
  const PluginChoice *choice = option->choices;

  while (choice->name != NULL && choice->value != value)
    choice++;
  return choice->name;
}

static void
add_option (GimpProcedure *procedure, const PluginOption *option)
{
  const PluginOptions defaults = plugin_options_default ();
  gdouble value = plugin_option_get (option, &defaults);
  const gchar *label = _ (option->label), *blurb = _ (option->blurb);

  switch (option->kind)
    {
    case PLUGIN_OPTION_NUMBER:
      gimp_procedure_add_double_argument (procedure, option->name, label, blurb, option->least,
                                          option->most, value, G_PARAM_READWRITE);
      break;
    case PLUGIN_OPTION_INTEGER:
      gimp_procedure_add_int_argument (procedure, option->name, label, blurb,
                                       (gint) option->least, (gint) option->most, (gint) value,
                                       G_PARAM_READWRITE);
      break;
    case PLUGIN_OPTION_SWITCH:
      gimp_procedure_add_boolean_argument (procedure, option->name, label, blurb, value != 0,
                                           G_PARAM_READWRITE);
      break;
    case PLUGIN_OPTION_CHOICE:
      gimp_procedure_add_choice_argument (procedure, option->name, label, blurb,
                                          new_choice (option), name_of (option, (gint) value),
                                          G_PARAM_READWRITE);
      break;
    }
}

static void
add_options (GimpProcedure *procedure, PluginProcedure which)
{
  for (const PluginOption *option = plugin_options_table; option->name != NULL; option++)
    if ((option->procedures & which) != 0)
      add_option (procedure, option);
}

static void
add_count (GimpProcedure *procedure)
{
  gimp_procedure_add_int_return_value (procedure, "n-defects", _ ("Defects"),
                                       _ ("Number of defects found"), 0, G_MAXINT, 0,
                                       G_PARAM_READWRITE);
}

static GimpProcedure *
create_layers_procedure (GimpPlugIn *plug_in)
{
  GimpProcedure *procedure = gimp_image_procedure_new (
      plug_in, PLUGIN_LAYERS_PROCEDURE, GIMP_PDB_PROC_TYPE_PLUGIN, run_layers, NULL, NULL);

  gimp_procedure_set_image_types (procedure, "*");
  gimp_procedure_set_sensitivity_mask (procedure, GIMP_PROCEDURE_SENSITIVE_DRAWABLE
                                                      | GIMP_PROCEDURE_SENSITIVE_DRAWABLES
                                                      | GIMP_PROCEDURE_SENSITIVE_NO_DRAWABLES);
  gimp_procedure_set_menu_label (procedure, _ (PLUGIN_LAYERS_LABEL));
  gimp_procedure_set_documentation (procedure, _ (PLUGIN_LAYERS_BLURB), _ (PLUGIN_LAYERS_HELP),
                                    NULL);
  add_options (procedure, PLUGIN_LAYERS);
  gimp_procedure_add_layer_return_value (procedure, "layer", _ ("Layer"),
                                         _ ("The new layer with the marks"), TRUE,
                                         G_PARAM_READWRITE);
  add_count (procedure);
  return procedure;
}

static GimpProcedure *
create_photos_procedure (GimpPlugIn *plug_in)
{
  GimpProcedure *procedure = gimp_procedure_new (
      plug_in, PLUGIN_PHOTOS_PROCEDURE, GIMP_PDB_PROC_TYPE_PLUGIN, run_photos, NULL, NULL);

  gimp_procedure_set_sensitivity_mask (procedure, GIMP_PROCEDURE_SENSITIVE_ALWAYS);
  gimp_procedure_set_menu_label (procedure, _ (PLUGIN_PHOTOS_LABEL));
  gimp_procedure_set_documentation (procedure, _ (PLUGIN_PHOTOS_BLURB), _ (PLUGIN_PHOTOS_HELP),
                                    NULL);
  gimp_procedure_add_enum_argument (procedure, "run-mode", _ ("Run mode"), _ ("The run mode"),
                                    GIMP_TYPE_RUN_MODE, GIMP_RUN_NONINTERACTIVE,
                                    G_PARAM_READWRITE);
  gimp_procedure_add_string_array_argument (procedure, "photos", _ ("Photos"),
                                            _ ("Names of files or folders, patterns, or @LIST"),
                                            G_PARAM_READWRITE);
  add_options (procedure, PLUGIN_PHOTOS);
  gimp_procedure_add_image_return_value (procedure, "image", _ ("Image"), _ ("The new image"),
                                         TRUE, G_PARAM_READWRITE);
  add_count (procedure);
  return procedure;
}

static GimpProcedure *
create_repair_procedure (GimpPlugIn *plug_in)
{
  GimpProcedure *procedure = gimp_image_procedure_new (
      plug_in, PLUGIN_REPAIR_PROCEDURE, GIMP_PDB_PROC_TYPE_PLUGIN, run_repair, NULL, NULL);

  gimp_procedure_set_image_types (procedure, "RGB*, GRAY*");
  gimp_procedure_set_sensitivity_mask (procedure, GIMP_PROCEDURE_SENSITIVE_DRAWABLE);
  gimp_procedure_set_menu_label (procedure, _ (PLUGIN_REPAIR_LABEL));
  gimp_procedure_set_documentation (procedure, _ (PLUGIN_REPAIR_BLURB), _ (PLUGIN_REPAIR_HELP),
                                    NULL);
  gimp_procedure_add_string_argument (procedure, PLUGIN_SOURCE, _ (PLUGIN_SOURCE_LABEL),
                                      _ (PLUGIN_SOURCE_BLURB), "", G_PARAM_READWRITE);
  add_options (procedure, PLUGIN_REPAIR);
  gimp_procedure_add_layer_return_value (procedure, "layer", _ ("Layer"),
                                         _ ("The new layer with the repaired pixels"), TRUE,
                                         G_PARAM_READWRITE);
  gimp_procedure_add_int_return_value (procedure, "n-repaired", _ ("Repaired"),
                                       _ ("Number of defects repaired"), 0, G_MAXINT, 0,
                                       G_PARAM_READWRITE);
  return procedure;
}

static GimpProcedure *
create_procedure (GimpPlugIn *plug_in, const gchar *name)
{
  GimpProcedure *procedure;

  if (strcmp (name, PLUGIN_LAYERS_PROCEDURE) == 0)
    procedure = create_layers_procedure (plug_in);
  else if (strcmp (name, PLUGIN_PHOTOS_PROCEDURE) == 0)
    procedure = create_photos_procedure (plug_in);
  else
    procedure = create_repair_procedure (plug_in);
  gimp_procedure_add_menu_path (procedure, PLUGIN_MENU);
  gimp_procedure_set_attribution (procedure, "The hotpix developers", "GPL-3.0-or-later",
                                  "2026");
  return procedure;
}

static GList *
query_procedures (GimpPlugIn *plug_in)
{
  GList *names = g_list_append (NULL, g_strdup (PLUGIN_LAYERS_PROCEDURE));

  names = g_list_append (names, g_strdup (PLUGIN_PHOTOS_PROCEDURE));
  return g_list_append (names, g_strdup (PLUGIN_REPAIR_PROCEDURE));
}

static void
hotpix_class_init (HotpixClass *hotpix_class)
{
  GimpPlugInClass *plug_in_class = GIMP_PLUG_IN_CLASS (hotpix_class);

  plug_in_class->query_procedures = query_procedures;
  plug_in_class->create_procedure = create_procedure;
  /* GIMP would look for translations only beside the plug-in. */
  plug_in_class->set_i18n = NULL;
  hotpix_text_bind ("UTF-8");
}

static void
hotpix_init (Hotpix *self)
{
}

GIMP_MAIN (hotpix_get_type ())
