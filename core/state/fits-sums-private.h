/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The checksums of a FITS file's HDUs, without cfitsio: a file is checked before that library interprets
 * anything in it, and each byte is read once.
 *
 * DATASUM is the sum in ones' complement of the data's 32-bit words, and CHECKSUM makes that of the whole
 * HDU all ones: appendix J of the FITS standard 4.0, after Seaman, Pence and Rots. */

/* A card as it stands in a header until its checksum is known. */
#define HOTPIX_FITS_NO_DATASUM "0         "
#define HOTPIX_FITS_NO_CHECKSUM "0000000000000000"

/* file: a descriptor that can be read at any place; its own place is not changed.
 * Returns TRUE where the file is whole HDUs, one after the other to its end, each with both words and these
 * right. Else FALSE with HOTPIX_ERROR_FORMAT (it is no FITS file), HOTPIX_ERROR_DAMAGED, or
 * HOTPIX_ERROR_READ, in words that can follow the file's name. */
gboolean hotpix_fits_sums_check (gint file, GError **error);

/* Puts both words of each HDU right. Each header must have the cards of both already.
 * file: can be read and written.
 * Returns 0, or an errno; EINVAL where the file is not of whole HDUs that have the cards. */
gint hotpix_fits_sums_set (gint file);

G_END_DECLS
