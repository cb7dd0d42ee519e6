/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jpeg-writer.h"
#include "repair/damaged-blocks-private.h"
#include "repair/jpeg-damage-private.h"

#include <math.h>

#define N HOTPIX_JPEG_BLOCK_SAMPLES
#define SIDE 64
#define X 27
#define Y 30

/* A slope with a red photosite too bright by so much, as bilinear demosaicing spreads it. */
static HotpixJpegCoefficients *
make_jpeg (gint height)
{
  JpegRecipe recipe = { .width = SIDE, .height = SIDE, .quality = 85 };
  g_autofree guint8 *photo = g_malloc (SIDE * SIDE * 3);
  g_autoptr (GBytes) bytes = NULL;

  for (gint y = 0; y < SIDE; y++)
    for (gint x = 0; x < SIDE; x++)
      for (gint c = 0; c < 3; c++)
        {
          gint dx = ABS (x - X), dy = ABS (y - Y);
          gint damage = c == 0 && dx < 2 && dy < 2 ? height / ((1 << dx) * (1 << dy)) : 0;

          photo[(y * SIDE + x) * 3 + c] = (guint8) (70 + x / 2 + y / 3 + damage);
        }
  bytes = jpeg_writer_encode (&recipe, photo);
  return hotpix_jpeg_coefficients_new (bytes, NULL);
}

static HotpixRepairer *
make_repairer (void)
{
  HotpixDefect defect = { .x = X, .y = Y };
  HotpixListedDefects listed = { .list = g_array_new (FALSE, FALSE, sizeof defect) };
  HotpixRepairer *repairer;

  g_array_append_val (listed.list, defect);
  repairer = hotpix_repairer_new (&listed, SIDE, SIDE);
  g_array_unref (listed.list);
  return repairer;
}

/* The sum of a plane's damage is that of the footprint: 4 heights, a third of them luma, half Cr. */
static void
test_estimate (void)
{
  g_autoptr (HotpixRepairer) repairer = make_repairer ();
  HotpixFootprintGuesses guesses;

  hotpix_footprint_guesses_init (&guesses, 3);
  for (gint height = -60; height <= 60; height += 30)
    {
      g_autoptr (HotpixJpegCoefficients) jpeg = make_jpeg (height);
      g_autoptr (GArray) blocks = hotpix_damaged_blocks_read (jpeg, X, Y, NULL);
      g_autofree gfloat *damage = g_new0 (gfloat, blocks->len * N);
      gdouble sums[3] = { 0 };
      gboolean is_seen;

      g_assert_true (hotpix_jpeg_damage_estimate (jpeg, repairer, 0, &guesses, blocks, damage,
                                                  &is_seen, NULL));
      g_assert_cmpint (is_seen, ==, height != 0);
      for (guint i = 0; is_seen && i < blocks->len; i++)
        sums[g_array_index (blocks, HotpixDamagedBlock, i).component]
            += (gdouble) damage[i * N] * 8;
      g_assert_cmpfloat (fabs (sums[0] - 0.299 * 4 * height), <=, 0.2 * ABS (height));
      g_assert_cmpfloat (fabs (sums[2] - 0.5 * 2 * height), <=, 0.2 * ABS (height));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jpeg-damage/the-damage-of-a-photosite-is-told-in-each-plane",
                   test_estimate);
  return g_test_run ();
}
