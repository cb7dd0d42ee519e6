/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the detector finds under adverse conditions, each simulated: where defects are, how the photos
 * are taken, what is in the picture beside the scene. docs/detection.md has its table. */

#include "camera-session.h"

#include <stdlib.h>

static gint first_camera = 1, n_cameras = 2, width = 900, height = 600, n_frames = 50;
static gdouble response = 1.5;
static gboolean show_rows;
static gchar *only, *keep;

static const GOptionEntry entries[] = {
  { "cameras", 0, 0, G_OPTION_ARG_INT, &n_cameras, "Cameras of each condition (2)", "N" },
  { "first", 0, 0, G_OPTION_ARG_INT, &first_camera, "The number of the first camera (1)", "N" },
  { "frames", 0, 0, G_OPTION_ARG_INT, &n_frames, "Photos by each (50)", "N" },
  { "response", 0, 0, G_OPTION_ARG_DOUBLE, &response,
    "What photosites differ by in their response to light, in percent (1.5)", "PERCENT" },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only, "This condition and no other", "NAME" },
  { "keep", 0, 0, G_OPTION_ARG_FILENAME, &keep,
    "Photos stay in this folder, and are used again", "FOLDER" },
  { "rows", 0, 0, G_OPTION_ARG_NONE, &show_rows,
    "Print rows that are false, and what is missed", NULL },
  { NULL },
};

typedef struct
{
  const gchar *name;
  CameraCondition condition;
  guint n_defects;
} Condition;

static const Condition conditions[] = {
  { "healthy", CAMERA_ORDINARY, 0 },
  { "ordinary", CAMERA_ORDINARY, 40 },
  { "outermost", CAMERA_OUTERMOST, 20 },
  { "clusters", CAMERA_CLUSTERS, 20 },
  { "pairs", CAMERA_PAIRS, 20 },
  { "columns", CAMERA_LINES, 10 },
  { "nights", CAMERA_NIGHTS, 40 },
  { "decades", CAMERA_DECADES, 40 },
  { "half-tripod", CAMERA_HALF_TRIPOD, 40 },
  { "dark", CAMERA_DARK, 40 },
  { "dust", CAMERA_DUST, 20 },
  { "black-corners", CAMERA_BLACK_CORNERS, 0 },
  { "overlay", CAMERA_OVERLAY, 0 },
  { "ghosts", CAMERA_GHOSTS, 20 },
};

typedef struct
{
  guint planted, found, lines, lines_found, n_false, n_warnings;
} Tally;

static gint
find_line (const DefectLine *lines, guint n, const HotpixDefect *defect)
{
  for (guint i = 0; i < n; i++)
    if (ABS ((gint) lines[i].x - (gint) defect->x) <= 1 && defect->y + 2 >= lines[i].first_y
        && defect->y < lines[i].end_y + 2)
      return (gint) i;
  return -1;
}

/* The nearest one that is not found yet, within a pixel. */
static gint
find_planted (const Defect *planted, const gboolean *found, guint n, const HotpixDefect *defect)
{
  gint best = -1, best_distance = 3;

  for (guint i = 0; i < n; i++)
    {
      gint dx = ABS ((gint) planted[i].x - (gint) defect->x);
      gint dy = ABS ((gint) planted[i].y - (gint) defect->y);

      if (!found[i] && MAX (dx, dy) <= 1 && dx + dy < best_distance)
        {
          best = (gint) i;
          best_distance = dx + dy;
        }
    }
  return best;
}

static void
print_missed (const Defect *planted, const gboolean *found, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!found[i])
      g_print ("  missed %u,%u %s %.3f\n", planted[i].x, planted[i].y,
               simulated_camera_kind_name (planted[i].kind), planted[i].amount);
}

static void
count (Tally *tally, const SimulatedCamera *camera, const HotpixDefects *reported)
{
  guint n_lines, n_planted;
  const DefectLine *lines = simulated_camera_get_lines (camera, &n_lines);
  const Defect *planted = simulated_camera_get_defects (camera, &n_planted);
  g_autofree gboolean *found = g_new0 (gboolean, n_planted + 1);
  gboolean lines_found[8] = { FALSE };

  /* Dust is none. */
  if (simulated_camera_get_model (camera)->condition == CAMERA_DUST)
    n_planted = 0;
  for (guint k = 0; k < reported->list->len; k++)
    {
      const HotpixDefect *defect = &g_array_index (reported->list, HotpixDefect, k);
      gint site = find_planted (planted, found, n_planted, defect);
      gint line = find_line (lines, n_lines, defect);

      if (site >= 0)
        found[site] = TRUE;
      else if (line >= 0 && defect->kind == HOTPIX_DEFECT_COLUMN)
        lines_found[line] = TRUE;
      else
        {
          tally->n_false++;
          if (show_rows)
            g_print ("  false %u,%u %s %.2f: %.4f in %.4f\n", defect->x, defect->y,
                     hotpix_defect_kind_name (defect->kind), defect->score, defect->mean,
                     defect->around);
        }
    }
  for (guint i = 0; i < n_planted; i++)
    tally->found += found[i];
  for (guint i = 0; i < n_lines; i++)
    tally->lines_found += lines_found[i];
  tally->planted += n_planted;
  tally->lines += n_lines;
  tally->n_warnings += reported->warning != NULL;
  if (show_rows)
    print_missed (planted, found, n_planted);
  if (show_rows && reported->warning != NULL)
    g_print ("  %s\n", reported->warning);
}

/* Where its photos stay, or NULL. */
static gchar *
kept_folder (const Condition *condition, gint seed)
{
  return keep != NULL ? g_strdup_printf ("%s/%s-%d-%g", keep, condition->name, seed, response)
                      : NULL;
}

static void
try_condition (const Condition *condition)
{
  static const gint qualities[] = { 92, 97, 85 };
  Tally tally = { 0 };

  for (gint seed = first_camera; seed < first_camera + n_cameras; seed++)
    {
      CameraModel model = { .width = (guint) width,
                            .height = (guint) height,
                            .seed = (guint32) (seed * 1000 + (gint) condition->condition),
                            .n_defects = condition->n_defects,
                            .condition = condition->condition,
                            .response_spread = (gfloat) response / 100,
                            .sharpen = seed % 2 == 1,
                            .quality = qualities[seed % 3],
                            .horizontal_sampling = 2,
                            .vertical_sampling = seed % 4 < 2 ? 1 : 2,
                            .serial = "conditions" };
      g_autoptr (SimulatedCamera) camera = simulated_camera_new (&model);
      g_autofree gchar *folder = kept_folder (condition, seed);
      g_autoptr (CameraSession) session = camera_session_new (camera, (guint) n_frames, folder);
      g_autoptr (HotpixDefects) defects
          = camera_session_detect_first (session, (guint) n_frames, HOTPIX_DEFAULT_THRESHOLD);

      count (&tally, camera, defects);
    }
  g_print ("| %s | %u / %u | %u / %u | %u | %u / %d |\n", condition->name, tally.found,
           tally.planted, tally.lines_found, tally.lines, tally.n_false, tally.n_warnings,
           n_cameras);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || n_cameras < 1 || n_frames < 2)
    {
      g_printerr ("%s\n",
                  error != NULL ? error->message : "a camera and two photos are needed");
      return EXIT_FAILURE;
    }
  g_print ("| condition | found | columns | false | warned |\n|---|---|---|---|---|\n");
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++)
    if (only == NULL || g_strcmp0 (only, conditions[i].name) == 0)
      try_condition (&conditions[i]);
  return EXIT_SUCCESS;
}
