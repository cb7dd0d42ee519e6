/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detect/looks-private.h"

G_BEGIN_DECLS

/* Why defects cannot be told from what else is at the same place in all photos.
 *
 *   g_autoptr (HotpixLooks) looks = hotpix_looks_new (accumulator, 0, &error);
 *   if (looks != NULL && hotpix_trouble_find (looks) == HOTPIX_TROUBLE_ALIKE)
 *     give_up ();
 */
typedef enum
{
  HOTPIX_TROUBLE_NONE,
  HOTPIX_TROUBLE_ALIKE, /* the scenes are alike: the means differ more over the picture than a
                             sample does from photo to photo */
  HOTPIX_TROUBLE_FIXED, /* the scenes differ, and yet much of the picture has the same details, or very
                           many places stand out */
} HotpixTrouble;

HotpixTrouble hotpix_trouble_find (const HotpixLooks *looks);

G_END_DECLS
