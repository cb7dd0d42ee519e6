/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "scratch-folder.h"
#include "state/state-lock-private.h"

#include <string.h>

static gchar *folder;

static gboolean
wait_thrice (gpointer user_data)
{
  guint *n = user_data;

  return ++*n < 3;
}

static void
test_second (void)
{
  g_autofree gchar *path = g_build_filename (folder, "state", NULL);
  g_autofree gchar *beside = g_strconcat (path, ".lock", NULL);
  HotpixStateLock *first = hotpix_state_lock_new (path, NULL, NULL, NULL);
  g_autoptr (HotpixStateLock) second = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_nonnull (first);
  g_assert_null (hotpix_state_lock_new (path, wait_thrice, &n, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED);
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (g_file_test (beside, G_FILE_TEST_EXISTS));
  hotpix_state_lock_free (first);
  g_assert_false (g_file_test (beside, G_FILE_TEST_EXISTS));
  second = hotpix_state_lock_new (path, NULL, NULL, NULL);
  g_assert_nonnull (second);
}

#define N_THREADS 8
#define N_TURNS 50

/* Atomic, for the lock is between processes: what it orders, the thread sanitizer does not see. */
static gint in_it, was_shared;

static gpointer
take_turns (gpointer path)
{
  for (guint i = 0; i < N_TURNS; i++)
    {
      g_autoptr (HotpixStateLock) lock = hotpix_state_lock_new (path, NULL, NULL, NULL);

      if (g_atomic_int_add (&in_it, 1) != 0)
        g_atomic_int_set (&was_shared, TRUE);
      g_thread_yield ();
      g_atomic_int_add (&in_it, -1);
    }
  return NULL;
}

/* Each makes the file and removes it again, which the others must notice. */
static void
test_turns (void)
{
  g_autofree gchar *path = g_build_filename (folder, "turns", NULL);
  GThread *threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new (NULL, take_turns, path);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_join (threads[i]);
  g_assert_false (g_atomic_int_get (&was_shared));
}

static void
test_nowhere (void)
{
  g_autofree gchar *path = g_build_filename (folder, "missing", "state", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (hotpix_state_lock_new (path, NULL, NULL, &error));
  g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_WRITE);
  g_assert_nonnull (strstr (error->message, path));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  g_test_add_func ("/state-lock/the-second-waits", test_second);
  g_test_add_func ("/state-lock/one-at-a-time-has-it", test_turns);
  g_test_add_func ("/state-lock/where-no-file-can-be-it-says-so", test_nowhere);
  status = g_test_run ();
  scratch_folder_remove (folder);
  return status;
}
