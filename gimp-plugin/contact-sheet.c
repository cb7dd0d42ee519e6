/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contact-sheet.h"
#include "base/error.h"
#include "base/text.h"

#include <string.h>

#define WHITE 65535

/* What is shown around a defect, in pixels of the photo, and how large. */
#define REACH 7
#define SIDE (2 * REACH + 1)
#define SCALE 6

/* In pixels of the sheet: between the pictures, and the colour of the kind. */
#define GAP 4
#define COLOUR_WIDTH 12

#define CELL_SAMPLES (SIDE * SIDE * 3)

#define BAND_ROWS 64

static guint16 *
cell_of (const ContactSheet *sheet, guint row, guint photo)
{
  return sheet->samples + ((gsize) row * sheet->n_photos + photo) * CELL_SAMPLES;
}

static guint16
read_sample (const HotpixShape *shape, gconstpointer rows, gsize index)
{
  return shape->bits == 8 ? (guint16) (257 * ((const guint8 *) rows)[index])
                          : ((const guint16 *) rows)[index];
}

/* Takes what is around the defect from one row of a photo. */
static void
take_row (guint16 *cell, const HotpixDefect *defect, const HotpixShape *shape,
          gconstpointer samples, guint y)
{
  gint64 line = (gint64) y - defect->y + REACH;

  if (line < 0 || line >= SIDE)
    return;
  for (gint64 column = 0; column < SIDE; column++)
    {
      gint64 x = (gint64) defect->x - REACH + column;

      if (x < 0 || x >= shape->width)
        continue;
      for (guint channel = 0; channel < 3; channel++)
        cell[(line * SIDE + column) * 3 + channel] = read_sample (
            shape, samples, (gsize) x * shape->channels + MIN (channel, shape->channels - 1));
    }
}

static gboolean
take_rows (ContactSheet *sheet, guint photo, HotpixFrame *frame, gpointer rows, GError **error)
{
  const HotpixShape *shape = &frame->shape;

  for (guint y = 0; y < shape->height; y += BAND_ROWS)
    {
      guint n = MIN (BAND_ROWS, shape->height - y);

      if (!frame->frame_class->read (frame, n, rows, error))
        return FALSE;
      for (guint i = 0; i < n; i++)
        for (guint row = 0; row < sheet->n_rows; row++)
          take_row (cell_of (sheet, row, photo), &sheet->defects[row], shape,
                    (const guint8 *) rows + i * hotpix_shape_row_bytes (shape), y + i);
    }
  return TRUE;
}

static gboolean
take_photo (ContactSheet *sheet, guint photo, HotpixFrame *frame, GError **error)
{
  g_autofree gpointer rows = g_try_malloc_n (BAND_ROWS, hotpix_shape_row_bytes (&frame->shape));
  gboolean success;

  if (rows == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("has rows too long for the free memory"));
      return FALSE;
    }
  if (!frame->frame_class->open (frame, error))
    return FALSE;
  success = take_rows (sheet, photo, frame, rows, error);
  frame->frame_class->close (frame);
  return success;
}

/* The index of the k-th of the photos that are shown. */
static guint
find_photo (const HotpixFrameSet *photos, guint k, guint n_shown)
{
  guint n_used = hotpix_frame_set_count_used (photos);
  guint wanted = (guint) ((guint64) k * n_used / n_shown), i = 0;

  for (;; i++)
    if (hotpix_frame_set_get_reason (photos, i) == NULL && wanted-- == 0)
      return i;
}

ContactSheet *
contact_sheet_new (const HotpixFrameSet *photos, const HotpixDefects *defects, GError **error)
{
  g_autoptr (ContactSheet) sheet = g_new0 (ContactSheet, 1);

  sheet->n_rows = MIN (defects->list->len, CONTACT_SHEET_MOST_ROWS);
  sheet->n_photos = MIN (hotpix_frame_set_count_used (photos), CONTACT_SHEET_MOST_PHOTOS);
  sheet->width = COLOUR_WIDTH + sheet->n_photos * (GAP + SIDE * SCALE);
  sheet->row_height = GAP + SIDE * SCALE;
  sheet->defects = g_memdup2 (defects->list->data, sheet->n_rows * sizeof (HotpixDefect));
  sheet->samples = g_new0 (guint16, (gsize) sheet->n_rows * sheet->n_photos * CELL_SAMPLES);
  for (guint k = 0; k < sheet->n_photos; k++)
    {
      HotpixFrame *frame
          = hotpix_frame_set_get_frame (photos, find_photo (photos, k, sheet->n_photos));

      if (!take_photo (sheet, k, frame, error))
        {
          g_autofree gchar *shown = g_filename_display_basename (frame->name);

          g_prefix_error (error, "%s ", shown);
          return NULL;
        }
    }
  return g_steal_pointer (&sheet);
}

void
contact_sheet_free (ContactSheet *sheet)
{
  if (sheet == NULL)
    return;
  g_free (sheet->defects);
  g_free (sheet->samples);
  g_free (sheet);
}

static void
draw_cell (const guint16 *cell, guint16 *pixels, guint width)
{
  guint16 least = WHITE, most = 0;

  for (guint i = 0; i < CELL_SAMPLES; i++)
    {
      least = MIN (least, cell[i]);
      most = MAX (most, cell[i]);
    }
  for (guint y = 0; y < SIDE * SCALE; y++)
    for (guint x = 0; x < SIDE * SCALE; x++)
      for (guint channel = 0; channel < 3; channel++)
        {
          guint32 value = cell[((y / SCALE) * SIDE + x / SCALE) * 3 + channel];

          pixels[((gsize) y * width + x) * 3 + channel]
              = most > least ? (guint16) ((value - least) * WHITE / (guint32) (most - least))
                             : (guint16) value;
        }
}

void
contact_sheet_draw_row (const ContactSheet *sheet, guint row, GeglBuffer *buffer)
{
  g_autofree guint16 *pixels = g_new0 (guint16, (gsize) sheet->width * sheet->row_height * 3);
  guint8 colour[3];

  hotpix_defect_kind_colour (sheet->defects[row].kind, colour);
  for (guint y = 0; y < sheet->row_height - GAP; y++)
    for (guint i = 0; i < COLOUR_WIDTH * 3; i++)
      pixels[(gsize) y * sheet->width * 3 + i] = (guint16) (257 * colour[i % 3]);
  for (guint photo = 0; photo < sheet->n_photos; photo++)
    draw_cell (cell_of (sheet, row, photo),
               pixels + 3 * (COLOUR_WIDTH + GAP + photo * (GAP + SIDE * SCALE)), sheet->width);
  gegl_buffer_set (buffer, GEGL_RECTANGLE (0, 0, (gint) sheet->width, (gint) sheet->row_height),
                   0, babl_format ("R'G'B' u16"), pixels, GEGL_AUTO_ROWSTRIDE);
}
