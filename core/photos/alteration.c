/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "photos/alteration-private.h"

#include <string.h>

/* A photo's custom rendering: 0 and 1 are the Exif standard's, the others are Apple's. */
enum
{
  RENDERED_CUSTOM = 1,
  RENDERED_HDR = 2,
  RENDERED_HDR_BESIDE_ORIGINAL = 3,
  RENDERED_PANORAMA = 6,
  RENDERED_HDR_PORTRAIT = 7,
  RENDERED_PORTRAIT = 8,
};

/* Parts of the names by which programs sign what they save. A camera's own name for its firmware is
 * a version and has none of these. */
static const gchar *const programs[] = {
  "ACDSee",
  "Adobe",
  "Affinity",
  "Afterlight",
  "Aperture",
  "Aurora HDR",
  "BeFunky",
  "Capture NX",
  "Capture One",
  "Corel",
  "CyberLink",
  "darktable",
  "digiKam",
  "Digital Photo Professional",
  "DxO",
  "Facetune",
  "FastStone",
  "Fotor",
  "GIMP",
  "GraphicConverter",
  "gThumb",
  "Gwenview",
  "Helicon",
  "Hugin",
  "ImageMagick",
  "Instagram",
  "iPhoto",
  "IrfanView",
  "Krita",
  "Lightroom",
  "LightZone",
  "Luminar",
  "Microsoft ICE",
  "Microsoft Office",
  "Microsoft Photo",
  "Microsoft Windows Photo",
  "nomacs",
  "NX Studio",
  "OLYMPUS Viewer",
  "OLYMPUS Workspace",
  "OM Workspace",
  "ON1 ",
  "Paint.NET",
  "PaintShop",
  "Paint Shop",
  "Photomatix",
  "PhotoScape",
  "Photoshop",
  "Picasa",
  "PicsArt",
  "Pixelmator",
  "Pixlr",
  "Polarr",
  "PTGui",
  "RawTherapee",
  "Shotwell",
  "SILKYPIX",
  "Snapseed",
  "Topaz",
  "Ulead",
  "ViewNX",
  "VSCO",
  "Windows Photo",
  "XnView",
  "Zerene",
  "Zoner",
  NULL,
};

static gboolean
is_program (const gchar *software)
{
  g_autofree gchar *folded = NULL;

  if (software == NULL)
    return FALSE;
  folded = g_ascii_strdown (software, -1);
  for (guint i = 0; programs[i] != NULL; i++)
    {
      g_autofree gchar *program = g_ascii_strdown (programs[i], -1);

      if (strstr (folded, program) != NULL)
        return TRUE;
    }
  return FALSE;
}

static const gchar *
describe_rendering (guint custom_rendered)
{
  switch (custom_rendered)
    {
    case RENDERED_HDR:
    case RENDERED_HDR_BESIDE_ORIGINAL:
    case RENDERED_HDR_PORTRAIT:
      return _ ("is an HDR picture, put together of several shots");
    case RENDERED_PANORAMA:
      return _ ("is a panorama, put together of several shots");
    case RENDERED_PORTRAIT:
      return _ ("was blurred by the phone's portrait mode");
    default:
      return NULL;
    }
}

gchar *
hotpix_alteration_describe (const HotpixExif *exif, gchar **detail)
{
  const gchar *program;

  *detail = NULL;
  if (exif == NULL)
    return NULL;
  if (exif->is_screenshot)
    return g_strdup (_ ("is a screenshot"));
  if (describe_rendering (exif->custom_rendered) != NULL)
    return g_strdup (describe_rendering (exif->custom_rendered));
  program = is_program (exif->software) ? exif->software : exif->processing_software;
  if (program == NULL)
    return NULL;
  *detail = g_strdup (program);
  return g_strdup_printf (_ ("was saved by %s and is not as the camera took it"), program);
}

gboolean
hotpix_alteration_is_custom (const HotpixExif *exif)
{
  return exif != NULL && exif->custom_rendered == RENDERED_CUSTOM;
}
