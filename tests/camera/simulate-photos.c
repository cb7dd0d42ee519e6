/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes photos of a simulated camera into a folder, IMG_0001.JPG and so on, and the defects
 * that were planted into truth.tsv beside them. */

#include "simulated-camera.h"

#include <glib/gstdio.h>
#include <stdlib.h>

static gint width = 1200, height = 800, frames = 50, seed = 1, n_defects = 60, quality = 92,
            growth;
static gboolean sharpened, intact;
static gchar *sampling, *serial;

static const GOptionEntry entries[] = {
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "Columns, an even number (1200)", "N" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "Rows, an even number (800)", "N" },
  { "frames", 0, 0, G_OPTION_ARG_INT, &frames, "Photos (50)", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "Another seed is another camera (1)", "N" },
  { "defects", 0, 0, G_OPTION_ARG_INT, &n_defects, "Planted defects (60)", "N" },
  { "growth", 0, 0, G_OPTION_ARG_INT, &growth,
    "Every other defect begins at one of so many photos (none)", "N" },
  { "quality", 0, 0, G_OPTION_ARG_INT, &quality, "Of the JPEGs, 1 to 100 (92)", "N" },
  { "sampling", 0, 0, G_OPTION_ARG_STRING, &sampling, "444, 422 or 420 (422)", "NAME" },
  { "sharpen", 0, 0, G_OPTION_ARG_NONE, &sharpened, "As many cameras do", NULL },
  { "intact", 0, 0, G_OPTION_ARG_NONE, &intact, "The same photos without their defects", NULL },
  { "serial", 0, 0, G_OPTION_ARG_STRING, &serial, "The body's, in the EXIF (its seed)",
    "TEXT" },
  { NULL },
};

static gboolean
write_truth (const SimulatedCamera *camera, const gchar *folder, GError **error)
{
  guint n;
  const Defect *defects = simulated_camera_get_defects (camera, &n);
  g_autofree gchar *path = g_build_filename (folder, "truth.tsv", NULL);
  g_autoptr (GString) text
      = g_string_new (growth > 0 ? "x\ty\tkind\tamount\tfirst\n" : "x\ty\tkind\tamount\n");

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%u\t%u\t%s\t%.4f", defects[i].x, defects[i].y,
                              simulated_camera_kind_name (defects[i].kind), defects[i].amount);
      if (growth > 0)
        g_string_append_printf (text, "\t%u", defects[i].first);
      g_string_append_c (text, '\n');
    }
  return g_file_set_contents (path, text->str, (gssize) text->len, error);
}

static gboolean
write_photo (const SimulatedCamera *camera, const gchar *folder, gint number, GError **error)
{
  g_autoptr (GBytes) jpeg = simulated_camera_take (camera, (guint) number);
  g_autofree gchar *name = g_strdup_printf ("IMG_%04d.JPG", number);
  g_autofree gchar *path = g_build_filename (folder, name, NULL);
  gsize size;
  const gchar *data = g_bytes_get_data (jpeg, &size);

  return g_file_set_contents (path, data, (gssize) size, error);
}

static gboolean
check_options (gint argc, GError **error)
{
  gboolean room = n_defects >= 0 && (gint64) n_defects * 100 <= (gint64) width * height;

  if (argc == 2 && width >= 2 && height >= 2 && width % 2 == 0 && height % 2 == 0 && frames >= 1
      && quality >= 1 && quality <= 100 && growth >= 0 && room
      && (sampling == NULL
          || g_strv_contains ((const gchar *[]){ "444", "422", "420", NULL }, sampling)))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "A folder and values in range are needed; see --help");
  return FALSE;
}

static gboolean
run (gint argc, gchar **argv, GError **error)
{
  g_autofree gchar *own_serial = NULL;
  g_autoptr (SimulatedCamera) camera = NULL;
  CameraModel model;

  if (!check_options (argc, error))
    return FALSE;
  own_serial = g_strdup_printf ("%04d", seed);
  model = (CameraModel){ .width = (guint) width,
                         .height = (guint) height,
                         .seed = (guint32) seed,
                         .n_defects = (guint) n_defects,
                         .growth = (guint) growth,
                         .sharpen = sharpened,
                         .is_intact = intact,
                         .quality = quality,
                         .horizontal_sampling = g_strcmp0 (sampling, "444") == 0 ? 1 : 2,
                         .vertical_sampling = g_strcmp0 (sampling, "420") == 0 ? 2 : 1,
                         .serial = serial != NULL ? serial : own_serial };
  camera = simulated_camera_new (&model);
  if (g_mkdir_with_parents (argv[1], 0777) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s cannot be made", argv[1]);
      return FALSE;
    }
  for (gint number = 1; number <= frames; number++)
    if (!write_photo (camera, argv[1], number, error))
      return FALSE;
  return write_truth (camera, argv[1], error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse (context, &argc, &argv, &error) && run (argc, argv, &error))
    return EXIT_SUCCESS;
  g_printerr ("simulate-photos: %s\n", error->message);
  return EXIT_FAILURE;
}
