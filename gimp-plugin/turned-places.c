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
      guint x = turn->mirrors_columns ? stored_width - 1 - defect.x : defect.x;
      guint y = turn->mirrors_rows ? stored_height - 1 - defect.y : defect.y;

      if (defect.x >= stored_width || defect.y >= stored_height)
        continue;
      defect.x = turn->swaps ? y : x;
      defect.y = turn->swaps ? x : y;
      g_array_append_val (turned->list, defect);
    }
  return turned;
}
