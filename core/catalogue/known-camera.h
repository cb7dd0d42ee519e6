/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/catalogue.h"
#include "defects/defect.h"
#include "defects/listed-defects.h"
#include "photos/exif.h"

G_BEGIN_DECLS

/* A camera in a catalogue, with photos of one size: its defects are places in those.
 *
 *   g_autoptr (HotpixListedDefects) listed
 *       = hotpix_known_camera_find_defects (catalogue, exif, 3872, 2592, NULL, &error);
 *   if (listed != NULL)
 *     printf ("%u defects\n", listed->list->len);
 */
typedef struct
{
  gint64 id;            /* of the camera */
  HotpixCamera *camera; /* as its photos' EXIF tells it; nullable */
  guint body;           /* from 1 on, of those that EXIF does not tell apart */
  gchar *name;          /* in words: "NIKON D70, serial 2001f1c0", "DSC-H1, body 2" */
  guint width, height;
} HotpixKnownCamera;

/* part: nullable; only cameras with this in their name, or those of exactly this name where there are
 * such.
 * Returns (transfer full): an array of HotpixKnownCamera, by name, the largest photos first; with none of
 * them only where the catalogue is empty. Fails with HOTPIX_ERROR_ARGUMENT where no camera fits the part,
 * naming those that there are; or as hotpix_database_execute() does. */
GPtrArray *hotpix_known_camera_list (HotpixCatalogue *catalogue, const gchar *part,
                                     GError **error);

/* date: nullable; of the shot, as HotpixShot has it.
 * Returns (transfer full): the camera's defects with their histories, as the survey that saw each best found them, those that
 * were there at that date, as far as their history is known, the strongest first. Fails as
 * hotpix_database_execute() does. */
HotpixDefects *hotpix_known_camera_get_defects (HotpixCatalogue *catalogue,
                                                const HotpixKnownCamera *known,
                                                const gchar *date, GError **error);

/* What is known of the camera that took a photo, at the photo's date.
 *
 * exif: nullable. part: nullable; of the camera's name, where the EXIF does not tell enough.
 * Returns (transfer full), or NULL: with HOTPIX_ERROR_ARGUMENT, in words that can follow the photo's name,
 * where no camera is known that may have taken it, or several are; or as hotpix_database_execute()
 * does. Any thread may call it at any time. */
HotpixListedDefects *hotpix_known_camera_find_defects (HotpixCatalogue *catalogue,
                                                       const HotpixExif *exif, guint width,
                                                       guint height, const gchar *part,
                                                       GError **error);

/* Returns (transfer full): the shot's date, or NULL where its camera's clock was not set: before any
 * digital camera, or after tomorrow. */
gchar *hotpix_known_camera_believe_date (const HotpixShot *shot);

G_END_DECLS
