/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/camera.h"

G_BEGIN_DECLS

/* What a photo's EXIF tells of how it was taken and of what has become of it since.
 *
 *   g_autoptr (HotpixExif) exif = hotpix_exif_new (block, length);
 *   if (exif->digital_zoom > 1)
 *     leave_out (frame);
 *
 * Texts are clean UTF-8, or NULL where they are not told; numbers are 0 where they are not told. An
 * Exif is immutable and may be read by several threads. */
typedef struct
{
  HotpixCamera *camera; /* nullable */

  gdouble exposure_time; /* seconds */
  guint iso;
  gdouble digital_zoom; /* how many times; 1 or less is none */
  guint orientation;    /* 1 to 8; 1 is as stored */

  gchar *software; /* tag 0x0131: the camera's firmware, or a program that saved it */
  gchar *processing_software; /* tag 0x000b: a program that worked on it */
  guint custom_rendered;      /* tag 0xa401: 0 is ordinary; phones have numbers of their own */
  gboolean is_screenshot;     /* of a screen, by its comment */
} HotpixExif;

/* block: `length` bytes of an Exif block, with or without its leading "Exif\0\0"; borrowed,
 * nullable. Broken blocks are read as far as they make sense, for a photo is no worse for them.
 * Returns (transfer full): an Exif, all of it not told where nothing is. */
HotpixExif *hotpix_exif_new (const guint8 *block, gsize length);

void hotpix_exif_free (HotpixExif *exif);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixExif, hotpix_exif_free)

G_END_DECLS
