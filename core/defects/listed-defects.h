/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/error.h"
#include "defects/defect.h"

G_BEGIN_DECLS

/* The defects that a list tells, in any form that hotpix_defect_list_format() writes, known by its
 * content. Lists of other programs in these forms are read, too; they say nothing of the photos.
 *
 *   g_autoptr (HotpixListedDefects) listed
 *       = hotpix_listed_defects_load ("hot.tsv", NULL, &error);
 *   if (listed != NULL)
 *     printf ("%u defects\n", listed->list->len);
 */
typedef struct
{
  guint width, height; /* of the photos; 0 where the list does not say */
  gchar *camera;       /* nullable; the body in words, as hotpix_camera_describe() has them */
  GArray *
      list; /* of HotpixDefect, in the order of the list; each pixel of a column or row. x and y are those of the stored
                        * photo, without the offset. Of the rest what the list says: score, mean,
                        * around and variance are 0, the channel 0, the kind hot and the look all
                        * where it says nothing. */
} HotpixListedDefects;

/* What was added to the coordinates in a list. */
typedef struct
{
  gint x, y;
} HotpixListOffset;

/* text: `length` bytes. name: what messages call the list.
 * offset: nullable; what was added to the coordinates. Without it the list's own comment is asked,
 * and where that says nothing either, nothing was.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_ARGUMENT, in words that name the list, the line
 * and what is allowed there. Places outside the frame, where its size is told, are an error. */
HotpixListedDefects *hotpix_listed_defects_parse (const gchar *text, gsize length,
                                                  const gchar *name,
                                                  const HotpixListOffset *offset,
                                                  GError **error);

/* The same of a file. Also fails with HOTPIX_ERROR_READ or HOTPIX_ERROR_MEMORY. */
HotpixListedDefects *
hotpix_listed_defects_load (const gchar *path, const HotpixListOffset *offset, GError **error);

/* Returns (transfer full): those that were found. camera: the body in words, nullable. */
HotpixListedDefects *hotpix_listed_defects_new (const HotpixDefects *defects,
                                                const gchar *camera);

/* NULL-safe. */
void hotpix_listed_defects_free (HotpixListedDefects *listed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixListedDefects, hotpix_listed_defects_free)

G_END_DECLS
