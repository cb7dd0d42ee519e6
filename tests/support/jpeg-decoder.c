/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-decoder.h"

#include <stdio.h>

#include <jpeglib.h>

guint8 *
jpeg_decode_plainly (GBytes *jpeg, gsize *size)
{
  struct jpeg_decompress_struct decoder;
  struct jpeg_error_mgr errors;
  gsize length, row_bytes;
  const guint8 *data = g_bytes_get_data (jpeg, &length);
  guint8 *rows;

  decoder.err = jpeg_std_error (&errors);
  jpeg_create_decompress (&decoder);
  jpeg_mem_src (&decoder, data, length);
  jpeg_read_header (&decoder, TRUE);
  jpeg_start_decompress (&decoder);
  row_bytes = (gsize) decoder.output_width * (gsize) decoder.output_components;
  *size = row_bytes * decoder.output_height;
  rows = g_malloc (*size);
  while (decoder.output_scanline < decoder.output_height)
    {
      JSAMPROW row = rows + decoder.output_scanline * row_bytes;

      jpeg_read_scanlines (&decoder, &row, 1);
    }
  jpeg_finish_decompress (&decoder);
  jpeg_destroy_decompress (&decoder);
  return rows;
}
