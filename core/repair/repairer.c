/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/repairer-private.h"

#include <math.h>
#include <string.h>

G_STATIC_ASSERT (HOTPIX_REPAIR_WINDOW == HOTPIX_DAMAGE_SIDE);
G_STATIC_ASSERT (HOTPIX_REPAIR_REACH == HOTPIX_DAMAGE_REACH);

/* Other defects this near can reach into a window of the coarsest plane. */
#define NEAR 64

/* How far another defect's damage reaches in a window. */
#define UNKNOWN_REACH 2

typedef struct
{
  guint x, y;
  GArray *later; /* of guint, nullable: defects nearby that are repaired after it */
} Place;

struct HotpixRepairer
{
  guint width, height;
  GArray *places; /* of Place */
  HotpixDamageModel *model;
};

static void
clear_place (gpointer data)
{
  Place *place = data;

  g_clear_pointer (&place->later, g_array_unref);
}

static gboolean
is_near (const Place *a, const Place *b)
{
  return MAX (a->x, b->x) - MIN (a->x, b->x) < NEAR
         && MAX (a->y, b->y) - MIN (a->y, b->y) < NEAR;
}

/* Appends the place unless it is there already. */
static void
add_place (GArray *places, const HotpixDefect *defect)
{
  Place place = { .x = defect->x, .y = defect->y };
  guint n = places->len;

  for (guint i = 0; i < n; i++)
    if (g_array_index (places, Place, i).x == place.x
        && g_array_index (places, Place, i).y == place.y)
      return;
  g_array_append_val (places, place);
  for (guint i = 0; i < n; i++)
    {
      Place *earlier = &g_array_index (places, Place, i);

      if (!is_near (earlier, &place))
        continue;
      if (earlier->later == NULL)
        earlier->later = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (earlier->later, n);
    }
}

/* Lines are more than the samples around one place, and dust is not the sensor's. */
static gboolean
is_repaired (HotpixDefectKind kind)
{
  return kind != HOTPIX_DEFECT_COLUMN && kind != HOTPIX_DEFECT_ROW
         && kind != HOTPIX_DEFECT_DUST;
}

HotpixRepairer *
hotpix_repairer_new (const HotpixListedDefects *listed, guint width, guint height)
{
  HotpixRepairer *repairer = g_new0 (HotpixRepairer, 1);

  repairer->width = width;
  repairer->height = height;
  repairer->model = hotpix_damage_model_new ();
  repairer->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (repairer->places, clear_place);
  for (guint i = 0; i < listed->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (listed->list, HotpixDefect, i);

      if (is_repaired (defect->kind) && defect->x < width && defect->y < height)
        add_place (repairer->places, defect);
    }
  return repairer;
}

void
hotpix_repairer_free (HotpixRepairer *repairer)
{
  if (repairer == NULL)
    return;
  g_array_unref (repairer->places);
  hotpix_damage_model_free (repairer->model);
  g_free (repairer);
}

guint
hotpix_repairer_count (const HotpixRepairer *repairer)
{
  return repairer->places->len;
}

void
hotpix_repairer_get_place (const HotpixRepairer *repairer, guint index, guint *x, guint *y)
{
  const Place *place = &g_array_index (repairer->places, Place, index);

  *x = place->x;
  *y = place->y;
}

static guint
begin_window (guint at, guint length)
{
  guint half = HOTPIX_REPAIR_WINDOW / 2;

  return MIN (at - MIN (at, half), length - HOTPIX_REPAIR_WINDOW);
}

gboolean
hotpix_repairer_place_window (const HotpixRepairer *repairer, guint index,
                              const HotpixRepairPlane *plane, HotpixRepairWindow *window)
{
  const Place *place = &g_array_index (repairer->places, Place, index);
  guint x = place->x / plane->horizontal, y = place->y / plane->vertical;

  if (plane->width < HOTPIX_REPAIR_WINDOW || plane->height < HOTPIX_REPAIR_WINDOW
      || x >= plane->width || y >= plane->height)
    return FALSE;
  window->x = begin_window (x, plane->width);
  window->y = begin_window (y, plane->height);
  return TRUE;
}

/* Marks the damage of defects that are repaired later. Returns FALSE if none is in the window. */
static gboolean
mark_unknown (const HotpixRepairer *repairer, const Place *place,
              const HotpixRepairPlane *plane, const HotpixRepairWindow *window, guint8 *unknown)
{
  gboolean any = FALSE;

  memset (unknown, 0, HOTPIX_DAMAGE_SAMPLES);
  for (guint i = 0; place->later != NULL && i < place->later->len; i++)
    {
      const Place *other
          = &g_array_index (repairer->places, Place, g_array_index (place->later, guint, i));
      gint x = (gint) (other->x / plane->horizontal) - (gint) window->x;
      gint y = (gint) (other->y / plane->vertical) - (gint) window->y;

      for (gint v = MAX (y - UNKNOWN_REACH, 0);
           v <= MIN (y + UNKNOWN_REACH, HOTPIX_DAMAGE_SIDE - 1); v++)
        for (gint u = MAX (x - UNKNOWN_REACH, 0);
             u <= MIN (x + UNKNOWN_REACH, HOTPIX_DAMAGE_SIDE - 1); u++)
          {
            unknown[v * HOTPIX_DAMAGE_SIDE + u] = 1;
            any = TRUE;
          }
    }
  return any;
}

gboolean
hotpix_repairer_estimate (const HotpixRepairer *repairer, guint index,
                          const HotpixRepairPlane *plane, const gdouble *samples,
                          gdouble *damage)
{
  const Place *place = &g_array_index (repairer->places, Place, index);
  guint8 unknown[HOTPIX_DAMAGE_SAMPLES];
  HotpixDamagePlace where = { .horizontal = plane->horizontal,
                              .vertical = plane->vertical,
                              .is_interpolated = plane->is_interpolated };
  HotpixRepairWindow window;
  gboolean any;

  if (!hotpix_repairer_place_window (repairer, index, plane, &window))
    return FALSE;
  where.x = place->x / plane->horizontal - window.x;
  where.y = place->y / plane->vertical - window.y;
  where.phase_x = place->x % (plane->is_interpolated ? 2 : plane->horizontal);
  where.phase_y = place->y % (plane->is_interpolated ? 2 : plane->vertical);
  any = mark_unknown (repairer, place, plane, &window, unknown);
  return hotpix_damage_model_estimate (repairer->model, &where, samples, any ? unknown : NULL,
                                       damage);
}

gboolean
hotpix_repairer_get_window (const HotpixRepairer *repairer, guint index,
                            HotpixRepairWindow *window)
{
  HotpixRepairPlane plane = { repairer->width, repairer->height, 1, 1, FALSE };

  return hotpix_repairer_place_window (repairer, index, &plane, window);
}

/* Luma and the two colour differences of ITU-R BT.601, as in a JPEG, and back. */
static const gdouble to_planes[3][3]
    = { { 0.299, 0.587, 0.114 }, { -0.168736, -0.331264, 0.5 }, { 0.5, -0.418688, -0.081312 } };
static const gdouble from_planes[3][3]
    = { { 1, 0, 1.402 }, { 1, -0.344136, -0.714136 }, { 1, 1.772, 0 } };

static guint
get_integer (const HotpixShape *shape, gconstpointer samples, guint i)
{
  return shape->bits == 8 ? ((const guint8 *) samples)[i] : ((const guint16 *) samples)[i];
}

static gdouble
get_sample (const HotpixShape *shape, gconstpointer samples, guint i)
{
  return get_integer (shape, samples, i) * 255.0 / hotpix_shape_white (shape);
}

/* Removes damage from a sample. Returns whether that changes it. */
static gboolean
change_sample (const HotpixShape *shape, gpointer samples, guint i, gdouble damage)
{
  guint white = hotpix_shape_white (shape), before = get_integer (shape, samples, i);
  guint after = (guint) CLAMP (rint (before - damage * white / 255), 0, white);

  if (shape->bits == 8)
    ((guint8 *) samples)[i] = (guint8) after;
  else
    ((guint16 *) samples)[i] = (guint16) after;
  return after != before;
}

static void
make_plane (const HotpixShape *shape, gconstpointer samples, guint plane, gdouble *values)
{
  for (guint i = 0; i < HOTPIX_DAMAGE_SAMPLES; i++)
    {
      if (shape->channels == 1)
        values[i] = get_sample (shape, samples, i);
      else
        {
          values[i] = 0;
          for (guint k = 0; k < 3; k++)
            values[i] += to_planes[plane][k] * get_sample (shape, samples, 3 * i + k);
        }
    }
}

gboolean
hotpix_repairer_repair (const HotpixRepairer *repairer, guint index, const HotpixShape *shape,
                        gpointer samples)
{
  gdouble damage[3][HOTPIX_DAMAGE_SAMPLES] = { { 0 } };
  gdouble values[HOTPIX_DAMAGE_SAMPLES];
  gboolean is_seen = FALSE, changed = FALSE;

  g_return_val_if_fail (shape->channels == 1 || shape->channels == 3, FALSE);
  for (guint plane = 0; plane < shape->channels; plane++)
    {
      HotpixRepairPlane description = { repairer->width, repairer->height, 1, 1, plane > 0 };

      make_plane (shape, samples, plane, values);
      if (hotpix_repairer_estimate (repairer, index, &description, values, damage[plane]))
        is_seen = TRUE;
    }
  for (guint i = 0; is_seen && i < HOTPIX_DAMAGE_SAMPLES; i++)
    for (guint k = 0; k < shape->channels; k++)
      {
        gdouble sum = damage[0][i];

        if (shape->channels == 3)
          sum = from_planes[k][0] * damage[0][i] + from_planes[k][1] * damage[1][i]
                + from_planes[k][2] * damage[2][i];
        if (sum != 0 && change_sample (shape, samples, shape->channels * i + k, sum))
          changed = TRUE;
      }
  return changed;
}
