/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/exif.h"

G_BEGIN_DECLS

/* What is surely no longer what the sensor saw, by a photo's EXIF: digital zoom, several shots put
 * together, what a program saved, a screen. Whatever leaves no trace there is not known.
 *
 * exif: nullable.
 * detail: out, (transfer full); the program's name, for lists of many, or NULL.
 * Returns (transfer full): why the photo is left out, in words that can follow its name; or NULL. */
gchar *hotpix_alteration_describe (const HotpixExif *exif, gchar **detail);

/* Whether the camera processed the photo in a way that is not its ordinary one. Some phones say so of
 * all their photos, so it means something only beside others that do not. */
gboolean hotpix_alteration_is_custom (const HotpixExif *exif);

G_END_DECLS
