/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/repeats-private.h"

static const HotpixFrame *
frame_at (const GPtrArray *frames, guint i)
{
  return g_ptr_array_index (frames, i);
}

/* How many frames have each fingerprint. */
static GHashTable *
count_fingerprints (const GPtrArray *frames)
{
  GHashTable *counts = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < frames->len; i++)
    {
      gpointer key = (gpointer) &frame_at (frames, i)->fingerprint;
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key));

      g_hash_table_insert (counts, key, GUINT_TO_POINTER (n + 1));
    }
  return counts;
}

guint *
hotpix_repeats_find (const GPtrArray *frames)
{
  g_autoptr (GHashTable) counts = count_fingerprints (frames);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint *first = g_new (guint, frames->len);

  for (guint i = 0; i < frames->len; i++)
    {
      HotpixFrame *frame = g_ptr_array_index (frames, i);
      const gchar *digest = NULL;
      gpointer before;

      first[i] = i;
      if (frame->fingerprint != 0
          && GPOINTER_TO_UINT (g_hash_table_lookup (counts, &frame->fingerprint)) > 1)
        digest = hotpix_frame_get_digest (frame);
      if (digest == NULL)
        continue;
      if (g_hash_table_lookup_extended (seen, digest, NULL, &before))
        first[i] = GPOINTER_TO_UINT (before);
      else
        g_hash_table_insert (seen, (gpointer) digest, GUINT_TO_POINTER (i));
    }
  return first;
}
