/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the detector finds of the simulated camera's defects, and what it reports beside them: by
 * number of photos, quality, colour sampling and sharpening. docs/detection.md has its tables. */

#include "camera-session.h"

#include <stdlib.h>

static gint n_cameras = 1, width = 1200, height = 800, n_defects = 60;
static gdouble threshold = HOTPIX_DEFAULT_THRESHOLD, response = 1;

static const GOptionEntry entries[] = {
  { "cameras", 0, 0, G_OPTION_ARG_INT, &n_cameras, "Cameras of each kind (1)", "N" },
  { "defects", 0, 0, G_OPTION_ARG_INT, &n_defects, "Planted in each camera (60)", "N" },
  { "threshold", 0, 0, G_OPTION_ARG_DOUBLE, &threshold, "The detector's (1)", "SCORE" },
  { "response", 0, 0, G_OPTION_ARG_DOUBLE, &response,
    "What photosites differ by in their response to light, in percent (1)", "PERCENT" },
  { NULL },
};

static const guint frame_counts[] = { 10, 20, 50, 100, 200 };
#define N_COUNTS G_N_ELEMENTS (frame_counts)
#define MOST_FRAMES 200

/* Kinds of defects, hot ones by what they add in shares of full scale. */
typedef enum
{
  FAINT_HOT,
  MIDDLE_HOT,
  STRONG_HOT,
  STUCK,
  DEAD,
  N_GROUPS,
} Group;

static const gchar *const group_names[N_GROUPS]
    = { "hot to 6 %", "hot to 25 %", "hot above", "stuck", "dead" };

typedef struct
{
  guint planted[N_GROUPS];
  guint found[N_GROUPS];
  guint n_false;
  guint wrong_kind;
  gdouble megapixels;
} Tally;

static Group
group_of (const Defect *defect)
{
  if (defect->kind == DEFECT_STUCK)
    return STUCK;
  if (defect->kind == DEFECT_DEAD)
    return DEAD;
  if (defect->amount < 1 / 16.0f)
    return FAINT_HOT;
  return defect->amount < 1 / 4.0f ? MIDDLE_HOT : STRONG_HOT;
}

static gboolean
is_kind (HotpixDefectKind reported, DefectKind planted)
{
  return (reported == HOTPIX_DEFECT_HOT && planted == DEFECT_HOT)
         || (reported == HOTPIX_DEFECT_STUCK && planted == DEFECT_STUCK)
         || (reported == HOTPIX_DEFECT_DEAD && planted == DEFECT_DEAD);
}

/* A defect counts as found within one pixel, and once. */
static void
count (Tally *tally, const SimulatedCamera *camera, const HotpixDefects *reported)
{
  guint n_planted;
  const Defect *planted = simulated_camera_get_defects (camera, &n_planted);
  g_autofree gboolean *found = g_new0 (gboolean, n_planted);

  for (guint i = 0; i < n_planted; i++)
    tally->planted[group_of (&planted[i])]++;
  for (guint k = 0; k < reported->list->len; k++)
    {
      const HotpixDefect *defect = &g_array_index (reported->list, HotpixDefect, k);
      guint i = 0;

      while (i < n_planted
             && (found[i] || ABS ((gint) planted[i].x - (gint) defect->x) > 1
                 || ABS ((gint) planted[i].y - (gint) defect->y) > 1))
        i++;
      if (i == n_planted)
        {
          tally->n_false++;
          continue;
        }
      found[i] = TRUE;
      tally->found[group_of (&planted[i])]++;
      tally->wrong_kind += !is_kind (defect->kind, planted[i].kind);
    }
  tally->megapixels += (gdouble) width * height / 1e6;
}

static void
try_camera (const CameraModel *model, Tally *tallies)
{
  g_autoptr (SimulatedCamera) camera = simulated_camera_new (model);
  g_autoptr (CameraSession) session = camera_session_new (camera, MOST_FRAMES, NULL);

  for (guint i = 0; i < N_COUNTS; i++)
    {
      g_autoptr (HotpixDefects) defects
          = camera_session_detect_first (session, frame_counts[i], threshold);

      count (&tallies[i], camera, defects);
    }
}

static void
print_header (void)
{
  g_print ("| camera | photos |");
  for (guint i = 0; i < N_GROUPS; i++)
    g_print (" %s |", group_names[i]);
  g_print (" found | other kind | false in 10 MP |\n|---|---|");
  for (guint i = 0; i < N_GROUPS + 3; i++)
    g_print ("---|");
  g_print ("\n");
}

static void
print_tally (const gchar *name, guint n_frames, const Tally *tally)
{
  guint planted = 0, found = 0;

  g_print ("| %s | %u |", name, n_frames);
  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_print (" %u / %u |", tally->found[i], tally->planted[i]);
      planted += tally->planted[i];
      found += tally->found[i];
    }
  g_print (" %u / %u | %u | %.1f |\n", found, planted, tally->wrong_kind,
           10 * tally->n_false / tally->megapixels);
}

static void
add_tally (Tally *total, const Tally *part)
{
  for (guint i = 0; i < N_GROUPS; i++)
    {
      total->planted[i] += part->planted[i];
      total->found[i] += part->found[i];
    }
  total->n_false += part->n_false;
  total->wrong_kind += part->wrong_kind;
  total->megapixels += part->megapixels;
}

/* All cameras of one kind; their sum is added to the totals. */
static void
try_kind (gint quality, gboolean is_420, gboolean sharpen, Tally *totals)
{
  Tally tallies[N_COUNTS] = { 0 };
  g_autofree gchar *name = g_strdup_printf ("%d, %s%s", quality, is_420 ? "4:2:0" : "4:2:2",
                                            sharpen ? ", sharpened" : "");

  for (gint seed = 1; seed <= n_cameras; seed++)
    {
      CameraModel model = { .width = (guint) width,
                            .height = (guint) height,
                            .seed = (guint32) (seed * 100 + quality),
                            .n_defects = (guint) n_defects,
                            .response_spread = (gfloat) response / 100,
                            .sharpen = sharpen,
                            .quality = quality,
                            .horizontal_sampling = 2,
                            .vertical_sampling = is_420 ? 2 : 1,
                            .serial = "benchmark" };

      try_camera (&model, tallies);
    }
  for (guint i = 0; i < N_COUNTS; i++)
    {
      print_tally (name, frame_counts[i], &tallies[i]);
      add_tally (&totals[i], &tallies[i]);
    }
}

int
main (int argc, char **argv)
{
  static const gint qualities[] = { 80, 85, 90, 95 };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Tally totals[N_COUNTS] = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  if (n_cameras < 1 || n_defects < 0 || n_defects > width * height / 200)
    {
      g_printerr ("at least one camera is needed, and at most %d defects\n",
                  width * height / 200);
      return EXIT_FAILURE;
    }
  print_header ();
  for (guint i = 0; i < G_N_ELEMENTS (qualities); i++)
    for (gint is_420 = 0; is_420 < 2; is_420++)
      for (gint sharpen = 0; sharpen < 2; sharpen++)
        try_kind (qualities[i], is_420, sharpen, totals);
  for (guint i = 0; i < N_COUNTS; i++)
    print_tally ("all", frame_counts[i], &totals[i]);
  return EXIT_SUCCESS;
}
