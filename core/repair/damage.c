/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/damage-private.h"
#include "repair/damage-shapes-private.h"

#include <math.h>
#include <string.h>

#define N HOTPIX_DAMAGE_SAMPLES

/* The variance of a photo's rounding, in units of 1/255 squared. */
#define ROUNDING 0.1

/* The scene's mean and slope can be anything: they have much more variance than its details. */
#define MEAN_VARIANCE 100.0
#define SLOPE_VARIANCE 1.0

/* How strong damage is, as its variance over the scene's. */
static const gdouble strengths[] = { 1, 10, 100, 1000, 10000 };

/* By this strength, kinds of scenes are compared before all shapes are. */
#define FIRST_STRENGTH 100.0
#define N_KINDS_KEPT 4

/* Prior knowledge: a listed defect shows in most photos. */
#define PRIOR_OF_NONE 0.3
#define LEAST_PROBABILITY 0.5

/* A kind of scene: its correlation falls to 1/e, about, within these samples along a direction and across
 * it, and part of the variance is noise. */
typedef struct
{
  gdouble along, across, degrees;
  gdouble noise;
} SceneKind;

static const SceneKind kinds[] = {
  { 1.5, 1.5, 0, 0.02 },    { 4, 4, 0, 0.02 },       { 12, 12, 0, 0.02 },
  { 2, 2, 0, 0.3 },         { 6, 6, 0, 0.3 },        { 6, 6, 0, 0.8 },
  { 1, 1, 0, 1 },           { 10, 1.5, 0, 0.03 },    { 10, 1.5, 22.5, 0.03 },
  { 10, 1.5, 45, 0.03 },    { 10, 1.5, 67.5, 0.03 }, { 10, 1.5, 90, 0.03 },
  { 10, 1.5, 112.5, 0.03 }, { 10, 1.5, 135, 0.03 },  { 10, 1.5, 157.5, 0.03 },
};

#define FILLING_KIND 1

#define N_KINDS G_N_ELEMENTS (kinds)

typedef struct
{
  gdouble inverse[N][N]; /* of the covariance */
  gdouble log_determinant;
} Scene;

struct HotpixDamageModel
{
  Scene scenes[N_KINDS];
};

/* A window as one kind of scene. */
typedef struct
{
  const Scene *scene;
  gdouble weighted[N]; /* inverse times window */
  gdouble quadratic;   /* window times inverse times window */
  gdouble score;       /* by which kinds are compared */
} Look;

/* A mean, weighted by likelihoods in the form of logarithms. */
typedef struct
{
  gdouble highest; /* logarithm that counts as 1 */
  gdouble total, none;
  gdouble damage[HOTPIX_DAMAGE_MOST_SUPPORT];
} Mean;

/* Of the symmetric positive matrix, of which the lower triangle is read, in place, and its transpose in
 * the upper one; rows are `stride` apart.
 * Returns the logarithm of the determinant. */
static gdouble
factorise (gdouble *matrix, guint n, guint stride)
{
  gdouble log_determinant = 0;

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k <= i; k++)
      {
        gdouble sum = matrix[i * stride + k];

        for (guint j = 0; j < k; j++)
          sum -= matrix[i * stride + j] * matrix[k * stride + j];
        if (i == k)
          {
            sum = sqrt (MAX (sum, 1e-12));
            log_determinant += 2 * log (sum);
            matrix[i * stride + i] = sum;
          }
        else
          matrix[i * stride + k] = matrix[k * stride + i] = sum / matrix[k * stride + k];
      }
  return log_determinant;
}

/* By the factor of the matrix; in place. */
static void
solve (const gdouble *factor, guint n, guint stride, gdouble *x)
{
  for (guint i = 0; i < n; i++)
    {
      for (guint k = 0; k < i; k++)
        x[i] -= factor[i * stride + k] * x[k];
      x[i] /= factor[i * stride + i];
    }
  for (guint i = n; i-- > 0;)
    {
      for (guint k = i + 1; k < n; k++)
        x[i] -= factor[i * stride + k] * x[k];
      x[i] /= factor[i * stride + i];
    }
}

static gdouble
covariance (const SceneKind *kind, guint a, guint b)
{
  const gdouble half = (HOTPIX_DAMAGE_SIDE - 1) / 2.0;
  const guint row_a = a / HOTPIX_DAMAGE_SIDE, row_b = b / HOTPIX_DAMAGE_SIDE;
  gdouble ax = a % HOTPIX_DAMAGE_SIDE - half, ay = row_a - half;
  gdouble bx = b % HOTPIX_DAMAGE_SIDE - half, by = row_b - half;
  gdouble angle = kind->degrees * G_PI / 180;
  gdouble along = ((ax - bx) * cos (angle) + (ay - by) * sin (angle)) / kind->along;
  gdouble across = ((ay - by) * cos (angle) - (ax - bx) * sin (angle)) / kind->across;
  gdouble distance = sqrt (3 * (along * along + across * across));

  /* Matérn's of order 3/2 */
  return (1 - kind->noise) * (1 + distance) * exp (-distance) + (a == b ? kind->noise : 0)
         + MEAN_VARIANCE + SLOPE_VARIANCE * (ax * bx + ay * by) / (half * half);
}

static void
init_scene (Scene *scene, const SceneKind *kind)
{
  g_autofree gdouble *factor = g_new (gdouble, N * N);

  for (guint a = 0; a < N; a++)
    for (guint b = 0; b < N; b++)
      factor[a * N + b] = covariance (kind, a, b);
  scene->log_determinant = factorise (factor, N, N);
  for (guint a = 0; a < N; a++)
    {
      memset (scene->inverse[a], 0, sizeof scene->inverse[a]);
      scene->inverse[a][a] = 1;
      solve (factor, N, N, scene->inverse[a]);
    }
}

HotpixDamageModel *
hotpix_damage_model_new (void)
{
  HotpixDamageModel *model = g_new (HotpixDamageModel, 1);

  for (guint i = 0; i < N_KINDS; i++)
    init_scene (&model->scenes[i], &kinds[i]);
  return model;
}

void
hotpix_damage_model_free (HotpixDamageModel *model)
{
  g_free (model);
}

static void
look_at (Look *look, const Scene *scene, const gdouble *window)
{
  look->scene = scene;
  memset (look->weighted, 0, sizeof look->weighted);
  for (guint i = 0; i < N; i++)
    for (guint k = 0; k < N; k++)
      look->weighted[k] += scene->inverse[i][k] * window[i];
  look->quadratic = 0;
  for (guint i = 0; i < N; i++)
    look->quadratic += look->weighted[i] * window[i];
}

/* The logarithm of a window's likelihood, its variance being the likeliest. */
static gdouble
log_likelihood (gdouble quadratic, gdouble log_determinant)
{
  return -0.5 * N * log (MAX (quadratic, 0) / N + ROUNDING) - 0.5 * log_determinant;
}

/* A look as one shape: the matrix and right side of its normal equations. */
typedef struct
{
  guint n;
  gdouble matrix[HOTPIX_DAMAGE_MOST_VECTORS * HOTPIX_DAMAGE_MOST_VECTORS];
  gdouble right[HOTPIX_DAMAGE_MOST_VECTORS];
} Equations;

static void
set_up (Equations *equations, const Look *look, const HotpixDamageShapes *shapes,
        const HotpixDamageShape *shape)
{
  gdouble product[HOTPIX_DAMAGE_MOST_SUPPORT];

  equations->n = shape->n_vectors;
  for (guint a = 0; a < shape->n_vectors; a++)
    {
      equations->right[a] = 0;
      memset (product, 0, sizeof product);
      for (guint i = 0; i < shapes->n_support; i++)
        {
          gdouble weight = shape->vectors[a][i];

          if (weight == 0)
            continue;
          equations->right[a] += weight * look->weighted[shapes->support[i]];
          for (guint k = 0; k < shapes->n_support; k++)
            product[k] += weight * look->scene->inverse[shapes->support[i]][shapes->support[k]];
        }
      for (guint b = 0; b <= a; b++)
        {
          gdouble sum = 0;

          for (guint k = 0; k < shapes->n_support; k++)
            sum += shape->vectors[b][k] * product[k];
          equations->matrix[a * HOTPIX_DAMAGE_MOST_VECTORS + b] = sum;
        }
    }
}

/* With damage of that strength: the window's log-likelihood, and how much of each vector there is. */
static gdouble
weigh (const Equations *equations, const Look *look, gdouble strength, gdouble *amounts)
{
  gdouble factor[HOTPIX_DAMAGE_MOST_VECTORS * HOTPIX_DAMAGE_MOST_VECTORS];
  gdouble log_determinant, quadratic = look->quadratic;
  guint n = equations->n;

  for (guint i = 0; i < n; i++)
    {
      memcpy (&factor[i * HOTPIX_DAMAGE_MOST_VECTORS],
              &equations->matrix[i * HOTPIX_DAMAGE_MOST_VECTORS], (i + 1) * sizeof *factor);
      factor[i * HOTPIX_DAMAGE_MOST_VECTORS + i] += 1 / strength;
      amounts[i] = equations->right[i];
    }
  log_determinant = factorise (factor, n, HOTPIX_DAMAGE_MOST_VECTORS);
  solve (factor, n, HOTPIX_DAMAGE_MOST_VECTORS, amounts);
  for (guint i = 0; i < n; i++)
    quadratic -= equations->right[i] * amounts[i];
  return log_likelihood (quadratic,
                         look->scene->log_determinant + log_determinant + n * log (strength));
}

static gint
compare_looks (gconstpointer a, gconstpointer b)
{
  gdouble difference = ((const Look *) b)->score - ((const Look *) a)->score;

  return (difference > 0) - (difference < 0);
}

/* damage: nullable, for none. */
static void
add_to_mean (Mean *mean, gdouble logarithm, gdouble prior, const HotpixDamageShape *shape,
             const gdouble *amounts, guint n_support)
{
  gdouble weight;

  if (logarithm > mean->highest)
    {
      gdouble less = exp (mean->highest - logarithm);

      mean->total *= less;
      mean->none *= less;
      for (guint i = 0; i < n_support; i++)
        mean->damage[i] *= less;
      mean->highest = logarithm;
    }
  weight = prior * exp (logarithm - mean->highest);
  mean->total += weight;
  if (shape == NULL)
    mean->none += weight;
  for (guint k = 0; shape != NULL && k < shape->n_vectors; k++)
    for (guint i = 0; i < n_support; i++)
      mean->damage[i] += weight * amounts[k] * shape->vectors[k][i];
}

static void
add_look (Mean *mean, const Look *look, const HotpixDamageShapes *shapes)
{
  const gsize n_kinds = shapes->n_shapes * G_N_ELEMENTS (strengths);
  gdouble prior = (1 - PRIOR_OF_NONE) / (gdouble) n_kinds;
  gdouble amounts[HOTPIX_DAMAGE_MOST_VECTORS];
  Equations equations;

  add_to_mean (mean, log_likelihood (look->quadratic, look->scene->log_determinant),
               PRIOR_OF_NONE, NULL, NULL, shapes->n_support);
  for (guint i = 0; i < shapes->n_shapes; i++)
    {
      set_up (&equations, look, shapes, &shapes->shapes[i]);
      for (guint k = 0; k < G_N_ELEMENTS (strengths); k++)
        {
          gdouble logarithm = weigh (&equations, look, strengths[k], amounts);

          add_to_mean (mean, logarithm, prior, &shapes->shapes[i], amounts, shapes->n_support);
        }
    }
}

/* The scene counts from its mean, so that no digits are lost. */
static void
take_mean_off (const gdouble *window, gdouble *around)
{
  gdouble mean = 0;

  for (guint i = 0; i < N; i++)
    mean += window[i] / N;
  for (guint i = 0; i < N; i++)
    around[i] = window[i] - mean;
}

/* Fills samples that another defect damages with what to expect of the scene there, without regard to
 * those that this one damages. */
static void
fill (const Scene *scene, const HotpixDamageShapes *shapes, const guint8 *unknown,
      gdouble *around)
{
  g_autofree gdouble *matrix = g_new (gdouble, N * N);
  gboolean is_free[N] = { FALSE };
  gdouble right[N];
  guint free[N], n = 0;

  for (guint i = 0; i < shapes->n_support; i++)
    is_free[shapes->support[i]] = TRUE;
  for (guint i = 0; i < N; i++)
    if (is_free[i] || unknown[i])
      free[n++] = i;
  for (guint a = 0; a < n; a++)
    {
      is_free[free[a]] = TRUE;
      for (guint b = 0; b <= a; b++)
        matrix[a * N + b] = scene->inverse[free[a]][free[b]];
    }
  for (guint a = 0; a < n; a++)
    {
      right[a] = 0;
      for (guint i = 0; i < N; i++)
        if (!is_free[i])
          right[a] -= scene->inverse[free[a]][i] * around[i];
    }
  (void) factorise (matrix, n, N);
  solve (matrix, n, N, right);
  for (guint a = 0; a < n; a++)
    if (unknown[free[a]])
      around[free[a]] = right[a];
}

gboolean
hotpix_damage_model_estimate (const HotpixDamageModel *model, const HotpixDamagePlace *place,
                              const gdouble *window, const guint8 *unknown, gdouble *damage)
{
  g_autofree HotpixDamageShapes *shapes = g_new (HotpixDamageShapes, 1);
  g_autofree Look *looks = g_new (Look, N_KINDS);
  gdouble around[N], amounts[HOTPIX_DAMAGE_MOST_VECTORS];
  Mean mean = { .highest = -G_MAXDOUBLE };
  Equations equations;

  take_mean_off (window, around);
  hotpix_damage_shapes_init (shapes, place);
  if (unknown != NULL)
    fill (&model->scenes[FILLING_KIND], shapes, unknown, around);
  for (guint i = 0; i < N_KINDS; i++)
    {
      look_at (&looks[i], &model->scenes[i], around);
      set_up (&equations, &looks[i], shapes, &shapes->shapes[shapes->n_shapes - 1]);
      looks[i].score = weigh (&equations, &looks[i], FIRST_STRENGTH, amounts);
    }
  qsort (looks, N_KINDS, sizeof *looks, compare_looks);
  for (guint i = 0; i < N_KINDS_KEPT; i++)
    add_look (&mean, &looks[i], shapes);
  if (mean.none > LEAST_PROBABILITY * mean.total)
    return FALSE;
  memset (damage, 0, N * sizeof *damage);
  for (guint i = 0; i < shapes->n_support; i++)
    damage[shapes->support[i]] = mean.damage[i] / mean.total;
  return TRUE;
}
