/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/defect.h"
#include "photos/frame-set.h"

#include <gegl.h>

G_BEGIN_DECLS

/* Defects enlarged, to be judged: for each one a row with what is around it in a few of the photos, and at its
 * left the colour of its kind.
 *
 *   g_autoptr (ContactSheet) sheet = contact_sheet_new (set, defects, &error);
 *   for (guint row = 0; row < sheet->n_rows; row++)
 *     contact_sheet_draw_row (sheet, row, buffer);
 */
#define CONTACT_SHEET_MOST_ROWS 40
#define CONTACT_SHEET_MOST_PHOTOS 6

typedef struct
{
  guint n_rows;   /* the first defects, CONTACT_SHEET_MOST_ROWS at most */
  guint n_photos; /* those that count, spread evenly, CONTACT_SHEET_MOST_PHOTOS at most */
  guint width, row_height; /* of a row, in pixels */

  HotpixDefect *defects; /* n_rows of them */
  guint16 *samples; /* R'G'B' of 16 bits: by row, photo, and the pixels around the defect */
} ContactSheet;

/* photos: of defects->shape, after a search; those used are read again.
 * Returns (transfer full), or NULL with the errors of reading a photo, after its name, or
 * HOTPIX_ERROR_MEMORY. */
ContactSheet *contact_sheet_new (const HotpixFrameSet *photos, const HotpixDefects *defects,
                                 GError **error);

/* NULL-safe. */
void contact_sheet_free (ContactSheet *sheet);

/* buffer: of width x row_height from 0, 0 on; all of it is drawn. Each picture is stretched from its
 * darkest sample to its brightest; what is outside of the photo is black. */
void contact_sheet_draw_row (const ContactSheet *sheet, guint row, GeglBuffer *buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ContactSheet, contact_sheet_free)

G_END_DECLS
