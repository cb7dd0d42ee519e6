/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence-reference.h"
#include "sums/evidence-sums-private.h"

#define WIDTH 9
#define HEIGHT 8
#define ROW_SAMPLES (3 * WIDTH)

/* Numbers of frames that sums of 2 bytes have room for, and that they have not. */
static const guint widths[] = { 1, 4095, 4096 };

static const HotpixShape shapes[] = { { WIDTH, HEIGHT, 3, 8 }, { WIDTH, HEIGHT, 3, 16 } };

static gpointer
make_samples (FakeFrame *fake)
{
  const HotpixShape *shape = &fake->frame.shape;
  gpointer rows = g_malloc (hotpix_shape_row_bytes (shape) * shape->height);

  g_assert_true (fake->frame.frame_class->open (&fake->frame, NULL));
  g_assert_true (fake->frame.frame_class->read (&fake->frame, shape->height, rows, NULL));
  fake->frame.frame_class->close (&fake->frame);
  return rows;
}

static void
assert_steps (const HotpixEvidenceSums *sums, const FakeFrame *fake, gint times)
{
  gint32 steps[ROW_SAMPLES];

  for (guint y = 0; y < HEIGHT; y++)
    {
      hotpix_evidence_sums_row (sums, y, steps);
      for (guint i = 0; i < ROW_SAMPLES; i++)
        {
          gint expected = evidence_reference_of_frame (fake, i / 3, y, i % 3);

          g_assert_cmpint (steps[i], ==, times * expected);
          g_assert_cmpint (hotpix_evidence_sums_steps (sums, y * ROW_SAMPLES + i), ==,
                           steps[i]);
        }
    }
}

/* The frame in two parts, the second of which begins in the middle of it. */
static void
test_add (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (shapes); k++)
      {
        g_autoptr (HotpixEvidenceSums) sums = hotpix_evidence_sums_new (&shapes[k], widths[i]);
        FakeFrame *fake = fake_frame_new (&shapes[k], 1);
        g_autofree guint8 *samples = make_samples (fake);
        gconstpointer frames[] = { samples, samples };
        gint8 scratch[ROW_SAMPLES];
        gconstpointer lower = samples + 5 * hotpix_shape_row_bytes (&shapes[k]);

        hotpix_evidence_sums_add (sums, NULL, 0, 4, frames, 0, 2, scratch);
        hotpix_evidence_sums_add (sums, NULL, 4, 4, &lower, 5, 1, scratch);
        hotpix_evidence_sums_add (sums, NULL, 4, 4, &lower, 5, 1, scratch);
        assert_steps (sums, fake, 2);
        hotpix_evidence_sums_subtract (sums, NULL, 0, HEIGHT, samples, 0, scratch);
        assert_steps (sums, fake, 1);
        hotpix_frame_free (&fake->frame);
      }
}

static void
test_merge (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    for (gsize k = i; k < G_N_ELEMENTS (widths); k++)
      {
        g_autoptr (HotpixEvidenceSums) sums = hotpix_evidence_sums_new (&shapes[0], widths[i]);
        g_autoptr (HotpixEvidenceSums) others
            = hotpix_evidence_sums_new (&shapes[0], widths[k]);
        FakeFrame *fake = fake_frame_new (&shapes[0], 2);
        gint8 scratch[ROW_SAMPLES];
        g_autofree gpointer samples = make_samples (fake);
        gconstpointer frame = samples;

        hotpix_evidence_sums_add (sums, NULL, 0, HEIGHT, &frame, 0, 1, scratch);
        g_assert_cmpuint (hotpix_evidence_sums_get_room (others), >=, widths[k]);
        hotpix_evidence_sums_merge (others, sums);
        assert_steps (others, fake, 1);
        hotpix_evidence_sums_merge (others, sums);
        assert_steps (others, fake, 2);
        hotpix_frame_free (&fake->frame);
      }
}

static void
test_too_small (void)
{
  const HotpixShape shape = { 4, HEIGHT, 1, 8 };
  g_autoptr (HotpixEvidenceSums) sums = hotpix_evidence_sums_new (&shape, 1);
  guint8 samples[4 * HEIGHT] = { 255 };
  gint8 scratch[4];
  gconstpointer frame = samples;

  hotpix_evidence_sums_add (sums, NULL, 0, HEIGHT, &frame, 0, 1, scratch);
  for (gsize i = 0; i < sizeof samples; i++)
    g_assert_cmpint (hotpix_evidence_sums_steps (sums, i), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evidence-sums/every-width-adds-and-subtracts-by-the-reference", test_add);
  g_test_add_func ("/evidence-sums/narrower-sums-merge-into-wider-ones", test_merge);
  g_test_add_func ("/evidence-sums/frames-too-small-for-rings-give-none", test_too_small);
  return g_test_run ();
}
