/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The bytes of a profile that stands in a PNG as text: its name, its length and its bytes in hexadecimal,
 * with line breaks between. ImageMagick and others kept Exif blocks so before PNG had a chunk for them.
 * Returns (transfer full), or NULL where the text is no whole profile. */
GBytes *hotpix_profile_text_decode (const gchar *text);

G_END_DECLS
