/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One measurement of the core, without any host: reads JPEGs and writes how many seconds that took.
 *
 *   scan-photos decode --threads 2 *.JPG      by libjpeg alone; the samples go nowhere
 *   scan-photos variance --threads 2 *.JPG    into the sums of the variance
 *   scan-photos evidence --threads 2 *.JPG    into these and the evidence's
 *
 * compare.py runs it, and the peers, in turn. */

#include "photos/jpeg-frame.h"
#include "photos/photo-file.h"
#include "scan/scan.h"

#include <jpeglib.h>
#include <stdlib.h>
#include <string.h>

static gint n_threads = 1, memory;

static const GOptionEntry entries[] = {
  { "threads", 't', 0, G_OPTION_ARG_INT, &n_threads, "Threads (1)", "N" },
  { "memory", 'm', 0, G_OPTION_ARG_INT, &memory, "MiB for open photos (the default's)", "N" },
  { NULL },
};

typedef struct
{
  gchar **paths;
  gint next; /* atomic */
} Photos;

/* As the core decodes: from the whole file in memory, by libjpeg's defaults, a few rows at a time. libjpeg
 * ends the program on an error. */
static void
decode (GBytes *bytes)
{
  struct jpeg_decompress_struct decoder;
  struct jpeg_error_mgr errors;
  JSAMPARRAY rows;
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  decoder.err = jpeg_std_error (&errors);
  jpeg_create_decompress (&decoder);
  jpeg_mem_src (&decoder, data, size);
  jpeg_read_header (&decoder, TRUE);
  jpeg_start_decompress (&decoder);
  rows = decoder.mem->alloc_sarray ((j_common_ptr) &decoder, JPOOL_IMAGE,
                                    decoder.output_width * (guint) decoder.output_components,
                                    DCTSIZE);
  while (decoder.output_scanline < decoder.output_height)
    jpeg_read_scanlines (&decoder, rows, DCTSIZE);
  jpeg_finish_decompress (&decoder);
  jpeg_destroy_decompress (&decoder);
}

static gpointer
decode_photos (gpointer user_data)
{
  Photos *photos = user_data;
  guint n = g_strv_length (photos->paths), i;

  while ((i = (guint) g_atomic_int_add (&photos->next, 1)) < n)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes
          = hotpix_photo_file_load (photos->paths[i], G_MAXSIZE, NULL, &error);

      if (bytes == NULL)
        g_error ("%s %s", photos->paths[i], error->message);
      decode (bytes);
    }
  return NULL;
}

static void
decode_on_threads (gchar **paths)
{
  Photos photos = { paths, 0 };
  g_autofree GThread **threads = g_new (GThread *, n_threads);

  for (gint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("decode", decode_photos, &photos);
  for (gint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
}

static gboolean
scan (gchar **paths, HotpixSums sums, GError **error)
{
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();
  g_autoptr (HotpixAccumulator) accumulator = NULL;
  HotpixOptions options = hotpix_options_default ();

  for (guint i = 0; paths[i] != NULL; i++)
    {
      HotpixFrame *frame = hotpix_jpeg_frame_new (paths[i], error);

      if (frame == NULL)
        {
          g_prefix_error (error, "%s ", paths[i]);
          return FALSE;
        }
      hotpix_frame_set_add (set, frame);
    }
  options.threads = (guint) n_threads;
  options.memory = (guint) memory;
  options.selection.camera = HOTPIX_CAMERA_ANY;
  options.selection.count_again = TRUE;
  options.sums = sums;
  accumulator = hotpix_scan (set, &options, NULL, NULL, error);
  return accumulator != NULL;
}

static gboolean
run (gint argc, gchar **argv, GError **error)
{
  const gchar *what = argc > 2 ? argv[1] : "";

  if (n_threads >= 1 && n_threads <= HOTPIX_MAX_THREADS && memory >= 0)
    {
      if (strcmp (what, "variance") == 0)
        return scan (argv + 2, HOTPIX_SUMS_VARIANCE, error);
      if (strcmp (what, "evidence") == 0)
        return scan (argv + 2, HOTPIX_SUMS_LONG_EVIDENCE, error);
      if (strcmp (what, "decode") == 0)
        {
          decode_on_threads (argv + 2);
          return TRUE;
        }
    }
  g_set_error (
      error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
      "decode, variance or evidence, photos and values in range are needed; see --help");
  return FALSE;
}

int
main (int argc, char **argv)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GOptionContext) context = g_option_context_new ("decode|variance|evidence PHOTO…");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error) && run (argc, argv, &error))
    {
      g_print ("%.4f\n", (gdouble) (g_get_monotonic_time () - start) / 1e6);
      return EXIT_SUCCESS;
    }
  g_printerr ("scan-photos: %s\n", error->message);
  return EXIT_FAILURE;
}
