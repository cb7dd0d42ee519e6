/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "repair/repairer.h"

G_BEGIN_DECLS

/* Repairs a JPEG by its own coefficients: only those in the blocks that a defect damages change, each by
 * whole steps of its quantisation. Every other coefficient, the quantisation
 * tables, the sampling, the scans and restart intervals, every segment and every byte behind the photo
 * are those of the old file.
 *
 *   g_autoptr (GBytes) repaired = hotpix_jpeg_repair (repairer, bytes, &n, &error);
 */

/* repairer: for photos of this one's size. n_repaired: out; the defects whose damage showed.
 * Returns (transfer full): the new file, or the same bytes again where n_repaired is 0; or NULL with
 * HOTPIX_ERROR_FORMAT, HOTPIX_ERROR_UNSUPPORTED, HOTPIX_ERROR_DAMAGED or HOTPIX_ERROR_MEMORY, and a
 * message that can follow the photo's name. */
GBytes *hotpix_jpeg_repair (const HotpixRepairer *repairer, GBytes *jpeg, guint *n_repaired,
                            GError **error);

G_END_DECLS
