/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/detector.h"
#include "made-up-set.h"

#include <math.h>
#include <string.h>

#define WIDTH 300
#define HEIGHT 200
#define N_FRAMES 24

static const HotpixShape colour = { WIDTH, HEIGHT, 3, 8 };

typedef struct
{
  guint x, y;
  HotpixDefectKind kind;
} Planted;

static guint8 *
sample_at (guint8 *samples, const HotpixShape *shape, guint x, guint y, guint channel)
{
  return samples + (y * hotpix_shape_row_samples (shape)) + (gsize) x * shape->channels
         + channel;
}

/* data: Planted, up to one of kind -1. In the second channel, or the only one. */
static void
plant (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  for (const Planted *planted = data; (gint) planted->kind >= 0; planted++)
    {
      guint8 *sample
          = sample_at (samples, shape, planted->x, planted->y, MIN (shape->channels - 1, 1));

      if (planted->kind == HOTPIX_DEFECT_HOT)
        *sample = (guint8) MIN (*sample + 60, 255);
      else
        *sample = planted->kind == HOTPIX_DEFECT_STUCK ? 190 : *sample / 4;
    }
}

static HotpixDefects *
detect (const HotpixShape *shape, guint n_frames, ChangeFrame change, gconstpointer data)
{
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate (shape, n_frames, change, data);
  g_autoptr (GError) error = NULL;
  HotpixDefects *defects
      = hotpix_detect (accumulator, HOTPIX_DEFAULT_THRESHOLD, HOTPIX_DEFAULT_KINDS, 0, &error);

  g_assert_no_error (error);
  return defects;
}

static const HotpixDefect *
find (const HotpixDefects *defects, guint x, guint y)
{
  for (guint i = 0; i < defects->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, i);

      if (defect->x == x && defect->y == y)
        return defect;
    }
  return NULL;
}

static void
assert_found (const HotpixDefects *defects, const Planted *planted)
{
  guint n = 0;

  for (; (gint) planted[n].kind >= 0; n++)
    {
      const HotpixDefect *defect = find (defects, planted[n].x, planted[n].y);

      g_assert_nonnull (defect);
      g_assert_cmpint (defect->kind, ==, planted[n].kind);
      g_assert_cmpfloat (defect->score, >=, 1);
      g_assert_cmpfloat (fabs (defect->mean - defect->around), >, 0.05);
      g_assert_true ((defect->mean < defect->around)
                     == (planted[n].kind == HOTPIX_DEFECT_DEAD));
    }
  g_assert_cmpuint (defects->list->len, ==, n);
  for (guint i = 1; i < n; i++)
    g_assert_cmpfloat (g_array_index (defects->list, HotpixDefect, i - 1).score, >=,
                       g_array_index (defects->list, HotpixDefect, i).score);
}

static void
test_none (void)
{
  const HotpixShape shapes[]
      = { colour, { WIDTH, HEIGHT, 1, 8 }, { 61, 47, 3, 8 }, { 5, 5, 1, 8 } };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (HotpixDefects) defects = detect (&shapes[i], N_FRAMES, NULL, NULL);

      g_assert_cmpuint (defects->list->len, ==, 0);
      g_assert_null (defects->warning);
      g_assert_cmpuint (defects->n_frames, ==, N_FRAMES);
    }
}

static void
blacken (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  memset (samples, 0, hotpix_shape_row_samples (shape) * shape->height);
}

static void
test_nothing_to_judge (void)
{
  g_autoptr (HotpixDefects) narrow
      = detect (&(HotpixShape){ 4, 90, 3, 8 }, N_FRAMES, NULL, NULL);
  g_autoptr (HotpixDefects) black = detect (&colour, N_FRAMES, blacken, NULL);

  g_assert_cmpuint (narrow->list->len + black->list->len, ==, 0);
  g_assert_cmpstr (narrow->warning, ==,
                   "photos of 4 x 90 pixels are too small to look for defects in");
  g_assert_nonnull (strstr (black->warning, "all black or white"));
}

/* A thousand in a megapixel, scattered: the limit is still that of the rest. */
static void
plant_many (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint y = 10; y < shape->height - 30; y += 30)
    for (guint x = 10; x < shape->width - 30; x += 30)
      {
        guint8 *sample
            = sample_at (samples, shape, x + (guint) g_rand_int_range (random, 0, 22),
                         y + (guint) g_rand_int_range (random, 0, 22), 1);

        *sample = (guint8) MIN (*sample + 60, 255);
      }
}

static void
test_many (void)
{
  const HotpixShape large = { 900, 600, 3, 8 };
  g_autoptr (HotpixDefects) defects = detect (&large, N_FRAMES, plant_many, NULL);

  g_assert_null (defects->warning);
  g_assert_cmpuint (defects->list->len, ==, 29 * 19);
}

/* A round black rim that the frame's edge cuts. */
static void
furnish_with_rim (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  for (guint y = 0; y < shape->height; y++)
    for (guint x = 0; x < shape->width; x++)
      if (hypot (x - 150.0, y - 100.0) > 110)
        memset (sample_at (samples, shape, x, y, 0), 2, shape->channels);
}

static void
test_rim (void)
{
  g_autoptr (HotpixDefects) defects = detect (&colour, N_FRAMES, furnish_with_rim, NULL);

  g_assert_cmpuint (defects->list->len, ==, 0);
}

static const Planted everywhere[] = {
  { 100, 80, HOTPIX_DEFECT_HOT },         { 200, 120, HOTPIX_DEFECT_STUCK },
  { 50, 150, HOTPIX_DEFECT_DEAD },        { 0, 0, HOTPIX_DEFECT_HOT },
  { 1, 60, HOTPIX_DEFECT_DEAD },          { WIDTH - 1, HEIGHT - 1, HOTPIX_DEFECT_STUCK },
  { WIDTH - 2, 30, HOTPIX_DEFECT_HOT },   { 150, 1, HOTPIX_DEFECT_STUCK },
  { 70, HEIGHT - 2, HOTPIX_DEFECT_DEAD }, { 0, HEIGHT - 1, HOTPIX_DEFECT_HOT },
  { 0, 0, (HotpixDefectKind) -1 },
};

static void
test_kinds_and_edges (void)
{
  const HotpixShape shapes[] = { colour, { WIDTH, HEIGHT, 1, 8 }, { WIDTH, HEIGHT, 3, 16 } };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (HotpixDefects) defects = detect (&shapes[i], N_FRAMES, plant, everywhere);

      assert_found (defects, everywhere);
      g_assert_null (defects->warning);
      g_assert_cmpuint (find (defects, 100, 80)->channel, ==, shapes[i].channels == 1 ? 0 : 1);
    }
}

static void
test_16_bits (void)
{
  g_autoptr (HotpixDefects) narrow = detect (&colour, N_FRAMES, plant, everywhere);
  g_autoptr (HotpixDefects) wide
      = detect (&(HotpixShape){ WIDTH, HEIGHT, 3, 16 }, N_FRAMES, plant, everywhere);

  for (guint i = 0; i < narrow->list->len; i++)
    {
      const HotpixDefect *a = &g_array_index (narrow->list, HotpixDefect, i);
      const HotpixDefect *b = &g_array_index (wide->list, HotpixDefect, i);

      g_assert_cmpuint (a->x, ==, b->x);
      g_assert_cmpuint (a->y, ==, b->y);
      g_assert_cmpfloat (a->score, ==, b->score);
      g_assert_cmpfloat_with_epsilon (a->variance, b->variance, 1e-12);
    }
}

static void
test_neighbours (void)
{
  static const Planted pairs[] = { { 100, 80, HOTPIX_DEFECT_HOT },
                                   { 104, 80, HOTPIX_DEFECT_HOT },
                                   { 200, 120, HOTPIX_DEFECT_STUCK },
                                   { 204, 124, HOTPIX_DEFECT_DEAD },
                                   { 0, 0, (HotpixDefectKind) -1 } };
  g_autoptr (HotpixDefects) defects = detect (&colour, N_FRAMES, plant, pairs);

  assert_found (defects, pairs);
}

/* As bilinear demosaicing shows one photosite, in all channels. */
static void
smear (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  for (gint dy = -1; dy <= 1; dy++)
    for (gint dx = -1; dx <= 1; dx++)
      for (guint channel = 0; channel < 3; channel++)
        {
          guint8 *sample
              = sample_at (samples, shape, (guint) (150 + dx), (guint) (90 + dy), channel);

          *sample = (guint8) MIN (*sample + (80 >> (ABS (dx) + ABS (dy))), 255);
        }
}

/* Three photosites next to each other, each in a colour of its own, and one two pixels away. */
static void
plant_cluster (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  static const guint places[4][3]
      = { { 150, 90, 1 }, { 151, 90, 0 }, { 150, 91, 2 }, { 152, 92, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      guint8 *sample = sample_at (samples, shape, places[i][0], places[i][1], places[i][2]);

      *sample = (guint8) MIN (*sample + 60 + 5 * i, 255);
    }
}

static void
test_cluster (void)
{
  g_autoptr (HotpixDefects) defects = detect (&colour, N_FRAMES, plant_cluster, NULL);
  guint n_clusters = 0;

  g_assert_cmpuint (defects->list->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, i);

      n_clusters += defect->kind == HOTPIX_DEFECT_CLUSTER;
      g_assert_true (defect->kind == HOTPIX_DEFECT_CLUSTER
                     || defect->kind == HOTPIX_DEFECT_HOT);
    }
  g_assert_cmpuint (n_clusters, ==, 3);
}

/* 16 places, on all photosites of a mosaic, no two pairs of which are equally far apart, as are ghosts. */
static void
scatter (guint i, guint *x, guint *y)
{
  *x = 40 + i % 4 * 50 + i % 2 + 2 * (i * i % 7);
  *y = 40 + i / 4 * 30 + i / 4 % 2 + 2 * (i * i % 5);
}

/* A spot as a soft picture shows one photosite: half of it around, in all colours, and a little more of
 * its own colour, of an RGGB mosaic. */
static void
plant_soft (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  for (guint i = 0; i < 16; i++)
    {
      guint x, y;

      scatter (i, &x, &y);
      for (gint dy = -1; dy <= 1; dy++)
        for (gint dx = -1; dx <= 1; dx++)
          for (guint channel = 0; channel < 3; channel++)
            {
              guint8 *sample
                  = sample_at (samples, shape, x + (guint) dx, y + (guint) dy, channel);
              gint amount = channel == (x & 1) + (y & 1) ? 26 : 24;

              *sample = (guint8) MIN (*sample + (amount >> (ABS (dx) + ABS (dy))), 255);
            }
    }
}

static void
test_soft (void)
{
  g_autoptr (HotpixDefects) defects = detect (&colour, N_FRAMES, plant_soft, NULL);

  g_assert_cmpuint (defects->list->len, ==, 16);
  for (guint i = 0; i < 16; i++)
    g_assert_cmpint (g_array_index (defects->list, HotpixDefect, i).kind, !=,
                     HOTPIX_DEFECT_CLUSTER);
}

/* Photosites of an RGGB mosaic by bilinear demosaicing. A JPEG of half as many colour samples in a row
 * smears the blue ones: these are the means of a simulated camera's photos, by column from two to the left
 * of a blue photosite on, less those around. */
static void
plant_smeared (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  static const gint smeared[3][6]
      = { { 0, 4, 7, 3, 2, 0 }, { 0, 1, 3, 0, 0, 0 }, { 13, 32, 40, 30, 22, 11 } };

  for (guint i = 0; i < 16; i++)
    {
      guint x, y, colour_of_site;

      scatter (i, &x, &y);
      colour_of_site = (x & 1) + (y & 1);
      for (gint dy = -1; dy <= 1; dy++)
        for (gint dx = -2; dx <= 3; dx++)
          for (guint channel = 0; channel < 3; channel++)
            {
              guint8 *sample
                  = sample_at (samples, shape, x + (guint) dx, y + (guint) dy, channel);
              gint plain = channel == colour_of_site && ABS (dx) <= 1 ? 40 >> ABS (dx) : 0;
              gint amount = colour_of_site == 2 ? smeared[channel][dx + 2] : plain;

              *sample = (guint8) MIN (*sample + (amount >> ABS (dy)), 255);
            }
    }
}

static void
test_smeared_colour (void)
{
  g_autoptr (HotpixDefects) defects = detect (&colour, N_FRAMES, plant_smeared, NULL);

  g_assert_cmpuint (defects->list->len, ==, 16);
  for (guint i = 0; i < 16; i++)
    g_assert_cmpint (g_array_index (defects->list, HotpixDefect, i).kind, !=,
                     HOTPIX_DEFECT_CLUSTER);
}

/* Soft and dark, in all colours alike. */
static void
lay_dust (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  for (gint dy = -3; dy <= 3; dy++)
    for (gint dx = -3; dx <= 3; dx++)
      for (guint channel = 0; channel < 3; channel++)
        {
          guint8 *sample
              = sample_at (samples, shape, (guint) (150 + dx), (guint) (90 + dy), channel);

          *sample = (guint8) (*sample * (1 - 0.4 * exp (-(dx * dx + dy * dy) / 2.0)));
        }
}

static void
test_dust (void)
{
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate (&colour, N_FRAMES, lay_dust, NULL);
  g_autoptr (HotpixDefects) all
      = hotpix_detect (accumulator, HOTPIX_DEFAULT_THRESHOLD, HOTPIX_ALL_KINDS, 0, NULL);
  g_autoptr (HotpixDefects) others
      = hotpix_detect (accumulator, HOTPIX_DEFAULT_THRESHOLD, HOTPIX_DEFAULT_KINDS, 0, NULL);

  g_assert_cmpuint (others->list->len, ==, 0);
  g_assert_cmpuint (all->list->len, ==, 1);
  g_assert_cmpint (find (all, 150, 90)->kind, ==, HOTPIX_DEFECT_DUST);
}

/* A whole column and a part of a row, and what is no line: the rim of what is darker below. */
static void
plant_lines (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  for (guint y = 0; y < shape->height; y++)
    for (guint x = 0; x < shape->width; x++)
      for (guint channel = 0; channel < shape->channels; channel++)
        {
          guint8 *sample = sample_at (samples, shape, x, y, channel);

          if ((x == 70 || (y == 60 && x >= 101 && x < 250)) && channel == 1)
            *sample = (guint8) MIN (*sample + 9, 255);
          if (y >= 150)
            *sample = (guint8) (*sample / 2);
        }
}

static void
test_lines (void)
{
  g_autoptr (HotpixDefects) defects = detect (&colour, N_FRAMES, plant_lines, NULL);
  const HotpixDefect *column = find (defects, 70, 0), *row = find (defects, 101, 60);

  g_assert_cmpuint (defects->list->len, ==, 2);
  g_assert_nonnull (column);
  g_assert_cmpint (column->kind, ==, HOTPIX_DEFECT_COLUMN);
  g_assert_cmpuint (column->length, ==, HEIGHT);
  g_assert_cmpfloat_with_epsilon (column->mean - column->around, 9 / 255.0, 0.005);
  g_assert_nonnull (row);
  g_assert_cmpint (row->kind, ==, HOTPIX_DEFECT_ROW);
  g_assert_cmpuint (row->length, ==, 149);
}

static void
test_smeared (void)
{
  static const Planted one[]
      = { { 150, 90, HOTPIX_DEFECT_HOT }, { 0, 0, (HotpixDefectKind) -1 } };
  g_autoptr (HotpixDefects) defects = detect (&colour, N_FRAMES, smear, NULL);

  assert_found (defects, one);
}

/* What keeps its place and yet is no photosite: dust, a window's straight rim and rounded corner,
 * black corners, a highlight that is clipped in every photo. */
static void
furnish (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  for (guint y = 0; y < shape->height; y++)
    for (guint x = 0; x < shape->width; x++)
      for (guint channel = 0; channel < shape->channels; channel++)
        {
          guint8 *sample = sample_at (samples, shape, x, y, channel);
          gdouble dust = hypot (x - 100.0, y - 60.0), corner = hypot (x - 260.0, y - 170.0);

          *sample = (guint8) (*sample * (1 - 0.4 * exp (-dust * dust / 32)));
          if (x > 260 && y > 170 && corner > 25)
            *sample = 3;
          if (x < 40 && y > 150)
            *sample = 12;
          if (x > 180 && x < 220 && y > 20 && y < 50)
            *sample = 255;
        }
}

static void
test_furniture (void)
{
  g_autoptr (HotpixDefects) defects = detect (&colour, N_FRAMES, furnish, NULL);

  g_assert_cmpuint (defects->list->len, ==, 0);
}

static void
test_faint (void)
{
  static const Planted one[]
      = { { 150, 90, HOTPIX_DEFECT_HOT }, { 0, 0, (HotpixDefectKind) -1 } };
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate (&colour, N_FRAMES, plant, one);
  g_autoptr (HotpixDefects) all
      = hotpix_detect (accumulator, HOTPIX_DEFAULT_THRESHOLD, HOTPIX_DEFAULT_KINDS, 0, NULL);
  g_autoptr (HotpixDefects) none = hotpix_detect (
      accumulator, 1.01 * find (all, 150, 90)->score, HOTPIX_DEFAULT_KINDS, 0, NULL);

  g_assert_cmpuint (none->list->len, ==, 0);
}

/* One scene, with other noise: from a tripod. */
static void
stand_still (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (99), noise = g_rand_new_with_seed (number);

  for (gsize i = 0; i < hotpix_shape_row_samples (shape) * shape->height; i++)
    samples[i]
        = (guint8) (g_rand_int_range (random, 20, 230) + g_rand_int_range (noise, -4, 5));
}

static void
test_alike (void)
{
  g_autoptr (HotpixDefects) defects = detect (&colour, N_FRAMES, stand_still, NULL);

  g_assert_nonnull (defects->warning);
  g_assert_nonnull (strstr (defects->warning, "too alike"));
  g_assert_cmpuint (defects->list->len, <=, 5);
}

static void
test_few (void)
{
  for (guint n_frames = 2; n_frames <= 12; n_frames += 5)
    {
      g_autoptr (HotpixDefects) defects = detect (&colour, n_frames, NULL, NULL);

      g_assert_cmpuint (defects->list->len, ==, 0);
      if (n_frames < HOTPIX_FEW_FRAMES)
        g_assert_nonnull (strstr (defects->warning, "only strong defects"));
      else
        g_assert_null (defects->warning);
    }
}

static void
test_threshold_range (void)
{
  const gdouble refused[] = { 0, 0.249, 100.1, -1, NAN };
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate (&(HotpixShape){ 8, 8, 1, 8 }, 2, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hotpix_detect (accumulator, refused[i], HOTPIX_DEFAULT_KINDS, 0, &error));
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
      g_assert_nonnull (strstr (error->message, "0.25 to 100"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/detector/healthy-sensors-have-no-defects", test_none);
  g_test_add_func ("/detector/what-cannot-be-judged-is-told", test_nothing_to_judge);
  g_test_add_func ("/detector/many-defects-do-not-hide-each-other", test_many);
  g_test_add_func ("/detector/a-rim-at-the-edge-is-no-defect", test_rim);
  g_test_add_func ("/detector/every-kind-is-found-up-to-the-edges", test_kinds_and_edges);
  g_test_add_func ("/detector/16-bits-tell-the-same-as-8", test_16_bits);
  g_test_add_func ("/detector/neighbours-are-kept-apart", test_neighbours);
  g_test_add_func ("/detector/all-photosites-of-a-cluster-are-listed", test_cluster);
  g_test_add_func ("/detector/soft-spots-are-no-clusters", test_soft);
  g_test_add_func ("/detector/smeared-colour-is-no-cluster", test_smeared_colour);
  g_test_add_func ("/detector/columns-and-parts-of-rows-are-one-defect-each", test_lines);
  g_test_add_func ("/detector/dust-is-listed-where-it-is-asked-for", test_dust);
  g_test_add_func ("/detector/a-smeared-photosite-is-listed-once", test_smeared);
  g_test_add_func ("/detector/what-keeps-its-place-is-no-defect", test_furniture);
  g_test_add_func ("/detector/the-threshold-is-the-least-score", test_faint);
  g_test_add_func ("/detector/photos-that-are-alike-are-told", test_alike);
  g_test_add_func ("/detector/few-photos-are-told", test_few);
  g_test_add_func ("/detector/thresholds-out-of-range-are-refused", test_threshold_range);
  return g_test_run ();
}
