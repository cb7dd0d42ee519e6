/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-faults.h"

#include <math.h>
#include <string.h>

#define DIGIT_COLUMNS 3
#define DIGIT_ROWS 5
#define N_DIGITS 14

/* What is outside of a circle that almost holds the picture is black, with an edge of one pixel. */
static void
blacken_corners (const CameraModel *model, guint8 *rgb)
{
  gfloat middle_x = (gfloat) model->width / 2, middle_y = (gfloat) model->height / 2;
  gfloat radius = 0.97f * hypotf (middle_x, middle_y);

  for (guint y = 0; y < model->height; y++)
    for (guint x = 0; x < model->width; x++)
      for (guint k = 0; k < 3; k++, rgb++)
        {
          gfloat inside = radius - hypotf ((gfloat) x - middle_x, (gfloat) y - middle_y);

          *rgb = (guint8) ((gfloat) *rgb * CLAMP (inside, 0, 1));
        }
}

/* White digits in the lower right, of 2 x 2 pixels a dot. */
static void
draw_digits (const CameraModel *model, guint number, guint8 *rgb)
{
  static const guint16 dots[10]
      = { 075557, 026227, 071747, 071717, 055711, 074717, 074757, 071122, 075757, 075717 };
  guint left = model->width - N_DIGITS * 2 * (DIGIT_COLUMNS + 1) - 20;
  guint top = model->height - 2 * DIGIT_ROWS - 16;
  g_autoptr (GRand) random = g_rand_new_with_seed (number + 77);

  for (guint digit = 0; digit < N_DIGITS; digit++)
    {
      guint pattern = dots[g_rand_int_range (random, 0, 10)];

      for (guint y = 0; y < 2 * DIGIT_ROWS; y++)
        for (guint x = 0; x < 2 * DIGIT_COLUMNS; x++)
          if (pattern >> (DIGIT_COLUMNS * (DIGIT_ROWS - y / 2) - 1 - x / 2) & 1)
            memset (rgb
                        + 3
                              * ((gsize) (top + y) * model->width + left
                                 + 2 * digit * (DIGIT_COLUMNS + 1) + x),
                    235, 3);
    }
}

/* A spot as demosaicing leaves it, in all channels. */
static void
add_spot (const CameraModel *model, guint x, guint y, guint8 *rgb)
{
  gsize stride = 3 * (gsize) model->width;

  if (x < 1 || y < 1 || x + 1 >= model->width || y + 1 >= model->height)
    return;
  for (guint dy = 0; dy < 3; dy++)
    for (guint i = 0; i < 9; i++)
      {
        guint8 *sample = rgb + (y + dy - 1) * stride + 3 * (gsize) (x - 1) + i;

        *sample = (guint8) MIN (*sample + (40 >> ((dy != 1) + (i / 3 != 1))), 255);
      }
}

/* In three photos of four, a part of what a strong hot defect adds is there again, some pixels away:
 * as far as the motion that a pan of the camera had in all of them. */
static void
draw_ghosts (const SimulatedCamera *camera, guint number, guint8 *rgb)
{
  guint n;
  const Defect *defects = simulated_camera_get_defects (camera, &n);

  for (guint i = 0; i < n && number % 4 != 3; i++)
    if (defects[i].kind == DEFECT_HOT && defects[i].amount >= 0.25f)
      add_spot (simulated_camera_get_model (camera), defects[i].x + 18, defects[i].y + 2, rgb);
}

void
picture_faults_draw (const SimulatedCamera *camera, guint number, guint8 *rgb)
{
  const CameraModel *model = simulated_camera_get_model (camera);

  if (model->condition == CAMERA_BLACK_CORNERS)
    blacken_corners (model, rgb);
  else if (model->condition == CAMERA_OVERLAY)
    draw_digits (model, number, rgb);
  else if (model->condition == CAMERA_GHOSTS)
    draw_ghosts (camera, number, rgb);
}
