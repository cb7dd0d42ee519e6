/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <libexif/exif-data.h>

gboolean
jpeg_writer_has_arithmetic (void)
{
#ifdef C_ARITH_CODING_SUPPORTED
  return TRUE;
#else
  return FALSE;
#endif
}

static const jpeg_scan_info separate_scans[] = {
  { 1, { 0 }, 0, 63, 0, 0 },
  { 1, { 1 }, 0, 63, 0, 0 },
  { 1, { 2 }, 0, 63, 0, 0 },
};

static void
apply_recipe (struct jpeg_compress_struct *encoder, const JpegRecipe *recipe)
{
  guint components = recipe->components != 0 ? recipe->components : 3;

  encoder->image_width = recipe->width;
  encoder->image_height = recipe->height;
  encoder->input_components = (int) components;
  encoder->in_color_space = components == 1   ? JCS_GRAYSCALE
                            : components == 3 ? JCS_RGB
                                              : JCS_CMYK;
  jpeg_set_defaults (encoder);
  jpeg_set_quality (encoder, recipe->quality != 0 ? recipe->quality : 90, TRUE);
  if (components == 3)
    {
      encoder->comp_info[0].h_samp_factor
          = recipe->horizontal_sampling != 0 ? (int) recipe->horizontal_sampling : 2;
      encoder->comp_info[0].v_samp_factor
          = recipe->vertical_sampling != 0 ? (int) recipe->vertical_sampling : 1;
    }
  if (recipe->progressive)
    jpeg_simple_progression (encoder);
  else if (recipe->separate)
    {
      encoder->scan_info = separate_scans;
      encoder->num_scans = G_N_ELEMENTS (separate_scans);
    }
  encoder->arith_code = recipe->arithmetic;
  encoder->restart_in_rows = (int) recipe->restart_rows;
}

GBytes *
jpeg_writer_encode (const JpegRecipe *recipe, const guint8 *samples)
{
  struct jpeg_compress_struct encoder;
  struct jpeg_error_mgr errors;
  unsigned char *data = NULL;
  unsigned long size = 0;
  gsize row_bytes;
  GBytes *bytes;

  encoder.err = jpeg_std_error (&errors);
  jpeg_create_compress (&encoder);
  jpeg_mem_dest (&encoder, &data, &size);
  apply_recipe (&encoder, recipe);
  row_bytes = (gsize) recipe->width * (gsize) encoder.input_components;
  jpeg_start_compress (&encoder, TRUE);
  if (recipe->exif != NULL)
    jpeg_write_marker (&encoder, JPEG_APP0 + 1, recipe->exif, (unsigned) recipe->exif_length);
  while (encoder.next_scanline < encoder.image_height)
    {
      JSAMPROW row = (JSAMPROW) samples + encoder.next_scanline * row_bytes;

      jpeg_write_scanlines (&encoder, &row, 1);
    }
  jpeg_finish_compress (&encoder);
  jpeg_destroy_compress (&encoder);
  bytes = g_bytes_new (data, size);
  free (data);
  return bytes;
}

GBytes *
jpeg_writer_encode_scene (const JpegRecipe *recipe, guint32 seed)
{
  guint components = recipe->components != 0 ? recipe->components : 3;
  g_autofree guint8 *samples = g_malloc_n ((gsize) recipe->width * recipe->height, components);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  gint slope_x = g_rand_int_range (random, -3, 4), slope_y = g_rand_int_range (random, -3, 4);
  gint level = g_rand_int_range (random, 40, 200);
  guint8 *sample = samples;

  for (guint y = 0; y < recipe->height; y++)
    for (guint x = 0; x < recipe->width; x++)
      for (guint channel = 0; channel < components; channel++)
        {
          gint value = level + slope_x * (gint) (x % 37) + slope_y * (gint) (y % 23)
                       + 20 * (gint) channel + g_rand_int_range (random, -12, 13);

          *sample++ = (guint8) CLAMP (value, 0, 255);
        }
  return jpeg_writer_encode (recipe, samples);
}

static void
add_entry (ExifData *data, ExifIfd ifd, ExifTag tag, ExifFormat format, guint components,
           gconstpointer value, gsize size)
{
  ExifMem *memory = exif_mem_new_default ();
  ExifEntry *entry = exif_entry_new_mem (memory);

  entry->tag = tag;
  entry->format = format;
  entry->size = (unsigned) size;
  entry->components = components;
  entry->data = exif_mem_alloc (memory, entry->size);
  memcpy (entry->data, value, size);
  exif_content_add_entry (data->ifd[ifd], entry);
  exif_entry_unref (entry);
  exif_mem_unref (memory);
}

static void
add_text (ExifData *data, ExifIfd ifd, guint tag, const gchar *text)
{
  if (text != NULL)
    add_entry (data, ifd, (ExifTag) tag, EXIF_FORMAT_ASCII, (guint) strlen (text) + 1, text,
               strlen (text) + 1);
}

static void
add_short (ExifData *data, ExifIfd ifd, ExifTag tag, guint number)
{
  unsigned char value[2];

  exif_set_short (value, EXIF_BYTE_ORDER_INTEL, (ExifShort) number);
  if (number != 0)
    add_entry (data, ifd, tag, EXIF_FORMAT_SHORT, 1, value, sizeof value);
}

static void
add_thousandths (ExifData *data, ExifTag tag, guint thousandths)
{
  unsigned char value[8];

  exif_set_rational (value, EXIF_BYTE_ORDER_INTEL, (ExifRational){ thousandths, 1000 });
  if (thousandths != 0)
    add_entry (data, EXIF_IFD_EXIF, tag, EXIF_FORMAT_RATIONAL, 1, value, sizeof value);
}

static void
add_long (ExifData *data, guint tag, guint number)
{
  unsigned char value[4];

  exif_set_long (value, EXIF_BYTE_ORDER_INTEL, number);
  if (number != 0)
    add_entry (data, EXIF_IFD_EXIF, (ExifTag) tag, EXIF_FORMAT_LONG, 1, value, sizeof value);
}

static void
add_temperature (ExifData *data, gint thousandths)
{
  unsigned char value[8];

  exif_set_srational (value, EXIF_BYTE_ORDER_INTEL,
                      (ExifSRational){ thousandths, thousandths == 1 ? -1 : 1000 });
  if (thousandths != 0)
    add_entry (data, EXIF_IFD_EXIF, (ExifTag) 0x9400, EXIF_FORMAT_SRATIONAL, 1, value,
               sizeof value);
}

guint8 *
jpeg_writer_make_whole_exif (const JpegExif *fields, gsize *length)
{
  ExifData *data = exif_data_new ();
  unsigned char *block = NULL;
  unsigned int size = 0;
  guint8 *copy;

  exif_data_unset_option (data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_set_byte_order (data, EXIF_BYTE_ORDER_INTEL);
  add_text (data, EXIF_IFD_0, 0x000b, fields->processing_software);
  add_text (data, EXIF_IFD_0, EXIF_TAG_MAKE, fields->make);
  add_text (data, EXIF_IFD_0, EXIF_TAG_MODEL, fields->model);
  add_short (data, EXIF_IFD_0, EXIF_TAG_ORIENTATION, fields->orientation);
  add_text (data, EXIF_IFD_0, EXIF_TAG_SOFTWARE, fields->software);
  add_thousandths (data, EXIF_TAG_EXPOSURE_TIME, fields->exposure_time);
  add_short (data, EXIF_IFD_EXIF, EXIF_TAG_ISO_SPEED_RATINGS, fields->iso);
  add_thousandths (data, EXIF_TAG_FOCAL_LENGTH, fields->focal_length);
  if (fields->comment != NULL)
    add_entry (data, EXIF_IFD_EXIF, EXIF_TAG_USER_COMMENT, EXIF_FORMAT_UNDEFINED,
               (guint) strlen (fields->comment), fields->comment, strlen (fields->comment));
  add_short (data, EXIF_IFD_EXIF, EXIF_TAG_CUSTOM_RENDERED, fields->custom_rendered);
  add_thousandths (data, EXIF_TAG_DIGITAL_ZOOM_RATIO, fields->digital_zoom);
  add_text (data, EXIF_IFD_EXIF, EXIF_TAG_BODY_SERIAL_NUMBER, fields->serial);
  add_text (data, EXIF_IFD_EXIF, EXIF_TAG_LENS_MODEL, fields->lens);
  add_text (data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, fields->date);
  add_text (data, EXIF_IFD_EXIF, EXIF_TAG_SUB_SEC_TIME_ORIGINAL, fields->part_of_second);
  add_text (data, EXIF_IFD_EXIF, 0x9011, fields->offset);
  add_long (data, 0x8832, fields->long_iso);
  add_temperature (data, fields->temperature);
  exif_data_save_data (data, &block, &size);
  exif_data_unref (data);
  copy = g_memdup2 (block, size);
  free (block);
  *length = size;
  return copy;
}

guint8 *
jpeg_writer_make_exif (const gchar *make, const gchar *model, const gchar *serial,
                       gsize *length)
{
  return jpeg_writer_make_whole_exif (
      &(JpegExif){ .make = make, .model = model, .serial = serial }, length);
}
