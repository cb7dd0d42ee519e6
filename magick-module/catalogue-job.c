/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue-job.h"
#include "base/text.h"
#include "catalogue/known-camera.h"
#include "input.h"
#include "list-output.h"
#include "policy.h"

#include <string.h>

gboolean
catalogue_job_is_listing (const HotpixArguments *arguments, const Image *images)
{
  return arguments->catalogue != NULL && !arguments->repair_found && !arguments->repair_known
         && !magick_input_has_photos (images, arguments->files);
}

gboolean
catalogue_job_open (const HotpixArguments *arguments, gboolean is_listing,
                    HotpixCatalogue **catalogue, GError **error)
{
  gboolean only_reads = is_listing || arguments->repair_known;
  const gchar *name = arguments->catalogue != NULL ? arguments->catalogue : "default";
  g_autofree gchar *path = hotpix_catalogue_find_path (name);

  *catalogue = NULL;
  if (arguments->catalogue == NULL && !arguments->repair_known)
    return TRUE;
  if (!(only_reads ? policy_check_read (path, error) : policy_check_write (path, error)))
    {
      g_prefix_error (error, _ ("the catalogue %s "), path);
      return FALSE;
    }
  *catalogue = hotpix_catalogue_open (
      name, only_reads ? HOTPIX_CATALOGUE_READ : HOTPIX_CATALOGUE_WRITE, error);
  return *catalogue != NULL;
}

gboolean
catalogue_job_write (HotpixCatalogue *catalogue, HotpixSurvey *survey,
                     const HotpixOptions *options, HotpixProgress progress, gpointer user_data,
                     GError **error)
{
  guint n = survey->defects->list->len;
  g_autofree gchar *name = NULL, *words = NULL;

  if (!hotpix_survey_write_down (survey, catalogue, options, progress, user_data, &name, error))
    return FALSE;
  words = g_strdup_printf (
      ngettext ("wrote down %u defect of %s in %s", "wrote down %u defects of %s in %s", n), n,
      name, hotpix_catalogue_get_path (catalogue));
  /* Standard output may be the list's or the image's. */
  g_printerr ("hotpix: %s\n", words);
  return TRUE;
}

/* Those that threshold= and kinds= leave. */
static void
keep_asked_for (HotpixDefects *defects, const HotpixArguments *arguments)
{
  guint n = 0;

  for (guint i = 0; i < defects->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, i);

      if ((HOTPIX_KIND_BIT (defect->kind) & arguments->survey.kinds) != 0
          && defect->score >= arguments->survey.threshold)
        g_array_index (defects->list, HotpixDefect, n++) = *defect;
    }
  g_array_set_size (defects->list, n);
  defects->threshold = MAX (defects->threshold, arguments->survey.threshold);
}

static gboolean
append_list (HotpixCatalogue *catalogue, const HotpixKnownCamera *known,
             const HotpixArguments *arguments, GString *text, GError **error)
{
  g_autoptr (HotpixDefects) defects
      = hotpix_known_camera_get_defects (catalogue, known, NULL, error);
  g_autofree gchar *list = NULL;

  if (defects == NULL)
    return FALSE;
  keep_asked_for (defects, arguments);
  list = hotpix_defect_list_format (defects, arguments->format, known->name,
                                    arguments->offset_x, arguments->offset_y);
  g_string_append (text, list);
  return TRUE;
}

/* A file with lists of several cameras would be read as one. */
static gboolean
check_lists (const GPtrArray *cameras, const HotpixCatalogue *catalogue,
             const HotpixArguments *arguments, GError **error)
{
  if (arguments->list == NULL)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("catalogue= without photos needs list=, which says where the lists go"));
  else if (cameras->len == 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
                 _ ("%s knows no camera yet: a survey of photos writes one down"),
                 hotpix_catalogue_get_path (catalogue));
  else if (cameras->len > 1 && strcmp (arguments->list, "-") != 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("%s has %u lists, for several cameras or sizes of photos, and %s has room "
                    "for one: choose a camera by camera=, or list=- for all"),
                 hotpix_catalogue_get_path (catalogue), cameras->len, arguments->list);
  else
    return TRUE;
  return FALSE;
}

gboolean
catalogue_job_list (HotpixCatalogue *catalogue, const HotpixArguments *arguments,
                    GError **error)
{
  g_autoptr (GPtrArray) cameras = hotpix_known_camera_list (catalogue, arguments->body, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (cameras == NULL || !check_lists (cameras, catalogue, arguments, error))
    return FALSE;
  for (guint i = 0; i < cameras->len; i++)
    if (!append_list (catalogue, cameras->pdata[i], arguments, text, error))
      return FALSE;
  return list_output_write (arguments->list, text->str, error);
}
