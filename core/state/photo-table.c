/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/text.h"
#include "photos/clean-text-private.h"
#include "state/photo-table-private.h"
#include "state/state-header-private.h"

#include <math.h>
#include <string.h>

/* Rows at a time. */
#define PART_ROWS 1024

/* The longest text of a column: a file's name of 255 bytes, each of them escaped. */
#define MOST_WIDTH 1024

/* What stands for an unknown offset of a clock. */
#define NO_OFFSET (-32768)

typedef enum
{
  COLUMN_NAME,
  COLUMN_DIGEST,
  COLUMN_FINGERPRINT,
  COLUMN_MAKE,
  COLUMN_MODEL,
  COLUMN_SERIAL,
  COLUMN_LENS,
  COLUMN_FOCAL,
  COLUMN_DATE,
  COLUMN_OFFSET,
  COLUMN_TIME,
  COLUMN_ISO,
  COLUMN_ORIENTATION,
  COLUMN_TEMPERATURE,
  N_COLUMNS,
} Column;

static const struct
{
  const gchar *name;
  gchar form; /* FITS's letter of the type; A is text */
  const gchar *unit;
} columns[N_COLUMNS] = {
  { "NAME", 'A', "" },      { "HASH", 'A', "" },     { "START", 'K', "" },
  { "MAKE", 'A', "" },      { "INSTRUME", 'A', "" }, { "SERIAL", 'A', "" },
  { "LENS", 'A', "" },      { "FOCAL", 'J', "um" },  { "DATE_OBS", 'A', "" },
  { "UTCOFF", 'I', "min" }, { "EXPTIME", 'D', "s" }, { "ISO", 'J', "" },
  { "ORIENT", 'I', "" },    { "AMBTEMP", 'D', "" },
};

/* Owned by the photo or the caller's `empty`; NULL where the column is no text. */
static const gchar *
text_of (const HotpixCountedPhoto *photo, Column column)
{
  const HotpixCamera *camera = photo->camera;

  switch (column)
    {
    case COLUMN_NAME:
      return photo->name;
    case COLUMN_DIGEST:
      return photo->digest;
    case COLUMN_MAKE:
      return camera != NULL ? camera->make : NULL;
    case COLUMN_MODEL:
      return camera != NULL ? camera->model : NULL;
    case COLUMN_SERIAL:
      return camera != NULL ? camera->serial : NULL;
    case COLUMN_LENS:
      return photo->shot->lens;
    case COLUMN_DATE:
      return photo->shot->date;
    default:
      return NULL;
    }
}

static gint64
integer_of (const HotpixCountedPhoto *photo, Column column)
{
  const HotpixShot *shot = photo->shot;

  switch (column)
    {
    case COLUMN_FINGERPRINT:
      return (gint64) photo->fingerprint;
    case COLUMN_FOCAL:
      return photo->camera != NULL ? photo->camera->micrometres : 0;
    case COLUMN_OFFSET:
      return shot->offset == HOTPIX_SHOT_NO_OFFSET ? NO_OFFSET : shot->offset;
    case COLUMN_ISO:
      return MIN (shot->iso, (guint) G_MAXINT32);
    case COLUMN_ORIENTATION:
      return shot->orientation;
    default:
      return 0;
    }
}

static gdouble
real_of (const HotpixCountedPhoto *photo, Column column)
{
  return column == COLUMN_TIME ? photo->shot->exposure_time : photo->shot->temperature;
}

static gsize
width_of (const HotpixCounted *counted, Column column)
{
  gsize width = 1;

  for (guint i = 0; i < hotpix_counted_get_length (counted); i++)
    {
      g_autofree gchar *text
          = hotpix_state_text_escape (text_of (hotpix_counted_get (counted, i), column));

      width = MAX (width, strlen (text));
    }
  return MIN (width, (gsize) MOST_WIDTH);
}

static void
create_table (const HotpixCounted *counted, fitsfile *fits, gint *status)
{
  gchar *names[N_COLUMNS], *forms[N_COLUMNS], *units[N_COLUMNS];

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      names[i] = (gchar *) columns[i].name;
      units[i] = (gchar *) columns[i].unit;
      forms[i] = columns[i].form == 'A'
                     ? g_strdup_printf ("%uA", (guint) width_of (counted, (Column) i))
                     : g_strdup_printf ("1%c", columns[i].form);
    }
  fits_create_tbl (fits, BINARY_TBL, hotpix_counted_get_length (counted), N_COLUMNS, names,
                   forms, units, HOTPIX_PHOTO_TABLE_NAME, status);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (forms[i]);
}

static void
write_texts (const HotpixCounted *counted, Column column, guint first, guint n, fitsfile *fits,
             gint *status)
{
  g_autofree gchar **texts = g_new (gchar *, n);

  for (guint i = 0; i < n; i++)
    texts[i]
        = hotpix_state_text_escape (text_of (hotpix_counted_get (counted, first + i), column));
  fits_write_col (fits, TSTRING, (gint) column + 1, first + 1, 1, n, texts, status);
  for (guint i = 0; i < n; i++)
    g_free (texts[i]);
}

static void
write_numbers (const HotpixCounted *counted, Column column, guint first, guint n,
               fitsfile *fits, gint *status)
{
  gint64 integers[PART_ROWS];
  gdouble reals[PART_ROWS];
  gboolean is_real = columns[column].form == 'D';

  for (guint i = 0; i < n; i++)
    {
      integers[i] = integer_of (hotpix_counted_get (counted, first + i), column);
      reals[i] = real_of (hotpix_counted_get (counted, first + i), column);
    }
  fits_write_col (fits, is_real ? TDOUBLE : TLONGLONG, (gint) column + 1, first + 1, 1, n,
                  is_real ? (gpointer) reals : integers, status);
}

void
hotpix_photo_table_write (const HotpixCounted *counted, fitsfile *fits, gint *status)
{
  guint length = hotpix_counted_get_length (counted);

  create_table (counted, fits, status);
  hotpix_state_header_reserve_sums (fits, status);
  for (guint first = 0; first < length; first += PART_ROWS)
    for (guint i = 0; i < N_COLUMNS; i++)
      if (columns[i].form == 'A')
        write_texts (counted, (Column) i, first, MIN (length - first, PART_ROWS), fits, status);
      else
        write_numbers (counted, (Column) i, first, MIN (length - first, PART_ROWS), fits,
                       status);
}

/* Where each column is in a file, from 1 on; another program may have put them in another order. */
static gboolean
find_columns (fitsfile *fits, gint *places, LONGLONG *widths)
{
  gint status = 0;

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      gint type = 0;

      fits_get_colnum (fits, CASEINSEN, (gchar *) columns[i].name, &places[i], &status);
      fits_get_coltypell (fits, places[i], &type, &widths[i], NULL, &status);
      if (status != 0 || (type == TSTRING) != (columns[i].form == 'A')
          || widths[i] > (type == TSTRING ? MOST_WIDTH : 1) || widths[i] < 1)
        return FALSE;
    }
  return TRUE;
}

/* One part of the table. */
typedef struct
{
  guint n;
  gchar **texts[N_COLUMNS];              /* of a text's column */
  gint64 integers[N_COLUMNS][PART_ROWS]; /* of one of whole numbers */
  gdouble reals[N_COLUMNS][PART_ROWS];   /* of the others */
} Part;

static Part *
part_new (const LONGLONG *widths)
{
  Part *part = g_new0 (Part, 1);

  for (guint i = 0; i < N_COLUMNS; i++)
    if (columns[i].form == 'A')
      {
        part->texts[i] = g_new0 (gchar *, PART_ROWS + 1);
        for (guint k = 0; k < PART_ROWS; k++)
          part->texts[i][k] = g_malloc0 ((gsize) widths[i] + 1);
      }
  return part;
}

static void
part_free (Part *part)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    g_strfreev (part->texts[i]);
  g_free (part);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Part, part_free)

static void
read_part (Part *part, const gint *places, guint first, fitsfile *fits, gint *status)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      gint type = TLONGLONG;
      gpointer values = part->integers[i];

      if (columns[i].form == 'A')
        {
          type = TSTRING;
          values = part->texts[i];
        }
      else if (columns[i].form == 'D')
        {
          type = TDOUBLE;
          values = part->reals[i];
        }
      fits_read_col (fits, type, places[i], first + 1, 1, part->n, NULL, values, NULL, status);
    }
}

/* As any text that may be shown. */
static gchar *
clean_text_of (const Part *part, Column column, guint row)
{
  g_autofree gchar *text = hotpix_state_text_unescape (part->texts[column][row]);

  return hotpix_clean_text (text);
}

static HotpixShot *
shot_of (const Part *part, guint row)
{
  gint64 offset = part->integers[COLUMN_OFFSET][row], iso = part->integers[COLUMN_ISO][row];
  gint64 orientation = part->integers[COLUMN_ORIENTATION][row];
  gdouble seconds = part->reals[COLUMN_TIME][row];
  HotpixShot shot = {
    .date = clean_text_of (part, COLUMN_DATE, row),
    .offset = ABS (offset) < 24 * 60 ? (gint) offset : HOTPIX_SHOT_NO_OFFSET,
    .exposure_time = seconds > 0 && isfinite (seconds) ? seconds : 0,
    .iso = (guint) CLAMP (iso, 0, G_MAXINT32),
    .lens = clean_text_of (part, COLUMN_LENS, row),
    .orientation = orientation >= 1 && orientation <= 8 ? (guint) orientation : 0,
    .temperature = part->reals[COLUMN_TEMPERATURE][row],
  };

  return g_memdup2 (&shot, sizeof shot);
}

static HotpixCamera *
camera_of (const Part *part, guint row)
{
  g_autofree gchar *make = clean_text_of (part, COLUMN_MAKE, row);
  g_autofree gchar *model = clean_text_of (part, COLUMN_MODEL, row);
  g_autofree gchar *serial = clean_text_of (part, COLUMN_SERIAL, row);
  g_autofree gchar *lens = clean_text_of (part, COLUMN_LENS, row);

  return hotpix_camera_new_with_lens (make, model, serial, lens,
                                      (gdouble) part->integers[COLUMN_FOCAL][row] / 1000);
}

static void
add_photo (HotpixCounted *counted, const Part *part, guint row)
{
  HotpixCountedPhoto photo = {
    .name = hotpix_state_text_unescape (part->texts[COLUMN_NAME][row]),
    .digest = hotpix_state_text_unescape (part->texts[COLUMN_DIGEST][row]),
    .fingerprint = (guint64) part->integers[COLUMN_FINGERPRINT][row],
    .camera = camera_of (part, row),
    .shot = shot_of (part, row),
  };

  hotpix_counted_add (counted, g_memdup2 (&photo, sizeof photo));
}

HotpixCounted *
hotpix_photo_table_read (fitsfile *fits, guint n_photos, GError **error)
{
  g_autoptr (HotpixCounted) counted = hotpix_counted_new ();
  g_autoptr (Part) part = NULL;
  gint places[N_COLUMNS], status = 0;
  LONGLONG widths[N_COLUMNS], n_rows = 0;

  fits_movnam_hdu (fits, BINARY_TBL, (gchar *) HOTPIX_PHOTO_TABLE_NAME, 0, &status);
  fits_get_num_rowsll (fits, &n_rows, &status);
  if (status == 0 && n_rows == n_photos && find_columns (fits, places, widths))
    {
      part = part_new (widths);
      for (guint first = 0; status == 0 && first < n_photos; first += part->n)
        {
          part->n = MIN (n_photos - first, (guint) PART_ROWS);
          read_part (part, places, first, fits, &status);
          for (guint row = 0; status == 0 && row < part->n; row++)
            add_photo (counted, part, row);
        }
      if (status == 0)
        return g_steal_pointer (&counted);
    }
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
               _ ("has no table of the %u photos that it is of"), n_photos);
  return NULL;
}
