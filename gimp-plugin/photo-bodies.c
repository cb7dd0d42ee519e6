/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo-bodies.h"
#include "photo-names.h"
#include "photos/frame-makers.h"

#include <string.h>

/* Each takes about a fifth of a millisecond, and a user waits. */
#define MOST_PHOTOS 1000

/* Bodies with more photos come first, and of equal numbers by their words. */
static gint
compare_bodies (gconstpointer a, gconstpointer b, gpointer counts)
{
  const gchar *p = *(const gchar *const *) a, *q = *(const gchar *const *) b;
  guint n_p = GPOINTER_TO_UINT (g_hash_table_lookup (counts, p));
  guint n_q = GPOINTER_TO_UINT (g_hash_table_lookup (counts, q));

  return n_p != n_q ? (n_p < n_q) - (n_p > n_q) : strcmp (p, q);
}

static void
count_body (const HotpixFrame *frame, GHashTable *counts, GPtrArray *bodies)
{
  const HotpixCamera *camera = hotpix_frame_get_camera (frame);
  gchar *words;
  guint n;

  if (camera == NULL)
    return;
  words = hotpix_camera_describe (camera);
  n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, words));
  if (n == 0)
    g_ptr_array_add (bodies, g_strdup (words));
  g_hash_table_insert (counts, words, GUINT_TO_POINTER (n + 1));
}

GPtrArray *
photo_bodies_find (const gchar *const *names)
{
  GPtrArray *bodies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) paths
      = names != NULL ? photo_names_expand (names, g_strv_length ((gchar **) names), NULL)
                      : NULL;

  for (guint i = 0; paths != NULL && i < MIN (paths->len, MOST_PHOTOS); i++)
    {
      g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

      hotpix_frame_makers_add_file (NULL, set, paths->pdata[i]);
      for (guint k = 0; k < hotpix_frame_set_get_length (set); k++)
        if (hotpix_frame_set_get_frame (set, k) != NULL)
          count_body (hotpix_frame_set_get_frame (set, k), counts, bodies);
    }
  g_ptr_array_sort_with_data (bodies, compare_bodies, counts);
  return bodies;
}
