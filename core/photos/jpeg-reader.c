/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "photos/jpeg-intervals-private.h"
#include "photos/jpeg-parts-private.h"
#include "photos/jpeg-reader-private.h"

#include <jpeglib.h>
#include <setjmp.h>
#include <string.h>

/* After jpeglib.h, which says what is compiled in. */
#include <jerror.h>

/* A progressive photo has about ten scans; each costs a pass over the whole of it, and hardly any
 * bytes. These are allowed to every photo, to a small one, and to what is between as long as all
 * passes together are over no more pixels than that: some seconds. */
#define LARGE_MAX_SCANS 20
#define SMALL_MAX_SCANS 100
#define MAX_SCANNED_PIXELS 2e9

/* Previews, profiles and maker notes are less. Where no marker follows, libjpeg would look for one
 * to the file's end, wherever that is. */
#define MAX_HEADER_BYTES ((gsize) 64 << 20)

/* Blocks that are all the same take arithmetic coding a fraction of a bit, which has no least. */
#define ARITHMETIC_BLOCKS_A_BYTE 64

/* Some cameras pad the entropy-coded data by a byte or two before the end-of-image marker. More
 * than this can mean that the decoder lost its way and ended early. */
#define MAX_PADDING_BYTES 8

#define EXIF_MARKER (JPEG_APP0 + 1)
#define EXIF_SIGNATURE "Exif\0"

/* Everything that decoding owns lives here and nowhere on the stack, for libjpeg leaves by
 * longjmp: the function that called setjmp returns, and the reader is freed by its owner. */
struct HotpixJpegReader
{
  struct jpeg_decompress_struct decoder;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf leave;
  GBytes *bytes;                                     /* NULL when a stream is read */
  FILE *stream;                                      /* borrowed; NULL when bytes are read */
  boolean (*fill_buffer) (j_decompress_ptr decoder); /* libjpeg's own, of a stream */
  gsize header_bytes;                                /* read of a stream so far */
  HotpixShape shape;
  JSAMPARRAY unwanted; /* a row, where rows are passed over */
  gboolean started;
  gboolean intervals_are_whole;     /* by a look of our own, as libjpeg had its doubts */
  gboolean lacks_end;               /* the file ends before its end marker */
  gsize scans_end;                  /* in the bytes: behind what the last scan has taken */
  gboolean is_cut;                  /* the bytes end there, by our own doing */
  gboolean is_decoded;              /* every row was yielded */
  gboolean is_damaged;              /* by what libjpeg itself passes over */
  gchar complaint[JMSG_LENGTH_MAX]; /* what is wrong; empty while all is well */
};

/* libjpeg's own messages are English, and mostly of use to those who know JPEG: they are quoted. */
static void
leave_on_error (j_common_ptr decoder)
{
  HotpixJpegReader *reader = decoder->client_data;
  gchar words[JMSG_LENGTH_MAX];

  switch (decoder->err->msg_code)
    {
    case JERR_INPUT_EMPTY:
    case JERR_INPUT_EOF:
    case JWRN_JPEG_EOF:
      g_strlcpy (reader->complaint, _ ("the file ends too early"), sizeof reader->complaint);
      break;
    default:
      decoder->err->format_message (decoder, words);
      g_snprintf (reader->complaint, sizeof reader->complaint, "libjpeg: %s", words);
    }
  longjmp (reader->leave, 1);
}

static gboolean
check_intervals (HotpixJpegReader *reader)
{
  gsize length;
  const guint8 *data;

  if (reader->intervals_are_whole || reader->bytes == NULL)
    return reader->intervals_are_whole;
  data = g_bytes_get_data (reader->bytes, &length);
  reader->intervals_are_whole = hotpix_jpeg_intervals_are_whole (data, length);
  return reader->intervals_are_whole;
}

/* Bytes that belong to nothing, before the marker that follows them. Between the header's
 * segments they are an oddity. libjpeg adds them up over the file, so their number tells little. */
static gboolean
extra_bytes_mean_damage (HotpixJpegReader *reader)
{
  gint n_bytes = reader->errors.msg_parm.i[0], marker = reader->errors.msg_parm.i[1];

  if (!reader->started)
    return FALSE;
  return (n_bytes > MAX_PADDING_BYTES || (marker >= JPEG_RST0 && marker <= JPEG_RST0 + 7))
         && !check_intervals (reader);
}

/* Some cameras write no end marker. Whether there is all before it is seen elsewhere: codes that lack
 * bits have a warning of their own. In arithmetic coding none lacks any. */
static gboolean
end_means_damage (HotpixJpegReader *reader)
{
  reader->lacks_end = TRUE;
  return !reader->started || reader->decoder.arith_code;
}

/* libjpeg's warnings that mean lost samples, apart from those about a header's oddities. */
static gboolean
warning_means_damage (HotpixJpegReader *reader)
{
  switch (reader->errors.msg_code)
    {
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
      return TRUE;
    case JWRN_JPEG_EOF:
      return end_means_damage (reader);
    case JWRN_EXTRANEOUS_DATA:
      return extra_bytes_mean_damage (reader);
    default:
      return FALSE;
    }
}

static void
leave_on_damage (j_common_ptr decoder, int level)
{
  HotpixJpegReader *reader = decoder->client_data;

  reader->is_damaged = level < 0 && warning_means_damage (reader);
  if (reader->is_damaged)
    leave_on_error (decoder);
}

static void
leave_with_words (HotpixJpegReader *reader, const gchar *words)
{
  reader->errors.msg_code = JMSG_NOMESSAGE;
  g_strlcpy (reader->complaint, words, sizeof reader->complaint);
  longjmp (reader->leave, 1);
}

static guint
max_scans (const HotpixJpegReader *reader)
{
  gdouble pixels = (gdouble) reader->decoder.image_width * reader->decoder.image_height;

  return (guint) CLAMP (MAX_SCANNED_PIXELS / pixels, LARGE_MAX_SCANS, SMALL_MAX_SCANS);
}

/* Called before each row of blocks of a scan, and before the marker behind it. */
static void
watch_scans (j_common_ptr decoder)
{
  HotpixJpegReader *reader = decoder->client_data;

  if (reader->bytes != NULL && !reader->is_cut)
    reader->scans_end = (gsize) (reader->decoder.src->next_input_byte
                                 - (const JOCTET *) g_bytes_get_data (reader->bytes, NULL));
  if ((guint) reader->decoder.input_scan_number > max_scans (reader))
    leave_with_words (reader, _ ("it has too many scans"));
}

static boolean
fill_limited_buffer (j_decompress_ptr decoder)
{
  HotpixJpegReader *reader = decoder->client_data;
  boolean filled = reader->fill_buffer (decoder);

  reader->header_bytes += decoder->src->bytes_in_buffer;
  if (reader->header_bytes > MAX_HEADER_BYTES)
    leave_with_words (reader, _ ("its header does not end"));
  return filled;
}

/* libjpeg's errors that tell of a kind of JPEG rather than of a broken one. */
static gboolean
error_means_unsupported (const struct jpeg_error_mgr *errors)
{
  switch (errors->msg_code)
    {
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_COMPONENT_COUNT:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_EMPTY_IMAGE:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_SOF_UNSUPPORTED:
      return TRUE;
    default:
      return FALSE;
    }
}

/* After libjpeg has left by longjmp. */
static void
set_decoding_error (const HotpixJpegReader *reader, GError **error)
{
  if (reader->stream != NULL && ferror (reader->stream))
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ, _ ("cannot be read"));
  else if (reader->errors.msg_code == JERR_OUT_OF_MEMORY)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                 _ ("needs more memory to decode its %u x %u pixels than is free"),
                 reader->decoder.image_width, reader->decoder.image_height);
  else if (error_means_unsupported (&reader->errors))
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
                 _ ("is a JPEG of a kind that hotpix does not read (%s)"), reader->complaint);
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED, _ ("is damaged or cut short (%s)"),
                 reader->complaint);
}

gboolean
hotpix_jpeg_reader_recognises (const guint8 *start, gsize length)
{
  return length >= 2 && start[0] == 0xff && start[1] == 0xd8;
}

static gboolean
read_header (HotpixJpegReader *reader, GError **error)
{
  struct jpeg_decompress_struct *decoder = &reader->decoder;

  if (setjmp (reader->leave) != 0)
    {
      set_decoding_error (reader, error);
      return FALSE;
    }
  jpeg_create_decompress (decoder);
  reader->progress.progress_monitor = watch_scans;
  decoder->progress = &reader->progress;
  if (reader->bytes != NULL)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (reader->bytes, &length);

      jpeg_mem_src (decoder, data, length);
    }
  else
    {
      jpeg_stdio_src (decoder, reader->stream);
      reader->fill_buffer = decoder->src->fill_input_buffer;
      decoder->src->fill_input_buffer = fill_limited_buffer;
    }
  jpeg_save_markers (decoder, EXIF_MARKER, 0xffff);
  jpeg_read_header (decoder, TRUE);
  return TRUE;
}

static gboolean
choose_output (HotpixJpegReader *reader, GError **error)
{
  struct jpeg_decompress_struct *decoder = &reader->decoder;

  if (decoder->jpeg_color_space == JCS_CMYK || decoder->jpeg_color_space == JCS_YCCK)
    {
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
          _ ("is a CMYK JPEG, made for print: use the camera's own RGB or grey photo"));
      return FALSE;
    }
  if (decoder->data_precision != 8
      || (decoder->num_components != 1 && decoder->num_components != 3))
    {
      g_set_error (
          error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
          _ ("is a JPEG of %d bits and %d components: hotpix reads 8 bits, grey or colour"),
          decoder->data_precision, decoder->num_components);
      return FALSE;
    }
  if (decoder->num_components == 1)
    decoder->out_color_space = JCS_GRAYSCALE;
  else
    decoder->out_color_space = JCS_RGB;
  reader->shape.width = decoder->image_width;
  reader->shape.height = decoder->image_height;
  reader->shape.channels = (guint) decoder->num_components;
  reader->shape.bits = 8;
  return TRUE;
}

/* The scans of a whole file: they are counted before the first costs time. */
static guint
count_scans (const guint8 *data, gsize length)
{
  const guint8 *at = data, *end = data + length;
  HotpixJpegPart part;
  guint n_scans = 0;

  while (hotpix_jpeg_part_next (&at, end, &part))
    n_scans += part.marker == HOTPIX_JPEG_PART_SCAN;
  return n_scans;
}

static gboolean
check_scans (HotpixJpegReader *reader, GError **error)
{
  gsize length;
  const guint8 *data;

  if (reader->bytes == NULL || !jpeg_has_multiple_scans (&reader->decoder))
    return TRUE;
  data = g_bytes_get_data (reader->bytes, &length);
  if (count_scans (data, length) <= max_scans (reader))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
               _ ("is damaged or cut short: it has more than %u scans"), max_scans (reader));
  return FALSE;
}

static HotpixJpegReader *
reader_new (GBytes *bytes, FILE *stream, GError **error)
{
  g_autoptr (HotpixJpegReader) reader = g_new0 (HotpixJpegReader, 1);

  reader->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  reader->stream = stream;
  reader->decoder.err = jpeg_std_error (&reader->errors);
  reader->decoder.client_data = reader;
  reader->errors.error_exit = leave_on_error;
  reader->errors.emit_message = leave_on_damage;
  if (!read_header (reader, error) || !choose_output (reader, error)
      || !check_scans (reader, error))
    return NULL;
  return g_steal_pointer (&reader);
}

HotpixJpegReader *
hotpix_jpeg_reader_new_from_bytes (GBytes *bytes, GError **error)
{
  return reader_new (bytes, NULL, error);
}

HotpixJpegReader *
hotpix_jpeg_reader_new_from_stream (FILE *stream, GError **error)
{
  return reader_new (NULL, stream, error);
}

void
hotpix_jpeg_reader_free (HotpixJpegReader *reader)
{
  if (reader == NULL)
    return;
  jpeg_destroy_decompress (&reader->decoder);
  g_clear_pointer (&reader->bytes, g_bytes_unref);
  g_free (reader);
}

const HotpixShape *
hotpix_jpeg_reader_get_shape (const HotpixJpegReader *reader)
{
  return &reader->shape;
}

gsize
hotpix_jpeg_reader_get_working_bytes (const HotpixJpegReader *reader)
{
  const struct jpeg_decompress_struct *decoder = &reader->decoder;
  /* A row of blocks and of upsampling, in every component. */
  gsize bytes = hotpix_shape_row_samples (&reader->shape) * 4 * DCTSIZE;

  if (!jpeg_has_multiple_scans ((struct jpeg_decompress_struct *) decoder))
    return bytes;
  for (gint i = 0; i < decoder->num_components; i++)
    bytes += (gsize) decoder->comp_info[i].width_in_blocks
             * decoder->comp_info[i].height_in_blocks * sizeof (JBLOCK);
  return bytes;
}

gsize
hotpix_jpeg_reader_get_least_bytes (const HotpixJpegReader *reader)
{
  const struct jpeg_decompress_struct *decoder = &reader->decoder;
  gsize blocks = 0;

  /* The largest component alone: a file may leave the others out, which is damage of its own. */
  for (gint i = 0; i < decoder->num_components; i++)
    blocks = MAX (blocks, (gsize) decoder->comp_info[i].width_in_blocks
                              * decoder->comp_info[i].height_in_blocks);
  if (decoder->arith_code)
    return blocks / ARITHMETIC_BLOCKS_A_BYTE;
  return blocks / (decoder->progressive_mode ? 8 : 4);
}

gsize
hotpix_jpeg_reader_get_data_offset (const HotpixJpegReader *reader)
{
  return reader->header_bytes - reader->decoder.src->bytes_in_buffer;
}

const guint8 *
hotpix_jpeg_reader_get_exif (const HotpixJpegReader *reader, gsize *length)
{
  for (jpeg_saved_marker_ptr marker = reader->decoder.marker_list; marker != NULL;
       marker = marker->next)
    if (marker->marker == EXIF_MARKER && marker->data_length > sizeof EXIF_SIGNATURE
        && memcmp (marker->data, EXIF_SIGNATURE, sizeof EXIF_SIGNATURE) == 0)
      {
        *length = marker->data_length;
        return marker->data;
      }
  *length = 0;
  return NULL;
}

/* What no scan has told is grey, and libjpeg does not say so. Leaves by longjmp. */
static void
check_components (HotpixJpegReader *reader)
{
  struct jpeg_decompress_struct *decoder = &reader->decoder;

  for (gint i = 0; i < decoder->num_components; i++)
    if (decoder->comp_info[i].quant_table == NULL)
      leave_with_words (reader, _ ("a component is missing"));
}

/* Whether every coefficient of a progressive JPEG was told to its last bit, or its scan has begun. */
static gboolean
is_refined (const HotpixJpegReader *reader)
{
  const struct jpeg_decompress_struct *decoder = &reader->decoder;

  if (decoder->coef_bits == NULL)
    return FALSE;
  for (gint i = 0; i < decoder->num_components; i++)
    for (guint k = 0; k < DCTSIZE2; k++)
      if (decoder->coef_bits[i][k] != 0)
        return FALSE;
  return TRUE;
}

/* Scans that would have refined the image are missing without a word where the file ends between
 * two of them. Leaves by longjmp. */
static void
check_refinement (HotpixJpegReader *reader)
{
  if (reader->lacks_end && reader->decoder.progressive_mode && !is_refined (reader))
    leave_with_words (reader, _ ("scans are missing"));
}

/* All blocks are decoded. What follows still tells whether these were all, but libjpeg may choke on
 * what makers have put there instead of the end marker. Leaves by longjmp. */
static void
finish (HotpixJpegReader *reader)
{
  reader->is_decoded = TRUE;
  jpeg_finish_decompress (&reader->decoder);
}

/* Leaves by longjmp. */
static void
start (HotpixJpegReader *reader)
{
  if (reader->started)
    return;
  reader->started = TRUE;
  jpeg_start_decompress (&reader->decoder);
  check_components (reader);
  check_refinement (reader);
}

/* Leaves by longjmp. rows: packed; NULL for rows that nobody wants. */
static void
decode_rows (HotpixJpegReader *reader, guint n_rows, guint8 *rows)
{
  struct jpeg_decompress_struct *decoder = &reader->decoder;
  gsize row_bytes = hotpix_shape_row_bytes (&reader->shape);

  for (guint i = 0; i < n_rows; i++)
    {
      JSAMPROW row = rows != NULL ? rows + i * row_bytes : reader->unwanted[0];

      jpeg_read_scanlines (decoder, &row, 1);
    }
}

/* Leaves by longjmp. Whole rows of blocks are passed over: where libjpeg-turbo begins within one, some
 * releases yield rows again that they had yielded before (its issue 915). */
static void
skip_rows (HotpixJpegReader *reader, guint n_rows)
{
  struct jpeg_decompress_struct *decoder = &reader->decoder;
  guint block_rows = (guint) decoder->max_v_samp_factor * DCTSIZE;
  guint first = MIN ((block_rows - decoder->output_scanline % block_rows) % block_rows, n_rows);
  guint whole;

  if (reader->unwanted == NULL)
    reader->unwanted
        = decoder->mem->alloc_sarray ((j_common_ptr) decoder, JPOOL_IMAGE,
                                      (guint) hotpix_shape_row_bytes (&reader->shape), 1);
  decode_rows (reader, first, NULL);
  n_rows -= first;
  if (n_rows == decoder->output_height - decoder->output_scanline)
    whole = n_rows;
  else
    whole = n_rows / block_rows * block_rows;
  if (whole > 0)
    jpeg_skip_scanlines (decoder, whole);
  decode_rows (reader, n_rows - whole, NULL);
}

/* Whether what ended the decoding stands where a marker is looked for, and no lack of data or memory. Bytes
 * right before the end marker are those that the last scan should have taken. */
static gboolean
is_between_scans (const HotpixJpegReader *reader)
{
  switch (reader->errors.msg_code)
    {
    case JMSG_NOMESSAGE:
    case JERR_OUT_OF_MEMORY:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
      return FALSE;
    case JWRN_EXTRANEOUS_DATA:
      return reader->lacks_end || reader->errors.msg_parm.i[1] != JPEG_EOI;
    default:
      return TRUE;
    }
}

/* The scans of a progressive JPEG are all read before its first row, and with them what a maker has put
 * instead of the end marker. Where libjpeg fails there and nothing is missing before it, decoding begins again
 * with what is before it.
 * Whether it did; error: set where that failed. */
static gboolean
cut_trailer (HotpixJpegReader *reader, GError **error)
{
  GBytes *whole = reader->bytes;

  if (reader->is_decoded || reader->is_cut || reader->scans_end == 0
      || !reader->decoder.progressive_mode || !is_between_scans (reader)
      || !is_refined (reader))
    return FALSE;
  jpeg_destroy_decompress (&reader->decoder);
  reader->bytes = g_bytes_new_from_bytes (whole, 0, reader->scans_end);
  g_bytes_unref (whole);
  reader->is_cut = TRUE;
  reader->started = reader->is_damaged = reader->lacks_end = FALSE;
  reader->unwanted = NULL;
  return read_header (reader, error) && choose_output (reader, error);
}

/* rows: NULL to pass over them. */
static gboolean
go_on (HotpixJpegReader *reader, guint n_rows, guint8 *rows, GError **error)
{
  if (setjmp (reader->leave) == 0)
    {
      start (reader);
      if (rows != NULL)
        decode_rows (reader, n_rows, rows);
      else
        skip_rows (reader, n_rows);
      if (reader->decoder.output_scanline == reader->decoder.output_height)
        finish (reader);
    }
  else if (!reader->is_decoded || reader->is_damaged)
    {
      g_autoptr (GError) failure = NULL;

      if (cut_trailer (reader, &failure))
        return go_on (reader, n_rows, rows, error);
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        set_decoding_error (reader, error);
      return FALSE;
    }
  return TRUE;
}

gboolean
hotpix_jpeg_reader_read (HotpixJpegReader *reader, guint n_rows, guint8 *rows, GError **error)
{
  return go_on (reader, n_rows, rows, error);
}

gboolean
hotpix_jpeg_reader_skip (HotpixJpegReader *reader, guint n_rows, GError **error)
{
  return go_on (reader, n_rows, NULL, error);
}
