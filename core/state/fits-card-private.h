/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One card of a FITS header. cfitsio ends the program on some values of another type than it expects: no card that is
 * not sound may reach it. */

#define HOTPIX_FITS_CARD 80 /* bytes, without a byte 0 behind them */

/* Whether the card is of printable ASCII and its value, if it has one, is a text, T or F, or a number, with nothing
 * behind it but a comment; and a whole number where FITS or a state's header wants one. */
gboolean hotpix_fits_card_is_sound (const gchar *card);

/* Whether it is the card of this word, with a value. */
gboolean hotpix_fits_card_is_of (const gchar *card, const gchar *keyword);

/* Its value as a whole number; 0 where it is none. */
gint64 hotpix_fits_card_number (const gchar *card);

G_END_DECLS
