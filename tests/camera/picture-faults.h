/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulated-camera.h"

G_BEGIN_DECLS

/* What is no defect of the sensor but comes into a photo behind it, by the camera's condition: black
 * corners, changing digits, ghosts of defects. rgb: the developed photo of that number, changed in
 * place. */
void picture_faults_draw (const SimulatedCamera *camera, guint number, guint8 *rgb);

G_END_DECLS
