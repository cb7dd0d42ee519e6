/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each request for memory of a whole run is refused in turn: the run ends with an error in words, or
 * with the result that it would have had. */
#include "defects/defect-list.h"
#include "detect/detector.h"
#include "detect/variance-summary.h"
#include "failing-allocator.h"
#include "good-photos.h"
#include "jpeg-writer.h"
#include "photos/frame-makers.h"
#include "scratch-folder.h"

#include <string.h>

/* A row of these is 6 KB, so that what grows with the picture is larger than this, and what one row
 * takes, or a photo's name, is not. */
#define WIDTH 2000
#define HEIGHT 150
#define LEAST_BYTES 16384

#define N_PHOTOS 5

static gchar *folder;
static gchar *paths[N_PHOTOS + 1];

static void
make_photos (void)
{
  for (guint i = 0; i < N_PHOTOS; i++)
    {
      JpegRecipe recipe = { .width = WIDTH, .height = HEIGHT, .progressive = i % 2 == 1 };
      g_autoptr (GBytes) jpeg = jpeg_writer_encode_scene (&recipe, i + 1);

      paths[i] = g_strdup_printf ("%s/photo-%u.jpg", folder, i);
      g_assert_true (g_file_set_contents (paths[i], g_bytes_get_data (jpeg, NULL),
                                          (gssize) g_bytes_get_size (jpeg), NULL));
    }
}

/* All that a host has the core do, with a list that is short. Returns (transfer full): it, or NULL. */
static gchar *
run (guint threads, GError **error)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  g_autoptr (HotpixDefects) defects = NULL;
  HotpixVarianceSummary summary;

  for (guint i = 0; i < N_PHOTOS; i++)
    hotpix_frame_makers_add_file (NULL, set, paths[i]);
  accumulator = scan_with_evidence (set, threads, error);
  if (accumulator == NULL
      || !hotpix_variance_summary_init (&summary, accumulator, threads, error)
      || (defects = hotpix_detect (accumulator, HOTPIX_DEFAULT_THRESHOLD, HOTPIX_ALL_KINDS,
                                   threads, error))
             == NULL)
    return NULL;
  return hotpix_defect_list_format (defects, HOTPIX_LIST_TSV, "a camera", 0, 0);
}

static void
test_large_requests (void)
{
  g_autofree gchar *expected = run (1, NULL);

  for (guint threads = 1; threads <= 2; threads++)
    {
      guint n_refused = 0;

      for (guint nth = 1;; nth++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree gchar *text = NULL;

          gboolean refused;

          failing_allocator_refuse (nth, LEAST_BYTES);
          text = run (threads, &error);
          refused = failing_allocator_has_refused ();
          failing_allocator_refuse (0, 0);
          if (text != NULL)
            g_assert_cmpstr (text, ==, expected);
          else
            {
              g_assert_true (refused);
              g_assert_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY);
              g_assert_nonnull (strstr (error->message, "memory"));
            }
          if (!refused)
            break;
          n_refused++;
        }
      g_test_message ("%u requests refused in %u threads", n_refused, threads);
      g_assert_cmpuint (n_refused, >, 20);
    }
}

int
main (int argc, char **argv)
{
  gint status;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_folder_new ();
  make_photos ();
  g_test_add_func ("/refused-memory/what-grows-with-the-picture-is-refused-in-words",
                   test_large_requests);
  status = g_test_run ();
  for (guint i = 0; i < N_PHOTOS; i++)
    g_free (paths[i]);
  scratch_folder_remove (folder);
  return status;
}
