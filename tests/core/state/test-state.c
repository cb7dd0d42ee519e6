/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "made-up-set.h"
#include "scratch-folder.h"
#include "state/state-file.h"
#include "state/state.h"

#include <glib/gstdio.h>
#include <string.h>

static const HotpixShape shape = { 40, 30, 3, 8 };

static gchar *folder;

/* What a part is of. */
typedef struct
{
  guint first, n; /* photos by number */
  guint bits;
  const gchar *serial;
  gboolean any_body;
} Part;

static void
add_photo (HotpixCounted *counted, guint number)
{
  HotpixCountedPhoto *photo = g_new0 (HotpixCountedPhoto, 1);

  photo->name = g_strdup_printf ("IMG_%u.JPG", number);
  photo->digest = g_strdup_printf ("%032u", number);
  photo->shot = hotpix_shot_copy (&hotpix_shot_unknown);
  hotpix_counted_add (counted, photo);
}

static HotpixAccumulator *
make_sums (guint n, guint bits)
{
  HotpixShape of_part = shape;

  of_part.bits = bits;
  return made_up_set_accumulate (&of_part, n, NULL, NULL);
}

/* Returns (transfer full): the path of a state. */
static gchar *
write_part (const gchar *name, const Part *part)
{
  gchar *path = g_build_filename (folder, name, NULL);
  g_autoptr (HotpixAccumulator) sums = make_sums (part->n, part->bits);
  g_autoptr (HotpixCounted) counted = hotpix_counted_new ();
  g_autoptr (HotpixCamera) body = hotpix_camera_new ("Maker", "Model", part->serial);

  for (guint i = 0; i < part->n; i++)
    add_photo (counted, part->first + i);
  g_assert_true (hotpix_state_file_write (path, sums, counted, part->any_body ? NULL : body,
                                          part->any_body, NULL));
  return path;
}

/* A new state that does not exist as a file. */
static HotpixState *
begin (const gchar *name)
{
  g_autofree gchar *path = g_build_filename (folder, name, NULL);
  HotpixState *state = hotpix_state_new (path, TRUE, NULL, NULL, NULL);

  g_assert_nonnull (state);
  g_assert_null (hotpix_state_get_basis (state));
  return state;
}

static void
assert_sums (const HotpixAccumulator *sums, const HotpixAccumulator *expected)
{
  gsize n = hotpix_shape_row_samples (&shape);
  g_autofree guint64 *values = g_new (guint64, 4 * n);
  g_autofree gint32 *steps = g_new (gint32, 2 * n);

  g_assert_cmpuint (hotpix_accumulator_get_frames (sums), ==,
                    hotpix_accumulator_get_frames (expected));
  for (guint y = 0; y < shape.height; y++)
    {
      hotpix_accumulator_sum_row (sums, y, values, values + n);
      hotpix_accumulator_sum_row (expected, y, values + 2 * n, values + 3 * n);
      g_assert_cmpmem (values, 2 * n * sizeof *values, values + 2 * n, 2 * n * sizeof *values);
      hotpix_accumulator_steps_row (sums, HOTPIX_LOOK_ALL, y, steps);
      hotpix_accumulator_steps_row (expected, HOTPIX_LOOK_ALL, y, steps + n);
      g_assert_cmpmem (steps, n * sizeof *steps, steps + n, n * sizeof *steps);
    }
}

/* Of 8 and 16 bits in any order, which is what the same photos in 16 bits have. */
static void
test_mixed_bits (void)
{
  const Part parts[] = { { 0, 5, 8, "1", FALSE }, { 10, 7, 16, "1", FALSE } };
  g_autoptr (HotpixAccumulator) expected = make_sums (5, 16), other = make_sums (7, 16);

  g_assert_true (hotpix_accumulator_merge (expected, other, NULL));
  for (guint first = 0; first < 2; first++)
    {
      g_autoptr (HotpixState) state = begin ("mixed.fits");
      g_autoptr (HotpixAccumulator) sums = NULL;

      for (guint i = 0; i < 2; i++)
        {
          g_autofree gchar *path = write_part ("part.fits", &parts[i ^ first]);

          g_assert_true (hotpix_state_merge (state, path, FALSE, NULL));
        }
      sums = hotpix_state_start (&hotpix_state_get_basis (state)->shape, 0, state, NULL);
      assert_sums (sums, expected);
    }
}

/* Photos of 16 bits go on from a state of 8. */
static void
test_wider_photos (void)
{
  g_autofree gchar *path = write_part ("narrow.fits", &(Part){ 0, 5, 8, "1", FALSE });
  g_autoptr (HotpixState) state = hotpix_state_new (path, TRUE, NULL, NULL, NULL);
  g_autoptr (HotpixAccumulator) sums = NULL, expected = make_sums (5, 16);
  HotpixShape wide = shape;

  wide.bits = 16;
  sums = hotpix_state_start (&wide, 100, state, NULL);
  assert_sums (sums, expected);
}

static void
assert_not_merged (const Part *own, const Part *part, const gchar *words)
{
  g_autofree gchar *path = write_part ("own.fits", own);
  g_autofree gchar *path_of_part = write_part ("other.fits", part);
  g_autoptr (HotpixState) state = hotpix_state_new (path, TRUE, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (hotpix_state_merge (state, path_of_part, FALSE, &error));
  g_assert_nonnull (strstr (error->message, "other.fits"));
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_not_merged (void)
{
  const Part own = { 0, 20, 8, "1", FALSE };

  assert_not_merged (&own, &(Part){ 20, 2, 8, "2", FALSE },
                     "is of photos by Model, serial 2, not by Model, serial 1");
  assert_not_merged (&own, &(Part){ 20, 2, 8, "1", TRUE },
                     "is of photos by any camera, not by Model, serial 1");
  assert_not_merged (&own, &(Part){ 19, 2, 8, "1", FALSE },
                     "has 1 photo that is counted already (IMG_19.JPG)");
  assert_not_merged (&own, &(Part){ 5, 13, 8, "1", FALSE }, "IMG_14.JPG and 3 more)");
}

/* What one part does not know of the camera, the other may. */
static void
test_body_is_learnt (void)
{
  g_autofree gchar *path = write_part ("unknown.fits", &(Part){ 0, 2, 8, NULL, FALSE });
  g_autofree gchar *known = write_part ("known.fits", &(Part){ 2, 2, 8, "7", FALSE });
  g_autoptr (HotpixState) state = hotpix_state_new (path, TRUE, NULL, NULL, NULL);
  g_autofree gchar *before = hotpix_state_describe_body (state), *after = NULL;

  g_assert_cmpstr (before, ==, "Model");
  g_assert_true (hotpix_state_merge (state, known, FALSE, NULL));
  after = hotpix_state_describe_body (state);
  g_assert_cmpstr (after, ==, "Model, serial 7");
}

static void
test_cameras (void)
{
  g_autofree gchar *path = write_part ("camera.fits", &(Part){ 0, 2, 8, "7", FALSE });
  g_autoptr (HotpixState) state = hotpix_state_new (path, FALSE, NULL, NULL, NULL);
  const struct
  {
    HotpixCameraChoice which;
    const gchar *name;
    gboolean fits;
  } cases[] = {
    { HOTPIX_CAMERA_MOST, NULL, TRUE },        { HOTPIX_CAMERA_ANY, NULL, FALSE },
    { HOTPIX_CAMERA_MOST, "model", TRUE },     { HOTPIX_CAMERA_MOST, "serial 7", TRUE },
    { HOTPIX_CAMERA_MOST, "serial 8", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (hotpix_state_check_camera (state, cases[i].which, cases[i].name, &error),
                       ==, cases[i].fits);
      if (!cases[i].fits)
        g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT);
    }
}

static void
test_budget (void)
{
  g_autofree gchar *path = write_part ("budget.fits", &(Part){ 0, 2, 8, "7", FALSE });
  g_autoptr (HotpixState) state = hotpix_state_new (path, FALSE, NULL, NULL, NULL);
  g_autoptr (HotpixAccumulator) sums = NULL;
  g_autoptr (GError) error = NULL;
  gsize needed = hotpix_accumulator_bytes (&shape, HOTPIX_SUMS_EVIDENCE, 2);

  hotpix_state_set_budget (state, needed - 1);
  g_assert_null (hotpix_state_start (&shape, 0, state, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY);
  hotpix_state_set_budget (state, needed);
  sums = hotpix_state_start (&shape, 0, state, NULL);
  g_assert_nonnull (sums);
}

/* Nothing was added: the file, and its time, stay. */
static void
test_unchanged (void)
{
  g_autofree gchar *path = write_part ("unchanged.fits", &(Part){ 0, 2, 8, "7", FALSE });
  g_autoptr (HotpixState) state = hotpix_state_new (path, TRUE, NULL, NULL, NULL);
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixAccumulator) sums = hotpix_state_start (&shape, 0, state, NULL);
  g_autofree gchar *other = g_build_filename (folder, "elsewhere.fits", NULL);

  /* It would be there again. */
  g_assert_cmpint (g_rename (path, other), ==, 0);
  g_assert_true (hotpix_state_save (state, sums, set, NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_nothing (void)
{
  g_autoptr (HotpixState) state = begin ("nothing.fits");
  g_autoptr (GError) error = NULL, missing = NULL;

  g_assert_null (hotpix_state_start (&shape, 0, state, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES);
  g_assert_null (hotpix_state_new ("/nowhere/state.fits", FALSE, NULL, NULL, &missing));
  g_assert_error (missing, HOTPIX_ERROR, HOTPIX_ERROR_READ);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  g_test_add_func ("/state/parts-of-8-and-16-bits-are-merged", test_mixed_bits);
  g_test_add_func ("/state/photos-of-16-bits-go-on-from-8", test_wider_photos);
  g_test_add_func ("/state/what-does-not-belong-together-is-not-merged", test_not_merged);
  g_test_add_func ("/state/a-part-may-tell-more-of-the-camera", test_body_is_learnt);
  g_test_add_func ("/state/another-choice-of-cameras-is-refused", test_cameras);
  g_test_add_func ("/state/sums-beyond-the-budget-are-refused", test_budget);
  g_test_add_func ("/state/without-a-new-photo-the-file-stays", test_unchanged);
  g_test_add_func ("/state/without-any-photo-there-is-nothing", test_nothing);
  status = g_test_run ();
  scratch_folder_remove (folder);
  return status;
}
