/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loaded-turn.h"
#include "base/error.h"
#include "base/text.h"
#include "heif-turn.h"

#include <stdlib.h>
#include <string.h>

/* In the text that GIMP makes of metadata, before the value. */
#define TAG_START "\"Exif.Image.Orientation\""

/* metadata: nullable, transfer full. Returns 1 where they tell no orientation. */
static guint
read_orientation (GimpMetadata *metadata)
{
  g_autofree gchar *text = metadata != NULL ? gimp_metadata_serialize (metadata) : NULL;
  const gchar *tag = text != NULL ? strstr (text, TAG_START) : NULL;
  const gchar *value = tag != NULL ? strchr (tag, '>') : NULL;
  gint orientation = value != NULL ? atoi (value + 1) : 1;

  g_clear_object (&metadata);
  return orientation >= 1 && orientation <= 8 ? (guint) orientation : 1;
}

gboolean
loaded_turn_find (HostImage image, const gchar *path, guint *orientation, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint of_file;

  if (heif_turn_read (path, orientation))
    {
      if (*orientation == 0)
        g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                     _ ("is mirrored by its reader: only photos as the camera stored them "
                        "count"));
      return *orientation != 0;
    }
  of_file = read_orientation (gimp_metadata_load_from_file (file, NULL));
  *orientation = of_file != read_orientation (gimp_image_get_metadata (image)) ? of_file : 1;
  return TRUE;
}
