/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/detection-memory-private.h"
#include "detect/passed-private.h"

/* A JPEG's blocks ring around a strong defect: 8 pixels of one, and 16 in colour where that is
 * stored at half the resolution. An echo has less than these shares of the strong one's contrast:
 * in any channel, in luma inside such a block, and in luma where only colour can ring. */
#define ECHO_REACH 14
#define ECHO_CONTRAST 0.35
#define ECHO_NEAR_REACH 7
#define ECHO_NEAR_LUMA 0.2
#define ECHO_FAR_LUMA 0.12

/* Cells of a grid by which those near a place are found. */
#define CELL_SIZE 16
#define NONE G_MAXUINT
#define FIRST_ROOM 64

typedef struct
{
  HotpixCandidate candidate;
  guint next; /* another one of the same cell, or NONE */
} Item;

struct HotpixPassed
{
  HotpixShape shape;
  Item *items;
  guint n_items;
  guint room;
  guint *cells; /* the last one that was added in each cell, or NONE */
  guint columns, rows;
};

HotpixPassed *
hotpix_passed_new (const HotpixShape *shape, GError **error)
{
  g_autoptr (HotpixPassed) self = g_new0 (HotpixPassed, 1);
  gsize n_cells;

  self->shape = *shape;
  self->columns = (shape->width - 1) / CELL_SIZE + 1;
  self->rows = (shape->height - 1) / CELL_SIZE + 1;
  n_cells = (gsize) self->columns * self->rows;
  self->cells = g_try_new (guint, n_cells);
  if (self->cells == NULL)
    {
      hotpix_detection_memory_fail (&self->shape, error);
      return NULL;
    }
  for (gsize i = 0; i < n_cells; i++)
    self->cells[i] = NONE;
  return g_steal_pointer (&self);
}

void
hotpix_passed_free (HotpixPassed *self)
{
  if (self == NULL)
    return;
  g_free (self->items);
  g_free (self->cells);
  g_free (self);
}

gboolean
hotpix_passed_add (HotpixPassed *self, const HotpixCandidate *candidate, GError **error)
{
  guint *cell = &self->cells[(gsize) (candidate->defect.y / CELL_SIZE) * self->columns
                             + candidate->defect.x / CELL_SIZE];

  if (self->n_items == self->room)
    {
      guint room = MAX (2 * self->room, FIRST_ROOM);
      Item *items = g_try_renew (Item, self->items, room);

      if (items == NULL)
        return hotpix_detection_memory_fail (&self->shape, error);
      self->items = items;
      self->room = room;
    }
  self->items[self->n_items] = (Item){ *candidate, *cell };
  *cell = self->n_items++;
  return TRUE;
}

guint
hotpix_passed_get_length (const HotpixPassed *self)
{
  return self->n_items;
}

const HotpixCandidate *
hotpix_passed_get (const HotpixPassed *self, guint i)
{
  return &self->items[i].candidate;
}

/* How far it is from (x, y), along the farther axis. */
static gint64
distance_to (const HotpixCandidate *candidate, gint64 x, gint64 y)
{
  return MAX (ABS (candidate->defect.x - x), ABS (candidate->defect.y - y));
}

gboolean
hotpix_passed_visit (const HotpixPassed *self, guint x, guint y, guint reach,
                     HotpixPassedVisit visit, gpointer user_data)
{
  guint right = MIN ((x + reach) / CELL_SIZE, self->columns - 1);
  guint bottom = MIN ((y + reach) / CELL_SIZE, self->rows - 1);

  for (guint row = (y - MIN (y, reach)) / CELL_SIZE; row <= bottom; row++)
    for (guint column = (x - MIN (x, reach)) / CELL_SIZE; column <= right; column++)
      for (guint i = self->cells[(gsize) row * self->columns + column]; i != NONE;
           i = self->items[i].next)
        if (distance_to (&self->items[i].candidate, x, y) <= reach
            && visit (i, &self->items[i].candidate, user_data))
          return TRUE;
  return FALSE;
}

static gboolean
is_there (guint i, const HotpixCandidate *candidate, gpointer user_data)
{
  return TRUE;
}

gboolean
hotpix_passed_is_near (const HotpixPassed *self, guint x, guint y, guint reach)
{
  return hotpix_passed_visit (self, x, y, reach, is_there, NULL);
}

/* user_data: the weak one. */
static gboolean
is_echo_of (guint i, const HotpixCandidate *strong, gpointer user_data)
{
  const HotpixCandidate *weak = user_data;
  gint64 distance = distance_to (strong, weak->defect.x, weak->defect.y);
  gdouble luma_share = distance <= ECHO_NEAR_REACH ? ECHO_NEAR_LUMA : ECHO_FAR_LUMA;

  return weak->largest < ECHO_CONTRAST * strong->largest
         && weak->luma < luma_share * strong->luma;
}

gboolean
hotpix_passed_echoes (const HotpixPassed *self, const HotpixCandidate *candidate)
{
  HotpixCandidate weak = *candidate;

  return hotpix_passed_visit (self, weak.defect.x, weak.defect.y, ECHO_REACH, is_echo_of,
                              &weak);
}
