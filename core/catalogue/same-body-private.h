/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/connection-private.h"
#include "defects/defect.h"
#include "photos/camera.h"

G_BEGIN_DECLS

/* Which camera of a catalogue a survey is of. Cameras of the same make, model, serial number and lens are one
 * where there is a serial number. Without one they can be several bodies, which their defects tell apart: two
 * places in common by chance are one in thousands, and none in common are two sensors'.
 *
 *   HotpixBodyClues clues = { camera, contents, defects };
 *   if (!hotpix_same_body_find (connection, &clues, &id, &error))
 *     give_up ();
 */
typedef struct
{
  const HotpixCamera *camera; /* nullable; what the photos tell of it */
  const GPtrArray *contents;  /* of gchar *, the photos' digests; NULL where one is unknown */
  const HotpixDefects *defects;
} HotpixBodyClues;

/* In a transaction; the camera is added where it is none of the known ones. id: out.
 * Fails as hotpix_connection_execute() does. */
gboolean hotpix_same_body_find (HotpixConnection *connection, const HotpixBodyClues *clues,
                                gint64 *id, GError **error);

/* What the catalogue calls a place of this kind: "pixel", "column" or "row". The string is static. */
const gchar *hotpix_same_body_extent (HotpixDefectKind kind);

G_END_DECLS
