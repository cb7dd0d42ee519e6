/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/looks-private.h"
#include "detect/passed-private.h"

G_BEGIN_DECLS

/* Adds the photosites that stand out beside those that have passed, near enough to have been hidden by
 * them: the rest of a cluster or a pair, but not what a defect only smears over its neighbourhood.
 * threshold: the least score.
 * Fails with HOTPIX_ERROR_MEMORY. */
gboolean hotpix_cluster_add_all (HotpixPassed *passed, const HotpixLooks *looks,
                                 gdouble threshold, GError **error);

G_END_DECLS
