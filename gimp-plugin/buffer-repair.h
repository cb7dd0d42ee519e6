/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "repair/decoded-jpeg.h"

#include <gegl.h>

G_BEGIN_DECLS

/* Repairs a GEGL buffer: a layer of GIMP's.
 *
 *   g_autoptr (HotpixBufferRepair) repair = hotpix_buffer_repair_new (buffer, repairer, &error);
 *   if (repair != NULL)
 *     hotpix_buffer_repair_copy_pixels (repair, layer, NULL, 0, 0);
 */
typedef struct
{
  GeglBuffer *buffer; /* a copy of the one given, repaired */
  GArray *pixels;     /* of HotpixRepairWindow: the pixels that changed, each once */
  guint n_repaired;   /* defects whose damage could be seen */
  gdouble damage;     /* the largest change of a sample at each of them, summed; white is 1 */
} HotpixBufferRepair;

/* repairer: for photos of the buffer's size. Samples follow sample-format.h; what is not quite opaque is
 * not changed.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_UNSUPPORTED (an empty buffer). */
HotpixBufferRepair *hotpix_buffer_repair_new (GeglBuffer *buffer,
                                              const HotpixRepairer *repairer, GError **error);

/* The same of a buffer that still has the pixels of a JPEG, turned by its EXIF orientation: they become
 * those of the JPEG's own repair.
 * Returns (transfer full), or NULL where it has other pixels. */
HotpixBufferRepair *hotpix_buffer_repair_new_from_jpeg (GeglBuffer *buffer,
                                                        const HotpixDecodedJpeg *jpeg,
                                                        guint orientation);

/* NULL-safe. */
void hotpix_buffer_repair_free (HotpixBufferRepair *repair);

/* Copies only the pixels that changed. target: of the repaired one's size, from 0, 0 on, with alpha; the
 * rest of it stays.
 * mask: nullable; in it the target lies at x, y. Its Y, 0 to 1, is how opaque a pixel becomes. */
void hotpix_buffer_repair_copy_pixels (const HotpixBufferRepair *repair, GeglBuffer *target,
                                       GeglBuffer *mask, gint x, gint y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixBufferRepair, hotpix_buffer_repair_free)

G_END_DECLS
