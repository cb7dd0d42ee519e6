/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the second look at photos costs, over the first: in turn, on photos of 10 megapixels by the simulated
 * camera or on one's own. Where the defects are is drawn by chance. */

#include "camera-session.h"
#include "photos/frame-makers.h"

#include <stdlib.h>
#include <sys/resource.h>

#define SIMULATED 12

static gint n_photos = 50, n_defects = 60, n_threads, n_runs = 5;
static gchar *folder;
static gchar **paths;

static const GOptionEntry entries[] = {
  { "photos", 0, 0, G_OPTION_ARG_INT, &n_photos,
    "How many, each given as often as it takes (50)", "N" },
  { "defects", 0, 0, G_OPTION_ARG_INT, &n_defects, "Places to measure (60)", "N" },
  { "threads", 0, 0, G_OPTION_ARG_INT, &n_threads, "Threads (one a processor)", "N" },
  { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "Of each pass, in turn (5)", "N" },
  { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Where simulated photos stay", "FOLDER" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
  { NULL },
};

/* Seconds by the clock, and of processor. */
typedef struct
{
  gdouble elapsed, processor;
} Cost;

static Cost
read_clocks (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (Cost){ (gdouble) g_get_monotonic_time () / 1e6,
                 (gdouble) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                     + (gdouble) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6 };
}

static Cost
since (Cost start)
{
  Cost now = read_clocks ();

  return (Cost){ now.elapsed - start.elapsed, now.processor - start.processor };
}

static GArray *
draw_defects (const HotpixShape *shape)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  GArray *defects = g_array_new (FALSE, FALSE, sizeof (HotpixDefect));

  for (gint i = 0; i < n_defects; i++)
    {
      HotpixDefect defect
          = { .x = (guint) g_rand_int_range (random, 0, (gint32) shape->width),
              .y = (guint) g_rand_int_range (random, 0, (gint32) shape->height),
              .channel = (guint) g_rand_int_range (random, 0, (gint32) shape->channels),
              .length = 1 };

      g_array_append_val (defects, defect);
    }
  return defects;
}

/* Both passes, in turn, over the photos of the set. */
static void
run_once (Cost *first, Cost *second)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  g_autoptr (HotpixMeasurements) measurements = NULL;
  g_autoptr (GArray) defects = NULL;
  HotpixOptions options = hotpix_options_default ();
  g_autoptr (GError) error = NULL;
  Cost start;

  options.threads = (guint) n_threads;
  options.sums = HOTPIX_SUMS_EVIDENCE;
  options.selection.camera = HOTPIX_CAMERA_ANY;
  options.selection.count_again = TRUE;
  for (gint i = 0; i < n_photos; i++)
    hotpix_frame_makers_add_file (NULL, set, paths[(guint) i % g_strv_length (paths)]);
  start = read_clocks ();
  accumulator = hotpix_scan (set, &options, NULL, NULL, &error);
  *first = since (start);
  if (accumulator != NULL)
    {
      defects = draw_defects (hotpix_accumulator_get_shape (accumulator));
      start = read_clocks ();
      measurements = hotpix_measure (set, defects, &options, NULL, NULL, &error);
      *second = since (start);
    }
  if (measurements == NULL)
    g_error ("%s", error->message);
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  gdouble p = *(const gdouble *) a, q = *(const gdouble *) b;

  return (p > q) - (p < q);
}

static gdouble
median (gdouble *values)
{
  qsort (values, (gsize) n_runs, sizeof *values, compare_numbers);
  return values[n_runs / 2];
}

static void
print_line (const gchar *what, gdouble *first, gdouble *second)
{
  gdouble scan = median (first), measure = median (second);

  g_print ("%s: first pass %.3f s, second %.3f s, second / first %.3f\n", what, scan, measure,
           measure / scan);
}

static void
run_all (void)
{
  g_autofree gdouble *values = g_new (gdouble, 4 * (gsize) n_runs);
  Cost first, second;

  for (gint i = -1; i < n_runs; i++)
    {
      run_once (&first, &second);
      if (i < 0)
        continue; /* whose memory is new */
      values[i] = first.elapsed;
      values[n_runs + i] = second.elapsed;
      values[2 * n_runs + i] = first.processor;
      values[3 * n_runs + i] = second.processor;
    }
  g_print ("%d photos, %d defects, medians of %d runs\n", n_photos, n_defects, n_runs);
  print_line ("elapsed", values, values + n_runs);
  print_line ("processor", values + 2 * n_runs, values + 3 * n_runs);
}

int
main (int argc, char **argv)
{
  CameraModel model = { .width = 3872,
                        .height = 2592,
                        .seed = 1,
                        .quality = 95,
                        .horizontal_sampling = 2,
                        .vertical_sampling = 1,
                        .serial = "benchmark" };
  g_autoptr (GOptionContext) context = g_option_context_new ("[PHOTO…]");
  g_autoptr (SimulatedCamera) camera = simulated_camera_new (&model);
  g_autoptr (CameraSession) session = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || n_photos < 2 || n_defects < 1
      || n_runs < 1)
    {
      g_printerr ("%s\n",
                  error != NULL ? error->message : "two photos are needed, and a defect");
      return EXIT_FAILURE;
    }
  if (paths == NULL)
    {
      session = camera_session_new (camera, SIMULATED, folder);
      paths = camera_session_list_photos (session, SIMULATED);
    }
  run_all ();
  g_strfreev (paths);
  return EXIT_SUCCESS;
}
