/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "buffer-frame.h"
#include "contact-sheet.h"

#define WIDTH 40
#define HEIGHT 30
#define N_PHOTOS 14

/* 16 bits of grey: each photo has its own dark ground and a ramp, brightest at the defect (20, 12). */
static guint16
sample_at (guint photo, guint x, guint y)
{
  return (guint16) (1000 * photo + 100 * x + (x == 20 && y == 12 ? 20000 : 0));
}

static HotpixFrameSet *
make_photos (void)
{
  HotpixFrameSet *set = hotpix_frame_set_new ();

  for (guint k = 0; k < N_PHOTOS; k++)
    {
      g_autoptr (GeglBuffer) buffer
          = gegl_buffer_new (GEGL_RECTANGLE (0, 0, WIDTH, HEIGHT), babl_format ("Y' u16"));
      guint16 samples[HEIGHT][WIDTH];

      for (guint y = 0; y < HEIGHT; y++)
        for (guint x = 0; x < WIDTH; x++)
          samples[y][x] = sample_at (k, x, y);
      gegl_buffer_set (buffer, NULL, 0, babl_format ("Y' u16"), samples, GEGL_AUTO_ROWSTRIDE);
      hotpix_frame_set_add (set, hotpix_buffer_frame_new (buffer, "photo", NULL));
      /* What is left out is not shown. */
      if (k == 0)
        hotpix_frame_set_add_left_out (set, "sketch", "is empty");
    }
  return set;
}

static HotpixDefects *
make_defects (guint n)
{
  HotpixDefects *defects = g_new0 (HotpixDefects, 1);
  HotpixDefect defect = { .x = 20, .y = 12, .kind = HOTPIX_DEFECT_STUCK, .length = 1 };

  defects->shape = (HotpixShape){ WIDTH, HEIGHT, 1, 16 };
  defects->list = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));
  for (guint i = 0; i < n; i++)
    g_array_append_val (defects->list, defect);
  return defects;
}

static ContactSheet *
make_sheet (const HotpixDefects *defects)
{
  g_autoptr (HotpixFrameSet) photos = make_photos ();
  g_autoptr (GError) error = NULL;
  ContactSheet *sheet = contact_sheet_new (photos, defects, &error);

  g_assert_no_error (error);
  return sheet;
}

/* Of the photos 0, 2, 4, 7, 9 and 11: 14 in six steps. */
static void
test_samples (void)
{
  const guint shown[] = { 0, 2, 4, 7, 9, 11 };
  g_autoptr (HotpixDefects) defects = make_defects (1);
  g_autoptr (ContactSheet) sheet = make_sheet (defects);

  g_assert_cmpuint (sheet->n_rows, ==, 1);
  g_assert_cmpuint (sheet->n_photos, ==, 6);
  for (guint photo = 0; photo < 6; photo++)
    for (guint i = 0; i < 15 * 15; i++)
      for (guint channel = 0; channel < 3; channel++)
        g_assert_cmpuint (sheet->samples[(photo * 15 * 15 + i) * 3 + channel], ==,
                          sample_at (shown[photo], 13 + i % 15, 5 + i / 15));
}

/* The defect's own pixel is the brightest, so white; left of it are the kind's colour and a gap. */
static void
test_drawing (void)
{
  g_autoptr (HotpixDefects) defects = make_defects (2);
  g_autoptr (ContactSheet) sheet = make_sheet (defects);
  GeglRectangle extent = { 0, 0, (gint) sheet->width, (gint) sheet->row_height };
  g_autoptr (GeglBuffer) buffer = gegl_buffer_new (&extent, babl_format ("R'G'B' u8"));
  g_autofree guint8 *pixels = g_new (guint8, (gsize) extent.width * extent.height * 3);
  guint8 colour[3];
  guint n_white = 0;

  contact_sheet_draw_row (sheet, 1, buffer);
  gegl_buffer_get (buffer, &extent, 1, babl_format ("R'G'B' u8"), pixels, GEGL_AUTO_ROWSTRIDE,
                   GEGL_ABYSS_NONE);
  hotpix_defect_kind_colour (HOTPIX_DEFECT_STUCK, colour);
  g_assert_cmpmem (pixels, 3, colour, 3);
  for (gint i = 0; i < extent.width * extent.height; i++)
    n_white += pixels[3 * i] == 255 && pixels[3 * i + 1] == 255 && pixels[3 * i + 2] == 255;
  g_assert_cmpuint (n_white, ==, 6 * 6 * 6);
}

/* Around a corner there is less: it is black. */
static void
test_corner (void)
{
  g_autoptr (HotpixDefects) defects = make_defects (1);
  g_autoptr (ContactSheet) sheet = NULL;

  g_array_index (defects->list, HotpixDefect, 0).x = 0;
  g_array_index (defects->list, HotpixDefect, 0).y = HEIGHT - 1;
  sheet = make_sheet (defects);
  g_assert_cmpuint (sheet->samples[(15 * 15 * 5 + 7 * 15 + 6) * 3], ==, 0);
  g_assert_cmpuint (sheet->samples[(15 * 15 * 5 + 7 * 15 + 7) * 3], ==,
                    sample_at (11, 0, HEIGHT - 1));
  g_assert_cmpuint (sheet->samples[(15 * 15 * 5 + 8 * 15 + 7) * 3], ==, 0);
}

static void
test_many (void)
{
  g_autoptr (HotpixDefects) defects = make_defects (CONTACT_SHEET_MOST_ROWS + 5);
  g_autoptr (ContactSheet) sheet = make_sheet (defects);

  g_assert_cmpuint (sheet->n_rows, ==, CONTACT_SHEET_MOST_ROWS);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  gegl_init (&argc, &argv);
  g_test_add_func ("/contact-sheet/six-photos-are-shown-as-they-are-around-a-defect",
                   test_samples);
  g_test_add_func ("/contact-sheet/a-row-is-stretched-and-has-the-kinds-colour", test_drawing);
  g_test_add_func ("/contact-sheet/outside-of-a-photo-is-black", test_corner);
  g_test_add_func ("/contact-sheet/only-the-first-defects-are-shown", test_many);
  status = g_test_run ();
  gegl_exit ();
  return status;
}
