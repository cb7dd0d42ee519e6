/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "planting.h"

#include <math.h>

#define MIN_DEFECT_DISTANCE 8
#define MOST_IN_CLUSTER 4

static gboolean
is_apart (const GArray *defects, guint x, guint y)
{
  for (guint i = 0; i < defects->len; i++)
    {
      const Defect *other = &g_array_index (defects, Defect, i);

      if (ABS ((gint) other->x - (gint) x) < MIN_DEFECT_DISTANCE
          && ABS ((gint) other->y - (gint) y) < MIN_DEFECT_DISTANCE)
        return FALSE;
    }
  return TRUE;
}

/* How strong a defect is, of full scale: spread over stops, from just visible to half of it. */
static gfloat
draw_amount (const CameraModel *model, GRand *random)
{
  switch (model->condition)
    {
    case CAMERA_DARK:
      return (gfloat) exp2 (g_rand_double_range (random, -10, -8));
    case CAMERA_OUTERMOST:
      return 1500 / 4095.0f;
    case CAMERA_CLUSTERS:
    case CAMERA_PAIRS:
    case CAMERA_LINES:
    case CAMERA_NIGHTS:
    case CAMERA_DECADES:
    case CAMERA_DARK_CURRENT:
      return (gfloat) exp2 (g_rand_double_range (random, -3.5, -0.5));
    default:
      return (gfloat) exp2 (g_rand_double_range (random, -5, -0.5));
    }
}

/* Two thirds hot, from faint to strong; the others stuck or dead. Only what is hot depends on the
 * exposure. */
static DefectKind
kind_of_group (const CameraModel *model, guint group)
{
  switch (model->condition)
    {
    case CAMERA_DARK:
    case CAMERA_NIGHTS:
    case CAMERA_DECADES:
    case CAMERA_DARK_CURRENT:
      return DEFECT_HOT;
    case CAMERA_OUTERMOST:
      return group % 2 == 0 ? DEFECT_HOT : DEFECT_DEAD;
    default:
      return group % 6 == 4 ? DEFECT_STUCK : group % 6 == 5 ? DEFECT_DEAD : DEFECT_HOT;
    }
}

static void
draw_place (const CameraModel *model, GRand *random, guint group, guint *x, guint *y)
{
  *x = (guint) g_rand_int_range (random, 0, (gint32) model->width);
  *y = (guint) g_rand_int_range (random, 0, (gint32) model->height);
  if (model->condition != CAMERA_OUTERMOST)
    return;
  if (group / 2 % 2 == 0)
    *y = group / 4 % 2 == 0 ? 0 : model->height - 1;
  else
    *x = group / 4 % 2 == 0 ? 0 : model->width - 1;
}

/* Photosites of the group beside its first one: neighbours of a cluster in a chain, or one that two
 * or three pixels part from it. */
static void
add_neighbours (GArray *defects, const CameraModel *model, GRand *random)
{
  Defect defect = g_array_index (defects, Defect, defects->len - 1);
  guint n = model->condition == CAMERA_CLUSTERS
                ? (guint) g_rand_int_range (random, 1, MOST_IN_CLUSTER)
                : model->condition == CAMERA_PAIRS;
  guint step = model->condition == CAMERA_PAIRS ? (guint) g_rand_int_range (random, 2, 4) : 1;

  for (guint i = 0; i < n; i++)
    {
      if (g_rand_boolean (random))
        defect.x = defect.x + step < model->width ? defect.x + step : defect.x - step;
      else
        defect.y = defect.y + step < model->height ? defect.y + step : defect.y - step;
      if (defect.kind == DEFECT_HOT)
        defect.amount = draw_amount (model, random);
      g_array_append_val (defects, defect);
    }
}

/* Not the first photo: a defect would then always be there. */
static void
draw_firsts (GArray *defects, const CameraModel *model)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (model->seed + 2);

  for (guint i = 0; i < defects->len; i++)
    if (g_rand_boolean (random))
      g_array_index (defects, Defect, i).first
          = (guint) g_rand_int_range (random, 1, (gint32) model->growth);
}

GArray *
planting_draw_defects (const CameraModel *model)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (model->seed);
  GArray *defects = g_array_new (FALSE, FALSE, sizeof (Defect));

  for (guint group = 0; group < model->n_defects;)
    {
      Defect defect = { .group = group, .kind = kind_of_group (model, group) };

      draw_place (model, random, group, &defect.x, &defect.y);
      if (!is_apart (defects, defect.x, defect.y))
        continue;
      defect.amount = draw_amount (model, random);
      g_array_append_val (defects, defect);
      add_neighbours (defects, model, random);
      group++;
    }
  if (model->growth > 1)
    draw_firsts (defects, model);
  return defects;
}

/* Two whole columns and two that begin in the midst, hot and dead ones of each. */
GArray *
planting_draw_lines (const CameraModel *model)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (model->seed + 1);
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (DefectLine));

  for (guint i = 0; i < 4 && model->condition == CAMERA_LINES; i++)
    {
      guint quarter = model->width / 4;
      DefectLine line
          = { .x = i * quarter + (guint) g_rand_int_range (random, 8, (gint32) quarter - 8),
              .kind = i % 2 == 0 ? DEFECT_HOT : DEFECT_DEAD,
              .amount = (gfloat) g_rand_double_range (random, 0.03, 0.15),
              .end_y = model->height };

      if (i >= 2)
        line.first_y = (guint) g_rand_int_range (random, (gint32) model->height / 5,
                                                 (gint32) model->height * 4 / 5);
      g_array_append_val (lines, line);
    }
  return lines;
}
