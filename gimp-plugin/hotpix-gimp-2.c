/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The plug-in for GIMP 2.10: its two procedures, by that generation's API. */

#include "layer-stack.h"
#include "photo-names.h"
#include "plugin-job.h"
#include "plugin-text.h"
#include "variance-picture.h"

#include <libgimp/gimp.h>
#include <string.h>

/* What both procedures end in. */
#define OPTION_ARGUMENTS                                                                       \
  { GIMP_PDB_FLOAT, "threshold", "Least score of a defect (0.25 to 100; 1 is right)" },        \
      { GIMP_PDB_INT32, "marks", "What marks a defect { PIXELS (1), RINGS (2), BOTH (3) }" },  \
      { GIMP_PDB_INT32, "ring-radius", "Radius of the rings in pixels (4 to 200)" },           \
  {                                                                                            \
    GIMP_PDB_INT32, "select", "Also select the defects { FALSE (0), TRUE (1) }"                \
  }

static const GimpParamDef layers_arguments[] = {
  { GIMP_PDB_INT32, "run-mode",
    "The run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), "
    "RUN-WITH-LAST-VALS (2) }" },
  { GIMP_PDB_IMAGE, "image", "The image whose layers are the photos" },
  { GIMP_PDB_DRAWABLE, "drawable", "Not used" },
  OPTION_ARGUMENTS,
  { GIMP_PDB_INT32, "variance", "Also add the variance as a layer { FALSE (0), TRUE (1) }" },
  { GIMP_PDB_INT32, "hidden", "Hidden layers count, too { FALSE (0), TRUE (1) }" },
};

static const GimpParamDef photos_arguments[] = {
  { GIMP_PDB_INT32, "run-mode",
    "The run mode { RUN-INTERACTIVE (0), RUN-NONINTERACTIVE (1), "
    "RUN-WITH-LAST-VALS (2) }" },
  { GIMP_PDB_INT32, "n-photos", "How many names follow" },
  { GIMP_PDB_STRINGARRAY, "photos", "Names of files or folders, patterns, or @LIST" },
  OPTION_ARGUMENTS,
  { GIMP_PDB_INT32, "camera", "Whose photos count { MOST (0), ANY (1) }" },
};

static const GimpParamDef layers_results[] = {
  { GIMP_PDB_LAYER, "layer", "The new layer with the marks" },
  { GIMP_PDB_INT32, "n-defects", "How many defects were found" },
};

static const GimpParamDef photos_results[] = {
  { GIMP_PDB_IMAGE, "image", "The new image" },
  { GIMP_PDB_INT32, "n-defects", "How many defects were found" },
};

static gboolean
show_progress (gdouble fraction, gpointer user_data)
{
  /* GIMP ends a plug-in whose progress is cancelled. */
  gimp_progress_update (fraction);
  return TRUE;
}

static gboolean
is_result (gint32 layer)
{
  GimpParasite *parasite = gimp_item_get_parasite (layer, PLUGIN_RESULT_PARASITE);
  gboolean found = parasite != NULL;

  if (found)
    gimp_parasite_free (parasite);
  return found;
}

static void
add_layers (LayerStack *stack, const gint *layers, gint n, gboolean hidden)
{
  for (gint i = 0; i < n; i++)
    {
      gint x, y;
      g_autofree gchar *name = NULL;

      if (is_result (layers[i]) || (!hidden && !gimp_item_get_visible (layers[i])))
        continue;
      if (gimp_item_is_group (layers[i]))
        {
          gint n_children;
          g_autofree gint *children = gimp_item_get_children (layers[i], &n_children);

          add_layers (stack, children, n_children, hidden);
          continue;
        }
      name = gimp_item_get_name (layers[i]);
      gimp_drawable_offsets (layers[i], &x, &y);
      layer_stack_add (stack, name, gimp_drawable_get_buffer (layers[i]), x, y);
    }
}

static gint32
add_result_layer (gint32 image, const gchar *name, const HotpixShape *shape, GimpImageType type,
                  gint x, gint y)
{
  gint32 layer = gimp_layer_new (image, name, (gint) shape->width, (gint) shape->height, type,
                                 100, GIMP_LAYER_MODE_NORMAL);
  GimpParasite *parasite
      = gimp_parasite_new (PLUGIN_RESULT_PARASITE, GIMP_PARASITE_PERSISTENT, 1, "");

  gimp_item_attach_parasite (layer, parasite);
  gimp_parasite_free (parasite);
  gimp_image_insert_layer (image, layer, -1, 0);
  gimp_layer_set_offsets (layer, x, y);
  return layer;
}

static gboolean
add_variance (gint32 image, const PluginJob *job, gint x, gint y, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (job->accumulator);
  GimpImageType type
      = gimp_image_base_type (image) == GIMP_GRAY ? GIMP_GRAY_IMAGE : GIMP_RGB_IMAGE;
  gint32 layer = add_result_layer (image, _ ("Variance"), shape, type, x, y);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (layer);

  return hotpix_variance_picture_write (buffer, job->accumulator, error);
}

static gint32
add_marks (gint32 image, const PluginJob *job, const PluginOptions *options, gint x, gint y)
{
  GimpImageType type
      = gimp_image_base_type (image) == GIMP_GRAY ? GIMP_GRAYA_IMAGE : GIMP_RGBA_IMAGE;
  g_autofree gchar *name = plugin_job_layer_name (job);
  gint32 layer = add_result_layer (image, name, &job->defects->shape, type, x, y);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (layer);

  hotpix_marks_draw (buffer, job->defects, options->marks, options->ring_radius);
  gegl_buffer_flush (buffer);
  return layer;
}

static void
select_defects (gint32 image, const PluginJob *job, gint x, gint y)
{
  gimp_selection_none (image);
  for (guint i = 0; i < job->defects->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (job->defects->list, HotpixDefect, i);

      gimp_image_select_rectangle (image, GIMP_CHANNEL_OP_ADD, (gdouble) defect->x + x - 1,
                                   (gdouble) defect->y + y - 1, 3, 3);
    }
}

static void
attach_list (gint32 image, const PluginJob *job)
{
  GimpParasite *parasite
      = gimp_parasite_new (PLUGIN_PARASITE, GIMP_PARASITE_PERSISTENT | GIMP_PARASITE_UNDOABLE,
                           (guint32) strlen (job->list), job->list);

  gimp_image_attach_parasite (image, parasite);
  gimp_parasite_free (parasite);
}

/* All that is added to an image, in one step of undo. Returns the layer with the marks. */
static gint32
show_result (gint32 image, const PluginJob *job, const PluginOptions *options, gint x, gint y,
             GError **error)
{
  gint32 layer = -1;

  gimp_image_undo_group_start (image);
  if (!options->variance || add_variance (image, job, x, y, error))
    {
      layer = add_marks (image, job, options, x, y);
      attach_list (image, job);
      if (options->select)
        select_defects (image, job, x, y);
    }
  gimp_image_undo_group_end (image);
  return layer;
}

static void
tell (const PluginJob *job, GimpRunMode run_mode)
{
  g_autofree gchar *words = plugin_job_describe (job);

  if (run_mode != GIMP_RUN_NONINTERACTIVE || plugin_job_has_remarks (job))
    g_message ("%s", words);
}

static gboolean
run_layers (gint32 image, GimpRunMode run_mode, const PluginOptions *options, gint32 *layer,
            gint *n_defects, GError **error)
{
  g_autoptr (LayerStack) stack = layer_stack_new ();
  g_autoptr (PluginJob) job = plugin_job_new ();
  gint n_layers, x, y;
  g_autofree gint *layers = gimp_image_get_layers (image, &n_layers);

  if (gimp_image_base_type (image) == GIMP_INDEXED)
    {
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
          _ ("marks have no colours in an indexed image: choose Image > Mode > RGB first"));
      return FALSE;
    }
  add_layers (stack, layers, n_layers, options->hidden);
  layer_stack_make_frames (stack, job->set, &x, &y);
  gimp_progress_init (_ ("Looking for hot pixels in the layers"));
  if (!plugin_job_run (job, options, show_progress, NULL, error))
    return FALSE;
  *layer = show_result (image, job, options, x, y, error);
  *n_defects = (gint) job->defects->list->len;
  if (*layer < 0)
    return FALSE;
  tell (job, run_mode);
  return TRUE;
}

static gboolean
run_photos (const gchar *const *names, gsize n_names, GimpRunMode run_mode,
            const PluginOptions *options, gint32 *image, gint *n_defects, GError **error)
{
  g_autoptr (PluginJob) job = plugin_job_new ();
  g_autoptr (GPtrArray) paths = photo_names_expand (names, n_names, error);
  PluginOptions with_variance = *options;
  const HotpixShape *shape;
  gint32 layer;

  if (paths == NULL)
    return FALSE;
  for (guint i = 0; i < paths->len; i++)
    hotpix_frame_set_add_file (job->set, paths->pdata[i]);
  gimp_progress_init (_ ("Looking for hot pixels in the photos"));
  if (!plugin_job_run (job, options, show_progress, NULL, error))
    return FALSE;
  shape = hotpix_accumulator_get_shape (job->accumulator);
  /* Always in colour, for the marks. */
  *image = gimp_image_new_with_precision ((gint) shape->width, (gint) shape->height, GIMP_RGB,
                                          GIMP_PRECISION_U16_GAMMA);
  gimp_image_undo_disable (*image);
  with_variance.variance = TRUE;
  layer = show_result (*image, job, &with_variance, 0, 0, error);
  gimp_image_undo_enable (*image);
  if (layer < 0)
    {
      gimp_image_delete (*image);
      return FALSE;
    }
  *n_defects = (gint) job->defects->list->len;
  if (run_mode != GIMP_RUN_NONINTERACTIVE)
    gimp_display_new (*image);
  tell (job, run_mode);
  return TRUE;
}

/* The options from the arguments that both procedures share, from the threshold on. */
static gboolean
parse_options (const GimpParam *param, PluginOptions *options, GError **error)
{
  options->threshold = param[0].data.d_float;
  options->marks = (HotpixMarks) param[1].data.d_int32;
  options->ring_radius = (guint) param[2].data.d_int32;
  options->select = param[3].data.d_int32 != 0;
  if (options->marks >= HOTPIX_MARK_PIXELS && options->marks <= HOTPIX_MARK_BOTH
      && param[2].data.d_int32 >= HOTPIX_LEAST_RING_RADIUS
      && param[2].data.d_int32 <= HOTPIX_MOST_RING_RADIUS)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
               _ ("marks %d and a ring-radius of %d are not allowed: 1 to 3 and %d to %d are"),
               param[1].data.d_int32, param[2].data.d_int32, HOTPIX_LEAST_RING_RADIUS,
               HOTPIX_MOST_RING_RADIUS);
  return FALSE;
}

static gboolean
call_layers (gint n_params, const GimpParam *param, GimpParam *values, GError **error)
{
  PluginOptions options = plugin_options_default ();
  GimpRunMode run_mode = (GimpRunMode) param[0].data.d_int32;
  gint32 layer;
  gint n_defects;

  if (run_mode == GIMP_RUN_NONINTERACTIVE)
    {
      if (!parse_options (param + 3, &options, error))
        return FALSE;
      options.variance = param[7].data.d_int32 != 0;
      options.hidden = param[8].data.d_int32 != 0;
    }
  if (!run_layers (param[1].data.d_image, run_mode, &options, &layer, &n_defects, error))
    return FALSE;
  values[1].type = GIMP_PDB_LAYER;
  values[1].data.d_layer = layer;
  values[2].type = GIMP_PDB_INT32;
  values[2].data.d_int32 = n_defects;
  return TRUE;
}

static gboolean
call_photos (gint n_params, const GimpParam *param, GimpParam *values, GError **error)
{
  PluginOptions options = plugin_options_default ();
  GimpRunMode run_mode = (GimpRunMode) param[0].data.d_int32;
  gint32 image;
  gint n_defects;

  if (!parse_options (param + 3, &options, error))
    return FALSE;
  options.camera = (HotpixCameraChoice) param[7].data.d_int32;
  if (!run_photos ((const gchar *const *) param[2].data.d_stringarray,
                   (gsize) MAX (param[1].data.d_int32, 0), run_mode, &options, &image,
                   &n_defects, error))
    return FALSE;
  values[1].type = GIMP_PDB_IMAGE;
  values[1].data.d_image = image;
  values[2].type = GIMP_PDB_INT32;
  values[2].data.d_int32 = n_defects;
  return TRUE;
}

static void
query (void)
{
  gimp_install_procedure (
      PLUGIN_LAYERS_PROCEDURE, N_ ("Find hot, stuck and dead pixels in a stack of photos"),
      "The image's layers are taken for photos by one camera of different scenes. Defects are "
      "marked on a new layer: hot ones red, stuck ones yellow, dead ones blue. The list "
      "travels "
      "with the image as the parasite " PLUGIN_PARASITE ".",
      "The hotpix developers", "GPL-3.0-or-later", "2026", N_ ("Find Hot Pixels in _Layers..."),
      "RGB*, GRAY*, INDEXED*", GIMP_PLUGIN, G_N_ELEMENTS (layers_arguments),
      G_N_ELEMENTS (layers_results), layers_arguments, layers_results);
  gimp_install_procedure (
      PLUGIN_PHOTOS_PROCEDURE, N_ ("Find hot, stuck and dead pixels in a set of photos"),
      "The photos, by one camera and of different scenes, are streamed, never held. The result "
      "is "
      "a new image: their variance with 16 bits, and the marks above it.",
      "The hotpix developers", "GPL-3.0-or-later", "2026", N_ ("Find Hot Pixels in _Photos..."),
      "", GIMP_PLUGIN, G_N_ELEMENTS (photos_arguments), G_N_ELEMENTS (photos_results),
      photos_arguments, photos_results);
}

static void
run (const gchar *name, gint n_params, const GimpParam *param, gint *n_values,
     GimpParam **return_values)
{
  static GimpParam values[3];
  g_autoptr (GError) error = NULL;
  gboolean is_layers = strcmp (name, PLUGIN_LAYERS_PROCEDURE) == 0;
  gboolean success;

  gegl_init (NULL, NULL);
  success = is_layers ? call_layers (n_params, param, values, &error)
                      : call_photos (n_params, param, values, &error);
  values[0].type = GIMP_PDB_STATUS;
  values[0].data.d_status = success ? GIMP_PDB_SUCCESS : GIMP_PDB_EXECUTION_ERROR;
  *n_values = 3;
  if (!success)
    {
      values[1].type = GIMP_PDB_STRING;
      values[1].data.d_string = g_steal_pointer (&error->message);
      *n_values = 2;
    }
  *return_values = values;
}

const GimpPlugInInfo PLUG_IN_INFO = { NULL, NULL, query, run };

MAIN ()
