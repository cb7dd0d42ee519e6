/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A fuzz target without a fuzzer: in the ordinary tests, and to see a crash again.
 *
 *   replay-photo                 runs the seeds, and mutations of each that are always the same
 *   replay-photo FILE…           runs these inputs
 *   replay-photo --seeds FOLDER  writes the seeds there, for a fuzzer to start from
 */
#include "fuzz-target.h"

#include <glib/gstdio.h>
#include <string.h>

#define MUTATIONS_OF_A_SEED 300

static void
write_seed (const gchar *name, gconstpointer data, gsize length, gpointer user_data)
{
  g_autofree gchar *path = g_build_filename (user_data, name, NULL);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
}

static void
run_seed (const gchar *name, gconstpointer data, gsize length, gpointer user_data)
{
  guint *n_runs = user_data;

  LLVMFuzzerTestOneInput (data, length);
  (*n_runs)++;
}

/* One of what a fuzzer does: bytes changed, taken out, doubled, or the end cut off. */
static void
mutate (GByteArray *input, GRand *random)
{
  guint at = (guint) g_rand_int_range (random, 0, (gint32) input->len);
  guint most = MIN (32, input->len - at);
  guint n = (guint) g_rand_int_range (random, 1, (gint32) most + 1);

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      input->data[at] ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
      break;
    case 1:
      for (guint i = 0; i < n; i++)
        input->data[at + i] = (guint8) g_rand_int_range (random, 0, 256);
      break;
    case 2:
      memset (input->data + at, g_rand_boolean (random) ? 0xff : 0, n);
      break;
    case 3:
      g_byte_array_remove_range (input, at, n);
      break;
    case 4:
      {
        g_autofree guint8 *copy = g_memdup2 (input->data + at, n);

        g_byte_array_append (input, copy, n);
      }
      break;
    default:
      g_byte_array_set_size (input, at);
    }
}

static void
run_mutations (const gchar *name, gconstpointer data, gsize length, gpointer user_data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_str_hash (name));
  guint *n_runs = user_data;

  for (guint i = 0; i < MUTATIONS_OF_A_SEED; i++)
    {
      g_autoptr (GByteArray) input = g_byte_array_new ();

      g_byte_array_append (input, data, (guint) length);
      for (gint k = g_rand_int_range (random, 1, 5); k > 0 && input->len > 0; k--)
        mutate (input, random);
      LLVMFuzzerTestOneInput (input->data, input->len);
      (*n_runs)++;
    }
}

static void
test_seeds (void)
{
  guint n_runs = 0;

  fuzz_target_make_seeds (run_seed, &n_runs);
  g_assert_cmpuint (n_runs, >, 0);
}

static void
test_mutations (void)
{
  guint n_runs = 0;

  fuzz_target_make_seeds (run_mutations, &n_runs);
  g_assert_cmpuint (n_runs, >=, MUTATIONS_OF_A_SEED);
  g_test_message ("%u mutations", n_runs);
}

static int
run_files (int n_paths, char **paths)
{
  for (int i = 0; i < n_paths; i++)
    {
      g_autofree gchar *data = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      if (!g_file_get_contents (paths[i], &data, &length, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      LLVMFuzzerTestOneInput ((const uint8_t *) data, length);
    }
  return 0;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc == 3 && strcmp (argv[1], "--seeds") == 0)
    {
      g_assert_cmpint (g_mkdir_with_parents (argv[2], 0777), ==, 0);
      fuzz_target_make_seeds (write_seed, argv[2]);
      return 0;
    }
  if (argc > 1)
    return run_files (argc - 1, argv + 1);
  g_test_add_func ("/fuzz/seeds-run-to-their-end", test_seeds);
  g_test_add_func ("/fuzz/mutations-of-the-seeds-do-no-harm", test_mutations);
  return g_test_run ();
}
