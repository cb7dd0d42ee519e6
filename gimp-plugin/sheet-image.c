/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet-image.h"
#include "base/text.h"
#include "contact-sheet.h"
#include "result-layers.h"

static void
add_row (HostImage image, const ContactSheet *sheet, guint row)
{
  const HotpixDefect *defect = &sheet->defects[row];
  g_autofree gchar *name = g_strdup_printf ("%u: %s, x %u, y %u, %.2f", row + 1,
                                            hotpix_defect_kind_name (defect->kind), defect->x,
                                            defect->y, defect->score);
  HostLayer layer = gimp_layer_new (image, name, (gint) sheet->width, (gint) sheet->row_height,
                                    GIMP_RGB_IMAGE, 100, GIMP_LAYER_MODE_NORMAL);
  g_autoptr (GeglBuffer) buffer = gimp_drawable_get_buffer (GIMP_DRAWABLE (layer));

  contact_sheet_draw_row (sheet, row, buffer);
  gimp_image_insert_layer (image, layer, HOST_NONE, (gint) row);
  gimp_layer_set_offsets (layer, 0, (gint) (row * sheet->row_height));
  result_layers_tag (layer, RESULT_LAYER_KEPT);
}

HostImage
sheet_image_new (const HotpixSurvey *survey, GError **error)
{
  g_autoptr (ContactSheet) sheet = NULL;
  HostImage image;

  if (survey->defects->list->len == 0)
    return HOST_NONE;
  gimp_progress_set_text (_ ("Enlarging the defects"));
  sheet = contact_sheet_new (survey->photos, survey->defects, error);
  if (sheet == NULL)
    return HOST_NONE;
  image = gimp_image_new_with_precision ((gint) sheet->width,
                                         (gint) (sheet->n_rows * sheet->row_height), GIMP_RGB,
                                         HOST_PRECISION_U16);
  gimp_image_undo_disable (image);
  for (guint row = 0; row < sheet->n_rows; row++)
    add_row (image, sheet, row);
  gimp_image_undo_enable (image);
  return image;
}
