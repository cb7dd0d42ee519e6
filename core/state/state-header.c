/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/text.h"
#include "state/fits-sums-private.h"
#include "state/state-header-private.h"
#include "sums/accumulator.h"
#include "sums/evidence-kernel-private.h"

#include <string.h>

/* Of the file's layout. It rises with every change that an older hotpix would misread. */
#define FORMAT_VERSION 1

#define KEY_FORMAT "HPXFORM"
#define KEY_EVIDENCE "HPXKERN"
#define KEY_FRAMES "NCOMBINE"
#define KEY_WIDTH "HPXWIDTH"
#define KEY_HEIGHT "HPXHEIGH"
#define KEY_CHANNELS "HPXCHANS"
#define KEY_BITS "HPXBITS"
#define KEY_ANY "HPXANY"
#define KEY_MAKE "HPXMAKE"
#define KEY_MODEL "INSTRUME"
#define KEY_SERIAL "HPXSER"
#define KEY_LENS "HPXLENS"
#define KEY_FOCAL "HPXFOCAL"

/* Significant digits of a time in seconds. */
#define DIGITS 9

gchar *
hotpix_state_text_escape (const gchar *text)
{
  return text != NULL ? g_uri_escape_string (text, " !\"#$&'()*+,/:;<=>?@[\\]^`{|}", FALSE)
                      : g_strdup ("");
}

gchar *
hotpix_state_text_unescape (const gchar *text)
{
  g_autofree gchar *unescaped = g_uri_unescape_string (text, NULL);

  return unescaped != NULL && *unescaped != '\0' ? g_steal_pointer (&unescaped) : NULL;
}

void
hotpix_state_header_clear (HotpixStateHeader *header)
{
  g_clear_pointer (&header->body, hotpix_camera_free);
}

void
hotpix_state_header_reserve_sums (fitsfile *fits, gint *status)
{
  fits_write_key_str (fits, "CHECKSUM", HOTPIX_FITS_NO_CHECKSUM, "of this HDU", status);
  fits_write_key_str (fits, "DATASUM", HOTPIX_FITS_NO_DATASUM, "of its data", status);
}

static void
write_number (fitsfile *fits, const gchar *key, guint number, const gchar *comment,
              gint *status)
{
  fits_write_key_lng (fits, key, number, comment, status);
}

static void
write_text (fitsfile *fits, const gchar *key, const gchar *text, const gchar *comment,
            gint *status)
{
  g_autofree gchar *escaped = hotpix_state_text_escape (text);

  if (text != NULL)
    fits_write_key_longstr (fits, key, escaped, comment, status);
}

static void
write_body (fitsfile *fits, const HotpixStateHeader *header, gint *status)
{
  const HotpixCamera *body = header->body;

  fits_write_key_log (fits, KEY_ANY, header->any_body, "photos of any camera", status);
  if (body == NULL)
    return;
  write_text (fits, KEY_MAKE, body->make, "maker of the camera", status);
  write_text (fits, KEY_MODEL, body->model, "model of the camera", status);
  write_text (fits, KEY_SERIAL, body->serial, "its serial number", status);
  write_text (fits, KEY_LENS, body->lens, "the lens that it cannot change", status);
  if (body->micrometres != 0)
    write_number (fits, KEY_FOCAL, body->micrometres, "[um] focal length of a phone", status);
}

/* The least and the most of what photos tell. */
typedef struct
{
  const gchar *first_date, *last_date;
  gdouble least_time, most_time;
  guint least_iso, most_iso;
} Ranges;

static Ranges
find_ranges (const HotpixCounted *counted)
{
  Ranges ranges = { NULL };

  for (guint i = 0; i < hotpix_counted_get_length (counted); i++)
    {
      const HotpixShot *shot = hotpix_counted_get (counted, i)->shot;

      if (shot->date != NULL
          && (ranges.first_date == NULL || strcmp (shot->date, ranges.first_date) < 0))
        ranges.first_date = shot->date;
      if (g_strcmp0 (shot->date, ranges.last_date) > 0)
        ranges.last_date = shot->date;
      if (shot->exposure_time > 0
          && (ranges.least_time == 0 || shot->exposure_time < ranges.least_time))
        ranges.least_time = shot->exposure_time;
      ranges.most_time = MAX (ranges.most_time, shot->exposure_time);
      if (shot->iso > 0 && (ranges.least_iso == 0 || shot->iso < ranges.least_iso))
        ranges.least_iso = shot->iso;
      ranges.most_iso = MAX (ranges.most_iso, shot->iso);
    }
  return ranges;
}

static void
write_ranges (fitsfile *fits, const HotpixCounted *counted, gint *status)
{
  Ranges ranges = find_ranges (counted);

  write_text (fits, "DATE-OBS", ranges.first_date, "of the first photo, by its clock", status);
  write_text (fits, "DATE-END", ranges.last_date, "of the last photo", status);
  if (ranges.most_time > 0)
    {
      fits_write_key_dbl (fits, "EXPMIN", ranges.least_time, DIGITS,
                          "[s] least exposure time of a photo", status);
      fits_write_key_dbl (fits, "EXPMAX", ranges.most_time, DIGITS,
                          "[s] most exposure time of a photo", status);
    }
  if (ranges.most_iso > 0)
    {
      write_number (fits, "ISOMIN", ranges.least_iso, "least ISO of a photo", status);
      write_number (fits, "ISOMAX", ranges.most_iso, "most ISO of a photo", status);
    }
}

void
hotpix_state_header_write (const HotpixStateHeader *header, const HotpixCounted *counted,
                           fitsfile *fits, gint *status)
{
  const HotpixShape *shape = &header->shape;

  fits_write_key_str (fits, "CREATOR", "hotpix", "finds hot pixels in ordinary photos", status);
  write_number (fits, KEY_FORMAT, FORMAT_VERSION, "version of this format", status);
  write_number (fits, KEY_EVIDENCE, HOTPIX_EVIDENCE_VERSION, "version of STEPS", status);
  write_number (fits, KEY_FRAMES, header->n_frames, "photos that were added up", status);
  write_number (fits, KEY_WIDTH, shape->width, "[pixel] columns", status);
  write_number (fits, KEY_HEIGHT, shape->height, "[pixel] rows", status);
  write_number (fits, KEY_CHANNELS, shape->channels, "1 is grey, 3 are red, green, blue",
                status);
  write_number (fits, KEY_BITS, shape->bits, "of a photo's samples", status);
  write_body (fits, header, status);
  write_ranges (fits, counted, status);
  hotpix_state_header_reserve_sums (fits, status);
}

/* The value of a word that must be there; 0 and a status where it is not. */
static guint
read_number (fitsfile *fits, const gchar *key, gint *status)
{
  LONGLONG number = 0;

  fits_read_key_lnglng (fits, key, &number, NULL, status);
  if (*status == 0 && (number < 0 || number > G_MAXUINT32))
    *status = NUM_OVERFLOW;
  return *status == 0 ? (guint) number : 0;
}

/* Of a word that may be missing. Returns (transfer full), NULL for none. */
static gchar *
read_text (fitsfile *fits, const gchar *key, gint *status)
{
  gchar *raw = NULL, *text = NULL;

  if (*status != 0)
    return NULL;
  fits_read_key_longstr (fits, key, &raw, NULL, status);
  if (*status == KEY_NO_EXIST)
    *status = 0;
  if (raw != NULL)
    {
      text = hotpix_state_text_unescape (raw);
      fits_free_memory (raw, &(gint){ 0 });
    }
  return text;
}

static HotpixCamera *
read_body (fitsfile *fits, gint *status)
{
  g_autofree gchar *make = read_text (fits, KEY_MAKE, status);
  g_autofree gchar *model = read_text (fits, KEY_MODEL, status);
  g_autofree gchar *serial = read_text (fits, KEY_SERIAL, status);
  g_autofree gchar *lens = read_text (fits, KEY_LENS, status);
  gint no_focal = *status;
  guint micrometres = read_number (fits, KEY_FOCAL, &no_focal);
  HotpixCamera body = { make, model, serial, lens, no_focal == 0 ? micrometres : 0 };

  return hotpix_camera_copy (&body);
}

/* Of a file with the word for the format's version. */
static gboolean
check_versions (fitsfile *fits, GError **error)
{
  gint status = 0;
  guint format = read_number (fits, KEY_FORMAT, &status), evidence;

  if (status == KEY_NO_EXIST)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT,
                   _ ("is a FITS file, but not of hotpix's sums"));
      return FALSE;
    }
  if (status == 0 && format > FORMAT_VERSION)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                   _ ("is of a newer hotpix: its format is %u, this hotpix reads %d"), format,
                   FORMAT_VERSION);
      return FALSE;
    }
  evidence = read_number (fits, KEY_EVIDENCE, &status);
  if (status == 0 && evidence != HOTPIX_EVIDENCE_VERSION)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                   _ ("has evidence of version %u, and this hotpix has %d, which cannot be "
                      "added to it: begin a new state from the photos"),
                   evidence, HOTPIX_EVIDENCE_VERSION);
      return FALSE;
    }
  if (status == 0 && format == FORMAT_VERSION)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
               _ ("has words in its header that cannot be"));
  return FALSE;
}

static gboolean
can_be (const HotpixStateHeader *header)
{
  const HotpixShape *shape = &header->shape;

  return shape->width >= 1 && shape->height >= 1
         && (shape->channels == 1 || shape->channels == 3)
         && (shape->bits == 8 || shape->bits == 16) && header->n_frames >= 1
         && header->n_frames <= hotpix_accumulator_max_frames (shape);
}

gboolean
hotpix_state_header_read (HotpixStateHeader *header, fitsfile *fits, GError **error)
{
  g_auto (HotpixStateHeader) told = { { 0 } };
  gint status = 0;

  fits_movabs_hdu (fits, 1, NULL, &status);
  if (status == 0 && !check_versions (fits, error))
    return FALSE;
  told.shape.width = read_number (fits, KEY_WIDTH, &status);
  told.shape.height = read_number (fits, KEY_HEIGHT, &status);
  told.shape.channels = read_number (fits, KEY_CHANNELS, &status);
  told.shape.bits = read_number (fits, KEY_BITS, &status);
  told.n_frames = read_number (fits, KEY_FRAMES, &status);
  fits_read_key_log (fits, KEY_ANY, &told.any_body, NULL, &status);
  told.body = read_body (fits, &status);
  if (status != 0 || !can_be (&told))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
                   _ ("has words in its header that cannot be"));
      return FALSE;
    }
  *header = told;
  told.body = NULL;
  return TRUE;
}
