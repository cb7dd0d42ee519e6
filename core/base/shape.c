/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/shape.h"

const gchar *
hotpix_shape_channel_name (const HotpixShape *shape, guint channel)
{
  static const gchar *const colours[] = { "R", "G", "B" };

  g_return_val_if_fail (channel < shape->channels && channel < G_N_ELEMENTS (colours), "");
  return shape->channels == 1 ? "grey" : colours[channel];
}
