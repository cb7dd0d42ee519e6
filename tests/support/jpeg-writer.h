/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes JPEGs of every kind that the tests need. */
typedef struct
{
  guint width;
  guint height;
  guint components;          /* 1 grey, 3 RGB in and YCbCr out, 4 CMYK; 0 means 3 */
  gint quality;              /* 0 means 90 */
  guint horizontal_sampling; /* of luma: 1, 2 or 4; 0 means 2 */
  guint vertical_sampling;   /* of luma: 1 or 2; 0 means 1 */
  gboolean progressive;
  gboolean separate; /* a scan for each of three components, if not progressive */
  gboolean arithmetic;
  guint restart_rows; /* a restart marker after so many rows of blocks; 0 for none */
  const guint8 *exif; /* nullable; with its leading "Exif\0\0" */
  gsize exif_length;
} JpegRecipe;

/* Whether this libjpeg can write (and so read) arithmetic coding. */
gboolean jpeg_writer_has_arithmetic (void);

/* samples: packed rows of width x components. */
GBytes *jpeg_writer_encode (const JpegRecipe *recipe, const guint8 *samples);

/* A photo of smooth shapes and noise that depends on nothing but the recipe and the seed. */
GBytes *jpeg_writer_encode_scene (const JpegRecipe *recipe, guint32 seed);

/* The fields of an Exif block; those that are NULL or 0 are left out. */
typedef struct
{
  const gchar *make, *model, *serial, *lens, *software, *processing_software;
  const gchar *comment; /* with its eight bytes of code */
  guint orientation, iso, custom_rendered;
  guint focal_length; /* mm / 1000, as are the next two of seconds and times */
  guint exposure_time;
  guint digital_zoom;
  const gchar *date, *part_of_second, *offset; /* of DateTimeOriginal */
  guint long_iso;                              /* RecommendedExposureIndex */
  gint temperature; /* °C / 1000; 1 for what the standard calls unknown */
} JpegExif;

/* An Exif block with these fields, to be freed by g_free(). */
guint8 *jpeg_writer_make_whole_exif (const JpegExif *fields, gsize *length);

/* The same with no more than these. serial is nullable. */
guint8 *jpeg_writer_make_exif (const gchar *make, const gchar *model, const gchar *serial,
                               gsize *length);

G_END_DECLS
