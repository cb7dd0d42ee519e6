/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* libjpeg called plainly, all rows at once and whatever it warns of: what the core's reader should
 * yield. size: out; the length of the rows in bytes. To be freed by g_free(). */
guint8 *jpeg_decode_plainly (GBytes *jpeg, gsize *size);

G_END_DECLS
