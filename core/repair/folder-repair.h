/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "defects/listed-defects.h"
#include "photos/exif.h"

G_BEGIN_DECLS

/* Repairs JPEG files into a folder, several at once: see jpeg-repair.h. A file has its photo's name,
 * mode and times. A photo that shows no damage is written byte for byte. Each thread holds one photo.
 *
 *   g_autoptr (GPtrArray) photos = hotpix_folder_repair_photos_new ();
 *   HotpixFolderRepair options = { .listed = listed, .folder = "fixed" };
 *   hotpix_folder_repair_add (photos, "IMG_0001.JPG");
 *   if (hotpix_folder_repair_run (photos, &options, NULL, NULL, &error))
 *     show (g_ptr_array_index (photos, 0));
 */
typedef struct
{
  gchar *path;
  gchar *
      reason; /* why it is left out and written nowhere, as words that can follow its name; NULL
                     * where it was written */
  guint n_repaired; /* defects */
} HotpixRepairedPhoto;

/* Finds the defects of the camera that took a photo, where photos of several cameras are repaired. Several
 * threads call it at once. Returns (transfer full), or NULL with words that can follow the photo's
 * name. */
typedef HotpixListedDefects *(*HotpixRepairChoice) (const HotpixExif *exif, guint width,
                                                    guint height, gpointer user_data,
                                                    GError **error);

typedef struct
{
  const HotpixListedDefects
      *listed;               /* the defects of all photos; NULL where choose finds them */
  HotpixRepairChoice choose; /* NULL where they are listed */
  gpointer user_data;        /* for choose */
  const gchar *folder;       /* made where it is missing */
  gboolean overwrite; /* what the folder holds under a photo's name; never a photo itself */
  HotpixCameraChoice
      camera;    /* by HOTPIX_CAMERA_MOST only photos that may be by the list's body */
  guint threads; /* 0 for one a processor */
} HotpixFolderRepair;

/* Called on the calling thread, a few times a second. Returns FALSE to stop. */
typedef gboolean (*HotpixRepairProgress) (gdouble fraction, gpointer user_data);

/* Returns (transfer full): an array of HotpixRepairedPhoto, without any. */
GPtrArray *hotpix_folder_repair_photos_new (void);

void hotpix_folder_repair_add (GPtrArray *photos, const gchar *path);

/* photos: gets what became of each. progress: nullable.
 * Fails with HOTPIX_ERROR_WRITE where the folder or a file in it cannot be written, or with
 * HOTPIX_ERROR_CANCELLED; the files that are there then are whole. */
gboolean hotpix_folder_repair_run (GPtrArray *photos, const HotpixFolderRepair *options,
                                   HotpixRepairProgress progress, gpointer user_data,
                                   GError **error);

/* Why a file that is no JPEG is not repaired, as words that can follow its name. The string is static. */
const gchar *hotpix_folder_repair_no_jpeg (void);

/* Why a photo of that size and camera is not to be repaired by the list, as words that can follow its
 * name; NULL where it is. camera: nullable. Returns (transfer full). */
gchar *hotpix_folder_repair_check (const HotpixListedDefects *listed, guint width, guint height,
                                   const HotpixCamera *camera, HotpixCameraChoice choice);

G_END_DECLS
