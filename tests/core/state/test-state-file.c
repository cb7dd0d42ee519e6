/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "made-up-set.h"
#include "scratch-folder.h"
#include "state/fits-sums-private.h"
#include "state/state-file.h"

#include <errno.h>
#include <fcntl.h>
#include <fitsio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

static gchar *folder;

static const HotpixShape shapes[] = {
  { 41, 37, 3, 8 }, { 41, 70, 1, 8 }, { 30, 20, 3, 16 }, { 1, 1, 1, 8 }, { 5, 64, 3, 16 },
};

static gchar *
path_of (const gchar *name)
{
  return g_build_filename (folder, name, NULL);
}

/* Photos with all that can be known of some, and nothing of others. */
static HotpixCounted *
make_counted (guint n)
{
  HotpixCounted *counted = hotpix_counted_new ();

  for (guint i = 0; i < n; i++)
    {
      HotpixCountedPhoto *photo = g_new0 (HotpixCountedPhoto, 1);

      photo->name = g_strdup_printf ("IMG %u ü%%.JPG", i);
      photo->digest = g_strdup_printf ("%032x", i);
      photo->fingerprint = G_MAXUINT64 - i;
      photo->shot = hotpix_shot_copy (&hotpix_shot_unknown);
      if (i % 3 == 0)
        {
          photo->camera = hotpix_camera_new_with_lens ("Appel", "Ä 1", "00'7", "Lens", 4.25);
          photo->shot->date
              = g_strdup_printf ("2026-11-25T17:%02u:%02u.25", i / 60 % 60, i % 60);
          photo->shot->offset = -210;
          photo->shot->exposure_time = 1.0 / 320;
          photo->shot->iso = 100 + i;
          photo->shot->lens = g_strdup ("Lens");
          photo->shot->orientation = 6;
          photo->shot->temperature = -4.5;
        }
      hotpix_counted_add (counted, photo);
    }
  return counted;
}

/* Sums that n photos can have, with every second sample at its least or most. */
static HotpixAccumulator *
make_extremes (const HotpixShape *shape, guint n_frames)
{
  HotpixAccumulator *accumulator
      = hotpix_accumulator_new (shape, HOTPIX_SUMS_EVIDENCE, n_frames, NULL);
  gsize n = hotpix_shape_row_samples (shape);
  guint64 white = hotpix_shape_white (shape);
  g_autofree guint64 *sums = g_new (guint64, 2 * n);
  g_autofree gint32 *steps = g_new (gint32, n);
  g_autoptr (GRand) random = g_rand_new_with_seed (n_frames);

  for (guint y = 0; y < shape->height; y++)
    {
      for (gsize i = 0; i < n; i++)
        {
          guint64 value = i % 2 == 0 ? (guint64) g_rand_int_range (random, 0, (gint) white + 1)
                                     : white * (i / 2 % 2);

          sums[i] = n_frames * value;
          sums[n + i] = n_frames * value * value;
          steps[i] = i % 2 == 0 ? g_rand_int_range (random, -8, 9) * (gint) n_frames
                                : 8 * (gint) n_frames * (i / 2 % 2 == 0 ? 1 : -1);
        }
      g_assert_true (
          hotpix_accumulator_add_sums_row (accumulator, y, n_frames, sums, sums + n, steps));
    }
  hotpix_accumulator_count_frames (accumulator, n_frames, 0);
  return accumulator;
}

/* scale: what a sample of `expected` is in `accumulator`. */
static void
assert_same_sums (const HotpixAccumulator *accumulator, const HotpixAccumulator *expected,
                  guint64 scale)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  gsize n = hotpix_shape_row_samples (shape);
  g_autofree guint64 *sums = g_new (guint64, 4 * n);
  g_autofree gint32 *steps = g_new (gint32, 2 * n);

  for (guint y = 0; y < shape->height; y++)
    {
      hotpix_accumulator_sum_row (accumulator, y, sums, sums + n);
      hotpix_accumulator_sum_row (expected, y, sums + 2 * n, sums + 3 * n);
      hotpix_accumulator_steps_row (accumulator, HOTPIX_LOOK_ALL, y, steps);
      hotpix_accumulator_steps_row (expected, HOTPIX_LOOK_ALL, y, steps + n);
      for (gsize i = 0; i < n; i++)
        {
          g_assert_cmpuint (sums[i], ==, scale * sums[2 * n + i]);
          g_assert_cmpuint (sums[n + i], ==, scale * scale * sums[3 * n + i]);
          g_assert_cmpint (steps[i], ==, steps[n + i]);
        }
    }
}

static void
write_file (const gchar *path, const HotpixAccumulator *accumulator, const HotpixCamera *body)
{
  g_autoptr (HotpixCounted) counted
      = make_counted (hotpix_accumulator_get_frames (accumulator));
  g_autoptr (GError) error = NULL;

  g_assert_true (
      hotpix_state_file_write (path, accumulator, counted, body, body == NULL, &error));
  g_assert_no_error (error);
}

static HotpixStateFile *
open_file (const gchar *path)
{
  g_autoptr (GError) error = NULL;
  HotpixStateFile *file = hotpix_state_file_open (path, &error);

  g_assert_no_error (error);
  return file;
}

/* In each width of the sums, plain and compressed. */
static void
test_sums (void)
{
  const guint frames[] = { 1, 2, 257, 258, 4095, 4096, 65537, 100000 };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes) * G_N_ELEMENTS (frames) * 2; i++)
    {
      const HotpixShape *shape = &shapes[i / 2 / G_N_ELEMENTS (frames)];
      guint n_frames = frames[i / 2 % G_N_ELEMENTS (frames)];
      g_autofree gchar *path = path_of (i % 2 == 0 ? "sums.fits" : "sums.fits.fz");
      g_autoptr (HotpixAccumulator) accumulator = NULL, read = NULL;
      g_autoptr (HotpixStateFile) file = NULL;

      /* Tables of so many photos take their time. */
      if (n_frames > hotpix_accumulator_max_frames (shape)
          || (n_frames > 5000 && shape != &shapes[3] && shape != &shapes[4]))
        continue;
      accumulator = make_extremes (shape, n_frames);
      write_file (path, accumulator, NULL);
      file = open_file (path);
      g_assert_cmpmem (hotpix_state_file_get_shape (file), sizeof *shape, shape, sizeof *shape);
      g_assert_cmpuint (hotpix_state_file_get_frames (file), ==, n_frames);
      read = hotpix_accumulator_new (shape, HOTPIX_SUMS_EVIDENCE, n_frames, NULL);
      g_assert_true (hotpix_state_file_add_sums (file, read, NULL));
      assert_same_sums (read, accumulator, 1);
    }
}

static void
test_told (void)
{
  g_autoptr (HotpixAccumulator) accumulator
      = made_up_set_accumulate (&shapes[0], 7, NULL, NULL);
  g_autoptr (HotpixCamera) body = hotpix_camera_new ("Mäker", "Model 'X' / 100%", "00\"7");
  g_autofree gchar *path = path_of ("told.fits");
  g_autoptr (HotpixStateFile) file = NULL;
  const HotpixCounted *counted;
  const HotpixCountedPhoto *photo;

  write_file (path, accumulator, body);
  file = open_file (path);
  counted = hotpix_state_file_get_counted (file);
  g_assert_cmpint (hotpix_camera_compare (hotpix_state_file_get_body (file), body), ==, 0);
  g_assert_false (hotpix_state_file_has_any_body (file));
  g_assert_cmpuint (hotpix_counted_get_length (counted), ==, 7);
  /* Sorted by date, those without one first. */
  photo = hotpix_counted_get (counted, 0);
  g_assert_cmpstr (photo->name, ==, "IMG 1 ü%.JPG");
  g_assert_null (photo->camera);
  g_assert_null (photo->shot->date);
  g_assert_cmpint (photo->shot->offset, ==, HOTPIX_SHOT_NO_OFFSET);
  g_assert_true (isnan (photo->shot->temperature));
  photo = hotpix_counted_get (counted, 6);
  g_assert_cmpstr (photo->name, ==, "IMG 6 ü%.JPG");
  g_assert_cmpstr (photo->digest, ==, "00000000000000000000000000000006");
  g_assert_cmpuint (photo->fingerprint, ==, G_MAXUINT64 - 6);
  g_assert_cmpstr (photo->camera->model, ==, "Ä 1");
  g_assert_cmpstr (photo->camera->serial, ==, "00'7");
  g_assert_cmpstr (photo->shot->date, ==, "2026-11-25T17:00:06.25");
  g_assert_cmpint (photo->shot->offset, ==, -210);
  g_assert_cmpfloat (photo->shot->exposure_time, ==, 1.0 / 320);
  g_assert_cmpuint (photo->shot->iso, ==, 106);
  g_assert_cmpuint (photo->shot->orientation, ==, 6);
  g_assert_cmpfloat (photo->shot->temperature, ==, -4.5);
}

/* 257 times as large, and of the same steps. */
static void
test_widened (void)
{
  HotpixShape wide = shapes[0];
  g_autoptr (HotpixAccumulator) accumulator = make_extremes (&shapes[0], 300), read = NULL;
  g_autofree gchar *path = path_of ("widened.fits");
  g_autoptr (HotpixStateFile) file = NULL;

  wide.bits = 16;
  write_file (path, accumulator, NULL);
  file = open_file (path);
  read = hotpix_accumulator_new (&wide, HOTPIX_SUMS_EVIDENCE, 300, NULL);
  g_assert_true (hotpix_state_file_add_sums (file, read, NULL));
  assert_same_sums (read, accumulator, 257);
}

static void
assert_refused (const gchar *path, gint code, const gchar *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_state_file_open (path, &error));
  g_assert_error (error, HOTPIX_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_another_size (void)
{
  HotpixShape other = shapes[0];
  g_autoptr (HotpixAccumulator) accumulator = make_extremes (&shapes[0], 3), read = NULL;
  g_autofree gchar *path = path_of ("size.fits");
  g_autoptr (HotpixStateFile) file = NULL;
  g_autoptr (GError) error = NULL;

  other.width++;
  write_file (path, accumulator, NULL);
  file = open_file (path);
  read = hotpix_accumulator_new (&other, HOTPIX_SUMS_EVIDENCE, 3, NULL);
  g_assert_false (hotpix_state_file_add_sums (file, read, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_SHAPE);
}

/* Puts other bytes in the place of some, as long, and makes the checksums those of the result. */
static void
forge (const gchar *path, const gchar *from, const gchar *to)
{
  g_autofree gchar *bytes = NULL;
  gchar *place;
  gsize length;
  gint file;

  g_assert_cmpuint (strlen (from), ==, strlen (to));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  place = memmem (bytes, length, from, strlen (from));
  g_assert_nonnull (place);
  memcpy (place, to, strlen (to));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  file = g_open (path, O_RDWR, 0);
  g_assert_cmpint (hotpix_fits_sums_set (file), ==, 0);
  close (file);
}

static void
test_forged (void)
{
  const struct
  {
    const gchar *from, *to, *words;
    HotpixError code;
  } cases[] = {
    { "HPXFORM =                    1", "HPXFORM =                    2",
      "is of a newer hotpix: its format is 2", HOTPIX_ERROR_UNSUPPORTED },
    { "HPXFORM =                    1", "HPXFORM =                    0", "cannot be",
      HOTPIX_ERROR_DAMAGED },
    { "HPXFORM =", "HPXFARM =", "but not of hotpix's sums", HOTPIX_ERROR_FORMAT },
    { "HPXKERN =                    1", "HPXKERN =                    7",
      "has evidence of version 7", HOTPIX_ERROR_UNSUPPORTED },
    { "NCOMBINE=                    3", "NCOMBINE=                    4",
      "no table of the 4 photos", HOTPIX_ERROR_DAMAGED },
    { "NCOMBINE=                    3", "NCOMBINE=                    0", "cannot be",
      HOTPIX_ERROR_DAMAGED },
    { "HPXBITS =                    8", "HPXBITS =                    9", "cannot be",
      HOTPIX_ERROR_DAMAGED },
    { "HPXCHANS=                    3", "HPXCHANS=                    2", "cannot be",
      HOTPIX_ERROR_DAMAGED },
    { "HPXWIDTH=                   41", "HPXWIDTH=           9999999999", "cannot be",
      HOTPIX_ERROR_DAMAGED },
    { "HPXWIDTH=                   41", "HPXWIDTH=                 'ab'", "cannot be",
      HOTPIX_ERROR_DAMAGED },
    { "'PHOTOS  '", "'FOTOS   '", "no table", HOTPIX_ERROR_DAMAGED },
    { "'EXPTIME '", "'EXPTOME '", "no table", HOTPIX_ERROR_DAMAGED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HotpixAccumulator) accumulator = make_extremes (&shapes[0], 3);
      g_autofree gchar *path = path_of ("forged.fits");

      write_file (path, accumulator, NULL);
      forge (path, cases[i].from, cases[i].to);
      assert_refused (path, cases[i].code, cases[i].words);
    }
}

/* Of sums that no three photos have. */
static void
test_forged_sums (void)
{
  const struct
  {
    const gchar *from, *to;
  } cases[] = {
    { "NAXIS1  =                   41 / length of data axis 1",
      "NAXIS1  =                   40 / length of data axis 1" },
    { "'SUMS    '", "'SUMZ    '" },
    { "BZERO   =                32768", "BZERO   =                32769" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (HotpixAccumulator) accumulator = make_extremes (&shapes[0], 3), read = NULL;
      g_autofree gchar *path = path_of ("forged-sums.fits");
      g_autoptr (HotpixStateFile) file = NULL;
      g_autoptr (GError) error = NULL;

      write_file (path, accumulator, NULL);
      forge (path, cases[i].from, cases[i].to);
      file = hotpix_state_file_open (path, &error);
      read = hotpix_accumulator_new (&shapes[0], HOTPIX_SUMS_EVIDENCE, 3, NULL);
      if (file != NULL)
        g_assert_false (hotpix_state_file_add_sums (file, read, &error));
      g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED);
    }
}

/* Opens the file as often as it is changed at a place, and puts it right again. */
static void
test_flipped (void)
{
  const gchar *const names[] = { "flipped.fits", "flipped.fits.fz" };

  for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
    {
      g_autoptr (HotpixAccumulator) accumulator = make_extremes (&shapes[0], 3);
      g_autoptr (GRand) random = g_rand_new_with_seed (18);
      g_autofree gchar *path = path_of (names[k]), *bytes = NULL;
      gsize length;
      gint file;

      write_file (path, accumulator, NULL);
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      file = g_open (path, O_RDWR, 0);
      for (guint i = 0; i < 1000; i++)
        {
          g_autoptr (GError) error = NULL;
          off_t place = g_rand_int_range (random, 0, (gint32) length);
          gchar flipped = (gchar) (bytes[place] ^ 1 << g_rand_int_range (random, 0, 8));

          g_assert_cmpint (pwrite (file, &flipped, 1, place), ==, 1);
          g_assert_null (hotpix_state_file_open (path, &error));
          g_assert_nonnull (strstr (error->message, path));
          g_assert_cmpint (pwrite (file, &bytes[place], 1, place), ==, 1);
        }
      close (file);
      hotpix_state_file_free (open_file (path));
    }
}

static void
test_cut (void)
{
  g_autoptr (HotpixAccumulator) accumulator = make_extremes (&shapes[0], 3);
  g_autofree gchar *path = path_of ("cut.fits");
  gint file;
  off_t length;

  write_file (path, accumulator, NULL);
  file = g_open (path, O_RDWR, 0);
  length = lseek (file, 0, SEEK_END);
  for (gint part = 15; part >= 0; part--)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (ftruncate (file, length * part / 16), ==, 0);
      g_assert_null (hotpix_state_file_open (path, &error));
      g_assert_nonnull (strstr (error->message, path));
    }
  close (file);
}

/* Another program may order its columns and extensions as it likes, or leave images of 32 bits. */
static void
test_of_another_program (void)
{
  const HotpixShape *one = &shapes[0];
  g_autoptr (HotpixAccumulator) accumulator = make_extremes (one, 3), read = NULL;
  g_autofree gchar *path = path_of ("first.fits"), *other = path_of ("other.fits");
  g_autoptr (HotpixStateFile) file = NULL;
  const gint order[] = { 1, 5, 4, 2, 3 };
  fitsfile *from = NULL, *to = NULL;
  gint status = 0;

  write_file (path, accumulator, NULL);
  fits_open_diskfile (&from, path, READONLY, &status);
  fits_create_diskfile (&to, other, &status);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      fits_movabs_hdu (from, order[i], NULL, &status);
      fits_copy_hdu (from, to, 0, &status);
      fits_write_chksum (to, &status);
    }
  fits_close_file (from, &status);
  fits_close_file (to, &status);
  g_assert_cmpint (status, ==, 0);
  file = open_file (other);
  read = hotpix_accumulator_new (one, HOTPIX_SUMS_EVIDENCE, 3, NULL);
  g_assert_true (hotpix_state_file_add_sums (file, read, NULL));
  assert_same_sums (read, accumulator, 1);
}

static void
test_no_state (void)
{
  static const gchar text[] = "SIMPLE notes";
  g_autofree gchar *path = path_of ("notes.fits"), *missing = path_of ("missing.fits");

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_refused (path, HOTPIX_ERROR_FORMAT, "is no FITS file");
  g_assert_true (g_file_set_contents (path, "", -1, NULL));
  assert_refused (path, HOTPIX_ERROR_NO_PHOTO, "is empty");
  assert_refused (missing, HOTPIX_ERROR_READ, "cannot be opened");
  assert_refused (folder, HOTPIX_ERROR_READ, "is a folder");
}

static void
test_unwritable (void)
{
  g_autoptr (HotpixAccumulator) accumulator = make_extremes (&shapes[0], 1);
  g_autoptr (HotpixCounted) counted = make_counted (1);
  g_autofree gchar *path = g_build_filename (folder, "no-such-folder", "state.fits", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (hotpix_state_file_write (path, accumulator, counted, NULL, TRUE, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, g_strerror (ENOENT)));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  g_test_add_func ("/state-file/sums-of-every-width-come-back", test_sums);
  g_test_add_func ("/state-file/what-is-known-of-photos-comes-back", test_told);
  g_test_add_func ("/state-file/sums-of-8-bits-go-into-those-of-16", test_widened);
  g_test_add_func ("/state-file/sums-of-another-size-are-refused", test_another_size);
  g_test_add_func ("/state-file/headers-that-cannot-be-are-refused", test_forged);
  g_test_add_func ("/state-file/sums-that-cannot-be-are-refused", test_forged_sums);
  g_test_add_func ("/state-file/a-thousand-flipped-bits-are-noticed", test_flipped);
  g_test_add_func ("/state-file/a-file-cut-at-each-sixteenth-is-refused", test_cut);
  g_test_add_func ("/state-file/another-program-may-order-it-otherwise",
                   test_of_another_program);
  g_test_add_func ("/state-file/what-is-no-state-is-refused", test_no_state);
  g_test_add_func ("/state-file/where-nothing-can-be-written-it-says-why", test_unwritable);
  status = g_test_run ();
  scratch_folder_remove (folder);
  return status;
}
