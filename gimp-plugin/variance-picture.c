/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "variance-picture.h"
#include "plugin-text.h"

gboolean
hotpix_variance_picture_write (GeglBuffer *buffer, const HotpixAccumulator *accumulator,
                               GError **error)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  const Babl *format = babl_format_with_space (shape->channels == 1 ? "Y' u16" : "R'G'B' u16",
                                               gegl_buffer_get_format (buffer));
  gsize n = hotpix_shape_row_samples (shape);
  g_autofree gdouble *variance = g_try_new (gdouble, n);
  g_autofree guint16 *samples = g_try_new (guint16, n);

  if (variance == NULL || samples == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("a row of %u pixels is too long for the memory"), shape->width);
      return FALSE;
    }
  for (guint y = 0; y < shape->height; y++)
    {
      GeglRectangle row = { 0, (gint) y, (gint) shape->width, 1 };

      hotpix_accumulator_variance_row (accumulator, y, variance);
      for (gsize i = 0; i < n; i++)
        samples[i] = (guint16) (4 * variance[i] * 65535 + 0.5);
      gegl_buffer_set (buffer, &row, 0, format, samples, GEGL_AUTO_ROWSTRIDE);
    }
  return TRUE;
}
