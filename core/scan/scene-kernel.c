/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/vectorised-private.h"
#include "scan/scene-kernel-private.h"

HOTPIX_VECTORISED gint32
hotpix_scene_kernel_product (const gint8 *a, const gint8 *b, gsize n)
{
  gint32 sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}
