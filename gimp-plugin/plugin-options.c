/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plugin-options.h"

PluginOptions
plugin_options_default (void)
{
  return (PluginOptions){ .threshold = HOTPIX_DEFAULT_THRESHOLD,
                          .marks = HOTPIX_MARK_BOTH,
                          .ring_radius = HOTPIX_DEFAULT_RING_RADIUS,
                          .camera = HOTPIX_CAMERA_MOST };
}
