/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/shape.h"

const gchar *
hotpix_shape_channel_name (const HotpixShape *shape, guint channel)
{
  static const gchar *const colours[] = { "R", "G", "B" };
  static const gchar *const numbers[] = { "1", "2", "3", "4" };

  g_return_val_if_fail (channel < shape->channels && channel < G_N_ELEMENTS (numbers), "");
  if (shape->channels == 1)
    return "grey";
  return shape->channels == G_N_ELEMENTS (colours) ? colours[channel] : numbers[channel];
}
