/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair-hot-pixels.h"
#include "base/text.h"
#include "buffer-repair.h"
#include "find-hot-pixels.h"
#include "image-turn.h"
#include "kept-list.h"
#include "result-layers.h"
#include "turned-places.h"

/* From this image, or else from the first other one that has a list. */
static HotpixListedDefects *
find_kept_list (HostImage image, GError **error)
{
  guint n;
  g_autofree HostImage *images = host_get_images (&n);
  g_autoptr (GError) failure = NULL;
  HotpixListedDefects *listed = kept_list_read (image, &failure);

  for (guint i = 0; i < n && listed == NULL && failure == NULL; i++)
    if (images[i] != image)
      listed = kept_list_read (images[i], &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (listed == NULL)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("no open image has a list of defects: find the hot pixels first, or give a "
                    "list's file or a folder of photos"));
  return listed;
}

/* From the open image that the source names. */
static HotpixListedDefects *
read_named_list (const gchar *source, GError **error)
{
  HostImage image = kept_list_find_image (source);
  g_autoptr (GError) failure = NULL;
  HotpixListedDefects *listed = image != HOST_NONE ? kept_list_read (image, &failure) : NULL;

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (listed == NULL)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("%s is no open image with a list of defects"), source);
  return listed;
}

static HotpixListedDefects *
survey_photos (const gchar *source, GimpRunMode run_mode, const PluginOptions *options,
               GError **error)
{
  const gchar *names[] = { source, NULL };
  g_autoptr (HotpixSurvey) survey = find_hot_pixels_survey (names, options, error);

  if (survey == NULL)
    return NULL;
  find_hot_pixels_tell (survey, NULL, run_mode);
  return hotpix_listed_defects_new (survey->defects, survey->body);
}

gboolean
repair_hot_pixels_searches (const gchar *source)
{
  return *source != '\0' && !kept_list_is_named (source)
         && (source[0] == '@' || !g_file_test (source, G_FILE_TEST_IS_REGULAR));
}

static HotpixListedDefects *
get_defects (HostImage image, const gchar *source, GimpRunMode run_mode,
             const PluginOptions *options, GError **error)
{
  if (source == NULL || *source == '\0')
    return find_kept_list (image, error);
  if (kept_list_is_named (source))
    return read_named_list (source, error);
  return repair_hot_pixels_searches (source) ? survey_photos (source, run_mode, options, error)
                                             : hotpix_listed_defects_load (source, NULL, error);
}

/* By the image's own file, where the layer still has its pixels: that leaves less damage.
 * Returns (transfer full), or NULL. */
static HotpixBufferRepair *
repair_by_file (HostImage image, GeglBuffer *buffer, const HotpixListedDefects *listed,
                guint orientation)
{
  const GeglRectangle *extent = gegl_buffer_get_extent (buffer);
  gboolean is_swapped = hotpix_turned_places_are_swapped (orientation);
  g_autofree gchar *path = host_image_get_path (image);
  g_autoptr (HotpixRepairer) repairer = NULL;
  g_autoptr (HotpixDecodedJpeg) jpeg = NULL;

  if (path == NULL)
    return NULL;
  repairer = hotpix_repairer_new (listed, (guint) (is_swapped ? extent->height : extent->width),
                                  (guint) (is_swapped ? extent->width : extent->height));
  jpeg = hotpix_decoded_jpeg_new (repairer, path, NULL);
  return jpeg != NULL ? hotpix_buffer_repair_new_from_jpeg (buffer, jpeg, orientation) : NULL;
}

/* Returns (transfer full), or NULL as image_turn_find() does. */
static HotpixBufferRepair *
repair_buffer (HostImage image, GeglBuffer *buffer, const HotpixListedDefects *listed,
               ImageTurn *turn, GError **error)
{
  HotpixBufferRepair *repair = image_turn_find (image, buffer, listed, turn, error), *own;

  if (repair == NULL)
    return NULL;
  own = repair_by_file (image, buffer, listed, turn->orientation);
  if (own == NULL)
    return repair;
  hotpix_buffer_repair_free (repair);
  return own;
}

/* x, y: where the target lies in the image. */
static void
copy_selected (HostImage image, const HotpixBufferRepair *repair, GeglBuffer *target, gint x,
               gint y)
{
  g_autoptr (GeglBuffer) selection = NULL;

  if (!gimp_selection_is_empty (image))
    selection = gimp_drawable_get_buffer (host_image_get_selection (image));
  hotpix_buffer_repair_copy_pixels (repair, target, selection, x, y);
}

/* Above the repaired layer, in its group. */
static HostLayer
add_layer (HostImage image, HostDrawable drawable, const HotpixBufferRepair *repair)
{
  g_autofree gchar *name = g_strdup_printf (_ ("Repaired (%u)"), repair->n_repaired);
  const GeglRectangle *extent = gegl_buffer_get_extent (repair->buffer);
  HostLayer layer
      = gimp_layer_new (image, name, extent->width, extent->height,
                        gimp_drawable_is_gray (drawable) ? GIMP_GRAYA_IMAGE : GIMP_RGBA_IMAGE,
                        100, GIMP_LAYER_MODE_NORMAL);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));
  gint x, y;

  host_layer_get_offsets (host_drawable_to_layer (drawable), &x, &y);
  copy_selected (image, repair, buffer, x, y);
  gimp_image_insert_layer (image, layer, host_item_get_parent (GIMP_ITEM (drawable)),
                           gimp_image_get_item_position (image, GIMP_ITEM (drawable)));
  gimp_layer_set_offsets (layer, x, y);
  result_layers_tag (layer, RESULT_LAYER_KEPT);
  host_image_set_active_layer (image, host_drawable_to_layer (drawable));
  return layer;
}

/* GIMP itself keeps to the selection. */
static void
change_drawable (HostDrawable drawable, const HotpixBufferRepair *repair)
{
  const GeglRectangle *extent = gegl_buffer_get_extent (repair->buffer);
  GeglBuffer *shadow = gimp_drawable_get_shadow_buffer (drawable);

  gegl_buffer_copy (repair->buffer, NULL, GEGL_ABYSS_NONE, shadow, NULL);
  g_object_unref (shadow);
  gimp_drawable_merge_shadow (drawable, TRUE);
  gimp_drawable_update (drawable, 0, 0, extent->width, extent->height);
}

static gboolean
check_drawable (HostDrawable drawable, GError **error)
{
  if (!host_item_is_layer (GIMP_ITEM (drawable)) || gimp_item_is_group (GIMP_ITEM (drawable)))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                   _ ("choose the layer with the photo: masks, channels and groups are not "
                      "repaired"));
      return FALSE;
    }
  if (result_layers_is_one (host_drawable_to_layer (drawable)))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                   _ ("choose the layer with the photo: this one was made by hotpix"));
      return FALSE;
    }
  if (gimp_drawable_is_indexed (drawable))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                   _ ("an indexed image is not repaired: choose Image > Mode > RGB first"));
      return FALSE;
    }
  return TRUE;
}

static void
tell (const HotpixListedDefects *listed, const HotpixBufferRepair *repair,
      const ImageTurn *turn)
{
  guint n = listed->list->len;
  g_autofree gchar *words
      = g_strdup_printf (ngettext ("%u of %u defect could be seen, and was repaired.",
                                   "%u of %u defects could be seen, and were repaired.", n),
                         repair->n_repaired, n);
  g_autofree gchar *all
      = turn->is_expected ? NULL : g_strdup_printf ("%s\n%s", words, image_turn_words ());

  gimp_message (all != NULL ? all : words);
}

gboolean
repair_hot_pixels (HostImage image, HostDrawable drawable, GimpRunMode run_mode,
                   const gchar *source, const PluginOptions *options, HostLayer *layer,
                   gint *n_repaired, GError **error)
{
  g_autoptr (HotpixListedDefects) listed = NULL;
  g_autoptr (HotpixBufferRepair) repair = NULL;
  g_autoptr (GeglBuffer) buffer = NULL;
  ImageTurn turn;

  if (!check_drawable (drawable, error))
    return FALSE;
  gimp_progress_init (_ ("Repairing hot pixels"));
  listed = get_defects (image, source, run_mode, options, error);
  if (listed == NULL)
    return FALSE;
  buffer = gimp_drawable_get_buffer (drawable);
  repair = repair_buffer (image, buffer, listed, &turn, error);
  if (repair == NULL)
    return FALSE;
  *layer = HOST_NONE;
  *n_repaired = (gint) repair->n_repaired;

  /* GIMP ends a plug-in that is cancelled, which would leave the following half done. */
  gimp_progress_end ();
  if (repair->pixels->len > 0)
    {
      gimp_image_undo_group_start (image);
      if (options->result == PLUGIN_RESULT_LAYER)
        *layer = add_layer (image, drawable, repair);
      else
        change_drawable (drawable, repair);
      gimp_image_undo_group_end (image);
      gimp_displays_flush ();
    }
  if (run_mode != GIMP_RUN_NONINTERACTIVE || !turn.is_expected)
    tell (listed, repair, &turn);
  return TRUE;
}
