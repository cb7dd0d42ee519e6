/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defects/region.h"

#include <string.h>

/* The number that begins at *text and ends before `end`, or with the text where that is 0; *text is moved behind
 * it. */
static gboolean
parse_number (const gchar **text, gchar end, guint64 least, guint *number)
{
  const gchar *stop = end != '\0' ? strchr (*text, end) : *text + strlen (*text);
  g_autofree gchar *digits = NULL;
  guint64 value;

  if (stop == NULL)
    return FALSE;
  digits = g_strndup (*text, (gsize) (stop - *text));
  if (!g_ascii_string_to_unsigned (digits, 10, least, HOTPIX_REGION_MOST, &value, NULL))
    return FALSE;
  *number = (guint) value;
  *text = end != '\0' ? stop + 1 : stop;
  return TRUE;
}

gboolean
hotpix_region_parse (const gchar *text, HotpixRegion *region)
{
  HotpixRegion parsed = { .is_left_out = *text == '-' };

  text += parsed.is_left_out;
  if (!parse_number (&text, 'x', 1, &parsed.width)
      || !parse_number (&text, '+', 1, &parsed.height)
      || !parse_number (&text, '+', 0, &parsed.x) || !parse_number (&text, '\0', 0, &parsed.y))
    return FALSE;
  *region = parsed;
  return TRUE;
}

gboolean
hotpix_region_touches (const HotpixRegion *region, const HotpixShape *shape)
{
  return region->x < shape->width && region->y < shape->height;
}

static gboolean
holds (const HotpixRegion *region, guint x, guint y)
{
  return x >= region->x && x - region->x < region->width && y >= region->y
         && y - region->y < region->height;
}

static gboolean
is_listed (const HotpixRegion *regions, guint n, guint x, guint y)
{
  gboolean has_inner = FALSE, is_inside = FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (regions[i].is_left_out && holds (&regions[i], x, y))
        return FALSE;
      has_inner |= !regions[i].is_left_out;
      is_inside |= !regions[i].is_left_out && holds (&regions[i], x, y);
    }
  return is_inside || !has_inner;
}

void
hotpix_defects_keep_regions (HotpixDefects *defects, const HotpixRegion *regions, guint n)
{
  guint n_kept = 0;

  for (guint i = 0; i < defects->list->len; i++)
    {
      HotpixDefect defect = g_array_index (defects->list, HotpixDefect, i);
      gboolean is_kept = FALSE;

      for (guint k = 0; k < defect.length && !is_kept; k++)
        is_kept = is_listed (regions, n, defect.x + (defect.kind == HOTPIX_DEFECT_ROW ? k : 0),
                             defect.y + (defect.kind == HOTPIX_DEFECT_COLUMN ? k : 0));
      if (is_kept)
        g_array_index (defects->list, HotpixDefect, n_kept++) = defect;
    }
  g_array_set_size (defects->list, n_kept);
}
