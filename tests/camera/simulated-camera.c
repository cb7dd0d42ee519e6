/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulated-camera.h"
#include "picture-faults.h"
#include "planting.h"
#include "scene.h"

#include <math.h>
#include <string.h>

#define FULL_SCALE 4095.0f /* of the 12-bit converter */
#define FULL_WELL 20000.0f /* electrons at full scale and base sensitivity */
#define READ_NOISE 6.0f    /* electrons */
#define DEAD_SENSITIVITY 0.03f
#define LONGEST_SECONDS 8.0f
#define HIGHEST_ISO 800

/* How much of the light each colour's filter lets through; the white balance undoes it. */
static const gfloat filter_share[3] = { 0.5f, 1.0f, 0.65f };

struct SimulatedCamera
{
  CameraModel model;
  GArray *defects;
  GArray *lines;
  gfloat *response; /* of each photosite to light; NULL where all are alike */
};

/* RGGB: the colour that the photosite sees, as an index into R G B. */
static inline guint
colour_of (guint x, guint y)
{
  return (x & 1) + (y & 1);
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

static gfloat *
make_response (const CameraModel *model)
{
  gsize n = (gsize) model->width * model->height;
  gfloat *response = g_new (gfloat, n);
  guint64 state = ((guint64) model->seed << 20) | 3;

  for (gsize i = 0; i < n; i++)
    response[i] = MAX (1 + model->response_spread * draw_normal (&state), 0);
  return response;
}

SimulatedCamera *
simulated_camera_new (const CameraModel *model)
{
  SimulatedCamera *camera = g_new0 (SimulatedCamera, 1);

  g_return_val_if_fail (model->width % 2 == 0 && model->height % 2 == 0, NULL);
  camera->model = *model;
  camera->defects = planting_draw_defects (model);
  camera->lines = planting_draw_lines (model);
  if (model->response_spread > 0)
    camera->response = make_response (model);
  return camera;
}

void
simulated_camera_free (SimulatedCamera *camera)
{
  if (camera == NULL)
    return;
  g_array_unref (camera->defects);
  g_array_unref (camera->lines);
  g_free (camera->response);
  g_free (camera);
}

const CameraModel *
simulated_camera_get_model (const SimulatedCamera *camera)
{
  return &camera->model;
}

const Defect *
simulated_camera_get_defects (const SimulatedCamera *camera, guint *n)
{
  *n = camera->defects->len;
  return (const Defect *) (gpointer) camera->defects->data;
}

const DefectLine *
simulated_camera_get_lines (const SimulatedCamera *camera, guint *n)
{
  *n = camera->lines->len;
  return (const DefectLine *) (gpointer) camera->lines->data;
}

const gchar *
simulated_camera_kind_name (DefectKind kind)
{
  static const gchar *const names[] = { "hot", "stuck", "dead" };

  return names[kind];
}

/* How a photo is taken. */
typedef struct
{
  guint32 scene_seed, noise_seed;
  gfloat light; /* of the scene, over what fills a photosite */
  gfloat seconds;
  guint iso;
  gfloat hot_share; /* how much of a hot defect's amount shows */
} Exposure;

static Exposure
choose_exposure (const CameraModel *model, guint number)
{
  guint32 seed = model->seed * 7919u + number;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed + 1);
  Exposure exposure = { .scene_seed = seed, .noise_seed = seed, .hot_share = 1 };

  exposure.light = exp2f ((gfloat) g_rand_double_range (random, -1.5, 0.7));
  exposure.iso = 100u << g_rand_int_range (random, 0, 4);
  exposure.seconds = exp2f ((gfloat) g_rand_double_range (random, -9, -4));
  switch (model->condition)
    {
    case CAMERA_NIGHTS:
      if (number % 5 == 0)
        exposure.seconds = LONGEST_SECONDS * (gfloat) g_rand_double_range (random, 0.5, 1);
      exposure.hot_share = exposure.seconds / LONGEST_SECONDS;
      break;
    case CAMERA_DECADES:
      exposure.seconds
          = LONGEST_SECONDS * powf (10, (gfloat) g_rand_double_range (random, -4, 0));
      exposure.hot_share = exposure.seconds / LONGEST_SECONDS;
      break;
    case CAMERA_DARK_CURRENT:
      exposure.seconds
          = LONGEST_SECONDS * powf (10, (gfloat) g_rand_double_range (random, -3, 0));
      exposure.hot_share
          = exposure.seconds / LONGEST_SECONDS * (gfloat) exposure.iso / HIGHEST_ISO;
      break;
    case CAMERA_HALF_TRIPOD:
      if (number % 2 == 0)
        {
          exposure.scene_seed = model->seed * 7919u;
          exposure.light = 0.8f;
        }
      break;
    case CAMERA_DARK:
      exposure.light /= 100;
      break;
    default:
      break;
    }
  return exposure;
}

/* How much light comes through, where dust lies on the sensor's window. */
static void
lay_dust (const SimulatedCamera *camera, gfloat *mosaic)
{
  const CameraModel *model = &camera->model;

  for (guint i = 0; i < camera->defects->len; i++)
    {
      const Defect *speck = &g_array_index (camera->defects, Defect, i);
      gfloat radius = 0.9f + 0.25f * (gfloat) (i % 4), depth = 0.15f + 0.5f * speck->amount;

      for (gint dy = -5; dy <= 5; dy++)
        for (gint dx = -5; dx <= 5; dx++)
          {
            guint x = speck->x + (guint) dx, y = speck->y + (guint) dy;

            if (x < model->width && y < model->height)
              mosaic[(gsize) y * model->width + x]
                  *= 1 - depth * expf (-(gfloat) (dx * dx + dy * dy) / (2 * radius * radius));
          }
    }
}

static void
break_site (gfloat *site, DefectKind kind, gfloat amount, gfloat hot_share)
{
  if (kind == DEFECT_HOT)
    *site += hot_share * amount;
  else
    *site = kind == DEFECT_STUCK ? amount : DEAD_SENSITIVITY * *site;
}

static void
break_sites (const SimulatedCamera *camera, guint number, gfloat hot_share, gfloat *mosaic)
{
  guint width = camera->model.width;

  for (guint i = 0; i < camera->lines->len; i++)
    {
      const DefectLine *line = &g_array_index (camera->lines, DefectLine, i);

      for (guint y = line->first_y; y < line->end_y; y++)
        break_site (&mosaic[(gsize) y * width + line->x], line->kind, line->amount, hot_share);
    }
  for (guint i = 0; i < camera->defects->len; i++)
    {
      const Defect *defect = &g_array_index (camera->defects, Defect, i);

      if (number >= defect->first)
        break_site (&mosaic[(gsize) defect->y * width + defect->x], defect->kind,
                    defect->amount, hot_share);
    }
}

/* The sensor's values, from 0 to 1: light, noise, and then the defects. */
static void
expose (const SimulatedCamera *camera, guint number, const Exposure *exposure, gfloat *mosaic)
{
  const CameraModel *model = &camera->model;
  g_autoptr (Scene) scene = scene_new (model->width, model->height, exposure->scene_seed);
  g_autofree gfloat *light = g_new (gfloat, 3 * (gsize) model->width);
  gfloat well = FULL_WELL * 100 / (gfloat) exposure->iso;
  guint64 state = ((guint64) exposure->noise_seed << 17) | 1;

  for (guint y = 0; y < model->height; y++)
    {
      scene_row (scene, y, light);
      for (guint x = 0; x < model->width; x++)
        {
          gsize i = (gsize) y * model->width + x;
          guint colour = colour_of (x, y);

          mosaic[i] = light[3 * x + colour] * filter_share[colour] * exposure->light;
          if (camera->response != NULL)
            mosaic[i] *= camera->response[i];
        }
    }
  if (model->condition == CAMERA_DUST)
    lay_dust (camera, mosaic);
  for (gsize i = 0; i < (gsize) model->width * model->height; i++)
    mosaic[i]
        += sqrtf (mosaic[i] * well + READ_NOISE * READ_NOISE) * draw_normal (&state) / well;
  if (model->condition != CAMERA_DUST && !model->is_intact)
    break_sites (camera, number, exposure->hot_share, mosaic);
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

static guint8 *
make_exif (const CameraModel *model, guint number, const Exposure *exposure, gsize *length)
{
  g_autoptr (GDateTime) start = g_date_time_new_utc (2020, 1, 1, 12, 0, 0);
  g_autoptr (GDateTime) taken = g_date_time_add_days (start, (gint) number);
  g_autofree gchar *date = g_date_time_format (taken, "%Y:%m:%d %H:%M:%S");

  return jpeg_writer_make_whole_exif (
      &(JpegExif){ .make = "Hotpix",
                   .model = "Simulated Camera",
                   .serial = model->serial,
                   .date = date,
                   .exposure_time = (guint) (exposure->seconds * 1000 + 0.5f),
                   .iso = exposure->iso },
      length);
}

GBytes *
simulated_camera_take (const SimulatedCamera *camera, guint number)
{
  const CameraModel *model = &camera->model;
  Exposure exposure = choose_exposure (model, number);
  gsize n_sites = (gsize) model->width * model->height;
  g_autofree gfloat *mosaic = g_new (gfloat, n_sites);
  g_autofree guint8 *rgb = g_malloc_n (n_sites, 3);
  gsize exif_length;
  g_autofree guint8 *exif = make_exif (model, number, &exposure, &exif_length);
  JpegRecipe recipe = { .width = model->width,
                        .height = model->height,
                        .quality = model->quality,
                        .horizontal_sampling = model->horizontal_sampling,
                        .vertical_sampling = model->vertical_sampling,
                        .exif = exif,
                        .exif_length = exif_length };

  expose (camera, number, &exposure, mosaic);
  develop (model, mosaic, rgb);
  if (model->sharpen)
    sharpen (model, rgb);
  picture_faults_draw (camera, number, rgb);
  return jpeg_writer_encode (&recipe, rgb);
}
