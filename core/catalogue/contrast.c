/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/contrast-private.h"
#include "defects/defect.h"
#include "repair/cholesky-private.h"

#include <math.h>
#include <string.h>

#define FILTER HOTPIX_CONTRAST_FILTER
#define REACH HOTPIX_CONTRAST_REACH
#define SIDE HOTPIX_CONTRAST_SIDE
#define N HOTPIX_CONTRAST_SAMPLES

/* The light of the samples around a place. */
#define WINDOW (2 * REACH + 1)
typedef gdouble Window[WINDOW][WINDOW];

/* The scene: its correlation falls to 1/e, about, within so many samples, and part of its variance is
 * noise. Its mean and slope can be anything. */
#define CORRELATION 3.0
#define NOISE_SHARE 0.1
#define MEAN_VARIANCE 100.0
#define SLOPE_VARIANCE 1.0

/* How far the damage of a defect reaches. */
#define DAMAGE_REACH 2

/* Where noise is measured: a square around the defect, whose sums the defect is in none of. */
#define NOISE_DISTANCE (2 * FILTER)
#define LEAST_PLACES 6

/* Samples from here on, as a share of white, have lost what was above them. */
#define CLIPPED (254.0 / 255)
#define MOST_CLIPPED_SHARE 0.25

/* The standard deviation of rounding: 1 / sqrt (12). */
#define ROUNDING 0.2887

/* IEC 61966-2-1: linear light of what the sample encodes, both from 0 to 1. */
static gdouble
light_of (gdouble encoded)
{
  return encoded <= 0.04045 ? encoded / 12.92 : pow ((encoded + 0.055) / 1.055, 2.4);
}

static gdouble
encode (gdouble light)
{
  return light <= 0.0031308 ? 12.92 * light : 1.055 * pow (light, 1 / 2.4) - 0.055;
}

static gdouble
covariance (gint ax, gint ay, gint bx, gint by)
{
  gdouble distance = sqrt (3.0 * ((ax - bx) * (ax - bx) + (ay - by) * (ay - by))) / CORRELATION;

  /* Matérn's of order 3/2 */
  return (1 - NOISE_SHARE) * (1 + distance) * exp (-distance)
         + (ax == bx && ay == by ? NOISE_SHARE : 0) + MEAN_VARIANCE
         + SLOPE_VARIANCE * (ax * bx + ay * by) / (FILTER * FILTER);
}

/* What bilinear demosaicing makes of one photosite. */
static gdouble
shape_at (gboolean is_green, gint dx, gint dy)
{
  static const gdouble green[3] = { 1, 0.25, 0 }, other[3] = { 1, 0.5, 0.25 };

  if (MAX (ABS (dx), ABS (dy)) > 1)
    return 0;
  return (is_green ? green : other)[ABS (dx) + ABS (dy)];
}

/* known: which of the samples count; at least that at the place. */
static void
init_filter (HotpixContrastFilter *filter, gboolean is_green, const gboolean *known)
{
  gdouble matrix[N * N], weights[N], shape[N], sum = 0, squares = 0;
  guint numbers[N], n = 0;

  for (guint i = 0; i < N; i++)
    if (known[i])
      numbers[n++] = i;
  for (guint a = 0; a < n; a++)
    {
      gint ax = (gint) numbers[a] % SIDE - FILTER, ay = (gint) numbers[a] / SIDE - FILTER;

      weights[a] = shape[a] = shape_at (is_green, ax, ay);
      for (guint b = 0; b < n; b++)
        matrix[a * N + b] = covariance (ax, ay, (gint) numbers[b] % SIDE - FILTER,
                                        (gint) numbers[b] / SIDE - FILTER);
    }
  (void) hotpix_cholesky_factorise (matrix, n, N);
  hotpix_cholesky_solve (matrix, n, N, weights);
  for (guint a = 0; a < n; a++)
    sum += shape[a] * weights[a];
  memset (filter->weights, 0, sizeof filter->weights);
  for (guint a = 0; a < n; a++)
    {
      filter->weights[numbers[a]] = weights[a] / sum;
      squares += weights[a] * weights[a] / (sum * sum);
    }
  filter->length = sqrt (squares);
}

void
hotpix_contrast_filters_init (HotpixContrastFilters *filters)
{
  gboolean known[N];

  for (guint i = 0; i < N; i++)
    known[i] = TRUE;
  init_filter (&filters->green, TRUE, known);
  init_filter (&filters->other, FALSE, known);
}

static gboolean
is_inside (const HotpixContrastSite *site, gint dx, gint dy)
{
  gint64 x = (gint64) site->x + dx, y = (gint64) site->y + dy;

  return x >= 0 && y >= 0 && x < site->shape.width && y < site->shape.height;
}

/* Whether a defect other than the site's damages samples at most `distance` from the place. */
static gboolean
is_damaged (const HotpixContrastSite *site, const GArray *others, gint dx, gint dy,
            gint distance)
{
  for (guint i = 0; i < others->len; i++)
    {
      const HotpixDefect *other = &g_array_index (others, HotpixDefect, i);
      gint64 x = (gint64) other->x - site->x - dx, y = (gint64) other->y - site->y - dy;

      if (MAX (ABS (x), ABS (y)) <= distance)
        return TRUE;
    }
  return FALSE;
}

/* Those whose damage can be in the window, but for the site's own. */
static GArray *
find_others (const HotpixContrastSite *site, const GArray *defects)
{
  GArray *others = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));

  for (guint i = 0; i < defects->len; i++)
    {
      const HotpixDefect *other = &g_array_index (defects, HotpixDefect, i);
      gint64 x = (gint64) other->x - site->x, y = (gint64) other->y - site->y;

      if ((x != 0 || y != 0) && MAX (ABS (x), ABS (y)) <= REACH + DAMAGE_REACH)
        g_array_append_vals (others, other, 1);
    }
  return others;
}

static void
find_places (HotpixContrastSite *site, const GArray *others)
{
  for (gint dy = -NOISE_DISTANCE; dy <= NOISE_DISTANCE; dy++)
    for (gint dx = -NOISE_DISTANCE; dx <= NOISE_DISTANCE; dx++)
      if (MAX (ABS (dx), ABS (dy)) == NOISE_DISTANCE
          && is_inside (site, dx - FILTER, dy - FILTER)
          && is_inside (site, dx + FILTER, dy + FILTER)
          && !is_damaged (site, others, dx, dy, FILTER + DAMAGE_REACH))
        {
          site->places[site->n_places][0] = dx;
          site->places[site->n_places][1] = dy;
          site->n_places++;
        }
}

void
hotpix_contrast_site_init (HotpixContrastSite *site, const HotpixContrastFilters *filters,
                           const HotpixShape *shape, const GArray *defects, guint index)
{
  const HotpixDefect *defect = &g_array_index (defects, HotpixDefect, index);
  gboolean is_green = shape->channels == 1 || defect->channel == 1;
  gboolean known[N], all = TRUE;
  g_autoptr (GArray) others = NULL;

  *site = (HotpixContrastSite){
    .shape = *shape,
    .x = defect->x,
    .y = defect->y,
    .channel = MIN (defect->channel, shape->channels - 1),
    .plain = is_green ? &filters->green : &filters->other,
  };
  others = find_others (site, defects);
  for (gint i = 0; i < N; i++)
    {
      gint dx = i % SIDE - FILTER, dy = i / SIDE - FILTER;

      known[i] = is_inside (site, dx, dy)
                 && ((dx == 0 && dy == 0) || !is_damaged (site, others, dx, dy, 1));
      all = all && known[i];
    }
  if (all)
    site->filter = *site->plain;
  else
    init_filter (&site->filter, is_green, known);
  find_places (site, others);
}

/* Returns the share of the samples around the place that are clipped; around: out, the mean of their
 * light. Samples outside the photo are 0. */
static gdouble
read_window (const HotpixContrastSite *site, guint bits, const gconstpointer *rows,
             Window window, gdouble *around)
{
  gdouble white = bits == 8 ? 255 : 65535, sum = 0;
  guint n = 0, n_clipped = 0;

  for (gint dy = -REACH; dy <= REACH; dy++)
    for (gint dx = -REACH; dx <= REACH; dx++)
      {
        gint distance = MAX (ABS (dx), ABS (dy));
        gsize i = ((gsize) (site->x + (guint) dx)) * site->shape.channels + site->channel;
        gdouble encoded, light;

        window[dy + REACH][dx + REACH] = 0;
        if (!is_inside (site, dx, dy))
          continue;
        encoded = (bits == 8 ? ((const guint8 *) rows[dy + REACH])[i]
                             : ((const guint16 *) rows[dy + REACH])[i])
                  / white;
        window[dy + REACH][dx + REACH] = light = light_of (encoded);
        if (distance <= DAMAGE_REACH || distance > FILTER + 1)
          continue;
        n++;
        n_clipped += encoded >= CLIPPED;
        sum += light;
      }
  *around = n > 0 ? sum / n : 0;
  return n > 0 ? (gdouble) n_clipped / n : 1;
}

static gdouble
apply (const HotpixContrastFilter *filter, Window window, gint dx, gint dy)
{
  gdouble sum = 0;

  for (gint v = 0; v < SIDE; v++)
    for (gint u = 0; u < SIDE; u++)
      sum += filter->weights[v * SIDE + u]
             * window[REACH + dy + v - FILTER][REACH + dx + u - FILTER];
  return sum;
}

/* The standard deviation of what rounding makes of the filtered sum, in light like that around. */
static gdouble
rounding_noise (const HotpixContrastSite *site, guint bits, gdouble around)
{
  gdouble step = (bits == 8 ? 1.0 / 255 : 1.0 / 65535), encoded = encode (around);
  gdouble slope = (light_of (encoded + step) - light_of (MAX (encoded - step, 0)))
                  / (encoded > step ? 2 : 1 + encoded / step);

  return ROUNDING * slope * site->filter.length;
}

HotpixMeasurement
hotpix_contrast_measure (const HotpixContrastSite *site, guint bits, const gconstpointer *rows)
{
  HotpixMeasurement measurement = { .judgement = HOTPIX_JUDGED_NOT };
  gdouble around, squares = 0, noise;
  Window window;

  if (read_window (site, bits, rows, window, &around) > MOST_CLIPPED_SHARE
      || site->n_places < LEAST_PLACES)
    return measurement;
  for (guint i = 0; i < site->n_places; i++)
    {
      gdouble sum = apply (site->plain, window, site->places[i][0], site->places[i][1]);

      squares += sum * sum;
    }
  /* A filter with fewer samples has more noise. */
  noise = sqrt (squares / site->n_places) * site->filter.length / site->plain->length;
  measurement.contrast = (gfloat) apply (&site->filter, window, 0, 0);
  measurement.noise = (gfloat) hypot (noise, rounding_noise (site, bits, around));
  measurement.around = (gfloat) around;
  measurement.judgement
      = window[REACH][REACH] >= light_of (CLIPPED) ? HOTPIX_JUDGED_AT_LEAST : HOTPIX_JUDGED;
  return measurement;
}
