/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/cholesky-private.h"
#include "repair/damage-private.h"
#include "repair/damage-shapes-private.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#define N HOTPIX_DAMAGE_SAMPLES

/* The variance of a photo's rounding, in units of 1/255 squared. */
#define ROUNDING 0.1

/* The scene's mean and slope can be anything: they have much more variance than its details. */
#define MEAN_VARIANCE 100.0
#define SLOPE_VARIANCE 1.0

/* How strong damage is, as its variance over the scene's. */
static const gdouble strengths[] = { 1, 10, 100, 1000, 10000 };

#define N_STRENGTHS G_N_ELEMENTS (strengths)

/* By this one of them, kinds of scenes are compared before all shapes are. */
#define FIRST_STRENGTH 2
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

/* The normal equations of a kind of scene and a shape of damage at a place: their matrix does not
 * depend on the window. */
typedef struct
{
  gdouble log_determinants[N_STRENGTHS];
  gdouble factors[]; /* by strength: of that matrix, n_vectors squared */
} Equations;

/* What estimates at one place have in common. */
typedef struct
{
  HotpixDamagePlace place;
  HotpixDamageShapes shapes;
  Equations
      *equations[N_KINDS][HOTPIX_DAMAGE_MOST_SHAPES]; /* atomic; NULL until they are wanted */
} Site;

struct HotpixDamageModel
{
  Scene scenes[N_KINDS];

  /* POSIX's, as in scan.c. Estimates add sites, which then stay: those of defects away from a photo's edges,
   * of which there are no more than a dozen. */
  pthread_mutex_t lock;
  GPtrArray *sites; /* under the lock, of Site */
};

/* A window as one kind of scene. */
typedef struct
{
  guint kind;
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
  scene->log_determinant = hotpix_cholesky_factorise (factor, N, N);
  for (guint a = 0; a < N; a++)
    {
      memset (scene->inverse[a], 0, sizeof scene->inverse[a]);
      scene->inverse[a][a] = 1;
      hotpix_cholesky_solve (factor, N, N, scene->inverse[a]);
    }
}

static Site *
site_new (const HotpixDamagePlace *place)
{
  Site *site = g_new0 (Site, 1);

  site->place = *place;
  hotpix_damage_shapes_init (&site->shapes, place);
  return site;
}

static void
site_free (gpointer data)
{
  Site *site = data;

  for (guint i = 0; i < N_KINDS; i++)
    for (guint k = 0; k < HOTPIX_DAMAGE_MOST_SHAPES; k++)
      g_free (site->equations[i][k]);
  g_free (site);
}

HotpixDamageModel *
hotpix_damage_model_new (void)
{
  HotpixDamageModel *model = g_new (HotpixDamageModel, 1);

  for (guint i = 0; i < N_KINDS; i++)
    init_scene (&model->scenes[i], &kinds[i]);
  pthread_mutex_init (&model->lock, NULL);
  model->sites = g_ptr_array_new_with_free_func (site_free);
  return model;
}

void
hotpix_damage_model_free (HotpixDamageModel *model)
{
  if (model == NULL)
    return;
  g_ptr_array_unref (model->sites);
  pthread_mutex_destroy (&model->lock);
  g_free (model);
}

static gboolean
is_same_place (const HotpixDamagePlace *a, const HotpixDamagePlace *b)
{
  return a->x == b->x && a->y == b->y && a->horizontal == b->horizontal
         && a->vertical == b->vertical && a->phase_x == b->phase_x && a->phase_y == b->phase_y
         && a->is_interpolated == b->is_interpolated;
}

/* Only a place in the middle of its window is met again and again. */
static gboolean
is_kept (const HotpixDamagePlace *place)
{
  return place->x == HOTPIX_DAMAGE_SIDE / 2 && place->y == HOTPIX_DAMAGE_SIDE / 2;
}

/* Of a place that is kept. */
static Site *
find_site (const HotpixDamageModel *model, const HotpixDamagePlace *place)
{
  pthread_mutex_t *lock = (pthread_mutex_t *) &model->lock;
  Site *site = NULL;

  pthread_mutex_lock (lock);
  for (guint i = 0; i < model->sites->len && site == NULL; i++)
    if (is_same_place (&((Site *) g_ptr_array_index (model->sites, i))->place, place))
      site = g_ptr_array_index (model->sites, i);
  if (site == NULL)
    {
      site = site_new (place);
      g_ptr_array_add (model->sites, site);
    }
  pthread_mutex_unlock (lock);
  return site;
}

static void
look_at (Look *look, const HotpixDamageModel *model, guint kind, const gdouble *window)
{
  const Scene *scene = &model->scenes[kind];

  look->kind = kind;
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

static Equations *
equations_new (const Scene *scene, const HotpixDamageShapes *shapes,
               const HotpixDamageShape *shape)
{
  gsize n = shape->n_vectors;
  Equations *equations = g_malloc (sizeof *equations + N_STRENGTHS * n * n * sizeof (gdouble));
  g_autofree gdouble *matrix = g_new (gdouble, n * n);
  gdouble product[HOTPIX_DAMAGE_MOST_SUPPORT];

  for (gsize a = 0; a < n; a++)
    {
      memset (product, 0, sizeof product);
      for (guint i = 0; i < shapes->n_support; i++)
        {
          gdouble weight = shape->vectors[a][i];

          for (guint k = 0; weight != 0 && k < shapes->n_support; k++)
            product[k] += weight * scene->inverse[shapes->support[i]][shapes->support[k]];
        }
      for (gsize b = 0; b <= a; b++)
        {
          gdouble sum = 0;

          for (guint k = 0; k < shapes->n_support; k++)
            sum += shape->vectors[b][k] * product[k];
          matrix[a * n + b] = sum;
        }
    }
  for (guint k = 0; k < N_STRENGTHS; k++)
    {
      gdouble *factor = &equations->factors[k * n * n];

      memcpy (factor, matrix, n * n * sizeof *factor);
      for (gsize a = 0; a < n; a++)
        factor[a * n + a] += 1 / strengths[k];
      equations->log_determinants[k] = hotpix_cholesky_factorise (factor, (guint) n, (guint) n);
    }
  return equations;
}

/* Several threads may want them at once: the first to have them gives them to all. */
static const Equations *
get_equations (Site *site, const Look *look, guint shape)
{
  Equations **slot = &site->equations[look->kind][shape];
  Equations *equations = g_atomic_pointer_get (slot);

  if (equations != NULL)
    return equations;
  equations = equations_new (look->scene, &site->shapes, &site->shapes.shapes[shape]);
  if (g_atomic_pointer_compare_and_exchange (slot, NULL, equations))
    return equations;
  g_free (equations);
  return g_atomic_pointer_get (slot);
}

/* The right side of a shape's equations. */
static void
project (const Look *look, const HotpixDamageShapes *shapes, const HotpixDamageShape *shape,
         gdouble *right)
{
  for (guint a = 0; a < shape->n_vectors; a++)
    {
      right[a] = 0;
      for (guint i = 0; i < shapes->n_support; i++)
        if (shape->vectors[a][i] != 0)
          right[a] += shape->vectors[a][i] * look->weighted[shapes->support[i]];
    }
}

/* With damage of that strength: the window's log-likelihood, and how much of each vector there is. */
static gdouble
weigh (const Equations *equations, guint n, const Look *look, const gdouble *right,
       guint strength, gdouble *amounts)
{
  gdouble quadratic = look->quadratic;

  memcpy (amounts, right, n * sizeof *amounts);
  hotpix_cholesky_solve (&equations->factors[strength * n * n], n, n, amounts);
  for (guint i = 0; i < n; i++)
    quadratic -= right[i] * amounts[i];
  return log_likelihood (quadratic, look->scene->log_determinant
                                        + equations->log_determinants[strength]
                                        + n * log (strengths[strength]));
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
add_look (Mean *mean, const Look *look, Site *site)
{
  const HotpixDamageShapes *shapes = &site->shapes;
  guint n_kinds = shapes->n_shapes * N_STRENGTHS;
  gdouble prior = (1 - PRIOR_OF_NONE) / n_kinds;
  gdouble right[HOTPIX_DAMAGE_MOST_VECTORS], amounts[HOTPIX_DAMAGE_MOST_VECTORS];

  add_to_mean (mean, log_likelihood (look->quadratic, look->scene->log_determinant),
               PRIOR_OF_NONE, NULL, NULL, shapes->n_support);
  for (guint i = 0; i < shapes->n_shapes; i++)
    {
      const HotpixDamageShape *shape = &shapes->shapes[i];
      const Equations *equations = get_equations (site, look, i);

      project (look, shapes, shape, right);
      for (guint k = 0; k < N_STRENGTHS; k++)
        {
          gdouble logarithm = weigh (equations, shape->n_vectors, look, right, k, amounts);

          add_to_mean (mean, logarithm, prior, shape, amounts, shapes->n_support);
        }
    }
}

/* How well a kind of scene explains the window, with the freest shape of damage. */
static gdouble
score_look (const Look *look, Site *site)
{
  guint last = site->shapes.n_shapes - 1;
  const HotpixDamageShape *shape = &site->shapes.shapes[last];
  gdouble right[HOTPIX_DAMAGE_MOST_VECTORS], amounts[HOTPIX_DAMAGE_MOST_VECTORS];

  project (look, &site->shapes, shape, right);
  return weigh (get_equations (site, look, last), shape->n_vectors, look, right, FIRST_STRENGTH,
                amounts);
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
  (void) hotpix_cholesky_factorise (matrix, n, N);
  hotpix_cholesky_solve (matrix, n, N, right);
  for (guint a = 0; a < n; a++)
    if (unknown[free[a]])
      around[free[a]] = right[a];
}

/* As hotpix_damage_model_estimate(), which knows the site. */
static gboolean
estimate (const HotpixDamageModel *model, Site *site, const gdouble *window,
          const guint8 *unknown, gdouble *damage)
{
  const HotpixDamageShapes *shapes = &site->shapes;
  g_autofree Look *looks = g_new (Look, N_KINDS);
  Mean mean = { .highest = -G_MAXDOUBLE };
  gdouble around[N];

  take_mean_off (window, around);
  if (unknown != NULL)
    fill (&model->scenes[FILLING_KIND], shapes, unknown, around);
  for (guint i = 0; i < N_KINDS; i++)
    {
      look_at (&looks[i], model, i, around);
      looks[i].score = score_look (&looks[i], site);
    }
  qsort (looks, N_KINDS, sizeof *looks, compare_looks);
  for (guint i = 0; i < N_KINDS_KEPT; i++)
    add_look (&mean, &looks[i], site);
  if (mean.none > LEAST_PROBABILITY * mean.total)
    return FALSE;
  memset (damage, 0, N * sizeof *damage);
  for (guint i = 0; i < shapes->n_support; i++)
    damage[shapes->support[i]] = mean.damage[i] / mean.total;
  return TRUE;
}

gboolean
hotpix_damage_model_estimate (const HotpixDamageModel *model, const HotpixDamagePlace *place,
                              const gdouble *window, const guint8 *unknown, gdouble *damage)
{
  gboolean is_seen;
  Site *site;

  if (is_kept (place))
    return estimate (model, find_site (model, place), window, unknown, damage);
  site = site_new (place);
  is_seen = estimate (model, site, window, unknown, damage);
  site_free (site);
  return is_seen;
}
