/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair-hot-pixels.h"
#include "base/text.h"
#include "buffer-repair.h"
#include "find-hot-pixels.h"
#include "photos/frame-makers.h"
#include "plugin-survey.h"
#include "turned-places.h"

/* Returns (transfer full, nullable): the list that is kept in an image. */
static HotpixListedDefects *
read_kept_list (HostImage image, GError **error)
{
  GimpParasite *parasite = gimp_image_get_parasite (image, PLUGIN_PARASITE);
  HotpixListedDefects *listed = NULL;
  guint32 length;
  const gchar *text;

  if (parasite == NULL)
    return NULL;
  text = host_parasite_get_data (parasite, &length);
  listed = hotpix_listed_defects_parse (text, length, PLUGIN_PARASITE, NULL, error);
  gimp_parasite_free (parasite);
  return listed;
}

/* From this image, or else from the first other one that has a list. */
static HotpixListedDefects *
find_kept_list (HostImage image, GError **error)
{
  guint n;
  g_autofree HostImage *images = host_get_images (&n);
  HotpixListedDefects *listed = read_kept_list (image, error);

  for (guint i = 0; i < n && listed == NULL && (error == NULL || *error == NULL); i++)
    if (images[i] != image)
      listed = read_kept_list (images[i], error);
  if (listed == NULL && (error == NULL || *error == NULL))
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("no open image has a list of defects: find the hot pixels first, or give a "
                    "list's file or a folder of photos"));
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
  find_hot_pixels_tell (survey, run_mode);
  return hotpix_listed_defects_new (survey->defects, survey->body);
}

static HotpixListedDefects *
get_defects (HostImage image, const gchar *source, GimpRunMode run_mode,
             const PluginOptions *options, GError **error)
{
  if (source == NULL || *source == '\0')
    return find_kept_list (image, error);
  if (g_file_test (source, G_FILE_TEST_IS_REGULAR) && source[0] != '@')
    return hotpix_listed_defects_load (source, NULL, error);
  return survey_photos (source, run_mode, options, error);
}

/* The orientation that the image's own file tells; 0 where it tells none. */
static guint
read_orientation (HostImage image)
{
  g_autofree gchar *path = host_image_get_path (image);
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  HotpixFrame *frame;

  if (path == NULL)
    return 0;
  hotpix_frame_makers_add_file (NULL, set, path);
  frame = hotpix_frame_set_get_length (set) > 0 ? hotpix_frame_set_get_frame (set, 0) : NULL;
  return frame != NULL ? hotpix_frame_get_shot (frame)->orientation : 0;
}

/* Whether a picture of the list's size has the buffer's size after it was turned. */
static gboolean
fits (const HotpixListedDefects *listed, guint orientation, guint width, guint height)
{
  gboolean swapped = hotpix_turned_places_are_swapped (orientation);

  return listed->width == 0
         || (listed->width == (swapped ? height : width)
             && listed->height == (swapped ? width : height));
}

/* Repairs as if the picture had been turned by the orientation, where that is possible, and keeps
 * what repairs more defects. */
static gboolean
try_orientation (GeglBuffer *buffer, const HotpixListedDefects *listed, guint orientation,
                 HotpixBufferRepair **best, GError **error)
{
  const GeglRectangle *extent = gegl_buffer_get_extent (buffer);
  guint width = (guint) extent->width, height = (guint) extent->height;
  g_autoptr (HotpixListedDefects) turned = NULL;
  g_autoptr (HotpixRepairer) repairer = NULL;
  HotpixBufferRepair *repair;

  if (!fits (listed, orientation, width, height))
    return TRUE;
  turned = hotpix_turned_places_new (listed, orientation, width, height);
  repairer = hotpix_repairer_new (turned, width, height);
  repair = hotpix_buffer_repair_new (buffer, repairer, error);
  if (repair == NULL)
    return FALSE;
  if (*best == NULL || repair->n_repaired > (*best)->n_repaired)
    {
      hotpix_buffer_repair_free (*best);
      *best = repair;
    }
  else
    hotpix_buffer_repair_free (repair);
  return TRUE;
}

/* GIMP turns a photo when it loads it, unless the user does not want that, and does not say so
 * afterwards: the damage tells. Without the photo's own file any turn is possible.
 * Returns (transfer full). */
static HotpixBufferRepair *
repair_buffer (HostImage image, GeglBuffer *buffer, const HotpixListedDefects *listed,
               GError **error)
{
  const GeglRectangle *extent = gegl_buffer_get_extent (buffer);
  HotpixBufferRepair *best = NULL;
  guint told = read_orientation (image);

  for (guint orientation = 1; orientation <= HOTPIX_LAST_ORIENTATION; orientation++)
    {
      gboolean may_be
          = orientation == 1 || orientation == told || (told == 0 && listed->width != 0);

      if (may_be && !try_orientation (buffer, listed, orientation, &best, error))
        {
          hotpix_buffer_repair_free (best);
          return NULL;
        }
    }
  if (best == NULL)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("the list is of photos of %u x %u pixels, and the layer has %d x %d: open "
                    "the photo as the camera stored it, not cropped or scaled"),
                 listed->width, listed->height, extent->width, extent->height);
  return best;
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
  if (gimp_drawable_is_indexed (drawable))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                   _ ("an indexed image is not repaired: choose Image > Mode > RGB first"));
      return FALSE;
    }
  return TRUE;
}

static void
tell (const HotpixListedDefects *listed, const HotpixBufferRepair *repair)
{
  guint n = listed->list->len;
  g_autofree gchar *words
      = g_strdup_printf (ngettext ("%u of %u defect could be seen, and was repaired.",
                                   "%u of %u defects could be seen, and were repaired.", n),
                         repair->n_repaired, n);

  gimp_message (words);
}

gboolean
repair_hot_pixels (HostImage image, HostDrawable drawable, GimpRunMode run_mode,
                   const gchar *source, const PluginOptions *options, HostLayer *layer,
                   gint *n_repaired, GError **error)
{
  g_autoptr (HotpixListedDefects) listed = NULL;
  g_autoptr (HotpixBufferRepair) repair = NULL;
  g_autoptr (GeglBuffer) buffer = NULL;

  if (!check_drawable (drawable, error))
    return FALSE;
  gimp_progress_init (_ ("Repairing hot pixels"));
  listed = get_defects (image, source, run_mode, options, error);
  if (listed == NULL)
    return FALSE;
  buffer = gimp_drawable_get_buffer (drawable);
  repair = repair_buffer (image, buffer, listed, error);
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
  if (run_mode != GIMP_RUN_NONINTERACTIVE)
    tell (listed, repair);
  return TRUE;
}
