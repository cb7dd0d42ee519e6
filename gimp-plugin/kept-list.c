/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept-list.h"

#include <string.h>

#define NAME_START "image:"

void
kept_list_attach (HostImage image, const HotpixSurvey *survey)
{
  g_autofree gchar *list = hotpix_survey_format_list (survey, HOTPIX_LIST_TSV, 0, 0);
  GimpParasite *parasite = gimp_parasite_new (KEPT_LIST_PARASITE,
                                              GIMP_PARASITE_PERSISTENT | GIMP_PARASITE_UNDOABLE,
                                              (guint32) strlen (list), list);

  gimp_image_attach_parasite (image, parasite);
  gimp_parasite_free (parasite);
}

HotpixListedDefects *
kept_list_read (HostImage image, GError **error)
{
  GimpParasite *parasite = gimp_image_get_parasite (image, KEPT_LIST_PARASITE);
  HotpixListedDefects *listed = NULL;
  guint32 length;
  const gchar *text;

  if (parasite == NULL)
    return NULL;
  text = host_parasite_get_data (parasite, &length);
  listed = hotpix_listed_defects_parse (text, length, KEPT_LIST_PARASITE, NULL, error);
  gimp_parasite_free (parasite);
  return listed;
}

gchar *
kept_list_name (HostImage image)
{
  return g_strdup_printf (NAME_START "%d", host_image_get_id (image));
}

gboolean
kept_list_is_named (const gchar *source)
{
  return g_str_has_prefix (source, NAME_START);
}

HostImage
kept_list_find_image (const gchar *source)
{
  guint n;
  g_autofree HostImage *images = host_get_images (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree gchar *name = kept_list_name (images[i]);

      if (strcmp (name, source) == 0)
        return images[i];
    }
  return HOST_NONE;
}
