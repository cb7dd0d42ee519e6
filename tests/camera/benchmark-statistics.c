/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many planted defects rank above the first false place, the second and the sixth: by hotpix, and by three
 * statistics that others use. docs/detection.md has the table. */

#include "camera-session.h"
#include "photos/frame-makers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A vote of a photo: so much off the median of the ring, in levels. The share of photos that must agree. */
#define VOTE_LEVELS 8
#define VOTE_SHARE 0.9

/* Of one defect only the highest place counts, and those so far around it are passed over. */
#define REACH 3

static gint first_camera = 1, n_cameras = 2, width = 900, height = 600, n_frames = 50;
static gchar *keep;

static const GOptionEntry entries[] = {
  { "cameras", 0, 0, G_OPTION_ARG_INT, &n_cameras, "Cameras (2)", "N" },
  { "first", 0, 0, G_OPTION_ARG_INT, &first_camera, "The number of the first one (1)", "N" },
  { "frames", 0, 0, G_OPTION_ARG_INT, &n_frames, "Photos by each (50)", "N" },
  { "keep", 0, 0, G_OPTION_ARG_FILENAME, &keep,
    "Photos stay in this folder, and are used again", "FOLDER" },
  { NULL },
};

/* Sums over the photos, three channels a pixel. */
typedef struct
{
  gdouble *sums, *squares;
  guint *brighter, *darker; /* votes */
} Sums;

static Sums
sums_new (void)
{
  gsize n = 3 * (gsize) width * (gsize) height;

  return (Sums){ g_new0 (gdouble, n), g_new0 (gdouble, n), g_new0 (guint, n),
                 g_new0 (guint, n) };
}

static void
sums_clear (Sums *sums)
{
  g_free (sums->sums);
  g_free (sums->squares);
  g_free (sums->brighter);
  g_free (sums->darker);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sums, sums_clear)

static int
compare_doubles (const void *a, const void *b)
{
  return (*(const gdouble *) a > *(const gdouble *) b)
         - (*(const gdouble *) a < *(const gdouble *) b);
}

typedef gdouble (*ValueAt) (gconstpointer values, gsize i);

static gdouble
byte_at (gconstpointer values, gsize i)
{
  return ((const guint8 *) values)[i];
}

static gdouble
double_at (gconstpointer values, gsize i)
{
  return ((const gdouble *) values)[i];
}

/* The median of the eight samples at distance two, inside the frame. */
static gdouble
ring_median (gconstpointer values, ValueAt value_at, gint x, gint y, gint channel)
{
  gdouble ring[8];
  guint n = 0;

  for (gint v = y - 2; v <= y + 2; v += 2)
    for (gint u = x - 2; u <= x + 2; u += 2)
      if ((u != x || v != y) && u >= 0 && u < width && v >= 0 && v < height)
        ring[n++]
            = value_at (values, ((gsize) v * (gsize) width + (gsize) u) * 3 + (gsize) channel);
  qsort (ring, n, sizeof *ring, compare_doubles);
  return n % 2 == 1 ? ring[n / 2] : (ring[n / 2 - 1] + ring[n / 2]) / 2;
}

static void
add_photo (Sums *sums, const guint8 *samples)
{
  gsize i = 0;

  for (gint y = 0; y < height; y++)
    for (gint x = 0; x < width; x++)
      for (gint channel = 0; channel < 3; channel++, i++)
        {
          gdouble off = samples[i] - ring_median (samples, byte_at, x, y, channel);

          sums->sums[i] += samples[i];
          sums->squares[i] += (gdouble) samples[i] * samples[i];
          sums->brighter[i] += off >= VOTE_LEVELS;
          sums->darker[i] += off <= -VOTE_LEVELS;
        }
}

static void
read_photos (Sums *sums, const CameraSession *session)
{
  gsize n = 3 * (gsize) width * (gsize) height;
  g_autofree guint8 *samples = g_malloc (n);
  g_autoptr (HotpixFrameSet) set = hotpix_frame_set_new ();

  for (guint i = 0; i < (guint) n_frames; i++)
    {
      g_autofree gchar *path = camera_session_get_path (session, i);
      HotpixFrame *frame;

      hotpix_frame_makers_add_file (NULL, set, path);
      frame = hotpix_frame_set_get_frame (set, i);
      if (frame == NULL || !frame->frame_class->open (frame, NULL)
          || !frame->frame_class->read (frame, (guint) height, samples, NULL))
        g_error ("%s cannot be read", path);
      frame->frame_class->close (frame);
      add_photo (sums, samples);
    }
}

typedef struct
{
  guint x, y;
  gdouble score;
} Place;

static gdouble
mean_residual (const Sums *sums, gint x, gint y, gint channel)
{
  gsize i = ((gsize) y * (gsize) width + (gsize) x) * 3 + (gsize) channel;

  return fabs (sums->sums[i] - ring_median (sums->sums, double_at, x, y, channel)) / n_frames;
}

static gdouble
least_variance (const Sums *sums, gint x, gint y, gint channel)
{
  gsize i = ((gsize) y * (gsize) width + (gsize) x) * 3 + (gsize) channel;

  return -(n_frames * sums->squares[i] - sums->sums[i] * sums->sums[i]);
}

/* Those that nine photos of ten vote for, by their mean residual. */
static gdouble
vote (const Sums *sums, gint x, gint y, gint channel)
{
  gsize i = ((gsize) y * (gsize) width + (gsize) x) * 3 + (gsize) channel;
  guint most = MAX (sums->brighter[i], sums->darker[i]);

  return most >= VOTE_SHARE * n_frames ? mean_residual (sums, x, y, channel) : 0;
}

typedef gdouble (*Statistic) (const Sums *sums, gint x, gint y, gint channel);

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *p = a, *q = b;

  return (p->score < q->score) - (p->score > q->score);
}

/* The places in falling order; those near a higher one are left out. */
static GArray *
rank_places (const Sums *sums, Statistic statistic)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Place));
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Place));

  for (gint y = 0; y < height; y++)
    for (gint x = 0; x < width; x++)
      {
        Place place = { (guint) x, (guint) y, -G_MAXDOUBLE };

        for (gint channel = 0; channel < 3; channel++)
          place.score = MAX (place.score, statistic (sums, x, y, channel));
        if (place.score != 0)
          g_array_append_val (all, place);
      }
  g_array_sort (all, compare_places);
  for (guint i = 0; i < all->len && ranked->len < 200; i++)
    {
      Place place = g_array_index (all, Place, i);
      gboolean is_near = FALSE;

      for (guint k = 0; k < ranked->len && !is_near; k++)
        {
          const Place *other = &g_array_index (ranked, Place, k);

          is_near = MAX (ABS ((gint) other->x - (gint) place.x),
                         ABS ((gint) other->y - (gint) place.y))
                    <= REACH;
        }
      if (!is_near)
        g_array_append_val (ranked, place);
    }
  g_array_unref (all);
  return ranked;
}

static GArray *
rank_by_hotpix (const CameraSession *session)
{
  g_autoptr (HotpixDefects) defects
      = camera_session_detect_first (session, (guint) n_frames, HOTPIX_LEAST_THRESHOLD);
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < defects->list->len; i++)
    {
      const HotpixDefect *defect = &g_array_index (defects->list, HotpixDefect, i);
      Place place = { defect->x, defect->y, defect->score };

      g_array_append_val (ranked, place);
    }
  return ranked;
}

static const guint allowed[] = { 0, 1, 5 };
#define N_ALLOWED G_N_ELEMENTS (allowed)

/* The index of the planted one, or n. */
static guint
find_planted (const Defect *planted, guint n, const Place *place)
{
  guint i = 0;

  while (i < n
         && (ABS ((gint) planted[i].x - (gint) place->x) > 1
             || ABS ((gint) planted[i].y - (gint) place->y) > 1))
    i++;
  return i;
}

/* Each planted one counts once. ranked: transfer full. */
static void
count (guint *found, GArray *ranked, const SimulatedCamera *camera)
{
  guint n, n_false = 0, n_found = 0;
  const Defect *planted = simulated_camera_get_defects (camera, &n);
  g_autofree gboolean *is_found = g_new0 (gboolean, n + 1);

  for (guint i = 0; i <= ranked->len; i++)
    {
      gboolean is_end = i == ranked->len;
      guint site = is_end ? n : find_planted (planted, n, &g_array_index (ranked, Place, i));

      if (site < n)
        {
          n_found += !is_found[site];
          is_found[site] = TRUE;
          continue;
        }
      for (guint k = 0; k < N_ALLOWED; k++)
        if (n_false == allowed[k] || (is_end && n_false < allowed[k]))
          found[k] += n_found;
      n_false++;
    }
  g_array_unref (ranked);
}

#define N_METHODS 4

static void
try_camera (gint seed, guint found[N_METHODS][N_ALLOWED], guint *n_planted)
{
  static const gint qualities[] = { 92, 97, 85 };
  static const Statistic statistics[] = { vote, mean_residual, least_variance };
  CameraModel model = { .width = (guint) width,
                        .height = (guint) height,
                        .seed = (guint32) (seed * 1000),
                        .n_defects = 40,
                        .response_spread = 0.015f,
                        .sharpen = seed % 2 == 1,
                        .quality = qualities[seed % 3],
                        .horizontal_sampling = 2,
                        .vertical_sampling = seed % 4 < 2 ? 1 : 2,
                        .serial = "conditions" };
  g_autoptr (SimulatedCamera) camera = simulated_camera_new (&model);
  g_autofree gchar *folder
      = keep != NULL ? g_strdup_printf ("%s/ordinary-%d-1.5", keep, seed) : NULL;
  g_autoptr (CameraSession) session = camera_session_new (camera, (guint) n_frames, folder);
  g_auto (Sums) sums = sums_new ();
  guint n;

  simulated_camera_get_defects (camera, &n);
  *n_planted += n;
  count (found[0], rank_by_hotpix (session), camera);
  read_photos (&sums, session);
  for (guint i = 0; i < G_N_ELEMENTS (statistics); i++)
    count (found[i + 1], rank_places (&sums, statistics[i]), camera);
}

int
main (int argc, char **argv)
{
  static const gchar *const names[N_METHODS]
      = { "hotpix", "vote of 90 % of the photos", "mean residual", "least variance" };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  guint found[N_METHODS][N_ALLOWED] = { { 0 } }, n_planted = 0;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || n_cameras < 1 || n_frames < 2)
    {
      g_printerr ("%s\n",
                  error != NULL ? error->message : "a camera and two photos are needed");
      return EXIT_FAILURE;
    }
  for (gint seed = first_camera; seed < first_camera + n_cameras; seed++)
    try_camera (seed, found, &n_planted);
  g_print ("| of %u planted | before a false one | one false | five false |\n"
           "|---|---|---|---|\n",
           n_planted);
  for (guint i = 0; i < N_METHODS; i++)
    g_print ("| %s | %u | %u | %u |\n", names[i], found[i][0], found[i][1], found[i][2]);
  return EXIT_SUCCESS;
}
