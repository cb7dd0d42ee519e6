/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/row-parts-private.h"
#include "scan/options.h"

#include <pthread.h>

#define MOST_ROWS 100
#define MOST_PARTS 7

typedef struct
{
  guint times[MOST_ROWS];
  guint length[MOST_PARTS];
  guint failing;    /* part */
  guint n_failures; /* that it has left */
} Seen;

static gboolean
see_rows (guint part, guint first, guint end, gpointer user_data)
{
  Seen *seen = user_data;

  for (guint y = first; y < end; y++)
    seen->times[y]++;
  seen->length[part] = end - first;
  return part != seen->failing || seen->n_failures-- == 0;
}

static void
assert_all_seen_once (const Seen *seen, guint n_rows, guint n_parts)
{
  for (guint y = 0; y < MOST_ROWS; y++)
    g_assert_cmpuint (seen->times[y], ==, y < n_rows ? 1 : 0);
  for (guint part = 0; part < n_parts; part++)
    {
      g_assert_cmpuint (seen->length[part], >=, n_rows / n_parts);
      g_assert_cmpuint (seen->length[part], <=, n_rows / n_parts + 1);
    }
}

static void
test_all_rows (void)
{
  for (guint n_rows = 1; n_rows <= MOST_ROWS; n_rows++)
    for (guint n_threads = 1; n_threads <= MOST_PARTS; n_threads++)
      {
        guint n_parts = hotpix_row_parts_count (n_rows, n_threads);
        Seen seen = { .failing = MOST_PARTS };

        g_assert_cmpuint (n_parts, ==, MIN (n_rows, n_threads));
        g_assert_true (hotpix_row_parts_run (n_rows, n_parts, see_rows, &seen));
        assert_all_seen_once (&seen, n_rows, n_parts);
      }
}

static void
test_processors (void)
{
  g_assert_cmpuint (hotpix_row_parts_count (MOST_ROWS, 0), ==,
                    MIN (MOST_ROWS, hotpix_processors_count_threads (0)));
  g_assert_cmpuint (hotpix_processors_count_threads (0), >=, 1);
  g_assert_cmpuint (hotpix_processors_count_threads (0), <=, HOTPIX_MAX_THREADS);
  g_assert_cmpuint (hotpix_processors_count_threads (3), ==, 3);
}

/* Each part in turn fails so many times. */
static void
assert_tried_twice (guint n_failures, gboolean success)
{
  for (guint failing = 0; failing < MOST_PARTS; failing++)
    {
      Seen seen = { .failing = failing, .n_failures = n_failures };

      g_assert_true (hotpix_row_parts_run (MOST_ROWS, MOST_PARTS, see_rows, &seen) == success);
      for (guint y = failing * MOST_ROWS / MOST_PARTS;
           y < (failing + 1) * MOST_ROWS / MOST_PARTS; y++)
        g_assert_cmpuint (seen.times[y]--, ==, 2);
      assert_all_seen_once (&seen, MOST_ROWS, MOST_PARTS);
    }
}

static void
test_again (void)
{
  assert_tried_twice (1, TRUE);
}

static void
test_failure (void)
{
  assert_tried_twice (2, FALSE);
}

static gpointer
no_work (gpointer user_data)
{
  return user_data;
}

/* Threads want stacks of their own, for which no system has so much room. */
static void
test_no_threads (void)
{
  Seen seen = { .failing = MOST_PARTS };
  pthread_attr_t usual, huge;
  pthread_t thread;

  g_assert_cmpint (pthread_getattr_default_np (&usual), ==, 0);
  g_assert_cmpint (pthread_getattr_default_np (&huge), ==, 0);
  g_assert_cmpint (pthread_attr_setstacksize (&huge, G_MAXSSIZE / 2), ==, 0);
  g_assert_cmpint (pthread_setattr_default_np (&huge), ==, 0);
  g_assert_cmpint (pthread_create (&thread, NULL, no_work, NULL), !=, 0);
  g_assert_true (hotpix_row_parts_run (MOST_ROWS, MOST_PARTS, see_rows, &seen));
  g_assert_cmpint (pthread_setattr_default_np (&usual), ==, 0);
  assert_all_seen_once (&seen, MOST_ROWS, MOST_PARTS);
  pthread_attr_destroy (&huge);
  pthread_attr_destroy (&usual);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-parts/each-row-is-in-one-part", test_all_rows);
  g_test_add_func ("/row-parts/no-number-is-one-a-processor", test_processors);
  g_test_add_func ("/row-parts/what-fails-beside-others-is-done-again", test_again);
  g_test_add_func ("/row-parts/one-part-that-fails-again-is-failure", test_failure);
  g_test_add_func ("/row-parts/without-threads-all-is-done-yet", test_no_threads);
  return g_test_run ();
}
