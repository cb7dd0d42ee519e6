/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a state costs, without any host: writes how long each step takes, and how large the file is.
 *
 *   state-photos FOLDER *.JPG
 *
 * All photos but the last make a state in the folder, plain and compressed; then the last is added to it. Each step is
 * run several times on one thread, and the least of its processor times counts. */

#include "detect/detector.h"
#include "photos/frame-makers.h"
#include "state/state-file.h"
#include "survey.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#define TURNS 5

static gdouble
processor_seconds (void)
{
  struct timespec time;

  (void) clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (gdouble) time.tv_sec + (gdouble) time.tv_nsec / 1e9;
}

static void
fail (const GError *error)
{
  g_printerr ("%s\n", error->message);
  exit (1);
}

/* Some photos, or none, added to a state. Returns (transfer full): what was found. */
static HotpixSurvey *
run_survey (const gchar *state, gchar **photos, guint n_photos, gboolean detect)
{
  HotpixSurvey *survey = hotpix_survey_new ();
  HotpixSurveyOptions options = hotpix_survey_options_default ();
  g_autoptr (GError) error = NULL;

  options.state = state;
  options.detect = detect;
  options.scan.threads = 1;
  for (guint i = 0; i < n_photos; i++)
    hotpix_frame_makers_add_file (NULL, survey->photos, photos[i]);
  if (!hotpix_survey_run (survey, &options, NULL, NULL, &error))
    fail (error);
  return survey;
}

static void
copy_file (const gchar *from, const gchar *to)
{
  g_autofree gchar *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_file_get_contents (from, &bytes, &length, &error)
      || !g_file_set_contents (to, bytes, (gssize) length, &error))
    fail (error);
}

/* The steps by themselves. */
typedef struct
{
  gdouble read, write, decode, detect, add;
} Times;

static void
keep_least (gdouble *least, gdouble since)
{
  gdouble seconds = processor_seconds () - since;

  *least = *least == 0 ? seconds : MIN (*least, seconds);
}

static HotpixAccumulator *
read_state (const gchar *path, HotpixStateFile **file)
{
  g_autoptr (GError) error = NULL;
  HotpixAccumulator *accumulator;

  *file = hotpix_state_file_open (path, &error);
  if (*file == NULL)
    fail (error);
  accumulator
      = hotpix_accumulator_new (hotpix_state_file_get_shape (*file), HOTPIX_SUMS_EVIDENCE,
                                hotpix_state_file_get_frames (*file), NULL);
  if (accumulator == NULL || !hotpix_state_file_add_sums (*file, accumulator, &error))
    fail (error);
  hotpix_accumulator_count_frames (accumulator, hotpix_state_file_get_frames (*file), 0);
  return accumulator;
}

static void
decode (const gchar *photo, gdouble *least)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  HotpixFrame *frame;
  g_autofree gpointer rows = NULL;
  gdouble start = processor_seconds ();

  hotpix_frame_makers_add_file (NULL, set, photo);
  frame = hotpix_frame_set_get_frame (set, 0);
  rows = g_malloc (hotpix_shape_row_bytes (&frame->shape) * frame->shape.height);
  if (!frame->frame_class->open (frame, NULL)
      || !frame->frame_class->read (frame, frame->shape.height, rows, NULL))
    exit (1);
  frame->frame_class->close (frame);
  keep_least (least, start);
}

static void
measure (const gchar *state, gchar *photo, Times *times)
{
  g_autofree gchar *other = g_strconcat (state, ".copy", NULL), *grown = NULL;
  g_autoptr (HotpixStateFile) file = NULL;
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  g_autoptr (HotpixCounted) counted = hotpix_counted_new ();
  g_autoptr (GError) error = NULL;
  gdouble start = processor_seconds ();

  accumulator = read_state (state, &file);
  keep_least (&times->read, start);
  hotpix_counted_add_all (counted, hotpix_state_file_get_counted (file));
  grown = g_str_has_suffix (state, ".fz") ? g_strconcat (other, ".fz", NULL) : g_strdup (other);
  start = processor_seconds ();
  if (!hotpix_state_file_write (grown, accumulator, counted, NULL, TRUE, &error))
    fail (error);
  keep_least (&times->write, start);
  decode (photo, &times->decode);
  copy_file (state, grown);
  start = processor_seconds ();
  hotpix_survey_free (run_survey (grown, &photo, 1, FALSE));
  keep_least (&times->add, start);
  start = processor_seconds ();
  hotpix_survey_free (run_survey (state, NULL, 0, TRUE));
  keep_least (&times->detect, start);
  (void) g_unlink (grown);
}

int
main (int argc, char **argv)
{
  static const gchar *const names[] = { "state.fits", "state.fits.fz" };

  if (argc < 5)
    {
      g_printerr ("state-photos FOLDER PHOTO PHOTO PHOTO…\n");
      return 1;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree gchar *state = g_build_filename (argv[1], names[i], NULL);
      Times times = { 0 };
      struct stat status;

      (void) g_unlink (state);
      hotpix_survey_free (run_survey (state, argv + 2, (guint) argc - 3, FALSE));
      for (guint turn = 0; turn < TURNS; turn++)
        measure (state, argv[argc - 1], &times);
      if (stat (state, &status) != 0)
        return 1;
      printf ("%s: %.1f MB; read %.3f s, write %.3f s, decode a photo %.3f s, add a photo %.3f "
              "s (%.2f "
              "times these), open and detect %.3f s\n",
              names[i], (gdouble) status.st_size / 1e6, times.read, times.write, times.decode,
              times.add, times.add / (times.read + times.write + times.decode), times.detect);
      (void) g_unlink (state);
    }
  return 0;
}
