/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/exif.h"
#include "photos/clean-text-private.h"

#include <libexif/exif-data.h>
#include <libexif/exif-mnote-data.h>
#include <limits.h>
#include <math.h>
#include <string.h>

/* Longer than any field that names a camera or a program; longer ones are cut. */
#define FIELD_BYTES 128

/* The start of an Exif block in a JPEG, and not always in other formats. libexif needs it. */
#define EXIF_START "Exif\0"
#define EXIF_START_BYTES 6

/* libexif has no names for these. */
#define TAG_PROCESSING_SOFTWARE ((ExifTag) 0x000b)
#define TAG_RECOMMENDED_EXPOSURE_INDEX ((ExifTag) 0x8832)
#define TAG_OFFSET_ORIGINAL ((ExifTag) 0x9011)
#define TAG_TEMPERATURE ((ExifTag) 0x9400)

/* The most ISO of two bytes: or more, which another tag then tells. */
#define MOST_SHORT_ISO 65535

/* The Exif standard's "unknown" of a temperature's denominator. */
#define UNKNOWN_DENOMINATOR (-1)

/* Of the air around a camera, °C; what is beyond was not measured. */
#define LEAST_TEMPERATURE (-90)
#define MOST_TEMPERATURE 90

/* A comment's first bytes give its encoding. */
#define COMMENT_CODE_BYTES 8

static ExifEntry *
find_entry (ExifData *data, ExifIfd ifd, ExifTag tag, ExifFormat format)
{
  ExifEntry *entry = exif_content_get_entry (data->ifd[ifd], tag);

  return entry != NULL && entry->format == format && entry->components > 0 ? entry : NULL;
}

static const gchar *
entry_text (ExifData *data, ExifIfd ifd, ExifTag tag, gchar *text)
{
  ExifEntry *entry = find_entry (data, ifd, tag, EXIF_FORMAT_ASCII);

  return entry != NULL ? exif_entry_get_value (entry, text, FIELD_BYTES) : NULL;
}

static gdouble
entry_rational (ExifData *data, ExifTag tag)
{
  ExifEntry *entry = find_entry (data, EXIF_IFD_EXIF, tag, EXIF_FORMAT_RATIONAL);
  ExifRational rational = { 0, 0 };

  if (entry != NULL && entry->size >= 8)
    rational = exif_get_rational (entry->data, exif_data_get_byte_order (data));
  return rational.denominator != 0 ? (gdouble) rational.numerator / rational.denominator : 0;
}

static gdouble
read_temperature (ExifData *data)
{
  ExifEntry *entry = find_entry (data, EXIF_IFD_EXIF, TAG_TEMPERATURE, EXIF_FORMAT_SRATIONAL);
  ExifSRational rational = { 0, 0 };
  gdouble temperature;

  if (entry != NULL && entry->size >= 8)
    rational = exif_get_srational (entry->data, exif_data_get_byte_order (data));
  if (rational.denominator == 0 || rational.denominator == UNKNOWN_DENOMINATOR)
    return NAN;
  temperature = (gdouble) rational.numerator / rational.denominator;
  return temperature >= LEAST_TEMPERATURE && temperature <= MOST_TEMPERATURE ? temperature
                                                                             : NAN;
}

static guint
entry_short (ExifData *data, ExifIfd ifd, ExifTag tag)
{
  ExifEntry *entry = find_entry (data, ifd, tag, EXIF_FORMAT_SHORT);

  return entry != NULL && entry->size >= 2
             ? exif_get_short (entry->data, exif_data_get_byte_order (data))
             : 0;
}

static guint
read_iso (ExifData *data)
{
  guint iso = entry_short (data, EXIF_IFD_EXIF, EXIF_TAG_ISO_SPEED_RATINGS);
  ExifEntry *entry
      = find_entry (data, EXIF_IFD_EXIF, TAG_RECOMMENDED_EXPOSURE_INDEX, EXIF_FORMAT_LONG);

  return (iso == 0 || iso == MOST_SHORT_ISO) && entry != NULL && entry->size >= 4
             ? exif_get_long (entry->data, exif_data_get_byte_order (data))
             : iso;
}

/* Each maker numbers the tags of its notes differently; libexif's names are the same for all.
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
  gchar lens[FIELD_BYTES] = "";
  const gchar *serial_text
      = entry_text (data, EXIF_IFD_EXIF, EXIF_TAG_BODY_SERIAL_NUMBER, serial);

  if (serial_text == NULL || *serial_text == '\0')
    serial_text = maker_note_serial (data, serial);
  return hotpix_camera_new_with_lens (
      entry_text (data, EXIF_IFD_0, EXIF_TAG_MAKE, make),
      entry_text (data, EXIF_IFD_0, EXIF_TAG_MODEL, model), serial_text,
      entry_text (data, EXIF_IFD_EXIF, EXIF_TAG_LENS_MODEL, lens),
      entry_rational (data, EXIF_TAG_FOCAL_LENGTH));
}

/* When the shutter opened; a photo's date of change is not asked for, because programs change it. */
static gchar *
read_date (ExifData *data)
{
  gchar date[FIELD_BYTES] = "", part[FIELD_BYTES] = "";

  return hotpix_shot_parse_date (
      entry_text (data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, date),
      entry_text (data, EXIF_IFD_EXIF, EXIF_TAG_SUB_SEC_TIME_ORIGINAL, part));
}

static HotpixShot *
read_shot (ExifData *data)
{
  gchar lens[FIELD_BYTES] = "", offset[FIELD_BYTES] = "";
  guint orientation = entry_short (data, EXIF_IFD_0, EXIF_TAG_ORIENTATION);
  HotpixShot shot = {
    .date = read_date (data),
    .offset
    = hotpix_shot_parse_offset (entry_text (data, EXIF_IFD_EXIF, TAG_OFFSET_ORIGINAL, offset)),
    .exposure_time = entry_rational (data, EXIF_TAG_EXPOSURE_TIME),
    .iso = read_iso (data),
    .lens = hotpix_clean_text (entry_text (data, EXIF_IFD_EXIF, EXIF_TAG_LENS_MODEL, lens)),
    .orientation = orientation <= 8 ? orientation : 0,
    .temperature = read_temperature (data),
  };

  return g_memdup2 (&shot, sizeof shot);
}

static gboolean
read_screenshot (ExifData *data)
{
  static const gchar word[] = "Screenshot";
  ExifEntry *entry
      = find_entry (data, EXIF_IFD_EXIF, EXIF_TAG_USER_COMMENT, EXIF_FORMAT_UNDEFINED);

  return entry != NULL && entry->size >= COMMENT_CODE_BYTES + strlen (word)
         && memcmp (entry->data + COMMENT_CODE_BYTES, word, strlen (word)) == 0;
}

static void
read_all (HotpixExif *exif, ExifData *data)
{
  gchar text[FIELD_BYTES] = "";

  exif->camera = read_camera (data);
  hotpix_shot_free (exif->shot);
  exif->shot = read_shot (data);
  exif->digital_zoom = entry_rational (data, EXIF_TAG_DIGITAL_ZOOM_RATIO);
  exif->software = hotpix_clean_text (entry_text (data, EXIF_IFD_0, EXIF_TAG_SOFTWARE, text));
  exif->processing_software
      = hotpix_clean_text (entry_text (data, EXIF_IFD_0, TAG_PROCESSING_SOFTWARE, text));
  exif->custom_rendered = entry_short (data, EXIF_IFD_EXIF, EXIF_TAG_CUSTOM_RENDERED);
  exif->is_screenshot = read_screenshot (data);
}

HotpixExif *
hotpix_exif_new (const guint8 *block, gsize length)
{
  HotpixExif *exif = g_new0 (HotpixExif, 1);
  g_autoptr (GByteArray) whole = NULL;
  ExifData *data;

  exif->shot = hotpix_shot_copy (&hotpix_shot_unknown);
  if (block == NULL || length > UINT_MAX - EXIF_START_BYTES)
    return exif;
  data = exif_data_new ();
  if (data == NULL)
    return exif;
  whole = g_byte_array_new ();
  if (length < EXIF_START_BYTES || memcmp (block, EXIF_START, EXIF_START_BYTES) != 0)
    g_byte_array_append (whole, (const guint8 *) EXIF_START, EXIF_START_BYTES);
  g_byte_array_append (whole, block, (guint) length);
  /* By default libexif drops tags that it has no name for and corrects what breaks the standard. */
  exif_data_unset_option (data, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS);
  exif_data_unset_option (data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_load_data (data, whole->data, whole->len);
  read_all (exif, data);
  exif_data_unref (data);
  return exif;
}

void
hotpix_exif_free (HotpixExif *exif)
{
  if (exif == NULL)
    return;
  hotpix_camera_free (exif->camera);
  hotpix_shot_free (exif->shot);
  g_free (exif->software);
  g_free (exif->processing_software);
  g_free (exif);
}
