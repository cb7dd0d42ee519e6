/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jpeg-writer.h"

G_BEGIN_DECLS

/* A camera whose sensor's defects are known: an RGGB mosaic of 12 bits with shot and read
 * noise, bilinear demosaic, white balance, the sRGB curve, optional sharpening, JPEG with EXIF.
 * The same model and seed give the same photos. */
typedef struct
{
  guint width;  /* even */
  guint height; /* even */
  guint32 seed;
  guint n_defects;
  gboolean sharpen;
  gint quality;                                 /* of the JPEG, 1 to 100 */
  guint horizontal_sampling, vertical_sampling; /* of luma: 2 and 1 for 4:2:2 */
  const gchar *serial;
} CameraModel;

typedef enum
{
  DEFECT_HOT,   /* adds to what the photosite sees */
  DEFECT_STUCK, /* always tells the same */
  DEFECT_DEAD,  /* sees next to nothing */
} DefectKind;

typedef struct
{
  guint x, y;
  DefectKind kind;
  gfloat amount; /* hot and stuck: of full scale, 0 to 1 */
} Defect;

typedef struct SimulatedCamera SimulatedCamera;

/* The model is copied, but for its serial, which must outlive the camera. */
SimulatedCamera *simulated_camera_new (const CameraModel *model);

void simulated_camera_free (SimulatedCamera *camera);

/* The planted defects: model.n_defects of them, at least 8 pixels apart; owned by the camera.
 */
const Defect *simulated_camera_get_defects (const SimulatedCamera *camera);

/* "hot", "stuck" or "dead". */
const gchar *simulated_camera_kind_name (DefectKind kind);

/* The photo of the given number: a scene, an exposure and noise of its own.
 * Returns (transfer full): a JPEG file's bytes. */
GBytes *simulated_camera_take (const SimulatedCamera *camera, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimulatedCamera, simulated_camera_free)

G_END_DECLS
