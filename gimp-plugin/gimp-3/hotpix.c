/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The plug-in for GIMP 3: its three procedures and their arguments, by that generation's API. */

#include "dialog-choices.h"
#include "find-hot-pixels.h"
#include "options-dialog.h"
#include "plugin-procedures.h"
#include "repair-hot-pixels.h"

#include <libgimp/gimpui.h>
#include <string.h>

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

/* Whether the image's layers can be searched; otherwise asks the user whether to choose photos instead, and
 * calls that procedure. status: out; of this one, where they cannot. */
static gboolean
can_search (GimpImage *image, GimpPDBStatusType *status, GError **error)
{
  g_autoptr (GError) why = NULL;
  GimpProcedure *photos;

  if (find_hot_pixels_check_layers (image, TRUE, &why))
    return TRUE;
  if (!g_error_matches (why, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES))
    {
      *status = GIMP_PDB_EXECUTION_ERROR;
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  *status = GIMP_PDB_CANCEL;
  gimp_ui_init ("hotpix");
  if (!dialog_choices_ask_for_photos (why))
    return FALSE;
  photos = gimp_pdb_lookup_procedure (gimp_get_pdb (), PLUGIN_PHOTOS_PROCEDURE);
  gimp_value_array_unref (
      gimp_procedure_run (photos, "run-mode", GIMP_RUN_INTERACTIVE, "image", image, NULL));
  return FALSE;
}

static GimpValueArray *
run_layers (GimpProcedure *procedure, GimpRunMode run_mode, GimpImage *image,
            GimpDrawable **drawables, GimpProcedureConfig *config, gpointer run_data)
{
  PluginOptions options;
  GError *error = NULL;
  GimpPDBStatusType status;
  GimpValueArray *values;
  FoundHotPixels found;
  gboolean success;

  gegl_init (NULL, NULL);
  if (run_mode == GIMP_RUN_INTERACTIVE && !can_search (image, &status, &error))
    return gimp_procedure_new_return_values (procedure, status, error);
  if (run_mode == GIMP_RUN_INTERACTIVE
      && !options_dialog_run (procedure, PLUGIN_LAYERS, image, config))
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_CANCEL, NULL);
  options = options_dialog_read (config, PLUGIN_LAYERS);
  success = find_hot_pixels_in_layers (image, run_mode, &options, &found, &error);
  gegl_exit ();
  if (!success)
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_EXECUTION_ERROR, error);
  values = gimp_procedure_new_return_values (procedure, GIMP_PDB_SUCCESS, NULL);
  GIMP_VALUES_SET_LAYER (values, 1, found.marks);
  GIMP_VALUES_SET_INT (values, 2, found.n_defects);
  GIMP_VALUES_SET_IMAGE (values, 3, found.sheet);
  return values;
}

static GimpValueArray *
run_photos (GimpProcedure *procedure, GimpProcedureConfig *config, gpointer run_data)
{
  PluginOptions options;
  g_auto (GStrv) names = NULL;
  g_autoptr (GimpImage) open = NULL;
  GimpRunMode run_mode;
  GError *error = NULL;
  GimpValueArray *values;
  FoundHotPixels found;
  gboolean success;

  gegl_init (NULL, NULL);
  g_object_get (config, "run-mode", &run_mode, "image", &open, NULL);
  if (run_mode == GIMP_RUN_INTERACTIVE
      && !options_dialog_run (procedure, PLUGIN_PHOTOS, open, config))
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_CANCEL, NULL);
  g_object_get (config, "photos", &names, NULL);
  options = options_dialog_read (config, PLUGIN_PHOTOS);
  success = find_hot_pixels_in_photos (open, (const gchar *const *) names, run_mode, &options,
                                       &found, &error);
  gegl_exit ();
  if (!success)
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_EXECUTION_ERROR, error);
  values = gimp_procedure_new_return_values (procedure, GIMP_PDB_SUCCESS, NULL);
  GIMP_VALUES_SET_IMAGE (values, 1, found.image);
  GIMP_VALUES_SET_INT (values, 2, found.n_defects);
  GIMP_VALUES_SET_IMAGE (values, 3, found.sheet);
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
  if (run_mode == GIMP_RUN_INTERACTIVE
      && !options_dialog_run (procedure, PLUGIN_REPAIR, image, config))
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_CANCEL, NULL);
  g_object_get (config, PLUGIN_SOURCE, &source, NULL);
  options = options_dialog_read (config, PLUGIN_REPAIR);
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
  gdouble value
      = option->kind == PLUGIN_OPTION_TEXT ? 0 : plugin_option_get (option, &defaults);
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
    case PLUGIN_OPTION_TEXT:
      gimp_procedure_add_string_argument (procedure, option->name, label, blurb, "",
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
add_found (GimpProcedure *procedure)
{
  gimp_procedure_add_int_return_value (procedure, "n-defects", _ ("Defects"),
                                       _ ("Number of defects found"), 0, G_MAXINT, 0,
                                       G_PARAM_READWRITE);
  gimp_procedure_add_image_return_value (procedure, "sheet", _ ("Enlarged defects"),
                                         _ ("The new image with the defects enlarged"), TRUE,
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
  gimp_procedure_set_icon_name (procedure, PLUGIN_LAYERS_ICON);
  gimp_procedure_set_documentation (procedure, _ (PLUGIN_LAYERS_BLURB), _ (PLUGIN_LAYERS_HELP),
                                    NULL);
  add_options (procedure, PLUGIN_LAYERS);
  gimp_procedure_add_layer_return_value (procedure, "layer", _ ("Layer"),
                                         _ ("The new layer with the marks"), TRUE,
                                         G_PARAM_READWRITE);
  add_found (procedure);
  return procedure;
}

static GimpProcedure *
create_photos_procedure (GimpPlugIn *plug_in)
{
  GimpProcedure *procedure = gimp_procedure_new (
      plug_in, PLUGIN_PHOTOS_PROCEDURE, GIMP_PDB_PROC_TYPE_PLUGIN, run_photos, NULL, NULL);

  gimp_procedure_set_sensitivity_mask (procedure, GIMP_PROCEDURE_SENSITIVE_ALWAYS);
  gimp_procedure_set_menu_label (procedure, _ (PLUGIN_PHOTOS_LABEL));
  gimp_procedure_set_icon_name (procedure, PLUGIN_PHOTOS_ICON);
  gimp_procedure_set_documentation (procedure, _ (PLUGIN_PHOTOS_BLURB), _ (PLUGIN_PHOTOS_HELP),
                                    NULL);
  gimp_procedure_add_enum_argument (procedure, "run-mode", _ ("Run mode"), _ ("The run mode"),
                                    GIMP_TYPE_RUN_MODE, GIMP_RUN_NONINTERACTIVE,
                                    G_PARAM_READWRITE);
  /* GIMP gives it the image of the window whose menu was used, if there is one. */
  gimp_procedure_add_image_argument (procedure, "image", _ ("Image"),
                                     _ ("The open image, for its marks"), TRUE,
                                     G_PARAM_READWRITE);
  gimp_procedure_add_string_array_argument (procedure, "photos", _ ("Photos"),
                                            _ ("Names of files or folders, patterns, or @LIST"),
                                            G_PARAM_READWRITE);
  add_options (procedure, PLUGIN_PHOTOS);
  gimp_procedure_add_image_return_value (procedure, "image", _ ("Image"),
                                         _ ("The new image, or the open one"), TRUE,
                                         G_PARAM_READWRITE);
  add_found (procedure);
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
  gimp_procedure_set_icon_name (procedure, PLUGIN_REPAIR_ICON);
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
  gimp_procedure_set_attribution (procedure, PLUGIN_AUTHORS, PLUGIN_COPYRIGHT, PLUGIN_DATE);
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
