/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/passed-private.h"

G_BEGIN_DECLS

/* Adds the photosites that stand off beside those that have passed, near enough to have been hidden by
 * them: the other ones of a cluster or a pair. What a defect smears over its neighbourhood is none.
 * threshold: the least score.
 * Fails with HOTPIX_ERROR_MEMORY. */
gboolean hotpix_cluster_add_all (HotpixPassed *passed, const HotpixMeasure *measure,
                                 gdouble threshold, GError **error);

G_END_DECLS
