/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "buffer-repair.h"

#include <math.h>
#include <string.h>

#define WIDTH 40
#define HEIGHT 32

static const HotpixDefect defects[] = { { .x = 12, .y = 10 }, { .x = 30, .y = 22 } };

/* A smooth scene with noise; each defect adds to what is near it. */
static gdouble
sample_at (guint x, guint y, gboolean is_damaged)
{
  gdouble value = 0.3 + 0.1 * sin (x / 9.0) + 0.1 * cos (y / 7.0)
                  + ((gint) ((x * 7919 + y * 104729) % 13) - 6) * 0.001;

  for (guint i = 0; is_damaged && i < G_N_ELEMENTS (defects); i++)
    {
      guint dx = MAX (x, defects[i].x) - MIN (x, defects[i].x);
      guint dy = MAX (y, defects[i].y) - MIN (y, defects[i].y);

      if (dx <= 1 && dy <= 1)
        value += 0.3 / (1 << (dx + dy));
    }
  return value;
}

/* Of 16 bits with alpha, to be made any format by GEGL. */
static GeglBuffer *
make_buffer (const gchar *format, gint left, gint top, gboolean is_damaged)
{
  GeglBuffer *buffer
      = gegl_buffer_new (GEGL_RECTANGLE (left, top, WIDTH, HEIGHT), babl_format (format));
  g_autofree gfloat *pixels = g_new (gfloat, WIDTH * HEIGHT * 4);

  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    {
      for (guint k = 0; k < 3; k++)
        pixels[4 * i + k] = (gfloat) sample_at (i % WIDTH, i / WIDTH, is_damaged);
      pixels[4 * i + 3] = 1;
    }
  gegl_buffer_set (buffer, NULL, 0, babl_format ("R'G'B'A float"), pixels, GEGL_AUTO_ROWSTRIDE);
  return buffer;
}

static HotpixRepairer *
make_repairer (void)
{
  HotpixListedDefects listed = { .list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect)) };
  HotpixRepairer *repairer;

  g_array_append_vals (listed.list, defects, G_N_ELEMENTS (defects));
  repairer = hotpix_repairer_new (&listed, WIDTH, HEIGHT);
  g_array_unref (listed.list);
  return repairer;
}

static HotpixBufferRepair *
repair_buffer (GeglBuffer *buffer)
{
  g_autoptr (HotpixRepairer) repairer = make_repairer ();
  g_autoptr (GError) error = NULL;
  HotpixBufferRepair *repair = hotpix_buffer_repair_new (buffer, repairer, &error);

  g_assert_no_error (error);
  return repair;
}

static gfloat *
get_pixels (GeglBuffer *buffer)
{
  gfloat *pixels = g_new (gfloat, WIDTH * HEIGHT * 4);

  gegl_buffer_get (buffer, NULL, 1, babl_format ("R'G'B'A float"), pixels, GEGL_AUTO_ROWSTRIDE,
                   GEGL_ABYSS_NONE);
  return pixels;
}

/* What differs between the buffers is what the repair tells. */
static void
assert_pixels_told (const HotpixBufferRepair *repair, GeglBuffer *before)
{
  g_autofree gfloat *old = get_pixels (before), *new = get_pixels (repair->buffer);
  gboolean told[WIDTH * HEIGHT] = { FALSE };

  for (guint i = 0; i < repair->pixels->len; i++)
    {
      const HotpixRepairWindow *pixel = &g_array_index (repair->pixels, HotpixRepairWindow, i);

      g_assert_false (told[pixel->y * WIDTH + pixel->x]);
      told[pixel->y * WIDTH + pixel->x] = TRUE;
    }
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    g_assert_cmpint (memcmp (old + 4 * i, new + 4 * i, 4 * sizeof *old) != 0, ==, told[i]);
}

static void
test_formats (void)
{
  const gchar *const formats[]
      = { "R'G'B' u8", "R'G'B'A u8", "R'G'B' u16", "Y' u8", "Y'A u16", "RGB float" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GeglBuffer) buffer = make_buffer (formats[i], 5, -3, TRUE);
      g_autoptr (GeglBuffer) given = gegl_buffer_dup (buffer);
      g_autoptr (GeglBuffer) clean = make_buffer (formats[i], 5, -3, FALSE);
      g_autoptr (HotpixBufferRepair) repair = repair_buffer (buffer);
      g_autofree gfloat *expected = get_pixels (clean), *got = get_pixels (repair->buffer);
      g_autofree gfloat *old = get_pixels (given), *now = get_pixels (buffer);

      g_assert_cmpuint (repair->n_repaired, ==, 2);
      g_assert_cmpfloat_with_epsilon (repair->damage, 2 * 0.3, 0.08);
      assert_pixels_told (repair, buffer);
      g_assert_cmpmem (now, WIDTH * HEIGHT * 4 * sizeof *now, old,
                       WIDTH * HEIGHT * 4 * sizeof *old);
      for (guint k = 0; k < WIDTH * HEIGHT * 4; k++)
        g_assert_cmpfloat_with_epsilon (got[k], expected[k], 0.04);
    }
}

static void
test_transparent (void)
{
  g_autoptr (GeglBuffer) buffer = make_buffer ("R'G'B'A u8", 0, 0, TRUE);
  const guint8 clear[4] = { 200, 100, 50, 254 };
  guint8 kept[4];
  g_autoptr (HotpixBufferRepair) repair = NULL;

  gegl_buffer_set (buffer, GEGL_RECTANGLE (12, 10, 1, 1), 0, babl_format ("R'G'B'A u8"), clear,
                   GEGL_AUTO_ROWSTRIDE);
  repair = repair_buffer (buffer);
  gegl_buffer_get (repair->buffer, GEGL_RECTANGLE (12, 10, 1, 1), 1, babl_format ("R'G'B'A u8"),
                   kept, GEGL_AUTO_ROWSTRIDE, GEGL_ABYSS_NONE);
  g_assert_cmpmem (kept, 4, clear, 4);
  assert_pixels_told (repair, buffer);
}

/* The mask's column 25 is the target's column 20. */
static void
test_mask (void)
{
  g_autoptr (GeglBuffer) buffer = make_buffer ("R'G'B' u8", 0, 0, TRUE);
  g_autoptr (GeglBuffer) target
      = gegl_buffer_new (GEGL_RECTANGLE (0, 0, WIDTH, HEIGHT), babl_format ("R'G'B'A u8"));
  g_autoptr (GeglBuffer) mask
      = gegl_buffer_new (GEGL_RECTANGLE (0, 0, WIDTH + 5, HEIGHT), babl_format ("Y u8"));
  guint8 white[20 * HEIGHT];
  g_autoptr (HotpixBufferRepair) repair = repair_buffer (buffer);
  g_autofree gfloat *repaired = get_pixels (repair->buffer), *copied = NULL;

  memset (white, 255, sizeof white);
  gegl_buffer_set (mask, GEGL_RECTANGLE (25, 0, 20, HEIGHT), 0, babl_format ("Y u8"), white,
                   GEGL_AUTO_ROWSTRIDE);
  hotpix_buffer_repair_copy_pixels (repair, target, mask, 5, 0);
  copied = get_pixels (target);
  for (guint i = 0; i < repair->pixels->len; i++)
    {
      const HotpixRepairWindow *pixel = &g_array_index (repair->pixels, HotpixRepairWindow, i);
      gsize at = 4 * ((gsize) pixel->y * WIDTH + pixel->x);

      if (pixel->x >= 20)
        for (guint k = 0; k < 4; k++)
          g_assert_cmpfloat_with_epsilon (copied[at + k], repaired[at + k], 1e-4);
      else
        g_assert_cmpfloat (copied[at + 3], ==, 0);
    }
}

static void
test_empty (void)
{
  g_autoptr (GeglBuffer) buffer
      = gegl_buffer_new (GEGL_RECTANGLE (0, 0, 0, 0), babl_format ("R'G'B' u8"));
  g_autoptr (HotpixRepairer) repairer = make_repairer ();
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_buffer_repair_new (buffer, repairer, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gegl_init (&argc, &argv);
  g_test_add_func ("/buffer-repair/each-format-is-repaired-and-what-was-given-stays",
                   test_formats);
  g_test_add_func ("/buffer-repair/what-is-not-opaque-stays", test_transparent);
  g_test_add_func ("/buffer-repair/a-mask-limits-what-is-copied", test_mask);
  g_test_add_func ("/buffer-repair/an-empty-buffer-is-refused", test_empty);
  status = g_test_run ();
  gegl_exit ();
  return status;
}
