/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/history.h"
#include "detect/detector.h"
#include "simulated-camera.h"

G_BEGIN_DECLS

/* Photos by a simulated camera in a folder of their own, and what the detector finds in some of
 * them. */
typedef struct CameraSession CameraSession;

/* Takes the photos 0 to n_photos - 1, on all cores. camera: borrowed. folder: nullable; one that stays, in
 * which those that are there are not taken again. */
CameraSession *camera_session_new (const SimulatedCamera *camera, guint n_photos,
                                   const gchar *folder);

/* Returns (transfer full): the paths of the first n photos. */
gchar **camera_session_list_photos (const CameraSession *session, guint n);

/* What the camera's planted defects do in the first n_photos photos, to be freed by g_free(): photo by photo
 * of the first defect, then of the next. */
HotpixObservation *camera_session_observe (const CameraSession *session, guint n_photos);

/* The folder goes too, unless it is to stay. NULL-safe. */
void camera_session_free (CameraSession *session);

/* Returns (transfer full): where the photo of that number is. */
gchar *camera_session_get_path (const CameraSession *session, guint number);

/* Returns (transfer full): the defects that n photos of any camera show; ends the program where they
 * cannot be told. */
HotpixDefects *camera_session_detect_files (const gchar *const *paths, guint n,
                                            gdouble threshold);

/* The same of the photos of the given numbers. */
HotpixDefects *camera_session_detect (const CameraSession *session, const guint *numbers,
                                      guint n, gdouble threshold);

/* Of the first n photos. */
HotpixDefects *camera_session_detect_first (const CameraSession *session, guint n,
                                            gdouble threshold);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CameraSession, camera_session_free)

G_END_DECLS
