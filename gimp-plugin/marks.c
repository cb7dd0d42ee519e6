/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "marks.h"

#include <math.h>

/* Rings are drawn where the distance from the centre is the radius, give or take this. */
#define RING_HALF_WIDTH 1.0

/* Rings whose centres are nearer than this nearly coincide: each is wider than the last by the step. */
#define NEAR_CENTRES 4
#define WIDER_STEP 4

/* Rings leave this many pixels around any defect uncovered. */
#define FREE_REACH 1

static const HotpixDefect *
defect_at (const HotpixDefects *defects, guint i)
{
  return &g_array_index (defects->list, HotpixDefect, i);
}

static gint64
distance_between (const HotpixDefect *a, gint64 x, gint64 y)
{
  return MAX (ABS (a->x - x), ABS (a->y - y));
}

/* Defects by row, to find those near a row without a search of all. */
typedef struct
{
  const HotpixDefects *defects;
  guint *by_row; /* indices, sorted by y */
  guint n;
} Rows;

static gint
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const HotpixDefects *defects = user_data;
  guint p = defect_at (defects, *(const guint *) a)->y;
  guint q = defect_at (defects, *(const guint *) b)->y;

  return (p > q) - (p < q);
}

static Rows
rows_new (const HotpixDefects *defects)
{
  Rows rows = { defects, g_new (guint, defects->list->len), defects->list->len };

  for (guint i = 0; i < rows.n; i++)
    rows.by_row[i] = i;
  g_qsort_with_data (rows.by_row, (gint) rows.n, sizeof *rows.by_row, compare_rows,
                     (gpointer) defects);
  return rows;
}

/* The first place in by_row of a defect in row y or below. */
static guint
first_from_row (const Rows *rows, gint64 y)
{
  guint low = 0, high = rows->n;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (defect_at (rows->defects, rows->by_row[middle])->y < y)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* How many defects before the i-th one have their centre so near that their rings would coincide. */
static guint
count_near_before (const Rows *rows, guint i)
{
  const HotpixDefect *defect = defect_at (rows->defects, i);
  guint n = 0;

  for (guint k = first_from_row (rows, (gint64) defect->y - NEAR_CENTRES + 1); k < rows->n; k++)
    {
      const HotpixDefect *other = defect_at (rows->defects, rows->by_row[k]);

      if (other->y >= defect->y + NEAR_CENTRES)
        break;
      n += rows->by_row[k] < i && distance_between (other, defect->x, defect->y) < NEAR_CENTRES;
    }
  return n;
}

static gboolean
must_stay_free (const Rows *rows, gint64 x, gint64 y)
{
  for (guint k = first_from_row (rows, y - FREE_REACH); k < rows->n; k++)
    {
      const HotpixDefect *other = defect_at (rows->defects, rows->by_row[k]);

      if (other->y > y + FREE_REACH)
        break;
      if (distance_between (other, x, y) <= FREE_REACH)
        return TRUE;
    }
  return FALSE;
}

static void
draw_ring (GeglBuffer *buffer, const Rows *rows, guint i, guint radius)
{
  const HotpixDefect *defect = defect_at (rows->defects, i);
  gint reach = (gint) radius + 1;
  GeglRectangle box
      = { (gint) defect->x - reach, (gint) defect->y - reach, 2 * reach + 1, 2 * reach + 1 };
  g_autofree guint8 *pixels = NULL;
  guint8 *pixel;

  if (!gegl_rectangle_intersect (&box, &box, gegl_buffer_get_extent (buffer)))
    return;
  pixels = g_malloc_n ((gsize) box.width * (gsize) box.height, 4);
  gegl_buffer_get (buffer, &box, 1, babl_format ("R'G'B'A u8"), pixels, GEGL_AUTO_ROWSTRIDE,
                   GEGL_ABYSS_NONE);
  pixel = pixels;
  for (gint y = box.y; y < box.y + box.height; y++)
    for (gint x = box.x; x < box.x + box.width; x++, pixel += 4)
      {
        gdouble distance = hypot (x - (gdouble) defect->x, y - (gdouble) defect->y);

        if (fabs (distance - radius) >= RING_HALF_WIDTH || must_stay_free (rows, x, y))
          continue;
        hotpix_defect_kind_colour (defect->kind, pixel);
        pixel[3] = 255;
      }
  gegl_buffer_set (buffer, &box, 0, babl_format ("R'G'B'A u8"), pixels, GEGL_AUTO_ROWSTRIDE);
}

GeglRectangle
hotpix_marks_get_extent (const HotpixDefect *defect)
{
  gint length = (gint) defect->length;

  return (GeglRectangle){ (gint) defect->x, (gint) defect->y,
                          defect->kind == HOTPIX_DEFECT_ROW ? length : 1,
                          defect->kind == HOTPIX_DEFECT_COLUMN ? length : 1 };
}

static void
draw_pixel (GeglBuffer *buffer, const HotpixDefect *defect)
{
  GeglRectangle box = hotpix_marks_get_extent (defect);
  guint8 pixel[4] = { 0, 0, 0, 255 };

  hotpix_defect_kind_colour (defect->kind, pixel);
  gegl_buffer_set_color_from_pixel (buffer, &box, pixel, babl_format ("R'G'B'A u8"));
}

void
hotpix_marks_draw (GeglBuffer *buffer, const HotpixDefects *defects, HotpixMarks marks,
                   guint ring_radius)
{
  Rows rows = rows_new (defects);

  /* The weakest first: where rings cross, the stronger defect's is on top. */
  for (guint i = rows.n; (marks & HOTPIX_MARK_RINGS) != 0 && i-- > 0;)
    draw_ring (buffer, &rows, i, ring_radius + WIDER_STEP * count_near_before (&rows, i));
  for (guint i = 0; (marks & HOTPIX_MARK_PIXELS) != 0 && i < rows.n; i++)
    draw_pixel (buffer, defect_at (defects, i));
  g_free (rows.by_row);
}
