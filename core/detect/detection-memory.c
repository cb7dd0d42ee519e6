/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "detect/detection-memory-private.h"

gboolean
hotpix_detection_memory_fail (const HotpixShape *shape, GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
               _ ("not enough memory to look for defects in photos of %u x %u pixels"),
               shape->width, shape->height);
  return FALSE;
}
