/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "repair/jpeg-segments-private.h"

#include <string.h>

#define MARKER_TEM 0x01
#define MARKER_DHT 0xc4
#define MARKER_DAC 0xcc
#define MARKER_RST0 0xd0
#define MARKER_RST7 0xd7
#define MARKER_SOI 0xd8
#define MARKER_EOI 0xd9
#define MARKER_SOS 0xda
#define MARKER_DQT 0xdb
#define MARKER_DNL 0xdc
#define MARKER_DRI 0xdd

typedef struct
{
  const guint8 *data;
  gsize at, length;
  guint restart_interval;
} Reader;

static gboolean
set_damaged (GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
               _ ("is damaged or cut short: its segments do not follow each other"));
  return FALSE;
}

static gboolean
read_scan (HotpixJpegSegments *segments, const Reader *reader, const guint8 *content,
           gsize length, GError **error)
{
  HotpixJpegScan *scan = &segments->scans[segments->n_scans];

  if (segments->n_scans == HOTPIX_JPEG_MOST_SCANS)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED,
                   _ ("is damaged or cut short: it has more than %d scans"),
                   HOTPIX_JPEG_MOST_SCANS);
      return FALSE;
    }
  if (length < 1 || content[0] < 1 || content[0] > G_N_ELEMENTS (scan->components)
      || length != 4 + 2 * (gsize) content[0])
    return set_damaged (error);
  scan->n_components = content[0];
  for (guint i = 0; i < scan->n_components; i++)
    scan->components[i] = content[1 + 2 * i];
  content += 1 + 2 * scan->n_components;
  scan->first = content[0];
  scan->last = content[1];
  scan->high = content[2] >> 4;
  scan->low = content[2] & 15;
  scan->restart_interval = reader->restart_interval;
  segments->n_scans++;
  return TRUE;
}

/* Passes over entropy-coded data, to the marker that ends it or to the end of the file. */
static void
skip_data (Reader *reader)
{
  while (reader->at + 1 < reader->length)
    {
      const guint8 *found
          = memchr (reader->data + reader->at, 0xff, reader->length - 1 - reader->at);
      guint8 marker;

      if (found == NULL)
        break;
      reader->at = (gsize) (found - reader->data);
      marker = found[1];
      if (marker != 0 && marker != 0xff && (marker < MARKER_RST0 || marker > MARKER_RST7))
        return;
      reader->at += marker == 0xff ? 1 : 2;
    }
  reader->at = reader->length;
}

/* A segment between two scans holds for those that follow. That does not matter if it does not concern the
 * coding; and tables are made anew. */
static gboolean
check_between (guint8 marker, GError **error)
{
  if (marker != MARKER_DQT && marker != MARKER_DNL)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED,
               _ ("is a JPEG of a kind that hotpix does not repair: its coding changes between "
                  "scans"));
  return FALSE;
}

static void
keep_segment (HotpixJpegSegments *segments, Reader *reader, const guint8 *start, gsize length)
{
  guint8 marker = start[1];

  if (marker == MARKER_DRI && length == 6)
    reader->restart_interval = (guint) start[4] << 8 | start[5];
  if (marker != MARKER_DHT && marker != MARKER_DAC
      && (marker != MARKER_DRI || segments->n_scans == 0))
    g_byte_array_append (segments->header, start, (guint) length);
}

/* From the current marker to the next one. FALSE with or without an error where the segments end. */
static gboolean
read_segment (HotpixJpegSegments *segments, Reader *reader, gboolean *is_end, GError **error)
{
  const guint8 *start = reader->data + reader->at;
  gsize left = reader->length - reader->at, length;
  guint8 marker;

  /* Anything but a marker after a scan is a maker's trailer, without an end marker before it. */
  *is_end = segments->n_scans > 0 && (left < 2 || start[0] != 0xff || start[1] == MARKER_EOI);
  if (*is_end)
    return TRUE;
  if (left < 2 || start[0] != 0xff)
    return set_damaged (error);
  marker = start[1];
  if (marker == 0xff || marker == MARKER_SOI || marker == MARKER_TEM)
    {
      g_byte_array_append (segments->header, start, marker == 0xff ? 1 : 2);
      reader->at += marker == 0xff ? 1 : 2;
      return TRUE;
    }
  length = left >= 4 ? 2 + ((gsize) start[2] << 8 | start[3]) : 0;
  if (length < 4 || length > left || marker == MARKER_EOI)
    {
      *is_end = segments->n_scans > 0;
      return *is_end || set_damaged (error);
    }
  if (segments->n_scans > 0 && !check_between (marker, error))
    return FALSE;
  if (marker == MARKER_SOS && segments->n_scans == 0)
    segments->first_scan = reader->at;
  reader->at += length;
  if (marker != MARKER_SOS)
    keep_segment (segments, reader, start, length);
  else if (!read_scan (segments, reader, start + 4, length - 4, error))
    return FALSE;
  else
    {
      skip_data (reader);
      segments->end = reader->at;
    }
  return TRUE;
}

HotpixJpegSegments *
hotpix_jpeg_segments_new (const guint8 *data, gsize length, GError **error)
{
  g_autoptr (HotpixJpegSegments) segments = g_new0 (HotpixJpegSegments, 1);
  Reader reader = { data, 0, length, 0 };
  gboolean is_end = FALSE;
  guint header_bytes = 0;

  segments->header = g_byte_array_new ();
  while (!is_end)
    {
      if (!read_segment (segments, &reader, &is_end, error))
        return NULL;
      /* Segments after the last scan belong to no further scan: they stay there. */
      if (segments->end == reader.at)
        header_bytes = segments->header->len;
    }
  g_byte_array_set_size (segments->header, header_bytes);
  return g_steal_pointer (&segments);
}

void
hotpix_jpeg_segments_free (HotpixJpegSegments *segments)
{
  if (segments == NULL)
    return;
  g_byte_array_unref (segments->header);
  g_free (segments);
}
