/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/scan.h"

G_BEGIN_DECLS

/* Photos in a folder, and what comes of them: what tests of faults compare with. */

/* The sums of a scan, all rows one after the other. */
typedef struct
{
  HotpixShape shape;
  guint n_frames;
  gsize n_samples;
  guint64 *sums;
  guint64 *squares;
  gint32 *steps;
} WholeSums;

/* Copies an accumulator that has evidence. */
WholeSums *whole_sums_new (const HotpixAccumulator *accumulator);

/* Of the paths, each read whole, in all threads that the option allows. Aborts where a photo is left
 * out. paths: NULL-terminated. */
WholeSums *whole_sums_of_files (const gchar *const *paths);

void whole_sums_free (WholeSums *sums);

/* Aborts where they are not the same, byte for byte. */
void whole_sums_assert_equal (const WholeSums *a, const WholeSums *b);

/* Scans with evidence, on that many threads. */
HotpixAccumulator *scan_with_evidence (HotpixFrameSet *set, guint threads, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WholeSums, whole_sums_free)

G_END_DECLS
