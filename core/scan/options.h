/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/processors.h"
#include "photos/selection.h"
#include "sums/accumulator.h"

G_BEGIN_DECLS

/* What a user can choose of a scan. Hosts map their arguments on to it and check it once. */
#define HOTPIX_MAX_MEMORY 1048576 /* MiB */

typedef struct
{
  HotpixSelection selection; /* which photos count */
  guint threads;             /* 1 to HOTPIX_MAX_THREADS; 0 for one a processor */
  guint memory;    /* MiB that all photos may take while they are read, besides the sums: 1
                              * to HOTPIX_MAX_MEMORY; 0 for half of the free memory */
  HotpixSums sums; /* evidence costs time and memory; only the detector needs it.
                              * HOTPIX_SUMS_LONG_EVIDENCE: where the photos' exposures differ
                              * enough, else HOTPIX_SUMS_EVIDENCE */
} HotpixOptions;

/* HOTPIX_CAMERA_MOST of whatever body, nothing again or edited, threads 0, memory 0, HOTPIX_SUMS_VARIANCE. */
HotpixOptions hotpix_options_default (void);

/* Fails with HOTPIX_ERROR_ARGUMENT, naming the value and its range. */
gboolean hotpix_options_check (const HotpixOptions *options, GError **error);

G_END_DECLS
