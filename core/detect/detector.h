/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/defect.h"
#include "sums/accumulator.h"

G_BEGIN_DECLS

/* Finds the defects of a sensor in the sums of its photos. docs/detection.md describes the method, its
 * sources and what it finds.
 *
 *   g_autoptr (HotpixDefects) defects
 *       = hotpix_detect (accumulator, HOTPIX_DEFAULT_THRESHOLD, HOTPIX_DEFAULT_KINDS, 0, &error);
 *   for (guint i = 0; i < defects->list->len; i++)
 *     show (&g_array_index (defects->list, HotpixDefect, i));
 *
 * A defect's score is its evidence |E| over the evidence that chance alone reaches, anywhere in a
 * set like this, once in 33 sets: 1 is hardly a coincidence any more, 2 is
 * twice as high. The threshold is the lowest score in the list. */
#define HOTPIX_DEFAULT_THRESHOLD 1.0
#define HOTPIX_LEAST_THRESHOLD 0.25
#define HOTPIX_MOST_THRESHOLD 100

/* With fewer frames the list says little. */
#define HOTPIX_FEW_FRAMES 10

/* accumulator: with evidence and at least two frames. It is only read: calls from several threads
 * may run at once. threshold: from HOTPIX_LEAST_THRESHOLD to HOTPIX_MOST_THRESHOLD. kinds: those that are listed, bits of defect.h. n_threads: to
 * share the work, as in HotpixOptions.
 * Returns (transfer full): the same for the same sums, by any number of threads; or NULL with
 * HOTPIX_ERROR_ARGUMENT (threshold) or HOTPIX_ERROR_MEMORY. Takes about 60 ms of one thread, some
 * 10 MB and 2 MB more for each thread, for 10 megapixels. */
HotpixDefects *hotpix_detect (const HotpixAccumulator *accumulator, gdouble threshold,
                              guint kinds, guint n_threads, GError **error);

G_END_DECLS
