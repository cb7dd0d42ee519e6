/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/counted.h"

#include <string.h>

struct HotpixCounted
{
  GPtrArray *photos;        /* of HotpixCountedPhoto */
  GHashTable *digests;      /* of strings that the photos own */
  GHashTable *fingerprints; /* of numbers that the photos own */
  gboolean has_bare;        /* a photo without a fingerprint */
};

static void
photo_free (gpointer data)
{
  HotpixCountedPhoto *photo = data;

  g_free (photo->name);
  g_free (photo->digest);
  hotpix_camera_free (photo->camera);
  hotpix_shot_free (photo->shot);
  g_free (photo);
}

HotpixCounted *
hotpix_counted_new (void)
{
  HotpixCounted *counted = g_new0 (HotpixCounted, 1);

  counted->photos = g_ptr_array_new_with_free_func (photo_free);
  counted->digests = g_hash_table_new (g_str_hash, g_str_equal);
  counted->fingerprints = g_hash_table_new (g_int64_hash, g_int64_equal);
  return counted;
}

void
hotpix_counted_free (HotpixCounted *counted)
{
  if (counted == NULL)
    return;
  g_hash_table_unref (counted->digests);
  g_hash_table_unref (counted->fingerprints);
  g_ptr_array_unref (counted->photos);
  g_free (counted);
}

void
hotpix_counted_add (HotpixCounted *counted, HotpixCountedPhoto *photo)
{
  g_ptr_array_add (counted->photos, photo);
  if (photo->digest != NULL)
    g_hash_table_add (counted->digests, photo->digest);
  g_hash_table_add (counted->fingerprints, &photo->fingerprint);
  counted->has_bare = counted->has_bare || photo->fingerprint == 0;
}

void
hotpix_counted_add_frame (HotpixCounted *counted, HotpixFrame *frame)
{
  HotpixCountedPhoto photo = {
    .name = g_path_get_basename (frame->name),
    .digest = g_strdup (hotpix_frame_get_digest (frame)),
    .fingerprint = frame->fingerprint,
    .camera = hotpix_camera_copy (hotpix_frame_get_camera (frame)),
    .shot = hotpix_shot_copy (hotpix_frame_get_shot (frame)),
  };

  hotpix_counted_add (counted, g_memdup2 (&photo, sizeof photo));
}

void
hotpix_counted_add_all (HotpixCounted *counted, const HotpixCounted *other)
{
  for (guint i = 0; i < other->photos->len; i++)
    {
      const HotpixCountedPhoto *photo = hotpix_counted_get (other, i);
      HotpixCountedPhoto copy = {
        .name = g_strdup (photo->name),
        .digest = g_strdup (photo->digest),
        .fingerprint = photo->fingerprint,
        .camera = hotpix_camera_copy (photo->camera),
        .shot = hotpix_shot_copy (photo->shot),
      };

      hotpix_counted_add (counted, g_memdup2 (&copy, sizeof copy));
    }
}

guint
hotpix_counted_get_length (const HotpixCounted *counted)
{
  return counted->photos->len;
}

const HotpixCountedPhoto *
hotpix_counted_get (const HotpixCounted *counted, guint index)
{
  return g_ptr_array_index (counted->photos, index);
}

static gint
compare_photos (gconstpointer a, gconstpointer b)
{
  const HotpixCountedPhoto *photo_a = *(const HotpixCountedPhoto *const *) a;
  const HotpixCountedPhoto *photo_b = *(const HotpixCountedPhoto *const *) b;
  gint order = g_strcmp0 (photo_a->shot->date, photo_b->shot->date);

  if (order == 0)
    order = g_strcmp0 (photo_a->digest, photo_b->digest);
  return order != 0 ? order : g_strcmp0 (photo_a->name, photo_b->name);
}

void
hotpix_counted_sort (HotpixCounted *counted)
{
  g_ptr_array_sort (counted->photos, compare_photos);
}

gboolean
hotpix_counted_have (const HotpixCounted *counted, HotpixFrame *frame)
{
  if (counted->photos->len == 0)
    return FALSE;
  if (frame->fingerprint != 0 && !counted->has_bare
      && !g_hash_table_contains (counted->fingerprints, &frame->fingerprint))
    return FALSE;
  return hotpix_counted_have_digest (counted, hotpix_frame_get_digest (frame));
}

gboolean
hotpix_counted_have_digest (const HotpixCounted *counted, const gchar *digest)
{
  return digest != NULL && g_hash_table_contains (counted->digests, digest);
}
