/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jpeg-writer.h"

G_BEGIN_DECLS

/* A camera whose sensor's defects are known: an RGGB mosaic of 12 bits with shot and read
 * noise, photosites that differ a little in what they make of the light, bilinear demosaic, white
 * balance, the sRGB curve, optional sharpening, JPEG with EXIF. The same model and seed give the
 * same photos. */

/* What its photos or its defects are like. */
typedef enum
{
  CAMERA_ORDINARY,
  CAMERA_OUTERMOST,   /* the defects are in the frame's first and last rows and columns */
  CAMERA_CLUSTERS,    /* each defect is of two to four photosites next to each other */
  CAMERA_PAIRS,       /* each has another one two or three pixels away */
  CAMERA_LINES,       /* two columns and two parts of columns, beside the defects */
  CAMERA_NIGHTS,      /* every fifth photo is a long exposure, in which alone defects are hot */
  CAMERA_DECADES,     /* exposures over four decades, with which hot defects grow */
  CAMERA_HALF_TRIPOD, /* every other photo shows the same scene */
  CAMERA_DARK,        /* scenes of next to no light, with faint defects */
  CAMERA_DUST,        /* dark specks, two to three pixels wide, in place of defects */
  CAMERA_BLACK_CORNERS, /* as a lens correction leaves them */
  CAMERA_OVERLAY,       /* digits burned in that change from photo to photo */
  CAMERA_DARK_CURRENT,  /* hot defects grow with the exposure and with the gain */
  CAMERA_GHOSTS,        /* part of a defect is seen again where a video's motion took it */
} CameraCondition;

typedef struct
{
  guint width;  /* even */
  guint height; /* even */
  guint32 seed;
  guint n_defects; /* groups of them, where they come in groups */
  CameraCondition condition;
  gfloat
      response_spread; /* standard deviation of what photosites make of light, 0.01 for 1 % */
  guint growth; /* every other defect, by chance, begins at one of so many photos; 0 for none */
  gboolean sharpen;
  gboolean is_intact; /* its defects are known and none shows: the twin of one where they do */
  gint quality;       /* of the JPEG, 1 to 100 */
  guint horizontal_sampling, vertical_sampling; /* of luma: 2 and 1 for 4:2:2 */
  const gchar *serial;
} CameraModel;

typedef enum
{
  DEFECT_HOT,   /* adds to what the photosite sees */
  DEFECT_STUCK, /* always gives the same value */
  DEFECT_DEAD,  /* sees next to nothing */
} DefectKind;

typedef struct
{
  guint x, y;
  guint group;
  DefectKind kind;
  gfloat amount; /* hot and stuck: of full scale, 0 to 1 */
  guint first;   /* the photo from which on it is there */
} Defect;

/* A column from row first_y to the one before end_y: hot or dead. */
typedef struct
{
  guint x, first_y, end_y;
  DefectKind kind;
  gfloat amount;
} DefectLine;

typedef struct SimulatedCamera SimulatedCamera;

/* The model is copied, but for its serial, which must outlive the camera. */
SimulatedCamera *simulated_camera_new (const CameraModel *model);

void simulated_camera_free (SimulatedCamera *camera);

/* Owned by the camera. */
const CameraModel *simulated_camera_get_model (const SimulatedCamera *camera);

/* The planted defects, at least 8 pixels apart but for those of a group, by group; n: out, how many.
 * Owned by the camera. */
const Defect *simulated_camera_get_defects (const SimulatedCamera *camera, guint *n);

const DefectLine *simulated_camera_get_lines (const SimulatedCamera *camera, guint *n);

/* "hot", "stuck" or "dead". */
const gchar *simulated_camera_kind_name (DefectKind kind);

/* The photo of the given number, that of a day: a scene, an exposure and noise of its own. Number 0 is of
 * 2020-01-01.
 * Returns (transfer full): a JPEG file's bytes. */
GBytes *simulated_camera_take (const SimulatedCamera *camera, guint number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimulatedCamera, simulated_camera_free)

G_END_DECLS
