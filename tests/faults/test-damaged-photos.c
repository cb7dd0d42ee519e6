/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One photo of a set broken in many ways, in eight threads: it is left out whole and named, and the
 * sums are those of a run without it, byte for byte; or the decoder sees nothing wrong, and they are
 * those of a run in which it is the last. */
#include "good-photos.h"
#include "jpeg-writer.h"
#include "photos/frame-makers.h"
#include "scratch-folder.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WIDTH 96
#define HEIGHT 80
#define N_GOOD 7
#define BROKEN 3 /* its place in the set */

/* The thread sanitizer looks at the order of threads, which no bit changes, and takes its time. */
#if defined(__SANITIZE_THREAD__)
#  define N_FLIPS 50
#elif defined(__SANITIZE_ADDRESS__)
#  define N_FLIPS 300
#else
#  define N_FLIPS 1000
#endif

static gchar *folder;
static gchar *good_paths[N_GOOD + 1];
static gchar *broken_path;

static const JpegRecipe recipes[] = {
  { .width = WIDTH, .height = HEIGHT },
  { .width = WIDTH, .height = HEIGHT, .restart_rows = 1 },
  { .width = WIDTH, .height = HEIGHT, .progressive = TRUE },
};

static GBytes *
encode (const JpegRecipe *of, guint32 seed)
{
  JpegRecipe recipe = *of;
  g_autofree guint8 *exif = jpeg_writer_make_exif ("Maker", "Model", "42", &recipe.exif_length);

  recipe.exif = exif;
  return jpeg_writer_encode_scene (&recipe, seed);
}

static void
write_photo (const gchar *path, gconstpointer data, gsize length)
{
  g_unlink (path);
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
}

static void
make_good_photos (void)
{
  for (guint i = 0; i < N_GOOD; i++)
    {
      g_autoptr (GBytes) jpeg = encode (&recipes[i % G_N_ELEMENTS (recipes)], i + 1);

      good_paths[i] = g_strdup_printf ("%s/good-%u.jpg", folder, i);
      write_photo (good_paths[i], g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));
    }
  broken_path = g_build_filename (folder, "broken.jpg", NULL);
}

static HotpixFrameSet *
make_set (void)
{
  HotpixFrameSet *set = hotpix_frame_set_new ();

  for (guint i = 0; i < BROKEN; i++)
    hotpix_frame_makers_add_file (NULL, set, good_paths[i]);
  hotpix_frame_makers_add_file (NULL, set, broken_path);
  for (guint i = BROKEN; i < N_GOOD; i++)
    hotpix_frame_makers_add_file (NULL, set, good_paths[i]);
  return set;
}

/* After the set was made. Returns whether the broken photo was left out. */
static gboolean
assert_no_trace (HotpixFrameSet *set)
{
  static WholeSums *good = NULL;
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  g_autoptr (WholeSums) sums = NULL;
  g_autoptr (GError) error = NULL;

  if (good == NULL)
    good = whole_sums_of_files ((const gchar *const *) good_paths);
  accumulator = scan_with_evidence (set, 8, &error);
  g_assert_no_error (error);
  sums = whole_sums_new (accumulator);
  for (guint i = 0; i < N_GOOD + 1; i++)
    g_assert_true (i == BROKEN || hotpix_frame_set_get_reason (set, i) == NULL);
  if (hotpix_frame_set_get_reason (set, BROKEN) != NULL)
    {
      whole_sums_assert_equal (sums, good);
      return TRUE;
    }
  else
    {
      const gchar *paths[N_GOOD + 2] = { NULL };
      g_autoptr (WholeSums) with_it = NULL;

      memcpy (paths, good_paths, N_GOOD * sizeof *paths);
      paths[N_GOOD] = broken_path;
      with_it = whole_sums_of_files (paths);
      whole_sums_assert_equal (sums, with_it);
      return FALSE;
    }
}

static gboolean
assert_no_trace_of (gconstpointer data, gsize length)
{
  g_autoptr (HotpixFrameSet) set = NULL;

  write_photo (broken_path, data, length);
  set = make_set ();
  return assert_no_trace (set);
}

static void
test_cut_short (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (GBytes) jpeg = encode (&recipes[i], 99);
      gsize length;
      const guint8 *data = g_bytes_get_data (jpeg, &length);

      for (guint part = 0; part < 16; part++)
        g_assert_true (assert_no_trace_of (data, length * part / 16));
      g_assert_false (assert_no_trace_of (data, length));
    }
}

/* Of a bit in the entropy-coded data the decoder may make other samples, and see nothing wrong. */
static void
test_flipped_bits (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (6);
  guint n_left_out = 0;

  for (guint i = 0; i < N_FLIPS; i++)
    {
      g_autoptr (GBytes) jpeg = encode (&recipes[i % G_N_ELEMENTS (recipes)], 99);
      gsize length;
      g_autofree guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&jpeg), &length);

      data[g_rand_int_range (random, 0, (gint32) length)]
          ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
      n_left_out += assert_no_trace_of (data, length);
    }
  g_test_message ("%u of %u left out", n_left_out, N_FLIPS);
  g_assert_cmpuint (n_left_out, >, N_FLIPS / 10);
  g_assert_cmpuint (n_left_out, <, N_FLIPS);
}

typedef void (*ChangeFile) (const guint8 *data, gsize length);

static void
remove_file (const guint8 *data, gsize length)
{
  g_unlink (broken_path);
}

static void
cut_file (const guint8 *data, gsize length)
{
  g_assert_cmpint (truncate (broken_path, (off_t) length / 2), ==, 0);
}

static void
empty_file (const guint8 *data, gsize length)
{
  g_assert_cmpint (truncate (broken_path, 0), ==, 0);
}

static void
replace_by_fifo (const guint8 *data, gsize length)
{
  g_unlink (broken_path);
  g_assert_cmpint (mkfifo (broken_path, 0600), ==, 0);
}

static void
replace_by_folder (const guint8 *data, gsize length)
{
  g_unlink (broken_path);
  g_assert_cmpint (g_mkdir (broken_path, 0700), ==, 0);
}

static void
replace_by_loop (const guint8 *data, gsize length)
{
  g_unlink (broken_path);
  g_assert_cmpint (symlink (broken_path, broken_path), ==, 0);
}

static void
replace_by_another_size (const guint8 *data, gsize length)
{
  g_autoptr (GBytes) jpeg = encode (&(JpegRecipe){ .width = HEIGHT, .height = WIDTH }, 1);

  write_photo (broken_path, g_bytes_get_data (jpeg, NULL), g_bytes_get_size (jpeg));
}

static void
replace_by_text (const guint8 *data, gsize length)
{
  write_photo (broken_path, "no photo any more", 17);
}

static void
make_longer (const guint8 *data, gsize length)
{
  g_assert_cmpint (truncate (broken_path, (off_t) 1 << 40), ==, 0);
}

/* Between the header and the samples. */
static void
test_changed_files (void)
{
  const ChangeFile changes[] = { remove_file,     cut_file,        empty_file,
                                 replace_by_fifo, replace_by_loop, replace_by_another_size,
                                 replace_by_text, make_longer,     replace_by_folder };
  g_autoptr (GBytes) jpeg = encode (&recipes[0], 99);
  gsize length;
  const guint8 *data = g_bytes_get_data (jpeg, &length);

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (HotpixFrameSet) set = NULL;

      write_photo (broken_path, data, length);
      set = make_set ();
      g_assert_cmpuint (hotpix_frame_set_count_used (set), ==, N_GOOD + 1);
      changes[i](data, length);
      g_assert_true (assert_no_trace (set));
    }
  g_assert_cmpint (g_rmdir (broken_path), ==, 0);
}

/* Bombs that would be most of the photos, were they believed. */
static void
test_bombs (void)
{
  const guint8 claim[] = "\xff\xd8\xff\xc2\0\13\10\xff\xdc\xff\xdc\1\1\21\0"
                         "\xff\xda\0\10\1\1\0\0\0\0";
  g_autoptr (HotpixFrameSet) set = NULL;

  write_photo (broken_path, claim, sizeof claim - 1);
  set = make_set ();
  for (guint i = 0; i < 3 * N_GOOD; i++)
    hotpix_frame_makers_add_file (NULL, set, broken_path);
  g_assert_true (assert_no_trace (set));
  g_assert_nonnull (strstr (hotpix_frame_set_get_reason (set, BROKEN),
                            "too few for the 65500 x 65500 pixels"));
}

int
main (int argc, char **argv)
{
  gint status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  make_good_photos ();
  g_test_add_func ("/damaged-photos/cut-at-each-sixteenth-they-leave-no-trace", test_cut_short);
  g_test_add_func ("/damaged-photos/flipped-bits-are-left-out-whole-or-counted",
                   test_flipped_bits);
  g_test_add_func ("/damaged-photos/files-that-change-meanwhile-leave-no-trace",
                   test_changed_files);
  g_test_add_func ("/damaged-photos/bombs-do-not-outvote-good-photos", test_bombs);
  status = g_test_run ();
  for (guint i = 0; i < N_GOOD; i++)
    g_free (good_paths[i]);
  g_free (broken_path);
  scratch_folder_remove (folder);
  return status;
}
