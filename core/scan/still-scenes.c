/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/text.h"
#include "scan/scene-kernel-private.h"
#include "scan/still-scenes-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What varies less, in levels of 255 on average over a cell, does not count. */
#define LEAST_DEVIATION 1.5

/* Fewer cells that vary cannot tell scenes apart. */
#define LEAST_CELLS 100

/* A cell's details are taken in this many steps a standard deviation, up to the most. */
#define STEPS 16
#define MOST_STEPS (3 * STEPS)

/* A plain photo, such as a flat field, tells no scene: it differs from the mean of n scenes by no more than that does
 * from nothing, a share of 1 / n of what scenes differ from each other, squared. */
#define PLAIN_SHARE 0.2

/* What correlates more than this, with all that scenes have in common, is surely one scene. */
#define ALMOST_EQUAL 0.95

/* A photo that counts. */
typedef struct
{
  guint index; /* in the set */
  gdouble exposure;
  const gchar *name;
  const HotpixSceneSketch *sketch;
  const gint8 *steps; /* n_cells of the search */
  gint64 norm;        /* the sum of their squares */
  gboolean is_plain;
} Photo;

typedef struct
{
  const HotpixShape *shape;
  guint n_cells;
  Photo *photos;
  guint n_photos;
  gint8 *steps; /* n_photos x n_cells */
  gint32 *details;
  gint64 *sums, *squares; /* of the details, by cell */
  gdouble *weights;       /* of a detail, by cell: steps; 0 where the cell hardly varies */
  guint n_summed;         /* photos that these are of */
  const Photo **kept;     /* those that are no repeats */
  guint n_kept;
} Search;

static void
search_clear (Search *self)
{
  g_free (self->photos);
  g_free (self->steps);
  g_free (self->details);
  g_free (self->sums);
  g_free (self->squares);
  g_free (self->weights);
  g_free (self->kept);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* The longest exposure first; of equal ones an order that the content decides, or the name. */
static int
compare_photos (const void *a, const void *b, void *user_data)
{
  const Search *self = user_data;
  const Photo *p = a, *q = b;
  int order;

  if (p->exposure != q->exposure)
    return p->exposure > q->exposure ? -1 : 1;
  order = memcmp (hotpix_scene_sketch_get_cells (p->sketch),
                  hotpix_scene_sketch_get_cells (q->sketch), self->n_cells * sizeof (guint16));
  return order != 0 ? order : strcmp (p->name, q->name);
}

static void
list_photos (Search *self, HotpixFrameSet *set, HotpixSceneSketch *const *sketches)
{
  for (guint i = 0; i < hotpix_frame_set_get_length (set); i++)
    if (hotpix_frame_set_get_reason (set, i) == NULL)
      self->photos[self->n_photos++] = (Photo){
        .index = i,
        .exposure
        = hotpix_shot_exposure (hotpix_frame_get_shot (hotpix_frame_set_get_frame (set, i))),
        .name = hotpix_frame_set_get_name (set, i),
        .sketch = sketches[i],
      };
  qsort_r (self->photos, self->n_photos, sizeof *self->photos, compare_photos, self);
}

/* What cells have on average, and what they vary by, from some photos. */
static void
sum_details (Search *self, const Photo *const *photos, guint n)
{
  memset (self->sums, 0, self->n_cells * sizeof *self->sums);
  memset (self->squares, 0, self->n_cells * sizeof *self->squares);
  self->n_summed = n;
  for (guint i = 0; i < n; i++)
    {
      hotpix_scene_sketch_details (photos[i]->sketch, self->details);
      for (guint k = 0; k < self->n_cells; k++)
        {
          self->sums[k] += self->details[k];
          self->squares[k] += (gint64) self->details[k] * self->details[k];
        }
    }
}

static gdouble
mean_of (const Search *self, guint cell)
{
  return (gdouble) self->sums[cell] / self->n_summed;
}

/* How much a detail of each cell is worth. Returns how many cells vary. */
static guint
weigh_cells (const Search *self)
{
  gdouble level = 9.0 * HOTPIX_SKETCH_CELL * HOTPIX_SKETCH_CELL * self->shape->channels;
  guint n_varying = 0;

  for (guint k = 0; k < self->n_cells; k++)
    {
      gdouble mean = mean_of (self, k);
      gdouble square = (gdouble) self->squares[k] / self->n_summed;
      gdouble deviation = sqrt (MAX (square - mean * mean, 0));

      self->weights[k] = deviation >= LEAST_DEVIATION * level ? STEPS / deviation : 0;
      n_varying += self->weights[k] > 0;
    }
  return n_varying;
}

/* is_centred: whether a detail is what differs from the mean. n_varying: cells that count. */
static void
measure_photos (Search *self, gboolean is_centred, guint n_varying)
{
  for (guint i = 0; i < self->n_photos; i++)
    {
      gint8 *steps = self->steps + (gsize) i * self->n_cells;

      hotpix_scene_sketch_details (self->photos[i].sketch, self->details);
      for (guint k = 0; k < self->n_cells; k++)
        {
          gdouble detail = self->details[k] - (is_centred ? mean_of (self, k) : 0);

          steps[k] = (gint8) CLAMP (lrint (detail * self->weights[k]), -MOST_STEPS, MOST_STEPS);
        }
      self->photos[i].steps = steps;
      self->photos[i].norm = hotpix_scene_kernel_product (steps, steps, self->n_cells);
      self->photos[i].is_plain
          = is_centred && self->photos[i].norm < PLAIN_SHARE * STEPS * STEPS * n_varying;
    }
}

static gboolean
correlate (const Search *self, const Photo *a, const Photo *b, gdouble least)
{
  gdouble product = hotpix_scene_kernel_product (a->steps, b->steps, self->n_cells);

  return product > 0 && product >= least * sqrt ((gdouble) a->norm) * sqrt ((gdouble) b->norm);
}

/* Each photo is held against those before it that are no repeats, which are kept. */
static void
keep_different (Search *self, gdouble least, gboolean *is_repeat)
{
  self->n_kept = 0;
  for (guint i = 0; i < self->n_photos; i++)
    {
      const Photo *photo = &self->photos[i];
      gboolean found = FALSE;

      for (guint k = 0; k < self->n_kept && !found && !photo->is_plain; k++)
        found = correlate (self, self->kept[k], photo, least);
      is_repeat[photo->index] = found;
      if (!found)
        self->kept[self->n_kept++] = photo;
    }
}

/* First roughly, to know what the scenes have in common: no mean of all photos tells that, as one scene may be
 * that of most. FALSE where too few cells vary. */
static gboolean
find_repeats (Search *self, gboolean *is_repeat)
{
  guint n_varying;

  for (guint i = 0; i < self->n_photos; i++)
    self->kept[i] = &self->photos[i];
  sum_details (self, self->kept, self->n_photos);
  n_varying = weigh_cells (self);
  if (n_varying < LEAST_CELLS)
    return FALSE;
  measure_photos (self, FALSE, n_varying);
  keep_different (self, ALMOST_EQUAL, is_repeat);
  sum_details (self, self->kept, self->n_kept);
  n_varying = weigh_cells (self);
  if (n_varying < LEAST_CELLS)
    return FALSE;
  measure_photos (self, TRUE, n_varying);
  keep_different (self, HOTPIX_SAME_SCENE, is_repeat);
  return TRUE;
}

static gboolean
search_allocate (Search *self, guint n_photos)
{
  self->photos = g_try_new (Photo, n_photos);
  self->kept = g_try_new (const Photo *, n_photos);
  self->steps = g_try_malloc_n (n_photos, self->n_cells);
  self->details = g_try_new (gint32, self->n_cells);
  self->sums = g_try_new0 (gint64, self->n_cells);
  self->squares = g_try_new0 (gint64, self->n_cells);
  self->weights = g_try_new (gdouble, self->n_cells);
  return self->photos != NULL && self->kept != NULL && self->steps != NULL
         && self->details != NULL && self->sums != NULL && self->squares != NULL
         && self->weights != NULL;
}

gboolean
hotpix_still_scenes_find (HotpixFrameSet *set, const HotpixShape *shape,
                          HotpixSceneSketch *const *sketches, gboolean **is_repeat,
                          GError **error)
{
  guint n_photos = hotpix_frame_set_get_length (set);
  g_auto (Search) self = { .shape = shape, .n_cells = hotpix_scene_sketch_count_cells (shape) };
  g_autofree gboolean *repeats = NULL;

  *is_repeat = NULL;
  if (hotpix_frame_set_count_used (set) <= HOTPIX_LEAST_TO_JUDGE_BY
      || self.n_cells < LEAST_CELLS)
    return TRUE;
  repeats = g_try_new0 (gboolean, n_photos);
  if (repeats == NULL || !search_allocate (&self, n_photos))
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   _ ("not enough memory to compare the scenes of %u photos"), n_photos);
      return FALSE;
    }
  list_photos (&self, set, sketches);
  if (find_repeats (&self, repeats) && self.n_kept >= HOTPIX_LEAST_TO_JUDGE_BY
      && self.n_kept < self.n_photos)
    *is_repeat = g_steal_pointer (&repeats);
  return TRUE;
}
