/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detect/trouble-private.h"
#include "made-up-set.h"

#include <string.h>

#define N_FRAMES 24

static const HotpixShape shape = { 450, 300, 3, 8 };

static HotpixTrouble
find (ChangeFrame change, gconstpointer data)
{
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate (&shape, N_FRAMES, change, data);
  g_autoptr (HotpixLooks) looks = hotpix_looks_new (accumulator, 0, NULL);

  return hotpix_trouble_find (looks);
}

static void
test_none (void)
{
  g_assert_cmpint (find (NULL, NULL), ==, HOTPIX_TROUBLE_NONE);
}

/* What does not depend on the photo: a number from -range to range for each sample. */
static gint
fixed (gsize i, gint range)
{
  return (gint) ((guint32) (i * 2654435761u) >> 16) % (2 * range + 1) - range;
}

static void
hold_still (guint8 *samples, const HotpixShape *of, guint number, gconstpointer data)
{
  gsize n = hotpix_shape_row_samples (of) * of->height;

  for (gsize i = 0; i < n; i++)
    samples[i] = (guint8) (128 + fixed (i / 12, 60) + samples[i] % 8);
}

/* Over half of the picture. */
static void
add_pattern (guint8 *samples, const HotpixShape *of, guint number, gconstpointer data)
{
  gsize n = hotpix_shape_row_samples (of) * of->height / 2;

  for (gsize i = 0; i < n; i++)
    samples[i] = (guint8) CLAMP (samples[i] + fixed (i, 12), 0, 255);
}

/* Photosites seven pixels apart. */
static void
add_many (guint8 *samples, const HotpixShape *of, guint number, gconstpointer data)
{
  for (guint y = 4; y < of->height - 4; y += 7)
    for (guint x = 4; x < of->width - 4; x += 7)
      {
        guint8 *sample = samples + y * hotpix_shape_row_samples (of) + (gsize) x * 3 + 1;

        *sample = (guint8) MIN (*sample + 60, 255);
      }
}

static void
test_alike (void)
{
  g_assert_cmpint (find (hold_still, NULL), ==, HOTPIX_TROUBLE_ALIKE);
}

static void
test_pattern (void)
{
  g_assert_cmpint (find (add_pattern, NULL), ==, HOTPIX_TROUBLE_FIXED);
}

static void
test_many (void)
{
  g_assert_cmpint (find (add_many, NULL), ==, HOTPIX_TROUBLE_FIXED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trouble/different-scenes-make-none", test_none);
  g_test_add_func ("/trouble/one-scene-is-alike", test_alike);
  g_test_add_func ("/trouble/a-fixed-pattern-is-told", test_pattern);
  g_test_add_func ("/trouble/very-many-defects-are-told", test_many);
  return g_test_run ();
}
