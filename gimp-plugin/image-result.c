/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "image-result.h"
#include "base/text.h"
#include "frame-picture.h"
#include "variance-picture.h"

#include <string.h>

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

/* Marks a layer, so that the plug-in does not take it for a photo when it runs again. */
static void
mark_as_result (HostLayer layer)
{
  GimpParasite *parasite
      = gimp_parasite_new (PLUGIN_RESULT_PARASITE, GIMP_PARASITE_PERSISTENT, 1, "");

  gimp_item_attach_parasite (GIMP_ITEM (layer), parasite);
  gimp_parasite_free (parasite);
}

static HostLayer
draw_variance (HostImage image, const HotpixSurvey *survey, GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (survey->accumulator);
  HostLayer layer = new_layer (image, _ ("Variance"), shape, FALSE);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));

  if (!hotpix_variance_picture_write (buffer, survey->accumulator, error))
    {
      gimp_item_delete (GIMP_ITEM (layer));
      return HOST_NONE;
    }
  mark_as_result (layer);
  return layer;
}

static HostLayer
draw_marks (HostImage image, const HotpixSurvey *survey, const PluginOptions *options)
{
  g_autofree gchar *name = plugin_survey_layer_name (survey);
  HostLayer layer = new_layer (image, name, &survey->defects->shape, TRUE);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));

  hotpix_marks_draw (buffer, survey->defects, (HotpixMarks) options->marks,
                     (guint) options->ring_radius);
  mark_as_result (layer);
  return layer;
}

static void
select_defects (HostImage image, const HotpixSurvey *survey, gint x, gint y)
{
  if (survey->defects->list->len == 0)
    return;
  gimp_selection_none (image);
  for (guint i = 0; i < survey->defects->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (survey->defects->list, HotpixDefect, i);

      gimp_image_select_rectangle (image, GIMP_CHANNEL_OP_ADD, (gdouble) defect->x + x - 1,
                                   (gdouble) defect->y + y - 1, 3, 3);
    }
}

static void
attach_list (HostImage image, const HotpixSurvey *survey)
{
  g_autofree gchar *list = hotpix_survey_format_list (survey, HOTPIX_LIST_TSV, 0, 0);
  GimpParasite *parasite
      = gimp_parasite_new (PLUGIN_PARASITE, GIMP_PARASITE_PERSISTENT | GIMP_PARASITE_UNDOABLE,
                           (guint32) strlen (list), list);

  gimp_image_attach_parasite (image, parasite);
  gimp_parasite_free (parasite);
}

/* position: from the top. */
static void
insert_layer (HostImage image, HostLayer layer, gint position, gint x, gint y)
{
  gimp_image_insert_layer (image, layer, HOST_NONE, position);
  gimp_layer_set_offsets (layer, x, y);
}

HostLayer
image_result_add (HostImage image, const HotpixSurvey *survey, const PluginOptions *options,
                  gint x, gint y, GError **error)
{
  HostLayer variance = HOST_NONE, marks;

  if (options->variance)
    {
      variance = draw_variance (image, survey, error);
      if (variance == HOST_NONE)
        return HOST_NONE;
    }
  marks = draw_marks (image, survey, options);

  /* GIMP ends a plug-in that is cancelled, which would leave the following half done. */
  gimp_progress_end ();
  gimp_image_undo_group_start (image);
  if (variance != HOST_NONE)
    insert_layer (image, variance, 0, x, y);
  insert_layer (image, marks, 0, x, y);
  attach_list (image, survey);
  if (options->select)
    select_defects (image, survey, x, y);
  gimp_image_undo_group_end (image);
  return marks;
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
  insert_layer (image, layer, position, 0, 0);
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

HostImage
image_result_new_image (const HotpixSurvey *survey, const PluginOptions *options,
                        GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (survey->accumulator);
  PluginOptions with_variance = *options;
  HostImage image = gimp_image_new_with_precision ((gint) shape->width, (gint) shape->height,
                                                   GIMP_RGB, HOST_PRECISION_U16);

  with_variance.variance = TRUE;
  gimp_image_undo_disable (image);
  if ((options->stack && !add_photos (image, survey->photos, error))
      || image_result_add (image, survey, &with_variance, 0, 0, error) == HOST_NONE)
    {
      gimp_image_delete (image);
      return HOST_NONE;
    }
  gimp_image_undo_enable (image);
  return image;
}
