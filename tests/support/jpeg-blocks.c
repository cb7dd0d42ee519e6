/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-blocks.h"

#include <stdio.h>

#include <jpeglib.h>
#include <string.h>

static void
copy_component (JpegBlocks *blocks, guint i, struct jpeg_decompress_struct *decoder,
                jvirt_barray_ptr rows)
{
  const jpeg_component_info *info = &decoder->comp_info[i];
  gsize row_length = (gsize) info->width_in_blocks * DCTSIZE2;

  blocks->components[i].columns = info->width_in_blocks;
  blocks->components[i].rows = info->height_in_blocks;
  blocks->components[i].horizontal = (guint) (decoder->max_h_samp_factor / info->h_samp_factor);
  blocks->components[i].vertical = (guint) (decoder->max_v_samp_factor / info->v_samp_factor);
  blocks->components[i].coefficients = g_new (gint16, row_length * info->height_in_blocks);
  memcpy (blocks->components[i].quantisation, info->quant_table->quantval,
          sizeof blocks->components[i].quantisation);
  for (guint row = 0; row < info->height_in_blocks; row++)
    {
      JBLOCKARRAY block
          = decoder->mem->access_virt_barray ((j_common_ptr) decoder, rows, row, 1, FALSE);

      memcpy (blocks->components[i].coefficients + row * row_length, block[0],
              row_length * sizeof (gint16));
    }
}

JpegBlocks *
jpeg_blocks_new (GBytes *jpeg)
{
  JpegBlocks *blocks = g_new0 (JpegBlocks, 1);
  struct jpeg_decompress_struct decoder;
  struct jpeg_error_mgr errors;
  jvirt_barray_ptr *rows;
  gsize length;
  const guint8 *data = g_bytes_get_data (jpeg, &length);

  decoder.err = jpeg_std_error (&errors);
  jpeg_create_decompress (&decoder);
  jpeg_mem_src (&decoder, data, length);
  jpeg_read_header (&decoder, TRUE);
  rows = jpeg_read_coefficients (&decoder);
  blocks->n_components = (guint) decoder.num_components;
  for (guint i = 0; i < blocks->n_components; i++)
    copy_component (blocks, i, &decoder, rows[i]);
  blocks->is_progressive = decoder.progressive_mode;
  blocks->is_arithmetic = decoder.arith_code;
  blocks->restart_interval = decoder.restart_interval;
  jpeg_finish_decompress (&decoder);
  jpeg_destroy_decompress (&decoder);
  return blocks;
}

void
jpeg_blocks_free (JpegBlocks *blocks)
{
  if (blocks == NULL)
    return;
  for (guint i = 0; i < blocks->n_components; i++)
    g_free (blocks->components[i].coefficients);
  g_free (blocks);
}

gboolean
jpeg_blocks_are_alike (const JpegBlocks *a, const JpegBlocks *b)
{
  gboolean alike = a->n_components == b->n_components && a->is_progressive == b->is_progressive
                   && a->is_arithmetic == b->is_arithmetic
                   && a->restart_interval == b->restart_interval;

  for (guint i = 0; alike && i < a->n_components; i++)
    alike = a->components[i].columns == b->components[i].columns
            && a->components[i].rows == b->components[i].rows
            && a->components[i].horizontal == b->components[i].horizontal
            && a->components[i].vertical == b->components[i].vertical
            && memcmp (a->components[i].quantisation, b->components[i].quantisation,
                       sizeof a->components[i].quantisation)
                   == 0;
  return alike;
}

gboolean
jpeg_blocks_same_block (const JpegBlocks *a, const JpegBlocks *b, guint component, guint column,
                        guint row)
{
  gsize at = ((gsize) row * a->components[component].columns + column) * DCTSIZE2;

  return memcmp (a->components[component].coefficients + at,
                 b->components[component].coefficients + at, DCTSIZE2 * sizeof (gint16))
         == 0;
}

/* From behind a scan's header on, to the marker that ends its data. */
static gsize
skip_data (const guint8 *data, gsize at, gsize length)
{
  while (at + 1 < length
         && (data[at] != 0xff || data[at + 1] == 0
             || (data[at + 1] >= JPEG_RST0 && data[at + 1] <= JPEG_RST0 + 7)))
    at++;
  return at;
}

GBytes *
jpeg_blocks_surroundings (GBytes *jpeg)
{
  GByteArray *kept = g_byte_array_new ();
  gsize length, at = 2;
  const guint8 *data = g_bytes_get_data (jpeg, &length);

  while (at + 4 <= length && data[at + 1] != JPEG_EOI)
    {
      guint8 marker = data[at + 1];
      guint segment = 2 + (guint) (data[at + 2] << 8 | data[at + 3]);

      g_assert_cmpuint (data[at], ==, 0xff);
      g_assert_cmpuint (at + segment, <=, length);
      if (marker != 0xc4 && marker != 0xcc && marker != 0xda)
        g_byte_array_append (kept, data + at, segment);
      at += segment;
      if (marker == 0xda)
        at = skip_data (data, at, length);
      /* Fill bytes. */
      while (at + 1 < length && data[at] == 0xff && data[at + 1] == 0xff)
        at++;
    }
  g_byte_array_append (kept, data + at, (guint) (length - at));
  return g_byte_array_free_to_bytes (kept);
}
