/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "photos/jpeg-intervals-private.h"
#include "repair/jpeg-coefficients-private.h"
#include "repair/jpeg-segments-private.h"

#include <stdio.h>

#include <jpeglib.h>
#include <setjmp.h>
#include <string.h>

/* After jpeglib.h, which says what is compiled in. */
#include <jerror.h>

#define MARKER_DHT 0xc4
#define MARKER_DAC 0xcc
#define MARKER_EOI 0xd9
#define MARKER_SOS 0xda

#define END_MARKER_BYTES 2

/* Everything that libjpeg owns lives here, because it leaves by longjmp. */
struct HotpixJpegCoefficients
{
  struct jpeg_decompress_struct decoder;
  struct jpeg_compress_struct encoder;
  struct jpeg_error_mgr errors;
  jmp_buf leave;
  GBytes *bytes;
  HotpixJpegSegments *segments;
  HotpixJpegLayout layout;
  jvirt_barray_ptr *blocks;
  jpeg_scan_info scans[HOTPIX_JPEG_MOST_SCANS];
  guint8 *written; /* by libjpeg, to be freed by free() */
  gulong n_written;
  gchar complaint[JMSG_LENGTH_MAX];
};

static void
leave_on_error (j_common_ptr codec)
{
  HotpixJpegCoefficients *self = codec->client_data;
  gchar words[JMSG_LENGTH_MAX];

  codec->err->format_message (codec, words);
  g_snprintf (self->complaint, sizeof self->complaint, "libjpeg: %s", words);
  longjmp (self->leave, 1);
}

/* Padding that some cameras write is no damage; whatever follows the last block is kept. */
static gboolean
warning_means_damage (HotpixJpegCoefficients *self)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (self->bytes, &length);

  switch (self->errors.msg_code)
    {
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
      return TRUE;
    case JWRN_JPEG_EOF:
    case JWRN_EXTRANEOUS_DATA:
      return self->blocks != NULL || !hotpix_jpeg_intervals_are_whole (data, length);
    default:
      return FALSE;
    }
}

static void
leave_on_damage (j_common_ptr codec, int level)
{
  HotpixJpegCoefficients *self = codec->client_data;

  if (level < 0 && codec->is_decompressor && warning_means_damage (self))
    leave_on_error (codec);
}

static gboolean
error_means_unsupported (gint code)
{
  switch (code)
    {
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_COMPONENT_COUNT:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_EMPTY_IMAGE:
    case JERR_NOT_COMPILED:
    case JERR_SOF_UNSUPPORTED:
    case JERR_BAD_PROG_SCRIPT:
    case JERR_BAD_PROGRESSION:
    case JERR_BAD_SCAN_SCRIPT:
    case JERR_MISSING_DATA:
    case JERR_NOTIMPL:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
set_error (const HotpixJpegCoefficients *self, GError **error)
{
  if (self->errors.msg_code == JERR_OUT_OF_MEMORY)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                 _ ("needs more memory to repair than is free"));
  else if (error_means_unsupported (self->errors.msg_code))
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                 _ ("is a JPEG of a kind that hotpix does not repair (%s)"), self->complaint);
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED, _ ("is damaged or cut short (%s)"),
                 self->complaint);
}

static gboolean
read_header (HotpixJpegCoefficients *self, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (self->bytes, &length);

  if (setjmp (self->leave) != 0)
    {
      set_error (self, error);
      return FALSE;
    }
  jpeg_create_decompress (&self->decoder);
  jpeg_create_compress (&self->encoder);
  jpeg_mem_src (&self->decoder, data, length);
  jpeg_read_header (&self->decoder, TRUE);
  return TRUE;
}

static gboolean
check_kind (const HotpixJpegCoefficients *self, GError **error)
{
  const struct jpeg_decompress_struct *decoder = &self->decoder;

  if (decoder->jpeg_color_space == JCS_CMYK || decoder->jpeg_color_space == JCS_YCCK)
    {
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
          _ ("is a CMYK JPEG, made for print: use the camera's own RGB or grey photo"));
      return FALSE;
    }
  if (decoder->data_precision == 8
      && (decoder->num_components == 1 || decoder->num_components == 3))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
               _ ("is a JPEG of %d bits and %d components: hotpix repairs 8 bits, grey or "
                  "colour"),
               decoder->data_precision, decoder->num_components);
  return FALSE;
}

static gboolean
read_blocks (HotpixJpegCoefficients *self, GError **error)
{
  jvirt_barray_ptr *blocks;

  if (setjmp (self->leave) != 0)
    {
      set_error (self, error);
      return FALSE;
    }
  blocks = jpeg_read_coefficients (&self->decoder);
  for (gint i = 0; i < self->decoder.num_components; i++)
    if (self->decoder.comp_info[i].quant_table == NULL)
      {
        g_strlcpy (self->complaint, _ ("a component is missing"), sizeof self->complaint);
        longjmp (self->leave, 1);
      }
  self->blocks = blocks;
  return TRUE;
}

static gboolean
describe_layout (HotpixJpegCoefficients *self, GError **error)
{
  const struct jpeg_decompress_struct *decoder = &self->decoder;

  self->layout.width = decoder->image_width;
  self->layout.height = decoder->image_height;
  self->layout.n_components = (guint) decoder->num_components;
  for (guint i = 0; i < self->layout.n_components; i++)
    {
      const jpeg_component_info *info = &decoder->comp_info[i];
      HotpixJpegComponent *component = &self->layout.components[i];

      if (decoder->max_h_samp_factor % info->h_samp_factor != 0
          || decoder->max_v_samp_factor % info->v_samp_factor != 0)
        {
          g_set_error (
              error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
              _ ("is a JPEG of a kind that hotpix does not repair: its colours are sampled "
                 "at fractions of a pixel"));
          return FALSE;
        }
      component->width = info->downsampled_width;
      component->height = info->downsampled_height;
      component->horizontal = (guint) (decoder->max_h_samp_factor / info->h_samp_factor);
      component->vertical = (guint) (decoder->max_v_samp_factor / info->v_samp_factor);
      memcpy (component->quantisation, info->quant_table->quantval,
              sizeof component->quantisation);
    }
  return TRUE;
}

HotpixJpegCoefficients *
hotpix_jpeg_coefficients_new (GBytes *bytes, GError **error)
{
  g_autoptr (HotpixJpegCoefficients) self = g_new0 (HotpixJpegCoefficients, 1);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (length < 2 || data[0] != 0xff || data[1] != 0xd8)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT, _ ("is not a JPEG"));
      return NULL;
    }
  self->bytes = g_bytes_ref (bytes);
  self->decoder.err = self->encoder.err = jpeg_std_error (&self->errors);
  self->decoder.client_data = self->encoder.client_data = self;
  self->errors.error_exit = leave_on_error;
  self->errors.emit_message = leave_on_damage;
  if (!read_header (self, error) || !check_kind (self, error))
    return NULL;
  self->segments = hotpix_jpeg_segments_new (data, length, error);
  if (self->segments == NULL || !read_blocks (self, error) || !describe_layout (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
hotpix_jpeg_coefficients_free (HotpixJpegCoefficients *self)
{
  if (self == NULL)
    return;
  jpeg_destroy_compress (&self->encoder);
  jpeg_destroy_decompress (&self->decoder);
  hotpix_jpeg_segments_free (self->segments);
  free (self->written);
  g_bytes_unref (self->bytes);
  g_free (self);
}

const HotpixJpegLayout *
hotpix_jpeg_coefficients_get_layout (const HotpixJpegCoefficients *self)
{
  return &self->layout;
}

gint16 *
hotpix_jpeg_coefficients_get_block (HotpixJpegCoefficients *self, guint component, guint column,
                                    guint row, GError **error)
{
  j_common_ptr decoder = (j_common_ptr) &self->decoder;
  JBLOCKARRAY rows;

  if (setjmp (self->leave) != 0)
    {
      set_error (self, error);
      return NULL;
    }
  rows = decoder->mem->access_virt_barray (decoder, self->blocks[component], row, 1, TRUE);
  return rows[0][column];
}

static gint
find_component (const struct jpeg_decompress_struct *decoder, guint8 identifier)
{
  for (gint i = 0; i < decoder->num_components; i++)
    if (decoder->comp_info[i].component_id == identifier)
      return i;
  return 0;
}

/* The scans as the old JPEG has them. */
static void
copy_scans (HotpixJpegCoefficients *self)
{
  const HotpixJpegSegments *segments = self->segments;

  for (guint i = 0; i < segments->n_scans; i++)
    {
      const HotpixJpegScan *scan = &segments->scans[i];
      jpeg_scan_info *info = &self->scans[i];

      info->comps_in_scan = (gint) scan->n_components;
      for (guint k = 0; k < scan->n_components; k++)
        info->component_index[k] = find_component (&self->decoder, scan->components[k]);
      info->Ss = (gint) scan->first;
      info->Se = (gint) scan->last;
      info->Ah = (gint) scan->high;
      info->Al = (gint) scan->low;
    }
  self->encoder.scan_info = self->scans;
  self->encoder.num_scans = (gint) segments->n_scans;
}

static gboolean
has_own_tables (const HotpixJpegCoefficients *self)
{
  return self->segments->n_scans == 1 && !self->decoder.arith_code
         && !self->decoder.progressive_mode;
}

static void
copy_table (HotpixJpegCoefficients *self, JHUFF_TBL **to, const JHUFF_TBL *from)
{
  if (from == NULL)
    return;
  if (*to == NULL)
    *to = jpeg_alloc_huff_table ((j_common_ptr) &self->encoder);
  **to = *from;
  (*to)->sent_table = FALSE;
}

static void
copy_tables (HotpixJpegCoefficients *self)
{
  for (guint i = 0; i < NUM_HUFF_TBLS; i++)
    {
      copy_table (self, &self->encoder.dc_huff_tbl_ptrs[i], self->decoder.dc_huff_tbl_ptrs[i]);
      copy_table (self, &self->encoder.ac_huff_tbl_ptrs[i], self->decoder.ac_huff_tbl_ptrs[i]);
    }
  for (gint i = 0; i < self->encoder.num_components; i++)
    {
      self->encoder.comp_info[i].dc_tbl_no = self->decoder.comp_info[i].dc_tbl_no;
      self->encoder.comp_info[i].ac_tbl_no = self->decoder.comp_info[i].ac_tbl_no;
    }
}

/* Restart markers after so many rows of blocks are other intervals in scans of other components. */
static void
set_restarts (HotpixJpegCoefficients *self)
{
  const HotpixJpegSegments *segments = self->segments;
  guint interval = segments->scans[0].restart_interval;
  guint columns = (self->decoder.image_width + self->decoder.max_h_samp_factor * DCTSIZE - 1)
                  / (self->decoder.max_h_samp_factor * DCTSIZE);
  gboolean varies = FALSE;

  for (guint i = 1; i < segments->n_scans; i++)
    varies = varies || segments->scans[i].restart_interval != interval;
  if (varies && segments->scans[0].n_components > 1)
    self->encoder.restart_in_rows = (gint) (interval / columns);
  else
    self->encoder.restart_interval = interval;
}

static gboolean
check_restarts (const HotpixJpegCoefficients *self, GError **error)
{
  g_autoptr (HotpixJpegSegments) written
      = hotpix_jpeg_segments_new (self->written, self->n_written, error);

  if (written == NULL)
    return FALSE;
  for (guint i = 0; i < written->n_scans; i++)
    if (written->scans[i].restart_interval != self->segments->scans[i].restart_interval)
      {
        g_set_error (
            error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
            _ ("is a JPEG of a kind that hotpix does not repair: its restart intervals "
               "change between scans"));
        return FALSE;
      }
  return TRUE;
}

static gboolean
encode (HotpixJpegCoefficients *self, gboolean own_tables, GError **error)
{
  struct jpeg_compress_struct *encoder = &self->encoder;

  if (setjmp (self->leave) != 0)
    {
      set_error (self, error);
      return FALSE;
    }
  jpeg_mem_dest (encoder, &self->written, &self->n_written);
  jpeg_copy_critical_parameters (&self->decoder, encoder);
  encoder->arith_code = self->decoder.arith_code;
  memcpy (encoder->arith_dc_L, self->decoder.arith_dc_L, sizeof encoder->arith_dc_L);
  memcpy (encoder->arith_dc_U, self->decoder.arith_dc_U, sizeof encoder->arith_dc_U);
  memcpy (encoder->arith_ac_K, self->decoder.arith_ac_K, sizeof encoder->arith_ac_K);
  set_restarts (self);
  encoder->optimize_coding = !own_tables && !self->decoder.arith_code;
  if (self->segments->n_scans > 1 || self->decoder.progressive_mode)
    copy_scans (self);
  if (own_tables)
    copy_tables (self);
  jpeg_write_coefficients (encoder, self->blocks);
  jpeg_finish_compress (encoder);
  return TRUE;
}

/* Appends the scans and their tables as libjpeg wrote them, without the end marker, after the old
 * header. */
static void
append_scans (const HotpixJpegCoefficients *self, gboolean own_tables, GByteArray *file)
{
  gsize at = 2, n = self->n_written - 2;

  for (gboolean in_header = TRUE; in_header && at + 4 <= n;)
    {
      const guint8 *segment = self->written + at;
      gsize length = 2 + ((gsize) segment[2] << 8 | segment[3]);

      in_header = segment[1] != MARKER_SOS;
      if (!in_header)
        g_byte_array_append (file, segment, (guint) (n - at));
      else if ((segment[1] == MARKER_DHT || segment[1] == MARKER_DAC) && !own_tables)
        g_byte_array_append (file, segment, (guint) length);
      at += length;
    }
}

/* The new file up to the end marker. Returns (transfer full). */
static GByteArray *
assemble (const HotpixJpegCoefficients *self, gboolean own_tables)
{
  const HotpixJpegSegments *segments = self->segments;
  gsize length;
  const guint8 *data = g_bytes_get_data (self->bytes, &length);
  GByteArray *file = g_byte_array_sized_new (
      (guint) (segments->first_scan + self->n_written + length - segments->end));

  if (own_tables)
    g_byte_array_append (file, data, (guint) segments->first_scan);
  else
    g_byte_array_append (file, segments->header->data, segments->header->len);
  append_scans (self, own_tables, file);
  return file;
}

/* By the old Huffman tables. Returns (transfer full) the file up to the end marker; NULL where it must not be
 * longer than `most` and is, or where tables that were made for the old coefficients have no code for a
 * new one. */
static GByteArray *
write_with_own_tables (HotpixJpegCoefficients *self, gsize most)
{
  g_autoptr (GByteArray) file = NULL;

  if (has_own_tables (self) && encode (self, TRUE, NULL))
    file = assemble (self, TRUE);
  if (file != NULL && file->len <= most)
    return g_steal_pointer (&file);
  jpeg_abort_compress (&self->encoder);
  g_clear_pointer (&self->written, free);
  self->n_written = 0;
  return NULL;
}

/* Fill bytes, which may stand before any marker (ITU-R T.81, B.1.1.2): what is behind the photo stays where
 * it was. */
static void
fill_up (GByteArray *file, gsize length)
{
  guint first = file->len;

  if (first >= length)
    return;
  g_byte_array_set_size (file, (guint) length);
  memset (file->data + first, 0xff, length - first);
}

GBytes *
hotpix_jpeg_coefficients_write (HotpixJpegCoefficients *self, GError **error)
{
  const HotpixJpegSegments *segments = self->segments;
  gsize length;
  const guint8 *data = g_bytes_get_data (self->bytes, &length);
  gboolean is_followed = length > segments->end + END_MARKER_BYTES
                         && data[segments->end] == 0xff
                         && data[segments->end + 1] == MARKER_EOI;
  g_autoptr (GByteArray) file
      = write_with_own_tables (self, is_followed ? segments->end : G_MAXSIZE);

  if (file == NULL)
    {
      if (!encode (self, FALSE, error) || !check_restarts (self, error))
        return NULL;
      file = assemble (self, FALSE);
    }
  if (is_followed)
    fill_up (file, segments->end);
  g_byte_array_append (file, data + segments->end, (guint) (length - segments->end));
  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}
