/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a defect's history is told right: on photos of simulated cameras of whose defects half begin at
 * some photo, and the others are always there. docs/catalogue.md has its table. */

#include "camera-history.h"

#include <stdlib.h>

static gint n_cameras = 1, n_photos = 200, n_defects = 60, width = 600, height = 400;

static const GOptionEntry entries[] = {
  { "cameras", 0, 0, G_OPTION_ARG_INT, &n_cameras, "Cameras of each kind (1)", "N" },
  { "photos", 0, 0, G_OPTION_ARG_INT, &n_photos, "Photos by each (200)", "N" },
  { "defects", 0, 0, G_OPTION_ARG_INT, &n_defects, "Planted in each camera (60)", "N" },
  { NULL },
};

typedef struct
{
  const gchar *name;
  CameraCondition condition;
  gint quality;
  guint vertical_sampling;
  gboolean sharpen;
} Kind;

static const Kind kinds[] = {
  { "95, 4:2:2", CAMERA_ORDINARY, 95, 1, FALSE },
  { "90, 4:2:0, sharpened", CAMERA_ORDINARY, 90, 2, TRUE },
  { "80, 4:2:0", CAMERA_ORDINARY, 80, 2, FALSE },
  { "dark current, 95, 4:2:2", CAMERA_DARK_CURRENT, 95, 1, FALSE },
  { "dark current, 85, 4:2:0, sharpened", CAMERA_DARK_CURRENT, 85, 2, TRUE },
};

static void
print_tally (const gchar *name, const HistoryTally *tally)
{
  g_print ("| %s | %u / %u | %u / %u | %u / %u | %u / %u | %u / %u | %u / %u |\n", name,
           tally->strong_near, tally->strong, tally->strong_held, tally->strong,
           tally->weak_near, tally->weak, tally->weak_held, tally->weak, tally->always_told,
           tally->always, tally->kind_right, tally->judged);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  HistoryTally all = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || n_cameras < 1 || n_photos < 2
      || n_defects < 1)
    {
      g_printerr ("%s\n", error != NULL ? error->message
                                        : "a camera, a defect and two photos are needed");
      return EXIT_FAILURE;
    }
  g_print (
      "| camera | strong: within 2 | interval holds it | weaker: within 2 | interval holds it "
      "| always there | kind |\n|---|---|---|---|---|---|---|\n");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      HistoryTally tally = { 0 };

      for (gint seed = 1; seed <= n_cameras; seed++)
        {
          CameraModel model = { .width = (guint) width,
                                .height = (guint) height,
                                .seed = (guint32) (seed * 100) + i,
                                .n_defects = (guint) n_defects,
                                .condition = kinds[i].condition,
                                .response_spread = 0.01f,
                                .growth = (guint) n_photos,
                                .sharpen = kinds[i].sharpen,
                                .quality = kinds[i].quality,
                                .horizontal_sampling = 2,
                                .vertical_sampling = kinds[i].vertical_sampling,
                                .serial = "history" };

          camera_history_try (&model, (guint) n_photos, &tally);
        }
      print_tally (kinds[i].name, &tally);
      camera_history_add (&all, &tally);
    }
  print_tally ("all", &all);
  return EXIT_SUCCESS;
}
