/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulated-camera.h"
#include "scene.h"

#include <math.h>
#include <string.h>

#define FULL_SCALE 4095.0f /* of the 12-bit converter */
#define FULL_WELL 20000.0f /* electrons at full scale and base sensitivity */
#define READ_NOISE 6.0f    /* electrons */
#define DEAD_SENSITIVITY 0.03f
#define MIN_DEFECT_DISTANCE 8

/* How much of the light each colour's filter lets through; the white balance undoes it. */
static const gfloat filter_share[3] = { 0.5f, 1.0f, 0.65f };

struct SimulatedCamera
{
  CameraModel model;
  Defect *defects;
};

/* RGGB: the colour that the photosite sees, as an index into R G B. */
static inline guint
colour_of (guint x, guint y)
{
  return (x & 1) + (y & 1);
}

static gboolean
is_apart (const Defect *defects, guint n, guint x, guint y)
{
  for (guint i = 0; i < n; i++)
    if (ABS ((gint) defects[i].x - (gint) x) < MIN_DEFECT_DISTANCE
        && ABS ((gint) defects[i].y - (gint) y) < MIN_DEFECT_DISTANCE)
      return FALSE;
  return TRUE;
}

/* Two thirds hot, from faint to strong; the others stuck or dead. */
static void
plant_defects (SimulatedCamera *camera)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (camera->model.seed);

  for (guint n = 0; n < camera->model.n_defects;)
    {
      guint x = (guint) g_rand_int_range (random, 0, (gint32) camera->model.width);
      guint y = (guint) g_rand_int_range (random, 0, (gint32) camera->model.height);

      if (!is_apart (camera->defects, n, x, y))
        continue;
      camera->defects[n].x = x;
      camera->defects[n].y = y;
      camera->defects[n].kind = n % 6 == 4   ? DEFECT_STUCK
                                : n % 6 == 5 ? DEFECT_DEAD
                                             : DEFECT_HOT;
      camera->defects[n].amount = (gfloat) exp2 (g_rand_double_range (random, -5, -0.5));
      n++;
    }
}

SimulatedCamera *
simulated_camera_new (const CameraModel *model)
{
  SimulatedCamera *camera = g_new0 (SimulatedCamera, 1);

  g_return_val_if_fail (model->width % 2 == 0 && model->height % 2 == 0, NULL);
  camera->model = *model;
  camera->defects = g_new0 (Defect, model->n_defects);
  plant_defects (camera);
  return camera;
}

void
simulated_camera_free (SimulatedCamera *camera)
{
  if (camera == NULL)
    return;
  g_free (camera->defects);
  g_free (camera);
}

const Defect *
simulated_camera_get_defects (const SimulatedCamera *camera)
{
  return camera->defects;
}

const gchar *
simulated_camera_kind_name (DefectKind kind)
{
  static const gchar *const names[] = { "hot", "stuck", "dead" };

  return names[kind];
}

/* Twelve uniform values less six: near enough to a normal distribution, and fast. */
static gfloat
draw_normal (guint64 *state)
{
  gint32 sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      /* xorshift64*, Vigna 2016 */
      guint64 bits;

      *state ^= *state >> 12;
      *state ^= *state << 25;
      *state ^= *state >> 27;
      bits = *state * G_GUINT64_CONSTANT (2685821657736338717);
      sum += (gint32) (bits & 0xffff) + (gint32) (bits >> 16 & 0xffff)
             + (gint32) (bits >> 32 & 0xffff) + (gint32) (bits >> 48);
    }
  return (gfloat) sum / 65536.0f - 6.0f;
}

/* What the sensor tells, from 0 to 1: light, noise, and then the defects. */
static void
expose (const SimulatedCamera *camera, guint number, gfloat *mosaic)
{
  const CameraModel *model = &camera->model;
  guint32 frame_seed = model->seed * 7919u + number;
  g_autoptr (Scene) scene = scene_new (model->width, model->height, frame_seed);
  g_autoptr (GRand) random = g_rand_new_with_seed (frame_seed + 1);
  g_autofree gfloat *light = g_new (gfloat, 3 * (gsize) model->width);
  gfloat exposure = exp2f ((gfloat) g_rand_double_range (random, -1.5, 0.7));
  gfloat gain = exp2f ((gfloat) g_rand_int_range (random, 0, 4)); /* ISO 100 to 800 */
  gfloat well = FULL_WELL / gain;
  guint64 state = ((guint64) frame_seed << 17) | 1;

  for (guint y = 0; y < model->height; y++)
    {
      scene_row (scene, y, light);
      for (guint x = 0; x < model->width; x++)
        {
          guint colour = colour_of (x, y);
          gfloat electrons = light[3 * x + colour] * filter_share[colour] * exposure * well;
          gfloat noise = sqrtf (electrons + READ_NOISE * READ_NOISE) * draw_normal (&state);

          mosaic[(gsize) y * model->width + x] = (electrons + noise) / well;
        }
    }
  for (guint i = 0; i < model->n_defects; i++)
    {
      const Defect *defect = &camera->defects[i];
      gfloat *site = &mosaic[(gsize) defect->y * model->width + defect->x];

      if (defect->kind == DEFECT_HOT)
        *site += defect->amount;
      else
        *site = defect->kind == DEFECT_STUCK ? defect->amount : DEAD_SENSITIVITY * *site;
    }
  for (gsize i = 0; i < (gsize) model->width * model->height; i++)
    mosaic[i] = rintf (CLAMP (mosaic[i], 0, 1) * FULL_SCALE) / FULL_SCALE;
}

/* Bilinear: the mean of those of the 3 x 3 sites around that see the colour. */
static gfloat
demosaic_at (const CameraModel *model, const gfloat *mosaic, guint x, guint y, guint colour)
{
  gfloat sum = 0;
  guint n = 0;

  if (colour_of (x, y) == colour)
    return mosaic[(gsize) y * model->width + x];
  for (gint dy = -1; dy <= 1; dy++)
    for (gint dx = -1; dx <= 1; dx++)
      {
        guint u = x + (guint) dx, v = y + (guint) dy;

        if (u >= model->width || v >= model->height || colour_of (u, v) != colour)
          continue;
        sum += mosaic[(gsize) v * model->width + u];
        n++;
      }
  return sum / (gfloat) n;
}

/* IEC 61966-2-1, for light from 0 to 1 in 4096 steps. */
static void
make_srgb_curve (gfloat *curve)
{
  for (guint i = 0; i < 4096; i++)
    {
      gfloat light = (gfloat) i / 4095;

      curve[i]
          = 255
            * (light <= 0.0031308f ? 12.92f * light : 1.055f * powf (light, 1 / 2.4f) - 0.055f);
    }
}

static void
develop (const CameraModel *model, const gfloat *mosaic, guint8 *rgb)
{
  gfloat curve[4096];

  make_srgb_curve (curve);
  for (guint y = 0; y < model->height; y++)
    for (guint x = 0; x < model->width; x++)
      for (guint colour = 0; colour < 3; colour++)
        {
          gfloat light = demosaic_at (model, mosaic, x, y, colour) / filter_share[colour];

          *rgb++ = (guint8) (curve[(guint) (CLAMP (light, 0, 1) * 4095)] + 0.5f);
        }
}

/* Adds half of what each sample differs from the mean of its eight neighbours. */
static void
sharpen (const CameraModel *model, guint8 *rgb)
{
  gsize stride = 3 * (gsize) model->width;
  g_autofree guint8 *plain = g_memdup2 (rgb, stride * model->height);

  for (guint y = 1; y + 1 < model->height; y++)
    for (gsize i = 3; i + 3 < stride; i++)
      {
        const guint8 *centre = plain + y * stride + i;
        gint sum = -centre[0];
        gint value;

        for (gint dy = -1; dy <= 1; dy++)
          for (gint dx = -1; dx <= 1; dx++)
            sum += centre[dy * (gssize) stride + 3 * dx];
        value = centre[0] + (8 * centre[0] - sum) / 16;
        rgb[y * stride + i] = (guint8) CLAMP (value, 0, 255);
      }
}

GBytes *
simulated_camera_take (const SimulatedCamera *camera, guint number)
{
  const CameraModel *model = &camera->model;
  gsize n_sites = (gsize) model->width * model->height;
  g_autofree gfloat *mosaic = g_new (gfloat, n_sites);
  g_autofree guint8 *rgb = g_malloc_n (n_sites, 3);
  gsize exif_length;
  g_autofree guint8 *exif
      = jpeg_writer_make_exif ("Hotpix", "Simulated Camera", model->serial, &exif_length);
  JpegRecipe recipe = { .width = model->width,
                        .height = model->height,
                        .quality = model->quality,
                        .horizontal_sampling = model->horizontal_sampling,
                        .vertical_sampling = model->vertical_sampling,
                        .exif = exif,
                        .exif_length = exif_length };

  expose (camera, number, mosaic);
  develop (model, mosaic, rgb);
  if (model->sharpen)
    sharpen (model, rgb);
  return jpeg_writer_encode (&recipe, rgb);
}
