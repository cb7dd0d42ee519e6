/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The plug-in for GIMP 3: its two procedures, by that generation's API. */

#include "layer-stack.h"
#include "photo-names.h"
#include "plugin-job.h"
#include "plugin-text.h"
#include "variance-picture.h"

#include <libgimp/gimp.h>
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

static gboolean
show_progress (gdouble fraction, gpointer user_data)
{
  /* GIMP ends a plug-in whose progress is cancelled. */
  gimp_progress_update (fraction);
  return TRUE;
}

static gboolean
is_result (GimpItem *item)
{
  GimpParasite *parasite = gimp_item_get_parasite (item, PLUGIN_RESULT_PARASITE);
  gboolean found = parasite != NULL;

  if (found)
    gimp_parasite_free (parasite);
  return found;
}

/* items: NULL-terminated. */
static void
add_layers (LayerStack *stack, GimpItem *const *items, gboolean hidden)
{
  for (; *items != NULL; items++)
    {
      gint x, y;
      g_autofree gchar *name = NULL;

      if (is_result (*items) || (!hidden && !gimp_item_get_visible (*items)))
        continue;
      if (gimp_item_is_group (*items))
        {
          g_autofree GimpItem **children = gimp_item_get_children (*items);

          add_layers (stack, children, hidden);
          continue;
        }
      name = gimp_item_get_name (*items);
      gimp_drawable_get_offsets (GIMP_DRAWABLE (*items), &x, &y);
      layer_stack_add (stack, name, gimp_drawable_get_buffer (GIMP_DRAWABLE (*items)), x, y);
    }
}

static GimpLayer *
add_result_layer (GimpImage *image, const gchar *name, const HotpixShape *shape,
                  GimpImageType type, gint x, gint y)
{
  GimpLayer *layer = gimp_layer_new (image, name, (gint) shape->width, (gint) shape->height,
                                     type, 100, GIMP_LAYER_MODE_NORMAL);
  GimpParasite *parasite
      = gimp_parasite_new (PLUGIN_RESULT_PARASITE, GIMP_PARASITE_PERSISTENT, 1, "");

  gimp_item_attach_parasite (GIMP_ITEM (layer), parasite);
  gimp_parasite_free (parasite);
  gimp_image_insert_layer (image, layer, NULL, 0);
  gimp_layer_set_offsets (layer, x, y);
  return layer;
}

static gboolean
add_variance (GimpImage *image, const PluginJob *job, gint x, gint y, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (job->accumulator);
  GimpImageType type
      = gimp_image_get_base_type (image) == GIMP_GRAY ? GIMP_GRAY_IMAGE : GIMP_RGB_IMAGE;
  GimpLayer *layer = add_result_layer (image, _ ("Variance"), shape, type, x, y);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));

  return hotpix_variance_picture_write (buffer, job->accumulator, error);
}

static GimpLayer *
add_marks (GimpImage *image, const PluginJob *job, const PluginOptions *options, gint x, gint y)
{
  GimpImageType type
      = gimp_image_get_base_type (image) == GIMP_GRAY ? GIMP_GRAYA_IMAGE : GIMP_RGBA_IMAGE;
  g_autofree gchar *name = plugin_job_layer_name (job);
  GimpLayer *layer = add_result_layer (image, name, &job->defects->shape, type, x, y);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));

  hotpix_marks_draw (buffer, job->defects, options->marks, options->ring_radius);
  gegl_buffer_flush (buffer);
  return layer;
}

static void
select_defects (GimpImage *image, const PluginJob *job, gint x, gint y)
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
attach_list (GimpImage *image, const PluginJob *job)
{
  GimpParasite *parasite
      = gimp_parasite_new (PLUGIN_PARASITE, GIMP_PARASITE_PERSISTENT | GIMP_PARASITE_UNDOABLE,
                           (guint32) strlen (job->list), job->list);

  gimp_image_attach_parasite (image, parasite);
  gimp_parasite_free (parasite);
}

/* All that is added to an image, in one step of undo. Returns the layer with the marks, or NULL. */
static GimpLayer *
show_result (GimpImage *image, const PluginJob *job, const PluginOptions *options, gint x,
             gint y, GError **error)
{
  GimpLayer *layer = NULL;

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

static PluginOptions
read_options (GimpProcedureConfig *config)
{
  PluginOptions options = plugin_options_default ();
  gint ring_radius;

  g_object_get (config, "threshold", &options.threshold, "ring-radius", &ring_radius, "select",
                &options.select, NULL);
  options.ring_radius = (guint) ring_radius;
  options.marks = (HotpixMarks) gimp_procedure_config_get_choice_id (config, "marks");
  return options;
}

static GimpLayer *
find_in_layers (GimpImage *image, GimpRunMode run_mode, const PluginOptions *options,
                gint *n_defects, GError **error)
{
  g_autoptr (LayerStack) stack = layer_stack_new ();
  g_autoptr (PluginJob) job = plugin_job_new ();
  g_autofree GimpLayer **layers = gimp_image_get_layers (image);
  GimpLayer *layer;
  gint x, y;

  if (gimp_image_get_base_type (image) == GIMP_INDEXED)
    {
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
          _ ("marks have no colours in an indexed image: choose Image > Mode > RGB first"));
      return NULL;
    }
  add_layers (stack, (GimpItem *const *) layers, options->hidden);
  layer_stack_make_frames (stack, job->set, &x, &y);
  gimp_progress_init (_ ("Looking for hot pixels in the layers"));
  if (!plugin_job_run (job, options, show_progress, NULL, error))
    return NULL;
  layer = show_result (image, job, options, x, y, error);
  *n_defects = (gint) job->defects->list->len;
  if (layer != NULL)
    tell (job, run_mode);
  return layer;
}

static GimpImage *
find_in_photos (const gchar *const *names, GimpRunMode run_mode, const PluginOptions *options,
                gint *n_defects, GError **error)
{
  g_autoptr (PluginJob) job = plugin_job_new ();
  g_autoptr (GPtrArray) paths
      = photo_names_expand (names, names != NULL ? g_strv_length ((gchar **) names) : 0, error);
  PluginOptions with_variance = *options;
  const HotpixShape *shape;
  GimpImage *image;
  GimpLayer *layer;

  if (paths == NULL)
    return NULL;
  for (guint i = 0; i < paths->len; i++)
    hotpix_frame_set_add_file (job->set, paths->pdata[i]);
  gimp_progress_init (_ ("Looking for hot pixels in the photos"));
  if (!plugin_job_run (job, options, show_progress, NULL, error))
    return NULL;
  shape = hotpix_accumulator_get_shape (job->accumulator);
  /* Always in colour, for the marks. */
  image = gimp_image_new_with_precision ((gint) shape->width, (gint) shape->height, GIMP_RGB,
                                         GIMP_PRECISION_U16_NON_LINEAR);
  gimp_image_undo_disable (image);
  with_variance.variance = TRUE;
  layer = show_result (image, job, &with_variance, 0, 0, error);
  gimp_image_undo_enable (image);
  if (layer == NULL)
    {
      gimp_image_delete (image);
      return NULL;
    }
  *n_defects = (gint) job->defects->list->len;
  if (run_mode != GIMP_RUN_NONINTERACTIVE)
    gimp_display_new (image);
  tell (job, run_mode);
  return image;
}

static GimpValueArray *
run_layers (GimpProcedure *procedure, GimpRunMode run_mode, GimpImage *image,
            GimpDrawable **drawables, GimpProcedureConfig *config, gpointer run_data)
{
  PluginOptions options = read_options (config);
  GError *error = NULL;
  GimpValueArray *values;
  GimpLayer *layer;
  gint n_defects;

  gegl_init (NULL, NULL);
  g_object_get (config, "variance", &options.variance, "hidden", &options.hidden, NULL);
  layer = find_in_layers (image, run_mode, &options, &n_defects, &error);
  if (layer == NULL)
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_EXECUTION_ERROR, error);
  values = gimp_procedure_new_return_values (procedure, GIMP_PDB_SUCCESS, NULL);
  GIMP_VALUES_SET_LAYER (values, 1, layer);
  GIMP_VALUES_SET_INT (values, 2, n_defects);
  return values;
}

static GimpValueArray *
run_photos (GimpProcedure *procedure, GimpProcedureConfig *config, gpointer run_data)
{
  PluginOptions options = read_options (config);
  g_auto (GStrv) names = NULL;
  GimpRunMode run_mode;
  GError *error = NULL;
  GimpValueArray *values;
  GimpImage *image;
  gint n_defects;

  gegl_init (NULL, NULL);
  g_object_get (config, "run-mode", &run_mode, "photos", &names, NULL);
  options.camera = (HotpixCameraChoice) gimp_procedure_config_get_choice_id (config, "camera");
  image = find_in_photos ((const gchar *const *) names, run_mode, &options, &n_defects, &error);
  if (image == NULL)
    return gimp_procedure_new_return_values (procedure, GIMP_PDB_EXECUTION_ERROR, error);
  values = gimp_procedure_new_return_values (procedure, GIMP_PDB_SUCCESS, NULL);
  GIMP_VALUES_SET_IMAGE (values, 1, image);
  GIMP_VALUES_SET_INT (values, 2, n_defects);
  return values;
}

/* What both procedures end in. */
static void
add_options (GimpProcedure *procedure)
{
  const PluginOptions options = plugin_options_default ();

  gimp_procedure_add_double_argument (
      procedure, "threshold", _ ("_Threshold"),
      _ ("The least score of a defect: 1 is what chance may make, less finds more"),
      HOTPIX_LEAST_THRESHOLD, HOTPIX_MOST_THRESHOLD, options.threshold, G_PARAM_READWRITE);
  gimp_procedure_add_choice_argument (
      procedure, "marks", _ ("_Marks"), _ ("What marks a defect"),
      gimp_choice_new_with_values ("pixels", HOTPIX_MARK_PIXELS, _ ("Pixels"), NULL, "rings",
                                   HOTPIX_MARK_RINGS, _ ("Rings"), NULL, "both",
                                   HOTPIX_MARK_BOTH, _ ("Pixels and rings"), NULL, NULL),
      "both", G_PARAM_READWRITE);
  gimp_procedure_add_int_argument (procedure, "ring-radius", _ ("_Ring radius"),
                                   _ ("Radius of the rings in pixels"),
                                   HOTPIX_LEAST_RING_RADIUS, HOTPIX_MOST_RING_RADIUS,
                                   (gint) options.ring_radius, G_PARAM_READWRITE);
  gimp_procedure_add_boolean_argument (procedure, "select", _ ("Also _select them"),
                                       _ ("Select the defects, for other tools to repair"),
                                       options.select, G_PARAM_READWRITE);
}

static GimpProcedure *
create_layers_procedure (GimpPlugIn *plug_in)
{
  GimpProcedure *procedure = gimp_image_procedure_new (
      plug_in, PLUGIN_LAYERS_PROCEDURE, GIMP_PDB_PROC_TYPE_PLUGIN, run_layers, NULL, NULL);

  gimp_procedure_set_image_types (procedure, "*");
  gimp_procedure_set_documentation (
      procedure, _ ("Find hot, stuck and dead pixels in a stack of photos"),
      _ ("The image's layers are taken for photos by one camera of different scenes. Defects "
         "are "
         "marked on a new layer: hot ones red, stuck ones yellow, dead ones blue. The list "
         "travels with the image as the parasite hotpix-defects."),
      PLUGIN_LAYERS_PROCEDURE);
  add_options (procedure);
  gimp_procedure_add_boolean_argument (procedure, "variance", _ ("Also add the _variance"),
                                       _ ("Add the variance as a layer"), FALSE,
                                       G_PARAM_READWRITE);
  gimp_procedure_add_boolean_argument (procedure, "hidden", _ ("_Hidden layers, too"),
                                       _ ("Hidden layers count, too"), FALSE,
                                       G_PARAM_READWRITE);
  gimp_procedure_add_layer_return_value (procedure, "layer", _ ("Layer"),
                                         _ ("The new layer with the marks"), TRUE,
                                         G_PARAM_READWRITE);
  return procedure;
}

static GimpProcedure *
create_photos_procedure (GimpPlugIn *plug_in)
{
  GimpProcedure *procedure = gimp_procedure_new (
      plug_in, PLUGIN_PHOTOS_PROCEDURE, GIMP_PDB_PROC_TYPE_PLUGIN, run_photos, NULL, NULL);

  gimp_procedure_set_documentation (
      procedure, _ ("Find hot, stuck and dead pixels in a set of photos"),
      _ ("The photos, by one camera and of different scenes, are streamed, never held. The "
         "result "
         "is a new image: their variance with 16 bits, and the marks above it."),
      PLUGIN_PHOTOS_PROCEDURE);
  gimp_procedure_add_enum_argument (procedure, "run-mode", _ ("Run mode"), _ ("The run mode"),
                                    GIMP_TYPE_RUN_MODE, GIMP_RUN_NONINTERACTIVE,
                                    G_PARAM_READWRITE);
  gimp_procedure_add_string_array_argument (procedure, "photos", _ ("_Photos"),
                                            _ ("Names of files or folders, patterns, or @LIST"),
                                            G_PARAM_READWRITE);
  add_options (procedure);
  gimp_procedure_add_choice_argument (
      procedure, "camera", _ ("_Camera"), _ ("Whose photos count"),
      gimp_choice_new_with_values ("most", HOTPIX_CAMERA_MOST, _ ("The body with most photos"),
                                   NULL, "any", HOTPIX_CAMERA_ANY, _ ("Every body"), NULL,
                                   NULL),
      "most", G_PARAM_READWRITE);
  gimp_procedure_add_image_return_value (procedure, "image", _ ("Image"), _ ("The new image"),
                                         TRUE, G_PARAM_READWRITE);
  return procedure;
}

static GimpProcedure *
create_procedure (GimpPlugIn *plug_in, const gchar *name)
{
  GimpProcedure *procedure = strcmp (name, PLUGIN_LAYERS_PROCEDURE) == 0
                                 ? create_layers_procedure (plug_in)
                                 : create_photos_procedure (plug_in);

  gimp_procedure_add_int_return_value (procedure, "n-defects", _ ("Defects"),
                                       _ ("How many defects were found"), 0, G_MAXINT, 0,
                                       G_PARAM_READWRITE);
  gimp_procedure_set_attribution (procedure, "The hotpix developers", "GPL-3.0-or-later",
                                  "2026");
  return procedure;
}

static GList *
query_procedures (GimpPlugIn *plug_in)
{
  return g_list_append (g_list_append (NULL, g_strdup (PLUGIN_LAYERS_PROCEDURE)),
                        g_strdup (PLUGIN_PHOTOS_PROCEDURE));
}

static void
hotpix_class_init (HotpixClass *hotpix_class)
{
  GimpPlugInClass *plug_in_class = GIMP_PLUG_IN_CLASS (hotpix_class);

  plug_in_class->query_procedures = query_procedures;
  plug_in_class->create_procedure = create_procedure;
}

static void
hotpix_init (Hotpix *self)
{
}

GIMP_MAIN (hotpix_get_type ())
