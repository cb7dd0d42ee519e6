/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "turned-places.h"

/* What becomes of a stored picture (Exif 2.32, tag 0x0112): first it is mirrored, then its columns are
 * changed for its rows. */
typedef struct
{
  gboolean mirrors_columns, mirrors_rows, swaps;
} Turn;

static const Turn turns[HOTPIX_LAST_ORIENTATION + 1] = {
  [1] = { FALSE, FALSE, FALSE }, [2] = { TRUE, FALSE, FALSE }, [3] = { TRUE, TRUE, FALSE },
  [4] = { FALSE, TRUE, FALSE },  [5] = { FALSE, FALSE, TRUE }, [6] = { FALSE, TRUE, TRUE },
  [7] = { TRUE, TRUE, TRUE },    [8] = { TRUE, FALSE, TRUE },
};

gboolean
hotpix_turned_places_are_swapped (guint orientation)
{
  return turns[orientation].swaps;
}

void
hotpix_turned_places_turn_place (guint orientation, guint stored_width, guint stored_height,
                                 guint *x, guint *y)
{
  const Turn *turn = &turns[orientation];
  guint column = turn->mirrors_columns ? stored_width - 1 - *x : *x;
  guint row = turn->mirrors_rows ? stored_height - 1 - *y : *y;

  *x = turn->swaps ? row : column;
  *y = turn->swaps ? column : row;
}

HotpixListedDefects *
hotpix_turned_places_new (const HotpixListedDefects *listed, guint orientation, guint width,
                          guint height)
{
  const Turn *turn = &turns[orientation];
  guint stored_width = turn->swaps ? height : width,
        stored_height = turn->swaps ? width : height;
  HotpixListedDefects *turned = g_new0 (HotpixListedDefects, 1);

  turned->width = width;
  turned->height = height;
  turned->camera = g_strdup (listed->camera);
  turned->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  for (guint i = 0; i < listed->list->len; i++)
    {
      HotpixDefect defect = g_array_index (listed->list, HotpixDefect, i);

      if (defect.x >= stored_width || defect.y >= stored_height)
        continue;
      hotpix_turned_places_turn_place (orientation, stored_width, stored_height, &defect.x,
                                       &defect.y);
      g_array_append_val (turned->list, defect);
    }
  return turned;
}

/* A line lies from its place on, down or to the right. */
static void
turn_defect (const Turn *turn, const HotpixShape *stored, HotpixDefect *defect)
{
  guint right = defect->kind == HOTPIX_DEFECT_ROW ? defect->length - 1 : 0;
  guint down = defect->kind == HOTPIX_DEFECT_COLUMN ? defect->length - 1 : 0;
  guint x = turn->mirrors_columns ? stored->width - 1 - defect->x - right : defect->x;
  guint y = turn->mirrors_rows ? stored->height - 1 - defect->y - down : defect->y;

  defect->x = turn->swaps ? y : x;
  defect->y = turn->swaps ? x : y;
  if (turn->swaps && defect->kind == HOTPIX_DEFECT_COLUMN)
    defect->kind = HOTPIX_DEFECT_ROW;
  else if (turn->swaps && defect->kind == HOTPIX_DEFECT_ROW)
    defect->kind = HOTPIX_DEFECT_COLUMN;
}

HotpixDefects *
hotpix_turned_places_turn (const HotpixDefects *defects, guint orientation)
{
  const Turn *turn = &turns[orientation];
  HotpixDefects *turned = g_new0 (HotpixDefects, 1);

  *turned = *defects;
  turned->list = g_array_copy (defects->list);
  turned->warning = g_strdup (defects->warning);
  if (turn->swaps)
    {
      turned->shape.width = defects->shape.height;
      turned->shape.height = defects->shape.width;
    }
  for (guint i = 0; i < turned->list->len; i++)
    turn_defect (turn, &defects->shape, &g_array_index (turned->list, HotpixDefect, i));
  return turned;
}
