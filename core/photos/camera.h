/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The camera body that took a photo, as far as it is known: the defects of one body say nothing about
 * another's. A phone has several sensors, each behind its own lens, so there the lens is part of the
 * camera.
 *
 *   if (!hotpix_camera_may_be_same (camera, body))
 *     leave_out (frame);
 *
 * Each field may be NULL or 0 (unknown). A camera is immutable and may be read by several threads. */
typedef struct
{
  gchar *make;   /* Exif tag 0x010f */
  gchar *model;  /* Exif tag 0x0110 */
  gchar *serial; /* Exif tag 0xa431, or the maker note's serial number where libexif knows it */
  gchar *lens;   /* Exif tag 0xa434, of a phone and the like; NULL where lenses are changed */
  guint micrometres; /* a phone's focal length, Exif tag 0x920a; 0 where unknown */
} HotpixCamera;

/* Copies the strings, without the blanks around them; NULL or empty means unknown.
 * Returns (transfer full): a camera, or NULL when nothing is known. */
HotpixCamera *hotpix_camera_new (const gchar *make, const gchar *model, const gchar *serial);

/* The same with the lens that it had on, which is part of the camera where lenses are not
 * changed: where the make is a phone's, or where there is no serial number and the maker is none
 * of cameras with interchangeable lenses.
 * lens: its name, nullable. focal_length: mm, or 0; only a phone's is kept, for others zoom. */
HotpixCamera *hotpix_camera_new_with_lens (const gchar *make, const gchar *model,
                                           const gchar *serial, const gchar *lens,
                                           gdouble focal_length);

/* Returns (transfer full); NULL for one that tells nothing. */
HotpixCamera *hotpix_camera_copy (const HotpixCamera *camera);

void hotpix_camera_free (HotpixCamera *camera);

/* Whether two photos may be from one body: no field that both have differs. A NULL camera is unknown,
 * and so may be any. Symmetric, but not transitive: a photo without a serial number may be
 * from either of two bodies. */
gboolean hotpix_camera_may_be_same (const HotpixCamera *a, const HotpixCamera *b);

/* Takes over from another that may be the same what the camera does not tell. Only pointers are taken: the
 * camera is one on the stack, of borrowed fields.
 * Returns whether there was anything. */
gboolean hotpix_camera_learn (HotpixCamera *camera, const HotpixCamera *other);

/* An order over cameras, NULL first, that depends only on their fields. 0 when equal. */
gint hotpix_camera_compare (const HotpixCamera *a, const HotpixCamera *b);

/* Returns (transfer full): words such as "NIKON D70, serial 2001f1c0", or "an unidentified camera"
 * for NULL; English, as in lists. */
gchar *hotpix_camera_describe (const HotpixCamera *camera);

/* Which bodies' photos count in a set. */
typedef enum
{
  HOTPIX_CAMERA_MOST, /* only the body that took most frames */
  HOTPIX_CAMERA_ANY,  /* every body */
} HotpixCameraChoice;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixCamera, hotpix_camera_free)

G_END_DECLS
