/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text field of a photo, fit to show and compare: valid UTF-8 without control characters and
 * without blanks around it.
 * text: nullable. Returns (transfer full), or NULL where nothing is left. */
gchar *hotpix_clean_text (const gchar *text);

G_END_DECLS
