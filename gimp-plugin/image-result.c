/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "image-result.h"
#include "base/text.h"
#include "frame-picture.h"
#include "kept-list.h"
#include "result-layers.h"
#include "sums-picture.h"
#include "turned-places.h"

/* A layer of the size of the frames, to draw on before the image gets it. */
static HostLayer
new_layer (HostImage image, const gchar *name, const HotpixShape *shape, gboolean has_alpha)
{
  gboolean is_grey = host_image_get_base_type (image) == GIMP_GRAY;
  GimpImageType type = is_grey     ? (has_alpha ? GIMP_GRAYA_IMAGE : GIMP_GRAY_IMAGE)
                       : has_alpha ? GIMP_RGBA_IMAGE
                                   : GIMP_RGB_IMAGE;

  return gimp_layer_new (image, name, (gint) shape->width, (gint) shape->height, type, 100,
                         GIMP_LAYER_MODE_NORMAL);
}

static HostLayer
draw_sums (HostImage image, const HotpixSurvey *survey, SumsPicture picture, const gchar *name,
           GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (survey->accumulator);
  HostLayer layer = new_layer (image, name, shape, FALSE);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));

  if (hotpix_sums_picture_write (buffer, picture, survey->accumulator, error))
    return layer;
  gimp_item_delete (GIMP_ITEM (layer));
  return HOST_NONE;
}

static HostLayer
draw_marks (HostImage image, const HotpixSurvey *survey, const HotpixDefects *defects,
            const PluginOptions *options)
{
  g_autofree gchar *name = plugin_survey_layer_name (survey);
  HostLayer layer = new_layer (image, name, &defects->shape, TRUE);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));

  hotpix_marks_draw (buffer, defects, (HotpixMarks) options->marks,
                     (guint) options->ring_radius);
  return layer;
}

/* Each defect and the pixels next to it, by one mask: thousands of calls to GIMP would take seconds. */
static void
select_defects (HostImage image, const HotpixDefects *defects, gint x, gint y)
{
  const gfloat white = 1;
  HostChannel channel = host_channel_new (image);
  GeglBuffer *buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (channel));

  gegl_buffer_clear (buffer, NULL);
  for (guint i = 0; i < defects->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, i);
      GeglRectangle box = hotpix_marks_get_extent (defect);

      box = (GeglRectangle){ box.x + x - 1, box.y + y - 1, box.width + 2, box.height + 2 };
      gegl_buffer_set_color_from_pixel (buffer, &box, &white, babl_format ("Y float"));
    }
  g_object_unref (buffer);
  gimp_image_insert_channel (image, channel, HOST_NONE, 0);
  gimp_image_select_item (image, GIMP_CHANNEL_OP_REPLACE, GIMP_ITEM (channel));
  gimp_image_remove_channel (image, channel);
}

/* position: from the top of its group, or of the image. */
static void
insert_layer (HostImage image, HostLayer layer, HostLayer group, gint position, gint x, gint y)
{
  gimp_image_insert_layer (image, layer, group, position);
  gimp_layer_set_offsets (layer, x, y);
}

/* The layers of a result, each HOST_NONE where it has none. */
typedef struct
{
  HostLayer marks, stretched, variance;
} Layers;

static void
insert_hidden (HostImage image, HostLayer layer, HostLayer group, gint position,
               const ImagePlace *place)
{
  if (layer == HOST_NONE)
    return;
  insert_layer (image, layer, group, position, place->x, place->y);
  gimp_item_set_visible (GIMP_ITEM (layer), FALSE);
  result_layers_tag (layer, RESULT_LAYER_FOUND);
}

static void
insert_group (HostImage image, const HotpixSurvey *survey, const Layers *layers,
              const ImagePlace *place)
{
  g_autofree gchar *name = plugin_survey_group_name (survey);
  HostLayer group = host_group_new (image, name);

  gimp_image_insert_layer (image, group, HOST_NONE, 0);
  result_layers_tag (group, RESULT_LAYER_FOUND);
  insert_hidden (image, layers->variance, group, 0, place);
  insert_hidden (image, layers->stretched, group, 0, place);
  if (layers->marks == HOST_NONE)
    return;
  insert_layer (image, layers->marks, group, 0, place->x, place->y);
  result_layers_tag (layers->marks, RESULT_LAYER_FOUND);
}

static gboolean
draw_variances (HostImage image, const HotpixSurvey *survey, Layers *layers, GError **error)
{
  layers->variance = draw_sums (image, survey, SUMS_PICTURE_VARIANCE, _ ("Variance"), error);
  if (layers->variance == HOST_NONE)
    return FALSE;
  layers->stretched = draw_sums (image, survey, SUMS_PICTURE_STRETCHED_VARIANCE,
                                 _ ("Variance (stretched)"), error);
  if (layers->stretched != HOST_NONE)
    return TRUE;
  gimp_item_delete (GIMP_ITEM (layers->variance));
  return FALSE;
}

gboolean
image_result_add (HostImage image, const HotpixSurvey *survey, const PluginOptions *options,
                  const ImagePlace *place, HostLayer *marks, GError **error)
{
  g_autoptr (HotpixDefects) defects
      = hotpix_turned_places_turn (survey->defects, place->orientation);
  Layers layers = { HOST_NONE, HOST_NONE, HOST_NONE };
  HostLayer photo = result_layers_find_photo (image);

  if (options->variance && !draw_variances (image, survey, &layers, error))
    return FALSE;
  if (defects->list->len > 0)
    layers.marks = draw_marks (image, survey, defects, options);

  /* GIMP ends a plug-in that is cancelled, which would leave the following half done. */
  gimp_progress_end ();
  gimp_image_undo_group_start (image);
  result_layers_remove_found (image);
  if (layers.marks != HOST_NONE || layers.variance != HOST_NONE)
    insert_group (image, survey, &layers, place);
  kept_list_attach (image, survey);
  if (options->select && defects->list->len > 0)
    select_defects (image, defects, place->x, place->y);
  if (photo != HOST_NONE)
    host_image_set_active_layer (image, photo);
  gimp_image_undo_group_end (image);
  *marks = layers.marks;
  return TRUE;
}

static gboolean
add_photo (HostImage image, HotpixFrame *frame, gint position, GError **error)
{
  g_autofree gchar *name = g_path_get_basename (frame->name);
  g_autofree gchar *shown = g_filename_display_name (name);
  HostLayer layer = new_layer (image, shown, &frame->shape, FALSE);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));

  if (!hotpix_frame_picture_write (buffer, frame, error))
    {
      g_prefix_error (error, "%s ", shown);
      gimp_item_delete (GIMP_ITEM (layer));
      return FALSE;
    }
  insert_layer (image, layer, HOST_NONE, position, 0, 0);
  return TRUE;
}

static gboolean
add_photos (HostImage image, const HotpixFrameSet *set, GError **error)
{
  guint n = hotpix_frame_set_get_length (set);
  gint position = 0;

  gimp_progress_set_text (_ ("Loading the photos as layers"));
  for (guint i = 0; i < n; i++)
    {
      gimp_progress_update ((gdouble) i / n);
      if (hotpix_frame_set_get_reason (set, i) == NULL
          && !add_photo (image, hotpix_frame_set_get_frame (set, i), position++, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_mean (HostImage image, const HotpixSurvey *survey, GError **error)
{
  guint n = survey->defects->n_frames;
  g_autofree gchar *name
      = g_strdup_printf (ngettext ("Mean of %u photo", "Mean of %u photos", n), n);
  HostLayer layer = draw_sums (image, survey, SUMS_PICTURE_MEAN, name, error);

  if (layer == HOST_NONE)
    return FALSE;
  insert_layer (image, layer, HOST_NONE, 0, 0, 0);
  result_layers_tag (layer, RESULT_LAYER_KEPT);
  return TRUE;
}

/* After the folder of the first photo that counts, in it, by a name that no file has yet: GIMP's Save
 * goes there. */
static void
name_image (HostImage image, const HotpixFrameSet *set)
{
  guint i = 0;
  g_autofree gchar *first = NULL, *folder = NULL, *base = NULL, *path = NULL;

  while (hotpix_frame_set_get_reason (set, i) != NULL)
    i++;
  first = g_canonicalize_filename (hotpix_frame_set_get_name (set, i), NULL);
  folder = g_path_get_dirname (first);
  base = g_path_get_basename (folder);
  for (guint k = 1; path == NULL || g_file_test (path, G_FILE_TEST_EXISTS); k++)
    {
      g_autofree gchar *name = k == 1 ? g_strdup_printf ("%s hotpix.xcf", base)
                                      : g_strdup_printf ("%s hotpix %u.xcf", base, k);

      g_free (path);
      path = g_build_filename (folder, name, NULL);
    }
  host_image_set_path (image, path);
}

/* The topmost layer below what was found. */
static HostLayer
find_base (HostImage image)
{
  guint n;
  g_autofree HostLayer *layers = host_image_get_layers (image, &n);

  return layers[MIN (1, n - 1)];
}

HostImage
image_result_new_image (const HotpixSurvey *survey, const PluginOptions *options,
                        HostLayer *marks, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (survey->accumulator);
  const ImagePlace place = { 1, 0, 0 };
  PluginOptions with_variance = *options;
  HostImage image = gimp_image_new_with_precision ((gint) shape->width, (gint) shape->height,
                                                   GIMP_RGB, HOST_PRECISION_U16);

  with_variance.variance = TRUE;
  gimp_image_undo_disable (image);
  if (!(options->stack ? add_photos (image, survey->photos, error)
                       : add_mean (image, survey, error))
      || !image_result_add (image, survey, &with_variance, &place, marks, error))
    {
      gimp_image_delete (image);
      return HOST_NONE;
    }
  host_image_set_active_layer (image, find_base (image));
  name_image (image, survey->photos);
  gimp_image_undo_enable (image);
  return image;
}
