/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "buffer-repair.h"
#include "gimp-compat.h"

G_BEGIN_DECLS

/* How the picture in a layer is turned against the photo that the camera stored, in which the places of
 * defects are told. GIMP turns a photo by its EXIF when it loads it, unless the user does not want that,
 * and does not say so afterwards; and users turn pictures. */
typedef struct
{
  guint orientation;    /* EXIF's, by which the stored picture becomes this one; 1 for none */
  gboolean is_expected; /* as stored, or as the photo's own file says */
} ImageTurn;

/* Finds it by the damage of the defects: as stored or as the image's own file says, unless another way
 * shows clearly more damage.
 * buffer: the layer's. turn: out.
 * Returns (transfer full): the layer repaired with the places turned; or NULL with
 * HOTPIX_ERROR_ARGUMENT, where the list's size fits in no way, or HOTPIX_ERROR_UNSUPPORTED (an
 * empty buffer). */
HotpixBufferRepair *image_turn_find (HostImage image, GeglBuffer *buffer,
                                     const HotpixListedDefects *listed, ImageTurn *turn,
                                     GError **error);

/* For a user to know, where the turn is not the expected one: a sentence. */
const gchar *image_turn_words (void);

G_END_DECLS
