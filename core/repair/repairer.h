/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/shape.h"
#include "defects/listed-defects.h"

G_BEGIN_DECLS

/* Removes the damage of known defects from the samples of a photo. Only samples that a defect damages
 * change, none farther than HOTPIX_REPAIR_REACH from it, and none where its damage does not show.
 *
 *   g_autoptr (HotpixRepairer) repairer = hotpix_repairer_new (listed, shape.width, shape.height);
 *   for (guint i = 0; i < hotpix_repairer_count (repairer); i++)
 *     {
 *       HotpixRepairWindow window;
 *       if (!hotpix_repairer_get_window (repairer, i, &window))
 *         continue;
 *       host_get_samples (&window, samples);
 *       if (hotpix_repairer_repair (repairer, i, &shape, samples))
 *         host_set_samples (&window, samples);
 *     }
 *
 * The defects must be repaired in that order, each before the samples around the next are read: where
 * they lie close together the earlier ones help the later. A repairer is immutable, so several threads
 * can use it on different photos. */
typedef struct HotpixRepairer HotpixRepairer;

#define HOTPIX_REPAIR_REACH 3   /* pixels along a row or a column, in decoded samples */
#define HOTPIX_REPAIR_WINDOW 11 /* columns and rows of a window */

/* Rows and columns of a photo, HOTPIX_REPAIR_WINDOW of each. */
typedef struct
{
  guint x, y; /* of its first sample */
} HotpixRepairWindow;

/* For photos of width x height pixels. Places outside and repeated places are skipped.
 * listed: not needed afterwards. Returns (transfer full). */
HotpixRepairer *hotpix_repairer_new (const HotpixListedDefects *listed, guint width,
                                     guint height);

/* NULL-safe. */
void hotpix_repairer_free (HotpixRepairer *repairer);

/* How many defects there are to repair. */
guint hotpix_repairer_count (const HotpixRepairer *repairer);

void hotpix_repairer_get_place (const HotpixRepairer *repairer, guint index, guint *x,
                                guint *y);

/* The samples needed to repair the defect. Returns FALSE for a photo with fewer columns or rows than a
 * window, which is not repaired. */
gboolean hotpix_repairer_get_window (const HotpixRepairer *repairer, guint index,
                                     HotpixRepairWindow *window);

/* shape: its channels, 1 or 3, and its bits are read. samples: the defect's window, packed as in
 * shape.h, changed in place. Returns whether anything changed; if not, no damage showed. The result
 * depends only on the samples and the defects. */
gboolean hotpix_repairer_repair (const HotpixRepairer *repairer, guint index,
                                 const HotpixShape *shape, gpointer samples);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixRepairer, hotpix_repairer_free)

G_END_DECLS
