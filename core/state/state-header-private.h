/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/counted.h"

#include <fitsio.h>

G_BEGIN_DECLS

/* What a state's primary header tells of the sums: docs/state-file.md describes each word. */
typedef struct
{
  HotpixShape shape;
  guint n_frames;
  gboolean any_body;
  HotpixCamera *body; /* owned, nullable */
} HotpixStateHeader;

/* fits: at its primary HDU, which is empty. counted: for the range of dates, exposures and ISO.
 * status: cfitsio's; nothing is done where it is not 0. */
void hotpix_state_header_write (const HotpixStateHeader *header, const HotpixCounted *counted,
                                fitsfile *fits, gint *status);

/* Of the file's primary HDU, at which it then is. The header must be empty, and is only filled on success.
 * Fails with HOTPIX_ERROR_FORMAT where the file is no state, HOTPIX_ERROR_UNSUPPORTED where it is one of another
 * version or of another kind of evidence, or HOTPIX_ERROR_DAMAGED where it tells what cannot be; in words that
 * can follow the file's name. */
gboolean hotpix_state_header_read (HotpixStateHeader *header, fitsfile *fits, GError **error);

void hotpix_state_header_clear (HotpixStateHeader *header);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HotpixStateHeader, hotpix_state_header_clear)

/* Cards of the current HDU whose values hotpix_fits_sums_set() fills in. */
void hotpix_state_header_reserve_sums (fitsfile *fits, gint *status);

/* A text as FITS can have it, in printable ASCII: other bytes and % as %XX.
 * text: nullable. Returns (transfer full), "" for NULL. */
gchar *hotpix_state_text_escape (const gchar *text);

/* The reverse; NULL for what is empty or has a byte 0 in it. */
gchar *hotpix_state_text_unescape (const gchar *text);

G_END_DECLS
