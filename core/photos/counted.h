/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame.h"

G_BEGIN_DECLS

/* The photos that sums were made of: what is told of each, and whether another is one of them.
 *
 *   if (!hotpix_counted_have (counted, frame))
 *     hotpix_counted_add_frame (counted, frame);
 *
 * Only one thread at a time may use them. */
typedef struct HotpixCounted HotpixCounted;

/* What is not known of a photo is NULL or 0. */
typedef struct
{
  gchar *name;         /* the file's, without its folder; in the file system's encoding */
  gchar *digest;       /* hotpix_frame_get_digest() */
  guint64 fingerprint; /* HotpixFrame's */
  HotpixCamera *camera;
  HotpixShot *shot; /* never NULL */
} HotpixCountedPhoto;

HotpixCounted *hotpix_counted_new (void);

/* NULL-safe. */
void hotpix_counted_free (HotpixCounted *counted);

/* photo: transfer full, allocated by g_malloc(), as are its strings. */
void hotpix_counted_add (HotpixCounted *counted, HotpixCountedPhoto *photo);

/* Of a frame that is not open. */
void hotpix_counted_add_frame (HotpixCounted *counted, HotpixFrame *frame);

/* Adds those of `other` as well. */
void hotpix_counted_add_all (HotpixCounted *counted, const HotpixCounted *other);

guint hotpix_counted_get_length (const HotpixCounted *counted);

/* In the order in which they were added. Owned by `counted`. */
const HotpixCountedPhoto *hotpix_counted_get (const HotpixCounted *counted, guint index);

/* In one order for the same photos, however they came together: by date, then by digest. */
void hotpix_counted_sort (HotpixCounted *counted);

/* Whether a frame, which is not open, is one of them. Its file is read only where the fingerprint is that of one
 * of them, or where it has none. */
gboolean hotpix_counted_have (const HotpixCounted *counted, HotpixFrame *frame);

/* The same of a photo of which the digest is known; FALSE for NULL. */
gboolean hotpix_counted_have_digest (const HotpixCounted *counted, const gchar *digest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixCounted, hotpix_counted_free)

G_END_DECLS
