/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/camera.h"
#include "photos/shot.h"

G_BEGIN_DECLS

/* A photo's EXIF: how it was taken, and how it was changed since.
 *
 *   g_autoptr (HotpixExif) exif = hotpix_exif_new (block, length);
 *   if (exif->digital_zoom > 1)
 *     leave_out (frame);
 *
 * Texts are clean UTF-8, or NULL where unknown; numbers are 0 where unknown. An
 * Exif is immutable and may be read by several threads. */
typedef struct
{
  HotpixCamera *camera; /* nullable */
  HotpixShot *shot;     /* how it was shot */

  gdouble digital_zoom; /* factor; 1 or less is none */

  gchar *software; /* tag 0x0131: the camera's firmware, or a program that saved it */
  gchar *processing_software; /* tag 0x000b: a program that worked on it */
  guint custom_rendered;      /* tag 0xa401: 0 is ordinary; phones have numbers of their own */
  gboolean is_screenshot;     /* of a screen, by its comment */
} HotpixExif;

/* block: `length` bytes of an Exif block, with or without its leading "Exif\0\0"; borrowed,
 * nullable. Broken blocks are read as far as they make sense: the photo itself is no worse for them.
 * Returns (transfer full): an Exif, which may have nothing in it. */
HotpixExif *hotpix_exif_new (const guint8 *block, gsize length);

void hotpix_exif_free (HotpixExif *exif);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HotpixExif, hotpix_exif_free)

G_END_DECLS
