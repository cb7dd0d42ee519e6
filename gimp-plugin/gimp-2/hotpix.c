/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The plug-in for GIMP 2.10: its three procedures, their arguments and last values, by that
 * generation's API. */

#include "dialog-choices.h"
#include "find-hot-pixels.h"
#include "options-dialog.h"
#include "plugin-procedures.h"
#include "repair-hot-pixels.h"

#include <libgimp/gimpui.h>
#include <string.h>

/* Before the options come the run mode, the image and its drawable; of photos the number of names and
 * the names instead of the drawable; in a repair also where the defects are told. */
#define N_LAYERS_LEADING 3
#define N_LEADING 4

static const GimpParamDef layers_leading[N_LAYERS_LEADING] = {
  { GIMP_PDB_INT32, "run-mode",
    "The run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), RUN-WITH-LAST-VALS (2) }" },
  { GIMP_PDB_IMAGE, "image", "The image whose layers are the photos" },
  { GIMP_PDB_DRAWABLE, "drawable", "Not used" },
};

static const GimpParamDef photos_leading[N_LEADING] = {
  { GIMP_PDB_INT32, "run-mode",
    "The run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), RUN-WITH-LAST-VALS (2) }" },
  { GIMP_PDB_IMAGE, "image", "The open image, for its marks; or -1" },
  { GIMP_PDB_INT32, "n-photos", "How many names follow" },
  { GIMP_PDB_STRINGARRAY, "photos", "Names of files or folders, patterns, or @LIST" },
};

static const GimpParamDef repair_leading[N_LEADING] = {
  { GIMP_PDB_INT32, "run-mode",
    "The run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), RUN-WITH-LAST-VALS (2) }" },
  { GIMP_PDB_IMAGE, "image", "The image" },
  { GIMP_PDB_DRAWABLE, "drawable", "The layer with the photo" },
  { GIMP_PDB_STRING, PLUGIN_SOURCE, PLUGIN_SOURCE_BLURB },
};

static const GimpParamDef layers_results[] = {
  { GIMP_PDB_LAYER, "layer", "The new layer with the marks, or -1" },
  { GIMP_PDB_INT32, "n-defects", "Number of defects found" },
  { GIMP_PDB_IMAGE, "sheet", "The new image with the defects enlarged, or -1" },
};

static const GimpParamDef photos_results[] = {
  { GIMP_PDB_IMAGE, "image", "The new image, or the open one" },
  { GIMP_PDB_INT32, "n-defects", "Number of defects found" },
  { GIMP_PDB_IMAGE, "sheet", "The new image with the defects enlarged, or -1" },
};

static const GimpParamDef repair_results[] = {
  { GIMP_PDB_LAYER, "layer", "The new layer with the repaired pixels, or -1" },
  { GIMP_PDB_INT32, "n-repaired", "Number of defects repaired" },
};

static gint
count_leading (PluginProcedure procedure)
{
  return procedure == PLUGIN_LAYERS ? N_LAYERS_LEADING : N_LEADING;
}

/* The blurb and the range. */
static gchar *
describe_option (const PluginOption *option)
{
  GString *words = g_string_new (option->blurb);

  if (option->kind == PLUGIN_OPTION_TEXT)
    return g_string_free (words, FALSE);
  if (option->kind != PLUGIN_OPTION_CHOICE)
    {
      g_string_append_printf (words, " (%g to %g)", option->least, option->most);
      return g_string_free (words, FALSE);
    }
  for (const PluginChoice *choice = option->choices; choice->name != NULL; choice++)
    g_string_append_printf (words, "%s %s (%d)", choice == option->choices ? " {" : ",",
                            choice->name, choice->value);
  g_string_append (words, " }");
  return g_string_free (words, FALSE);
}

/* Declared for as long as the plug-in runs. */
static GArray *
declare_arguments (PluginProcedure procedure)
{
  GArray *arguments = g_array_new (FALSE, FALSE, sizeof (GimpParamDef));

  g_array_append_vals (arguments,
                       procedure == PLUGIN_LAYERS   ? layers_leading
                       : procedure == PLUGIN_PHOTOS ? photos_leading
                                                    : repair_leading,
                       (guint) count_leading (procedure));
  for (const PluginOption *option = plugin_options_table; option->name != NULL; option++)
    {
      GimpParamDef argument = { option->kind == PLUGIN_OPTION_NUMBER ? GIMP_PDB_FLOAT
                                : option->kind == PLUGIN_OPTION_TEXT ? GIMP_PDB_STRING
                                                                     : GIMP_PDB_INT32,
                                (gchar *) option->name, describe_option (option) };

      if ((option->procedures & procedure) != 0)
        g_array_append_val (arguments, argument);
      else
        g_free (argument.description);
    }
  return arguments;
}

static void
install (PluginProcedure procedure, const gchar *name, const gchar *blurb, const gchar *help,
         const gchar *menu_label, const gchar *icon, const gchar *image_types,
         const GimpParamDef *results, guint n_results)
{
  GArray *arguments = declare_arguments (procedure);

  gimp_install_procedure (name, blurb, help, PLUGIN_AUTHORS, PLUGIN_COPYRIGHT, PLUGIN_DATE,
                          menu_label, image_types, GIMP_PLUGIN, (gint) arguments->len,
                          (gint) n_results, (const GimpParamDef *) arguments->data, results);
  gimp_plugin_menu_register (name, PLUGIN_MENU);
  gimp_plugin_icon_register (name, GIMP_ICON_TYPE_ICON_NAME, (const guint8 *) icon);
}

static void
query (void)
{
  gimp_plugin_domain_register (HOTPIX_TEXT_DOMAIN, hotpix_text_bind ("UTF-8"));
  install (PLUGIN_LAYERS, PLUGIN_LAYERS_PROCEDURE, PLUGIN_LAYERS_BLURB, PLUGIN_LAYERS_HELP,
           PLUGIN_LAYERS_LABEL, PLUGIN_LAYERS_ICON, "RGB*, GRAY*, INDEXED*", layers_results,
           G_N_ELEMENTS (layers_results));
  install (PLUGIN_PHOTOS, PLUGIN_PHOTOS_PROCEDURE, PLUGIN_PHOTOS_BLURB, PLUGIN_PHOTOS_HELP,
           PLUGIN_PHOTOS_LABEL, PLUGIN_PHOTOS_ICON, "", photos_results,
           G_N_ELEMENTS (photos_results));
  install (PLUGIN_REPAIR, PLUGIN_REPAIR_PROCEDURE, PLUGIN_REPAIR_BLURB, PLUGIN_REPAIR_HELP,
           PLUGIN_REPAIR_LABEL, PLUGIN_REPAIR_ICON, "RGB*, GRAY*", repair_results,
           G_N_ELEMENTS (repair_results));
}

/* The last choice in this session of GIMP, if there is one. */
static void
get_last_values (const gchar *name, PluginOptions *options, gchar ***names)
{
  g_autofree gchar *key = g_strconcat (name, "-names", NULL);
  gint length = gimp_get_data_size (key);

  if (gimp_get_data_size (name) == (gint) sizeof *options)
    gimp_get_data (name, options);
  if (length > 0)
    {
      g_autofree gchar *lines = g_malloc0 ((gsize) length + 1);

      gimp_get_data (key, lines);
      *names = g_strsplit (lines, "\n", -1);
    }
}

static void
set_last_values (const gchar *name, const PluginOptions *options, gchar **names)
{
  g_autofree gchar *key = g_strconcat (name, "-names", NULL);
  g_autofree gchar *lines = names != NULL ? g_strjoinv ("\n", names) : NULL;

  gimp_set_data (name, options, sizeof *options);
  if (lines != NULL)
    gimp_set_data (key, lines, (guint32) strlen (lines));
}

static gboolean
parse_arguments (PluginProcedure procedure, gint n_params, const GimpParam *param,
                 PluginOptions *options, GError **error)
{
  gint i = count_leading (procedure);

  for (const PluginOption *option = plugin_options_table; option->name != NULL; option++)
    {
      if ((option->procedures & procedure) == 0)
        continue;
      if (i >= n_params)
        {
          g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                       _ ("the argument %s is missing"), option->name);
          return FALSE;
        }
      if (!(option->kind == PLUGIN_OPTION_TEXT
                ? plugin_option_set_text (option, options, param[i].data.d_string, error)
                : plugin_option_set (option, options,
                                     option->kind == PLUGIN_OPTION_NUMBER
                                         ? param[i].data.d_float
                                         : param[i].data.d_int32,
                                     error)))
        return FALSE;
      i++;
    }
  return TRUE;
}

static gchar **
parse_names (gint n_params, const GimpParam *param)
{
  gint n = n_params >= N_LEADING ? MAX (param[2].data.d_int32, 0) : 0;
  gchar **names = g_new0 (gchar *, (gsize) n + 1);

  for (gint i = 0; i < n; i++)
    names[i] = g_strdup (param[3].data.d_stringarray[i]);
  return names;
}

/* Of a repair: where the defects are told, as the only name. */
static gchar **
parse_source (gint n_params, const GimpParam *param)
{
  gchar **names = g_new0 (gchar *, 2);

  names[0] = g_strdup (n_params >= N_LEADING ? param[N_LEADING - 1].data.d_string : NULL);
  return names;
}

/* The image that a procedure is called for; HOST_NONE where it was called from no window with one. */
static HostImage
get_image (gint n_params, const GimpParam *param)
{
  HostImage image = n_params >= 2 ? param[1].data.d_image : HOST_NONE;

  return gimp_image_is_valid (image) ? image : HOST_NONE;
}

/* From the arguments, the dialog or the last time, by the run mode. */
static GimpPDBStatusType
get_options (PluginProcedure procedure, const gchar *name, gint n_params,
             const GimpParam *param, PluginOptions *options, gchar ***names, GError **error)
{
  HostImage image = get_image (n_params, param);

  switch ((GimpRunMode) param[0].data.d_int32)
    {
    case GIMP_RUN_NONINTERACTIVE:
      if (procedure == PLUGIN_PHOTOS)
        *names = parse_names (n_params, param);
      else if (procedure == PLUGIN_REPAIR)
        *names = parse_source (n_params, param);
      return parse_arguments (procedure, n_params, param, options, error)
                 ? GIMP_PDB_SUCCESS
                 : GIMP_PDB_CALLING_ERROR;
    case GIMP_RUN_INTERACTIVE:
      get_last_values (name, options, names);
      dialog_choices_begin (options, image);
      if (!options_dialog_run (procedure, image, options, names))
        return GIMP_PDB_CANCEL;
      set_last_values (name, options, *names);
      return GIMP_PDB_SUCCESS;
    case GIMP_RUN_WITH_LAST_VALS:
      get_last_values (name, options, names);
      return GIMP_PDB_SUCCESS;
    default:
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("run-mode must be 0, 1 or 2, not %d"), param[0].data.d_int32);
      return GIMP_PDB_CALLING_ERROR;
    }
}

static gboolean
repair (const GimpParam *param, const PluginOptions *options, gchar **names, GimpParam *values,
        GError **error)
{
  HostLayer layer;
  gint n_repaired;

  if (!repair_hot_pixels (param[1].data.d_image, param[2].data.d_drawable,
                          (GimpRunMode) param[0].data.d_int32, names != NULL ? names[0] : NULL,
                          options, &layer, &n_repaired, error))
    return FALSE;
  values[1].type = GIMP_PDB_LAYER;
  values[1].data.d_layer = layer;
  values[2].type = GIMP_PDB_INT32;
  values[2].data.d_int32 = n_repaired;
  return TRUE;
}

/* Behind the first value, which is of each procedure's own kind. */
static void
return_found (const FoundHotPixels *found, GimpParam *values)
{
  values[2].type = GIMP_PDB_INT32;
  values[2].data.d_int32 = found->n_defects;
  values[3].type = GIMP_PDB_IMAGE;
  values[3].data.d_image = found->sheet;
}

static gboolean
find_in_layers (const GimpParam *param, const PluginOptions *options, GimpParam *values,
                GError **error)
{
  FoundHotPixels found;

  if (!find_hot_pixels_in_layers (param[1].data.d_image, (GimpRunMode) param[0].data.d_int32,
                                  options, &found, error))
    return FALSE;
  values[1].type = GIMP_PDB_LAYER;
  values[1].data.d_layer = found.marks;
  return_found (&found, values);
  return TRUE;
}

static gboolean
find_in_photos (gint n_params, const GimpParam *param, const PluginOptions *options,
                gchar **names, GimpParam *values, GError **error)
{
  FoundHotPixels found;

  if (!find_hot_pixels_in_photos (get_image (n_params, param), (const gchar *const *) names,
                                  (GimpRunMode) param[0].data.d_int32, options, &found, error))
    return FALSE;
  values[1].type = GIMP_PDB_IMAGE;
  values[1].data.d_image = found.image;
  return_found (&found, values);
  return TRUE;
}

static gboolean
run_procedure (PluginProcedure procedure, gint n_params, const GimpParam *param,
               const PluginOptions *options, gchar **names, GimpParam *values, GError **error)
{
  switch (procedure)
    {
    case PLUGIN_LAYERS:
      return find_in_layers (param, options, values, error);
    case PLUGIN_PHOTOS:
      return find_in_photos (n_params, param, options, names, values, error);
    case PLUGIN_REPAIR:
    default:
      return repair (param, options, names, values, error);
    }
}

/* Whether the user, who called for an image's layers, wants to choose photos instead, as these cannot be
 * searched. Otherwise status: out, GIMP_PDB_SUCCESS where they can. */
static gboolean
wants_photos (HostImage image, GimpPDBStatusType *status, GError **error)
{
  g_autoptr (GError) why = NULL;

  *status = GIMP_PDB_SUCCESS;
  if (find_hot_pixels_check_layers (image, TRUE, &why))
    return FALSE;
  if (g_error_matches (why, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES))
    {
      *status = GIMP_PDB_CANCEL;
      return dialog_choices_ask_for_photos (why);
    }
  *status = GIMP_PDB_EXECUTION_ERROR;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static void
run (const gchar *name, gint n_params, const GimpParam *param, gint *n_values,
     GimpParam **return_values)
{
  static GimpParam values[4];
  PluginProcedure procedure = strcmp (name, PLUGIN_LAYERS_PROCEDURE) == 0   ? PLUGIN_LAYERS
                              : strcmp (name, PLUGIN_PHOTOS_PROCEDURE) == 0 ? PLUGIN_PHOTOS
                                                                            : PLUGIN_REPAIR;
  const PluginProcedure called = procedure;
  PluginOptions options = plugin_options_default ();
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;
  GimpPDBStatusType status = GIMP_PDB_SUCCESS;
  gboolean instead = FALSE;

  hotpix_text_bind ("UTF-8");
  gegl_init (NULL, NULL);
  if (param[0].data.d_int32 == GIMP_RUN_INTERACTIVE)
    {
      gimp_ui_init ("hotpix", TRUE);
      instead
          = procedure == PLUGIN_LAYERS && wants_photos (param[1].data.d_image, &status, &error);
    }
  if (instead)
    {
      procedure = PLUGIN_PHOTOS;
      name = PLUGIN_PHOTOS_PROCEDURE;
      status = GIMP_PDB_SUCCESS;
    }
  if (status == GIMP_PDB_SUCCESS)
    status = get_options (procedure, name, n_params, param, &options, &names, &error);
  if (status == GIMP_PDB_SUCCESS
      && !run_procedure (procedure, n_params, param, &options, names, values, &error))
    status = GIMP_PDB_EXECUTION_ERROR;
  gegl_exit ();
  if (instead)
    {
      values[1].type = GIMP_PDB_LAYER;
      values[1].data.d_layer = HOST_NONE;
    }
  values[0].type = GIMP_PDB_STATUS;
  values[0].data.d_status = status;
  *n_values = status != GIMP_PDB_SUCCESS ? 1 : called == PLUGIN_REPAIR ? 3 : 4;
  if (error != NULL)
    {
      values[1].type = GIMP_PDB_STRING;
      values[1].data.d_string = g_steal_pointer (&error->message);
      *n_values = 2;
    }
  *return_values = values;
}

const GimpPlugInInfo PLUG_IN_INFO = { NULL, NULL, query, run };

MAIN ()
