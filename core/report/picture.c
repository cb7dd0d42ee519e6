/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/picture.h"
#include "report/marked-picture-private.h"

#include <math.h>

#define WHITE 65535

gboolean
hotpix_picture_needs_detection (HotpixPicture picture)
{
  return picture == HOTPIX_PICTURE_EVIDENCE || picture == HOTPIX_PICTURE_MASK
         || picture == HOTPIX_PICTURE_MARKS;
}

HotpixShape
hotpix_picture_get_shape (HotpixPicture picture, const HotpixShape *sums,
                          const HotpixDefects *defects)
{
  HotpixShape shape = *sums;

  if (picture == HOTPIX_PICTURE_MARKS)
    return hotpix_marked_picture_get_shape (sums, defects);
  shape.bits = 16;
  if (picture == HOTPIX_PICTURE_MASK)
    shape.channels = 1;
  return shape;
}

static void
evidence_row (const HotpixAccumulator *accumulator, guint row, gdouble *values, gsize n)
{
  gdouble most = hotpix_accumulator_most_evidence (accumulator);

  hotpix_accumulator_evidence_row (accumulator, row, values);
  for (gsize i = 0; i < n; i++)
    values[i] = 0.5 + values[i] / (2 * most);
}

static void
mask_row (const HotpixDefects *defects, guint row, gdouble *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    values[i] = 0;
  for (guint i = 0; i < defects->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, i);

      if (defect->y == row)
        values[defect->x] = 1;
    }
}

void
hotpix_picture_row (HotpixPicture picture, const HotpixAccumulator *accumulator,
                    const HotpixDefects *defects, guint row, gdouble *values, guint16 *samples)
{
  HotpixShape shape
      = hotpix_picture_get_shape (picture, hotpix_accumulator_get_shape (accumulator), defects);
  gsize n = hotpix_shape_row_samples (&shape);

  if (picture == HOTPIX_PICTURE_MARKS)
    {
      hotpix_marked_picture_row (accumulator, defects, row, values, samples);
      return;
    }
  switch (picture)
    {
    case HOTPIX_PICTURE_MEAN:
      hotpix_accumulator_mean_row (accumulator, row, values);
      break;
    case HOTPIX_PICTURE_EVIDENCE:
      evidence_row (accumulator, row, values, n);
      break;
    case HOTPIX_PICTURE_MASK:
      mask_row (defects, row, values, n);
      break;
    case HOTPIX_PICTURE_DEVIATION:
      hotpix_accumulator_variance_row (accumulator, row, values);
      for (gsize i = 0; i < n; i++)
        values[i] = 2 * sqrt (values[i]);
      break;
    case HOTPIX_PICTURE_VARIANCE:
    default:
      hotpix_accumulator_variance_row (accumulator, row, values);
      for (gsize i = 0; i < n; i++)
        values[i] *= 4;
    }
  for (gsize i = 0; i < n; i++)
    samples[i] = (guint16) (values[i] * WHITE + 0.5);
}
