/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample-format.h"

const Babl *
hotpix_sample_format (GeglBuffer *buffer, guint channels, guint bits, gboolean has_alpha)
{
  g_autofree gchar *name = g_strdup_printf ("%s%s u%u", channels == 1 ? "Y'" : "R'G'B'",
                                            has_alpha ? "A" : "", bits);

  return babl_format_with_space (name, gegl_buffer_get_format (buffer));
}
