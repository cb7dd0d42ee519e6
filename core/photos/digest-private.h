/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What tells photos apart by their content: XXH3 of 128 bits, as fast as memory. It is no proof against
 * somebody who makes two photos alike on purpose; of 10^6 others two are alike by chance in one of
 * 10^26 cases.
 *
 *   HotpixDigest *digest = hotpix_digest_new ();
 *   hotpix_digest_add (digest, data, length);
 *   text = hotpix_digest_end (digest);
 *
 * Only one thread at a time may use a digest. */
typedef struct HotpixDigest HotpixDigest;

#define HOTPIX_DIGEST_LENGTH 32 /* of its text */

HotpixDigest *hotpix_digest_new (void);

/* bytes: `length` of them, borrowed for the call; NULL only of none. */
void hotpix_digest_add (HotpixDigest *digest, gconstpointer bytes, gsize length);

/* digest: transfer full.
 * Returns (transfer full): what XXH128's canonical form is, HOTPIX_DIGEST_LENGTH hexadecimal digits
 * in small letters. The same bytes in other pieces give the same. */
gchar *hotpix_digest_end (HotpixDigest *digest);

void hotpix_digest_free (HotpixDigest *digest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixDigest, hotpix_digest_free)

G_END_DECLS
