/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/camera.h"

#include <libexif/exif-data.h>
#include <libexif/exif-mnote-data.h>
#include <limits.h>
#include <string.h>

/* Longer than any field that names a camera; what is longer is cut. */
#define FIELD_BYTES 128

/* What an Exif block starts with in a JPEG, and in other formats may not. libexif asks for it. */
#define EXIF_START "Exif\0"
#define EXIF_START_BYTES 6

static gchar *
clean_field (const gchar *text)
{
  g_autofree gchar *valid = NULL;

  if (text == NULL)
    return NULL;
  valid = g_utf8_make_valid (text, -1);
  for (gchar *c = valid; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  g_strstrip (valid);
  return *valid == '\0' ? NULL : g_steal_pointer (&valid);
}

HotpixCamera *
hotpix_camera_new (const gchar *make, const gchar *model, const gchar *serial)
{
  HotpixCamera camera = { clean_field (make), clean_field (model), clean_field (serial) };

  if (camera.make == NULL && camera.model == NULL && camera.serial == NULL)
    return NULL;
  return g_memdup2 (&camera, sizeof camera);
}

static const gchar *
entry_text (ExifData *data, ExifIfd ifd, ExifTag tag, gchar *text)
{
  ExifEntry *entry = exif_content_get_entry (data->ifd[ifd], tag);

  if (entry == NULL || entry->format != EXIF_FORMAT_ASCII)
    return NULL;
  return exif_entry_get_value (entry, text, FIELD_BYTES);
}

/* Makers number their notes' tags each in their own way; libexif's names are the common ground.
 * Nikon writes "NO= 2001f1c0". */
static const gchar *
maker_note_serial (ExifData *data, gchar *text)
{
  ExifMnoteData *note = exif_data_get_mnote_data (data);
  guint n_tags = note != NULL ? exif_mnote_data_count (note) : 0;

  for (guint i = 0; i < n_tags; i++)
    {
      const gchar *name = exif_mnote_data_get_name (note, i);

      if (g_strcmp0 (name, "SerialNumber") != 0 && g_strcmp0 (name, "SerialNumber2") != 0)
        continue;
      if (exif_mnote_data_get_value (note, i, text, FIELD_BYTES) == NULL)
        continue;
      return g_ascii_strncasecmp (text, "NO=", 3) == 0 ? text + 3 : text;
    }
  return NULL;
}

static HotpixCamera *
read_camera (ExifData *data)
{
  gchar make[FIELD_BYTES] = "", model[FIELD_BYTES] = "", serial[FIELD_BYTES] = "";
  const gchar *serial_text
      = entry_text (data, EXIF_IFD_EXIF, EXIF_TAG_BODY_SERIAL_NUMBER, serial);

  if (serial_text == NULL || *serial_text == '\0')
    serial_text = maker_note_serial (data, serial);
  return hotpix_camera_new (entry_text (data, EXIF_IFD_0, EXIF_TAG_MAKE, make),
                            entry_text (data, EXIF_IFD_0, EXIF_TAG_MODEL, model), serial_text);
}

HotpixCamera *
hotpix_camera_new_from_exif (const guint8 *exif, gsize length)
{
  g_autoptr (GByteArray) block = NULL;
  HotpixCamera *camera;
  ExifData *data;

  if (exif == NULL || length > UINT_MAX - EXIF_START_BYTES)
    return NULL;
  data = exif_data_new ();
  if (data == NULL)
    return NULL;
  block = g_byte_array_new ();
  if (length < EXIF_START_BYTES || memcmp (exif, EXIF_START, EXIF_START_BYTES) != 0)
    g_byte_array_append (block, (const guint8 *) EXIF_START, EXIF_START_BYTES);
  g_byte_array_append (block, exif, (guint) length);
  /* By default libexif drops tags that it has no name for and mends what breaks the standard. */
  exif_data_unset_option (data, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS);
  exif_data_unset_option (data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_load_data (data, block->data, block->len);
  camera = read_camera (data);
  exif_data_unref (data);
  return camera;
}

void
hotpix_camera_free (HotpixCamera *camera)
{
  if (camera == NULL)
    return;
  g_free (camera->make);
  g_free (camera->model);
  g_free (camera->serial);
  g_free (camera);
}

static gboolean
field_may_be (const gchar *field, const gchar *of_body)
{
  return field == NULL || g_strcmp0 (field, of_body) == 0;
}

gboolean
hotpix_camera_may_be (const HotpixCamera *camera, const HotpixCamera *body)
{
  if (camera == NULL)
    return TRUE;
  return body != NULL && field_may_be (camera->make, body->make)
         && field_may_be (camera->model, body->model)
         && field_may_be (camera->serial, body->serial);
}

gint
hotpix_camera_compare (const HotpixCamera *a, const HotpixCamera *b)
{
  gint order;

  if (a == NULL || b == NULL)
    return (a != NULL) - (b != NULL);
  order = g_strcmp0 (a->make, b->make);
  if (order == 0)
    order = g_strcmp0 (a->model, b->model);
  if (order == 0)
    order = g_strcmp0 (a->serial, b->serial);
  return order;
}

gchar *
hotpix_camera_describe (const HotpixCamera *camera)
{
  g_autoptr (GString) words = NULL;

  if (camera == NULL)
    return g_strdup ("a camera that its EXIF does not tell");
  words = g_string_new (camera->model != NULL ? camera->model : camera->make);
  if (camera->serial != NULL)
    g_string_append_printf (words, "%sserial %s", words->len > 0 ? ", " : "", camera->serial);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
