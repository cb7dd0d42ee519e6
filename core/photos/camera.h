/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The camera body that took a photo, as far as its EXIF tells: the pixels of one body's sensor
 * say nothing of another's.
 *
 *   g_autoptr (HotpixCamera) camera = hotpix_camera_new_from_exif (exif, length);
 *   if (!hotpix_camera_may_be (camera, body))
 *     leave the photo out;
 *
 * Each field may be NULL (not told). A camera is immutable and may be read by several threads.
 */
typedef struct
{
  gchar *make;   /* Exif tag 0x010f */
  gchar *model;  /* Exif tag 0x0110 */
  gchar *serial; /* Exif tag 0xa431, or the maker note's serial number where libexif knows it */
} HotpixCamera;

/* Copies the strings, without the blanks around them; NULL or empty means not told.
 * Returns (transfer full): a camera, or NULL when nothing at all is told. */
HotpixCamera *hotpix_camera_new (const gchar *make, const gchar *model, const gchar *serial);

/* exif: `length` bytes of an Exif block, with or without its leading "Exif\0\0"; borrowed.
 * Broken blocks are read as far as they make sense, for a photo is no worse for them. Returns
 * (transfer full): a camera, or NULL when it tells nothing. */
HotpixCamera *hotpix_camera_new_from_exif (const guint8 *exif, gsize length);

void hotpix_camera_free (HotpixCamera *camera);

/* Whether a photo by `camera` may be one by `body`: each field that it tells is the body's. A
 * NULL camera tells nothing and so may be any. Not symmetric: where the body has no serial
 * number, a camera that has one may be another of the same model. */
gboolean hotpix_camera_may_be (const HotpixCamera *camera, const HotpixCamera *body);

/* An order over cameras, NULL first, that depends on nothing but their fields. 0 when equal. */
gint hotpix_camera_compare (const HotpixCamera *a, const HotpixCamera *b);

/* Returns (transfer full): words such as "NIKON D70, serial 2001f1c0"; "a camera that its EXIF
 * does not tell" for NULL. */
gchar *hotpix_camera_describe (const HotpixCamera *camera);

/* Which bodies' photos a user wants of a set. */
typedef enum
{
  HOTPIX_CAMERA_MOST, /* only the body that took most frames */
  HOTPIX_CAMERA_ANY,  /* every body */
} HotpixCameraChoice;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixCamera, hotpix_camera_free)

G_END_DECLS
