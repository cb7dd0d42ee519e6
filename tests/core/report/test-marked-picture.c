/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made-up-set.h"
#include "report/picture.h"

#include <math.h>
#include <string.h>

#define WIDTH 300
#define HEIGHT 200

/* A picture of 300 columns has rings of radius 8 whose line is 2 wide, digits of dots of 2 pixels, and
 * five cells of 60 pixels. */
#define RADIUS 8
#define CELL 60
#define LABEL 14

static const HotpixDefect listed[] = {
  { .x = 100, .y = 90, .kind = HOTPIX_DEFECT_HOT },
  { .x = 299, .y = 0, .kind = HOTPIX_DEFECT_STUCK },
  { .x = 20, .y = 150, .kind = HOTPIX_DEFECT_DEAD },
};

typedef struct
{
  HotpixShape shape;
  guint16 *samples; /* of all rows */
} Picture;

static HotpixDefects *
make_defects (guint n)
{
  HotpixDefects *defects = g_new0 (HotpixDefects, 1);

  defects->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  g_array_append_vals (defects->list, listed, n);
  return defects;
}

static Picture
draw (const HotpixAccumulator *accumulator, const HotpixDefects *defects)
{
  Picture picture
      = { hotpix_picture_get_shape (HOTPIX_PICTURE_MARKS,
                                    hotpix_accumulator_get_shape (accumulator), defects),
          NULL };
  gsize n = hotpix_shape_row_samples (&picture.shape);
  g_autofree gdouble *values = g_new (gdouble, n);

  picture.samples = g_new (guint16, n * picture.shape.height);
  for (guint y = 0; y < picture.shape.height; y++)
    hotpix_picture_row (HOTPIX_PICTURE_MARKS, accumulator, defects, y, values,
                        picture.samples + y * n);
  return picture;
}

static const guint16 *
pixel_at (const Picture *picture, guint x, guint y)
{
  return picture->samples + 3 * ((gsize) y * picture->shape.width + x);
}

static gboolean
has_colour (const Picture *picture, guint x, guint y, HotpixDefectKind kind)
{
  guint8 rgb[3];
  const guint16 *pixel = pixel_at (picture, x, y);

  hotpix_defect_kind_colour (kind, rgb);
  return pixel[0] == 257 * rgb[0] && pixel[1] == 257 * rgb[1] && pixel[2] == 257 * rgb[2];
}

static void
test_rings (void)
{
  const HotpixShape shape = { WIDTH, HEIGHT, 3, 8 };
  g_autoptr (HotpixAccumulator) accumulator = made_up_set_accumulate (&shape, 2, NULL, NULL);
  g_autoptr (HotpixDefects) defects = make_defects (G_N_ELEMENTS (listed));
  Picture picture = draw (accumulator, defects);

  for (gsize i = 0; i < G_N_ELEMENTS (listed); i++)
    {
      const HotpixDefect *defect = &listed[i];

      g_assert_true (has_colour (&picture, defect->x, defect->y + RADIUS, defect->kind));
      g_assert_true (has_colour (&picture, defect->x - RADIUS, defect->y, defect->kind));
      /* The place itself is the dimmed mean. */
      g_assert_cmpint (
          pixel_at (&picture, defect->x, defect->y)[1], ==,
          floor (0.7 * 65535 * hotpix_accumulator_mean_at (accumulator, defect->x, defect->y, 1)
                 + 0.5));
    }
  g_free (picture.samples);
}

/* As 5 rows of 3 dots, of 2 x 2 pixels each. Returns how many of 15 dots are as in `digit`. */
static guint
count_matching_dots (const Picture *picture, guint x, guint y, HotpixDefectKind kind,
                     const gchar *digit)
{
  guint n = 0;

  for (guint i = 0; i < 15; i++)
    n += has_colour (picture, x + 2 * (i % 3), y + 2 * (i / 3), kind) == (digit[i] == '#');
  return n;
}

static void
test_numbers (void)
{
  const HotpixShape shape = { WIDTH, HEIGHT, 1, 8 };
  g_autoptr (HotpixAccumulator) accumulator = made_up_set_accumulate (&shape, 2, NULL, NULL);
  g_autoptr (HotpixDefects) defects = make_defects (G_N_ELEMENTS (listed));
  Picture picture = draw (accumulator, defects);
  guint reach = RADIUS + 2;

  /* Right of the first one's ring; left of that of the second, at the frame's right edge and corner. */
  g_assert_cmpuint (count_matching_dots (&picture, 100 + reach + 1 + 2, 90 - LABEL / 2 + 2,
                                         HOTPIX_DEFECT_HOT, ".#.##..#..#.###"),
                    ==, 15);
  g_assert_cmpuint (count_matching_dots (&picture, 299 - reach - 10 + 2, 2, HOTPIX_DEFECT_STUCK,
                                         "###..#####..###"),
                    ==, 15);
  /* And above the third cell of the strip. */
  g_assert_cmpuint (count_matching_dots (&picture, 2 * CELL + 2, HEIGHT + 2, HOTPIX_DEFECT_DEAD,
                                         "###..####..####"),
                    ==, 15);
  g_free (picture.samples);
}

static void
brighten (guint8 *samples, const HotpixShape *shape, guint number, gconstpointer data)
{
  for (guint y = 0; y < shape->height; y++)
    for (guint x = 0; x < shape->width; x++)
      samples[y * shape->width + x] = x == 100 && y == 90 ? 200 : 50;
}

static void
test_strip (void)
{
  const HotpixShape shape = { WIDTH, HEIGHT, 1, 8 };
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate (&shape, 2, brighten, NULL);
  g_autoptr (HotpixDefects) defects = make_defects (1);
  Picture picture = draw (accumulator, defects);

  g_assert_cmpuint (picture.shape.height, ==, HEIGHT + LABEL + CELL);
  g_assert_cmpuint (picture.shape.channels, ==, 3);
  /* 15 x 15 pixels, each as 4 x 4, from the darkest as black to the brightest as white. */
  for (guint y = 0; y < CELL; y++)
    for (guint x = 0; x < CELL; x++)
      g_assert_cmpuint (pixel_at (&picture, x, HEIGHT + LABEL + y)[0], ==,
                        x / 4 == 7 && y / 4 == 7 ? 65535 : 0);
  g_free (picture.samples);
}

static void
test_without_defects (void)
{
  const HotpixShape shapes[] = { { WIDTH, HEIGHT, 3, 8 }, { 1, 1, 1, 8 } };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (HotpixAccumulator) accumulator
          = made_up_set_accumulate (&shapes[i], 2, NULL, NULL);
      g_autoptr (HotpixDefects) defects = make_defects (0);
      Picture picture = draw (accumulator, defects);

      g_assert_cmpuint (picture.shape.height, ==, shapes[i].height);
      g_free (picture.samples);
    }
}

/* Marks are clipped at the edges of a picture that is too small for them. */
static void
test_small (void)
{
  for (guint width = 1; width < 70; width++)
    {
      const HotpixShape shape = { width, 3, 1, 8 };
      g_autoptr (HotpixAccumulator) accumulator
          = made_up_set_accumulate (&shape, 2, NULL, NULL);
      g_autoptr (HotpixDefects) defects = make_defects (0);
      HotpixDefect defect = { .x = width - 1, .y = 2 };
      Picture picture;

      for (guint k = 0; k < 12; k++)
        g_array_append_val (defects->list, defect);
      picture = draw (accumulator, defects);
      g_assert_cmpuint (picture.shape.height, ==, width < CELL ? 3 : 3 + LABEL + width);
      g_free (picture.samples);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marked-picture/a-ring-in-the-colour-of-its-kind-is-around-each",
                   test_rings);
  g_test_add_func ("/marked-picture/numbers-are-those-of-the-list", test_numbers);
  g_test_add_func ("/marked-picture/the-strip-shows-each-enlarged-and-stretched", test_strip);
  g_test_add_func ("/marked-picture/without-defects-there-is-no-strip", test_without_defects);
  g_test_add_func ("/marked-picture/small-pictures-clip-their-marks", test_small);
  return g_test_run ();
}
