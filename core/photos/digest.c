/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/digest-private.h"

#include <xxhash.h>

struct HotpixDigest
{
  XXH3_state_t *state;
};

HotpixDigest *
hotpix_digest_new (void)
{
  HotpixDigest *digest = g_new (HotpixDigest, 1);

  digest->state = XXH3_createState ();
  if (digest->state == NULL)
    g_error ("out of memory");
  (void) XXH3_128bits_reset (digest->state);
  return digest;
}

void
hotpix_digest_add (HotpixDigest *digest, gconstpointer bytes, gsize length)
{
  if (length > 0)
    (void) XXH3_128bits_update (digest->state, bytes, length);
}

gchar *
hotpix_digest_end (HotpixDigest *digest)
{
  XXH128_canonical_t canonical;
  GString *text = g_string_sized_new (HOTPIX_DIGEST_LENGTH);

  XXH128_canonicalFromHash (&canonical, XXH3_128bits_digest (digest->state));
  for (gsize i = 0; i < sizeof canonical.digest; i++)
    g_string_append_printf (text, "%02x", canonical.digest[i]);
  hotpix_digest_free (digest);
  return g_string_free (text, FALSE);
}

void
hotpix_digest_free (HotpixDigest *digest)
{
  if (digest == NULL)
    return;
  XXH3_freeState (digest->state);
  g_free (digest);
}
