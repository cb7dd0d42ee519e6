/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A state's file: refused in words, or sums that photos can have, which come back the same. The checksums of
 * any input would be wrong, so that nothing behind them was tried: each input is run as it is, and with
 * checksums that are right. */
#include "base/error.h"
#include "detect/detector.h"
#include "fuzz-target.h"
#include "made-up-set.h"
#include "scratch-folder.h"
#include "state/fits-sums-private.h"
#include "state/state-file.h"

#include <string.h>
#include <unistd.h>

/* Larger ones only take their time. */
#define MOST_SAMPLES 20000
#define MOST_FRAMES 100000

static void
check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == HOTPIX_ERROR);
  g_assert_nonnull (strstr (error->message, "the state "));
}

static gboolean
is_small (const HotpixStateFile *file)
{
  const HotpixShape *shape = hotpix_state_file_get_shape (file);

  return shape->width <= MOST_SAMPLES && shape->height <= MOST_SAMPLES
         && hotpix_shape_row_samples (shape) * shape->height <= MOST_SAMPLES
         && hotpix_state_file_get_frames (file) <= MOST_FRAMES;
}

static void
check_told (const HotpixStateFile *file)
{
  const HotpixCounted *counted = hotpix_state_file_get_counted (file);

  g_assert_cmpuint (hotpix_counted_get_length (counted), ==,
                    hotpix_state_file_get_frames (file));
  for (guint i = 0; i < hotpix_counted_get_length (counted); i++)
    {
      const HotpixCountedPhoto *photo = hotpix_counted_get (counted, i);
      g_autofree gchar *words = hotpix_camera_describe (photo->camera);

      g_assert_true (photo->shot->exposure_time >= 0);
      g_assert_cmpuint (photo->shot->orientation, <=, 8);
      g_assert_true (photo->shot->lens == NULL
                     || g_utf8_validate (photo->shot->lens, -1, NULL));
    }
}

/* Of sums that were taken, nothing that follows may be surprised. */
static void
detect (const HotpixAccumulator *accumulator)
{
  g_autoptr (HotpixDefects) defects = NULL;

  if (hotpix_accumulator_get_frames (accumulator) < 2)
    return;
  defects = hotpix_detect (accumulator, 1, HOTPIX_ALL_KINDS, 1, NULL);
  g_assert_nonnull (defects);
}

static void
read_file (const gchar *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HotpixStateFile) file = hotpix_state_file_open (path, &error);
  g_autoptr (HotpixAccumulator) accumulator = NULL;

  if (file == NULL)
    {
      check_error (error);
      return;
    }
  check_told (file);
  if (!is_small (file))
    return;
  accumulator
      = hotpix_accumulator_new (hotpix_state_file_get_shape (file), HOTPIX_SUMS_EVIDENCE,
                                hotpix_state_file_get_frames (file), NULL);
  if (!hotpix_state_file_add_sums (file, accumulator, &error))
    {
      check_error (error);
      return;
    }
  hotpix_accumulator_count_frames (accumulator, hotpix_state_file_get_frames (file), 0);
  detect (accumulator);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int file;
  g_autofree gchar *path = fuzz_target_memory_file (data, size, &file);

  read_file (path);
  if (hotpix_fits_sums_set (file) == 0)
    read_file (path);
  close (file);
  return 0;
}

static void
make_seed (const gchar *name, const HotpixShape *shape, guint n_frames, FuzzSeed seed,
           gpointer user_data)
{
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate (shape, n_frames, NULL, NULL);
  g_autoptr (HotpixCamera) body = hotpix_camera_new ("Maker", "Model", "42");
  g_autoptr (HotpixCounted) counted = hotpix_counted_new ();
  gchar *folder = scratch_folder_new ();
  g_autofree gchar *path = g_build_filename (folder, name, NULL), *bytes = NULL;
  gsize length;

  for (guint i = 0; i < n_frames; i++)
    {
      HotpixCountedPhoto *photo = g_new0 (HotpixCountedPhoto, 1);

      photo->name = g_strdup_printf ("IMG_%u.JPG", i);
      photo->digest = g_strdup_printf ("%032u", i);
      photo->fingerprint = i;
      photo->shot = hotpix_shot_copy (&hotpix_shot_unknown);
      photo->shot->date = g_strdup ("2026-11-25T17:27:02");
      hotpix_counted_add (counted, photo);
    }
  g_assert_true (hotpix_state_file_write (path, accumulator, counted, body, FALSE, NULL));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  seed (name, bytes, length, user_data);
  scratch_folder_remove (folder);
}

void
fuzz_target_make_seeds (FuzzSeed seed, gpointer user_data)
{
  make_seed ("colour.fits", &(HotpixShape){ 16, 12, 3, 8 }, 3, seed, user_data);
  make_seed ("colour.fits.fz", &(HotpixShape){ 16, 12, 3, 8 }, 3, seed, user_data);
  make_seed ("grey.fits", &(HotpixShape){ 9, 20, 1, 16 }, 2, seed, user_data);
  make_seed ("grey.fits.fz", &(HotpixShape){ 9, 20, 1, 16 }, 2, seed, user_data);
}
