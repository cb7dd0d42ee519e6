/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

/* The segments of a JPEG: its entropy-coded samples, and everything around them.
 *
 *   g_autoptr (HotpixJpegSegments) segments = hotpix_jpeg_segments_new (data, length, &error);
 *   for (guint i = 0; segments != NULL && i < segments->n_scans; i++)
 *     show (&segments->scans[i]);
 */

#define HOTPIX_JPEG_MOST_SCANS 100

/* A scan, by its header. */
typedef struct
{
  guint n_components;
  guint8 components[4];   /* their identifiers */
  guint first, last;      /* spectral selection */
  guint high, low;        /* successive approximation */
  guint restart_interval; /* 0 for none */
} HotpixJpegScan;

typedef struct
{
  GByteArray
      *header;      /* all segments, whose markers are among them, before the scans and between
                       * them, but for those of the scans and of the entropy coding's tables, and for
                       * restart intervals that are set between two scans */
  gsize first_scan; /* where the first scan's own header begins: all segments are before it */
  gsize end;        /* where the last scan's data ends: the end marker, or what stands there */
  guint n_scans;
  HotpixJpegScan scans[HOTPIX_JPEG_MOST_SCANS];
} HotpixJpegSegments;

/* data: a JPEG of `length` bytes, borrowed for the call.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_DAMAGED where the segments do not follow one
 * another, or HOTPIX_ERROR_UNSUPPORTED where settings for all scans change between two of them. */
HotpixJpegSegments *hotpix_jpeg_segments_new (const guint8 *data, gsize length, GError **error);

/* NULL-safe. */
void hotpix_jpeg_segments_free (HotpixJpegSegments *segments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixJpegSegments, hotpix_jpeg_segments_free)

G_END_DECLS
