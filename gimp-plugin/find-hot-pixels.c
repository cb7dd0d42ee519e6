/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "find-hot-pixels.h"
#include "base/text.h"
#include "image-frames.h"
#include "image-result.h"
#include "image-turn.h"
#include "photo-names.h"
#include "result-layers.h"
#include "sheet-image.h"

/* GIMP ends a plug-in whose progress is cancelled, and its memory goes with it. */
static gboolean
show_progress (const gchar *words, gdouble fraction, gpointer user_data)
{
  const gchar **shown = user_data;

  if (*shown != words)
    {
      gimp_progress_set_text (words);
      *shown = words;
    }
  gimp_progress_update (fraction);
  return TRUE;
}

static gboolean
run_survey (HotpixSurvey *survey, const PluginOptions *options, GError **error)
{
  const gchar *shown = NULL;

  return plugin_survey_run (survey, options, show_progress, &shown, error);
}

void
find_hot_pixels_tell (const HotpixSurvey *survey, const gchar *more, GimpRunMode run_mode)
{
  g_autofree gchar *words = plugin_survey_describe (survey);
  g_autofree gchar *all = more != NULL ? g_strdup_printf ("%s\n%s", words, more) : NULL;

  if (run_mode != GIMP_RUN_NONINTERACTIVE || more != NULL || plugin_survey_has_remarks (survey))
    gimp_message (all != NULL ? all : words);
}

static gboolean
check_colours (HostImage image, GError **error)
{
  if (host_image_get_base_type (image) != GIMP_INDEXED)
    return TRUE;
  g_set_error (
      error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
      _ ("an indexed image has no colours for the marks: choose Image > Mode > RGB first"));
  return FALSE;
}

gboolean
find_hot_pixels_check_layers (HostImage image, gboolean hidden, GError **error)
{
  guint n_photos = result_layers_count_photos (image, hidden);

  if (!check_colours (image, error))
    return FALSE;
  if (n_photos >= 2)
    return TRUE;
  if (n_photos == 0 && result_layers_has_any (image))
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES,
                 _ ("this image is a result of hotpix: its layers are no photos"));
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES,
                 ngettext ("at least 2 photos are needed, and this image has %u layer that "
                           "counts as one: Find Hot Pixels in Photos takes a folder",
                           "at least 2 photos are needed, and this image has %u layers that "
                           "count as one: Find Hot Pixels in Photos takes a folder",
                           n_photos),
                 n_photos);
  return FALSE;
}

/* Makes the sheet, if one is wanted; later failures must delete it. */
static gboolean
make_sheet (const HotpixSurvey *survey, const PluginOptions *options, HostImage *sheet,
            GError **error)
{
  g_autoptr (GError) failure = NULL;

  *sheet = options->sheet ? sheet_image_new (survey, &failure) : HOST_NONE;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
delete_sheet (HostImage sheet)
{
  if (sheet != HOST_NONE)
    gimp_image_delete (sheet);
}

static void
show (HostImage image, GimpRunMode run_mode)
{
  if (image != HOST_NONE && run_mode != GIMP_RUN_NONINTERACTIVE)
    gimp_display_new (image);
}

gboolean
find_hot_pixels_in_layers (HostImage image, GimpRunMode run_mode, const PluginOptions *options,
                           FoundHotPixels *found, GError **error)
{
  g_autoptr (HotpixSurvey) survey = hotpix_survey_new ();
  ImagePlace place = { 1, 0, 0 };

  if (!find_hot_pixels_check_layers (image, options->hidden, error))
    return FALSE;
  gimp_progress_init (_ ("Looking for hot pixels in the layers"));
  image_frames_add_layers (survey->photos, image, options->hidden, &place.x, &place.y);
  if (!run_survey (survey, options, error)
      || !make_sheet (survey, options, &found->sheet, error))
    return FALSE;
  gimp_progress_set_text (_ ("Marking the defects"));
  if (!image_result_add (image, survey, options, &place, &found->marks, error))
    {
      delete_sheet (found->sheet);
      return FALSE;
    }
  found->image = image;
  found->n_defects = (gint) survey->defects->list->len;
  gimp_displays_flush ();
  show (found->sheet, run_mode);
  find_hot_pixels_tell (survey, NULL, run_mode);
  return TRUE;
}

/* A folder can hold thousands, and each may have to be loaded. */
static void
add_photos (HotpixFrameSet *set, const GPtrArray *paths)
{
  g_autoptr (HotpixFrameMakers) makers = image_frames_makers_new ();

  for (guint i = 0; i < paths->len; i++)
    {
      hotpix_frame_makers_add_file (makers, set, paths->pdata[i]);
      if (i % 16 == 0)
        gimp_progress_update ((gdouble) i / paths->len);
    }
}

HotpixSurvey *
find_hot_pixels_survey (const gchar *const *names, const PluginOptions *options, GError **error)
{
  g_autoptr (HotpixSurvey) survey = hotpix_survey_new ();
  g_autoptr (GPtrArray) paths
      = photo_names_expand (names, names != NULL ? g_strv_length ((gchar **) names) : 0, error);

  if (paths == NULL)
    return NULL;
  gimp_progress_init (_ ("Opening the photos"));
  add_photos (survey->photos, paths);
  return run_survey (survey, options, error) ? g_steal_pointer (&survey) : NULL;
}

/* A layer of the image that can be told to be a photo by the same camera. */
static gboolean
find_target (HostImage image, HostLayer *photo, GError **error)
{
  if (image == HOST_NONE)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("there is no image to mark the defects on: open a photo first"));
      return FALSE;
    }
  if (!check_colours (image, error))
    return FALSE;
  *photo = result_layers_find_photo (image);
  if (*photo == HOST_NONE)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("the open image has no layer with a photo to mark the defects on"));
  return *photo != HOST_NONE;
}

/* Marks the defects where the photo in that layer has them, turned as it is. */
static gboolean
mark_on_photo (HostImage image, HostLayer photo, const HotpixSurvey *survey,
               const PluginOptions *options, ImageTurn *turn, HostLayer *marks, GError **error)
{
  g_autoptr (HotpixListedDefects) listed
      = hotpix_listed_defects_new (survey->defects, survey->body);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (photo));
  g_autoptr (HotpixBufferRepair) repair = image_turn_find (image, buffer, listed, turn, error);
  ImagePlace place;

  if (repair == NULL)
    return FALSE;
  place.orientation = turn->orientation;
  host_layer_get_offsets (photo, &place.x, &place.y);
  return image_result_add (image, survey, options, &place, marks, error);
}

/* Into a new image, or on to the photo in the open one. */
static gboolean
add_result (HostImage open, HostLayer photo, const HotpixSurvey *survey,
            const PluginOptions *options, ImageTurn *turn, FoundHotPixels *found,
            GError **error)
{
  gimp_progress_set_text (_ ("Marking the defects"));
  if (photo == HOST_NONE)
    found->image = image_result_new_image (survey, options, &found->marks, error);
  else
    found->image = mark_on_photo (open, photo, survey, options, turn, &found->marks, error)
                       ? open
                       : HOST_NONE;
  return found->image != HOST_NONE;
}

gboolean
find_hot_pixels_in_photos (HostImage open, const gchar *const *names, GimpRunMode run_mode,
                           const PluginOptions *options, FoundHotPixels *found, GError **error)
{
  g_autoptr (HotpixSurvey) survey = NULL;
  ImageTurn turn = { 1, TRUE };
  HostLayer photo = HOST_NONE;

  if (options->target == PLUGIN_TARGET_OPEN && !find_target (open, &photo, error))
    return FALSE;
  survey = find_hot_pixels_survey (names, options, error);
  if (survey == NULL || !make_sheet (survey, options, &found->sheet, error))
    return FALSE;
  if (!add_result (open, photo, survey, options, &turn, found, error))
    {
      delete_sheet (found->sheet);
      return FALSE;
    }
  found->n_defects = (gint) survey->defects->list->len;
  if (photo != HOST_NONE)
    gimp_displays_flush ();
  else
    show (found->image, run_mode);
  show (found->sheet, run_mode);
  find_hot_pixels_tell (survey, turn.is_expected ? NULL : image_turn_words (), run_mode);
  return TRUE;
}
