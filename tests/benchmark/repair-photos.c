/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Repairs JPEGs for benchmarks, one after the other: repair-photos [--pixels] LIST FOLDER PHOTO… writes
 * each into the folder under its own name. With --pixels it is the decoded pixels that are repaired, and
 * written as PPM. */
#include "jpeg-decoder.h"
#include "photos/jpeg-reader-private.h"
#include "photos/photo-file.h"
#include "repair/jpeg-repair.h"

#include <stdlib.h>
#include <string.h>

static GBytes *
repair_pixels (const HotpixRepairer *repairer, GBytes *jpeg, const HotpixShape *shape)
{
  gsize size, row_bytes = hotpix_shape_row_bytes (shape);
  gsize window_bytes = (gsize) HOTPIX_REPAIR_WINDOW * shape->channels;
  guint8 *pixels = jpeg_decode_plainly (jpeg, &size);
  g_autofree guint8 *samples = g_malloc (HOTPIX_REPAIR_WINDOW * window_bytes);
  GString *ppm = g_string_new (NULL);

  for (guint i = 0; i < hotpix_repairer_count (repairer); i++)
    {
      HotpixRepairWindow window;
      guint8 *first;

      if (!hotpix_repairer_get_window (repairer, i, &window))
        continue;
      first = pixels + window.y * row_bytes + (gsize) window.x * shape->channels;
      for (guint y = 0; y < HOTPIX_REPAIR_WINDOW; y++)
        memcpy (samples + y * window_bytes, first + y * row_bytes, window_bytes);
      (void) hotpix_repairer_repair (repairer, i, shape, samples);
      for (guint y = 0; y < HOTPIX_REPAIR_WINDOW; y++)
        memcpy (first + y * row_bytes, samples + y * window_bytes, window_bytes);
    }
  g_string_append_printf (ppm, "P%c\n%u %u\n255\n", shape->channels == 3 ? '6' : '5',
                          shape->width, shape->height);
  g_string_append_len (ppm, (const gchar *) pixels, (gssize) size);
  g_free (pixels);
  return g_string_free_to_bytes (ppm);
}

static GBytes *
repair (const HotpixListedDefects *listed, GBytes *jpeg, gboolean by_pixels, GError **error)
{
  g_autoptr (HotpixJpegReader) reader = hotpix_jpeg_reader_new_from_bytes (jpeg, error);
  g_autoptr (HotpixRepairer) repairer = NULL;
  const HotpixShape *shape;
  guint n_repaired;

  if (reader == NULL)
    return NULL;
  shape = hotpix_jpeg_reader_get_shape (reader);
  repairer = hotpix_repairer_new (listed, shape->width, shape->height);
  return by_pixels ? repair_pixels (repairer, jpeg, shape)
                   : hotpix_jpeg_repair (repairer, jpeg, &n_repaired, error);
}

static gboolean
repair_file (const HotpixListedDefects *listed, const gchar *folder, const gchar *photo,
             gboolean by_pixels, GError **error)
{
  g_autofree gchar *name = g_path_get_basename (photo);
  g_autofree gchar *path = g_strconcat (folder, "/", name, by_pixels ? ".ppm" : "", NULL);
  g_autoptr (GBytes) jpeg = hotpix_photo_file_load (photo, G_MAXSIZE, NULL, error);
  g_autoptr (GBytes) repaired = jpeg != NULL ? repair (listed, jpeg, by_pixels, error) : NULL;
  gsize length;
  const gchar *data = repaired != NULL ? g_bytes_get_data (repaired, &length) : NULL;

  return data != NULL && g_file_set_contents (path, data, (gssize) length, error);
}

int
main (int argc, char **argv)
{
  gboolean by_pixels = argc > 1 && strcmp (argv[1], "--pixels") == 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (HotpixListedDefects) listed = NULL;
  gint first = by_pixels ? 2 : 1;

  if (argc < first + 3)
    {
      g_printerr ("repair-photos [--pixels] LIST FOLDER PHOTO…\n");
      return EXIT_FAILURE;
    }
  listed = hotpix_listed_defects_load (argv[first], NULL, &error);
  for (gint i = first + 2; listed != NULL && i < argc; i++)
    if (!repair_file (listed, argv[first + 1], argv[i], by_pixels, &error))
      {
        g_prefix_error (&error, "%s ", argv[i]);
        break;
      }
  if (error == NULL)
    return EXIT_SUCCESS;
  g_printerr ("repair-photos: %s\n", error->message);
  return EXIT_FAILURE;
}
