/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "turned-buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "turned-places.h"

#include <string.h>

GeglBuffer *
hotpix_turned_buffer_undo (GeglBuffer *buffer, guint orientation, GError **error)
{
  const GeglRectangle *extent = gegl_buffer_get_extent (buffer);
  const Babl *format = gegl_buffer_get_format (buffer);
  gsize bytes = (gsize) babl_format_get_bytes_per_pixel (format);
  guint turned_width = (guint) extent->width, turned_height = (guint) extent->height;
  gboolean swapped = hotpix_turned_places_are_swapped (orientation);
  guint width = swapped ? turned_height : turned_width;
  guint height = swapped ? turned_width : turned_height;
  gsize n = (gsize) width * height;
  g_autofree guint8 *turned = g_try_malloc_n (n, bytes), *stored = g_try_malloc_n (n, bytes);
  GeglBuffer *result;

  if (turned == NULL || stored == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("needs more memory than is free to be turned back"));
      return NULL;
    }
  gegl_buffer_get (buffer, extent, 1, format, turned, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint column = x, row = y;

        hotpix_turned_places_turn_place (orientation, width, height, &column, &row);
        memcpy (stored + ((gsize) y * width + x) * bytes,
                turned + ((gsize) row * turned_width + column) * bytes, bytes);
      }
  result = gegl_buffer_new (GEGL_RECTANGLE (0, 0, (gint) width, (gint) height), format);
  gegl_buffer_set (result, NULL, 0, format, stored, GEGL_AUTO_ROWSTRIDE);
  return result;
}
