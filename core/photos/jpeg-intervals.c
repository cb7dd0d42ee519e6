/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/jpeg-intervals-private.h"

#include <string.h>

#define MARKER_SOF0 0xc0
#define MARKER_SOF1 0xc1
#define MARKER_SOF15 0xcf
#define MARKER_DHT 0xc4
#define MARKER_JPG 0xc8
#define MARKER_DAC 0xcc
#define MARKER_RST0 0xd0
#define MARKER_SOS 0xda
#define MARKER_DRI 0xdd

#define MAX_COMPONENTS 4
#define MAX_BLOCKS_IN_MCU 10
#define MAX_CODE_BITS 16
#define BLOCK_COEFFICIENTS 64
#define ZERO_RUN 0xf0 /* sixteen coefficients of 0; all others of 0 bits end the block */

/* After the last block, up to this many bytes are padding whatever they are. */
#define MAX_PADDING_BYTES 8

/* Fewer padded intervals do not show what a camera does. */
#define MIN_PADDED_INTERVALS 4
#define MIN_COUNTED_INTERVALS 16

/* By the next 16 bits: the length of the code at their start and, below it, its meaning; 0 for no
 * code. */
typedef guint16 CodeTable[1 << MAX_CODE_BITS];

typedef struct
{
  guint id;
  guint width_in_blocks, height_in_blocks; /* of an MCU */
  guint dc_table, ac_table;
} Component;

typedef struct
{
  const guint8 *at, *end; /* what is still to be read of the file */
  guint width, height;
  Component components[MAX_COMPONENTS];
  guint n_components;
  guint restart_interval; /* MCUs; 0 for none */
  CodeTable *tables;      /* DC 0 to 3, AC 0 to 3 */

  /* Of each block of an MCU. */
  const guint16 *dc_tables[MAX_BLOCKS_IN_MCU], *ac_tables[MAX_BLOCKS_IN_MCU];
  guint n_blocks;
} Scan;

/* The bits of an interval, without the marker that ends it. */
typedef struct
{
  const guint8 *at, *end;
  guint64 buffer; /* the lowest n_bits are the next */
  guint n_bits;
} Bits;

/* The bytes after the last block of an interval. */
typedef struct
{
  guint n_bytes;
  gboolean is_even;  /* the bits up to the first of the bytes are all the same */
  gboolean is_blank; /* the bytes are, too, and 0 or 255 */
  gboolean is_blocks;
} Rest;

static guint
read_16 (const guint8 *at)
{
  return (guint) at[0] << 8 | at[1];
}

/* Codes of each length follow one another; the first of a length follows the last of the one below
 * (ITU-T T.81, annex C). */
static gboolean
fill_table (guint16 *table, const guint8 *counts, const guint8 *symbols)
{
  guint next = 0;

  memset (table, 0, sizeof (CodeTable));
  for (guint length = 1; length <= MAX_CODE_BITS; length++)
    for (guint i = 0; i < counts[length - 1]; i++)
      {
        guint n = 1u << (MAX_CODE_BITS - length);

        if (next + n > 1u << MAX_CODE_BITS)
          return FALSE;
        for (guint k = 0; k < n; k++)
          table[next + k] = (guint16) (length << 8 | *symbols);
        next += n;
        symbols++;
      }
  return TRUE;
}

static gboolean
read_tables (Scan *scan, const guint8 *segment, gsize length)
{
  while (length > 1 + MAX_CODE_BITS)
    {
      guint class = segment[0] >> 4, number = segment[0] & 15;
      gsize n_symbols = 0;

      for (guint i = 1; i <= MAX_CODE_BITS; i++)
        n_symbols += segment[i];
      if (class > 1 || number > 3 || length < 1 + MAX_CODE_BITS + n_symbols
          || !fill_table (scan->tables[4 * class + number], segment + 1,
                          segment + 1 + MAX_CODE_BITS))
        return FALSE;
      segment += 1 + MAX_CODE_BITS + n_symbols;
      length -= 1 + MAX_CODE_BITS + n_symbols;
    }
  return TRUE;
}

static gboolean
read_frame (Scan *scan, const guint8 *segment, gsize length)
{
  if (length < 6 || segment[5] < 1 || segment[5] > MAX_COMPONENTS
      || length < 6 + 3 * (gsize) segment[5])
    return FALSE;
  scan->height = read_16 (segment + 1);
  scan->width = read_16 (segment + 3);
  scan->n_components = segment[5];
  for (guint i = 0; i < scan->n_components; i++)
    {
      const guint8 *told = segment + 6 + 3 * i;

      scan->components[i] = (Component){ .id = told[0],
                                         .width_in_blocks = CLAMP (told[1] >> 4, 1, 4),
                                         .height_in_blocks = CLAMP (told[1] & 15, 1, 4) };
    }
  return scan->width > 0 && scan->height > 0;
}

/* All components are in the scan, in the order of the frame. */
static gboolean
read_scan (Scan *scan, const guint8 *segment, gsize length)
{
  if (scan->n_components == 0 || length < 1 || segment[0] != scan->n_components
      || length < 1 + 2 * (gsize) segment[0])
    return FALSE;
  for (guint i = 0; i < scan->n_components; i++)
    {
      Component *component = &scan->components[i];
      const guint8 *told = segment + 1 + 2 * i;

      if (told[0] != component->id || told[1] >> 4 > 3 || (told[1] & 15) > 3)
        return FALSE;
      component->dc_table = told[1] >> 4;
      component->ac_table = 4 + (told[1] & 15u);
    }
  return TRUE;
}

/* Up to the entropy-coded data of the first scan. */
static gboolean
read_header (Scan *scan)
{
  scan->at += 2;
  while (scan->end - scan->at >= 4
         && (scan->at = memchr (scan->at, 0xff, (gsize) (scan->end - scan->at) - 3)) != NULL)
    {
      guint marker = scan->at[1], length = read_16 (scan->at + 2);
      const guint8 *segment = scan->at + 4;
      gboolean is_good = TRUE;

      if (marker == 0xff || marker == 0)
        {
          scan->at++;
          continue;
        }
      if (length < 2 || (gsize) (scan->end - scan->at) < 2 + (gsize) length)
        return FALSE;
      scan->at += 2 + length;
      if (marker == MARKER_SOS)
        return read_scan (scan, segment, length - 2);
      if (marker == MARKER_SOF0 || marker == MARKER_SOF1)
        is_good = read_frame (scan, segment, length - 2);
      else if (marker == MARKER_DHT)
        is_good = read_tables (scan, segment, length - 2);
      else if (marker == MARKER_DRI && length >= 4)
        scan->restart_interval = read_16 (segment);
      else if (marker > MARKER_SOF1 && marker <= MARKER_SOF15 && marker != MARKER_JPG)
        is_good = FALSE;
      if (!is_good)
        return FALSE;
    }
  return FALSE;
}

/* A scan of one component has blocks for MCUs. */
static gboolean
list_blocks (Scan *scan)
{
  for (guint i = 0; i < scan->n_components; i++)
    {
      const Component *component = &scan->components[i];
      guint n = component->width_in_blocks * component->height_in_blocks;

      if (scan->n_components == 1)
        n = 1;
      if (scan->n_blocks + n > MAX_BLOCKS_IN_MCU)
        return FALSE;
      for (; n > 0; n--, scan->n_blocks++)
        {
          scan->dc_tables[scan->n_blocks] = scan->tables[component->dc_table];
          scan->ac_tables[scan->n_blocks] = scan->tables[component->ac_table];
        }
    }
  return TRUE;
}

static guint64
count_mcus (const Scan *scan)
{
  guint width = 1, height = 1;

  for (guint i = 0; i < scan->n_components && scan->n_components > 1; i++)
    {
      width = MAX (width, scan->components[i].width_in_blocks);
      height = MAX (height, scan->components[i].height_in_blocks);
    }
  return (guint64) ((scan->width + 8 * width - 1) / (8 * width))
         * ((scan->height + 8 * height - 1) / (8 * height));
}

/* The marker that ends an interval, or the end of the file. A 255 of the data has a 0 behind it. */
static const guint8 *
find_marker (const guint8 *at, const guint8 *end)
{
  while (at < end && (at = memchr (at, 0xff, (gsize) (end - at))) != NULL)
    {
      if (at + 1 < end && at[1] != 0)
        return at;
      at += 2;
    }
  return end;
}

static void
fill (Bits *bits)
{
  while (bits->n_bits <= 56 && bits->at < bits->end)
    {
      guint8 byte = *bits->at++;

      if (byte == 0xff)
        bits->at++;
      bits->buffer = bits->buffer << 8 | byte;
      bits->n_bits += 8;
    }
}

/* Follows one code and the bits of its value.
 * Returns whether they are all there. */
static inline gboolean
follow_code (Bits *bits, const guint16 *table, guint *symbol)
{
  guint next, code, n;

  if (bits->n_bits < 2 * MAX_CODE_BITS)
    fill (bits);
  next
      = (guint) (bits->n_bits >= MAX_CODE_BITS ? bits->buffer >> (bits->n_bits - MAX_CODE_BITS)
                                               : bits->buffer << (MAX_CODE_BITS - bits->n_bits))
        & 0xffff;
  code = table[next];
  *symbol = code & 0xff;
  n = (code >> 8) + (*symbol & 15);
  if (code == 0 || n > bits->n_bits)
    return FALSE;
  bits->n_bits -= n;
  return TRUE;
}

static gboolean
follow_block (Bits *bits, const guint16 *dc_table, const guint16 *ac_table)
{
  guint symbol;

  if (!follow_code (bits, dc_table, &symbol) || symbol > 15)
    return FALSE;
  for (guint k = 1; k < BLOCK_COEFFICIENTS; k++)
    {
      if (!follow_code (bits, ac_table, &symbol))
        return FALSE;
      if ((symbol & 15) == 0 && symbol != ZERO_RUN)
        break;
      k += symbol >> 4;
      if (k >= BLOCK_COEFFICIENTS)
        return FALSE;
    }
  return TRUE;
}

static gboolean
follow_mcu (const Scan *scan, Bits *bits)
{
  for (guint i = 0; i < scan->n_blocks; i++)
    if (!follow_block (bits, scan->dc_tables[i], scan->ac_tables[i]))
      return FALSE;
  return TRUE;
}

/* Whether the next n bits, at most 8 and no more than there are, are all 0 or all 1; they are taken. */
static gboolean
take_even_bits (Bits *bits, guint n, guint *value)
{
  guint all = (1u << n) - 1;

  *value = 0;
  if (n == 0)
    return TRUE;
  fill (bits);
  bits->n_bits -= MIN (n, bits->n_bits);
  *value = (guint) (bits->buffer >> bits->n_bits) & all;
  return *value == 0 || *value == all;
}

/* Whether the rest consists of blocks, in the order of an MCU, up to the last bits of the last byte. */
static gboolean
are_blocks (const Scan *scan, Bits bits)
{
  guint value = 0;

  for (guint i = 0; bits.n_bits >= 8 || bits.at < bits.end; i = (i + 1) % scan->n_blocks)
    {
      if (!follow_block (&bits, scan->dc_tables[i], scan->ac_tables[i]))
        return FALSE;
      fill (&bits);
    }
  return take_even_bits (&bits, bits.n_bits, &value);
}

static Rest
look_at_rest (const Scan *scan, Bits bits)
{
  Rest rest = { .is_blank = TRUE };
  guint value = 0, first = 0;

  fill (&bits);
  rest.is_blocks = are_blocks (scan, bits);
  rest.is_even = take_even_bits (&bits, bits.n_bits % 8, &value);
  for (; bits.n_bits > 0 || bits.at < bits.end; rest.n_bytes++)
    {
      gboolean is_even = take_even_bits (&bits, 8, &value);

      if (rest.n_bytes == 0)
        first = value;
      rest.is_blank = rest.is_blank && is_even && value == first;
    }
  return rest;
}

static gint
compare_lengths (gconstpointer a, gconstpointer b)
{
  guint length_a = ((const Rest *) a)->n_bytes, length_b = ((const Rest *) b)->n_bytes;

  return (length_a > length_b) - (length_a < length_b);
}

/* The longest run of equal lengths. rests: sorted. */
static guint
count_most_common (const GArray *rests)
{
  guint most = 0, n = 0;

  for (guint i = 0; i < rests->len; i++)
    {
      n = i > 0
                  && compare_lengths (&g_array_index (rests, Rest, i - 1),
                                      &g_array_index (rests, Rest, i))
                         == 0
              ? n + 1
              : 1;
      most = MAX (most, n);
    }
  return most;
}

/* rests: of all intervals but the last; they are sorted. */
static gboolean
are_padded (GArray *rests)
{
  guint n_none = 0, n_most, typical;

  g_array_sort (rests, compare_lengths);
  while (n_none < rests->len && g_array_index (rests, Rest, n_none).n_bytes == 0)
    n_none++;
  if (n_none == rests->len)
    return TRUE;
  /* Where nearly all have the same number, one with another has lost or gained blocks. */
  n_most = count_most_common (rests);
  if (n_most < rests->len && rests->len >= MIN_COUNTED_INTERVALS && n_most > rests->len / 8 * 7)
    return FALSE;
  typical = g_array_index (rests, Rest, n_none + (rests->len - n_none) / 2).n_bytes;
  for (guint i = n_none; i < rests->len; i++)
    {
      const Rest *rest = &g_array_index (rests, Rest, i);
      gboolean is_usual = rests->len - n_none >= MAX (MIN_PADDED_INTERVALS, n_none)
                          && rest->n_bytes <= 2 * typical;

      if (!rest->is_even || !(rest->is_blank || is_usual))
        return FALSE;
    }
  return TRUE;
}

/* From one interval to the next. */
static gboolean
follow_intervals (Scan *scan)
{
  g_autoptr (GArray) rests = g_array_new (FALSE, FALSE, sizeof (Rest));
  guint64 n_mcus = count_mcus (scan);
  Rest rest;

  for (guint number = 0;; number++)
    {
      const guint8 *marker = find_marker (scan->at, scan->end);
      guint64 n = scan->restart_interval == 0 ? n_mcus : MIN (n_mcus, scan->restart_interval);
      Bits bits = { scan->at, marker, 0, 0 };

      n_mcus -= n;
      for (; n > 0; n--)
        if (!follow_mcu (scan, &bits))
          return FALSE;
      rest = look_at_rest (scan, bits);
      if (n_mcus == 0)
        break;
      g_array_append_val (rests, rest);
      while (marker + 1 < scan->end && marker[1] == 0xff)
        marker++;
      if (marker + 1 >= scan->end || marker[1] != MARKER_RST0 + number % 8)
        return FALSE;
      scan->at = marker + 2;
    }
  return are_padded (rests)
         && (rest.n_bytes <= MAX_PADDING_BYTES
             || (rest.is_even && (rest.is_blank || !rest.is_blocks)));
}

gboolean
hotpix_jpeg_intervals_are_whole (const guint8 *data, gsize length)
{
  Scan scan = { .at = data, .end = data + length };
  gboolean are_whole;

  if (length < 2)
    return FALSE;
  scan.tables = g_new0 (CodeTable, 8);
  are_whole = read_header (&scan) && list_blocks (&scan) && follow_intervals (&scan);
  g_free (scan.tables);
  return are_whole;
}
