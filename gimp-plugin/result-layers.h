/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"

G_BEGIN_DECLS

/* The layers that this plug-in has made, known by a parasite that GIMP saves with them: they are no
 * photos. */
typedef enum
{
  RESULT_LAYER_FOUND, /* marks, and what belongs to them: a later run replaces them */
  RESULT_LAYER_KEPT,  /* repaired pixels, and the mean of photos */
} ResultLayer;

void result_layers_tag (HostLayer layer, ResultLayer kind);

gboolean result_layers_is_one (HostLayer layer);

/* Whether any layer of the image is one. */
gboolean result_layers_has_any (HostImage image);

/* Removes what an earlier run has found from an image. */
void result_layers_remove_found (HostImage image);

/* The layer that the user works on, if it may be a photo, else the topmost that may be; HOST_NONE where
 * there is none. Groups are none. */
HostLayer result_layers_find_photo (HostImage image);

/* How many layers may be photos, those in groups, too. hidden: whether hidden layers count. */
guint result_layers_count_photos (HostImage image, gboolean hidden);

/* Calls visit for each of them, the topmost first. */
typedef void (*ResultLayersVisit) (HostLayer layer, gpointer user_data);
void result_layers_visit_photos (HostImage image, gboolean hidden, ResultLayersVisit visit,
                                 gpointer user_data);

G_END_DECLS
