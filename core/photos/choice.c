/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/text.h"
#include "photos/choice-private.h"

#include <string.h>

/* Bodies that are tried. A folder has a few; what has thousands was made to take time. */
#define MOST_SEEDS 1000

/* That a message names. */
#define MOST_NAMED 10

/* The photos of one size whose EXIF tells the same camera. */
typedef struct
{
  const HotpixShape *shape;
  const HotpixCamera *camera; /* nullable */
  guint n_photos;
} Group;

static gint
compare_numbers (guint64 a, guint64 b)
{
  return (a > b) - (a < b);
}

/* Larger photos last, whatever their bits: 8-bit and 16-bit ones go together. */
static gint
compare_sizes (const HotpixShape *a, const HotpixShape *b)
{
  gint order = compare_numbers ((guint64) a->width * a->height, (guint64) b->width * b->height);

  if (order == 0)
    order = compare_numbers (a->width, b->width);
  return order != 0 ? order : compare_numbers (a->channels, b->channels);
}

static gint
compare_frames (gconstpointer a, gconstpointer b)
{
  const HotpixFrame *frame_a = *(const HotpixFrame *const *) a;
  const HotpixFrame *frame_b = *(const HotpixFrame *const *) b;
  gint order = compare_sizes (&frame_a->shape, &frame_b->shape);

  return order != 0 ? order
                    : hotpix_camera_compare (hotpix_frame_get_camera (frame_a),
                                             hotpix_frame_get_camera (frame_b));
}

static const Group *
group_at (const GArray *groups, guint i)
{
  return &g_array_index (groups, Group, i);
}

/* In the order of their sizes. Where any body will do, those of one size are one group. */
static GArray *
make_groups (const GPtrArray *frames, HotpixCameraChoice which)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy ((GPtrArray *) frames, NULL, NULL);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_frames);
  for (guint i = 0; i < sorted->len; i++)
    {
      const HotpixFrame *frame = g_ptr_array_index (sorted, i);
      Group group = { &frame->shape, NULL, 1 };
      const Group *last = groups->len > 0 ? group_at (groups, groups->len - 1) : NULL;

      if (which == HOTPIX_CAMERA_MOST)
        group.camera = hotpix_frame_get_camera (frame);
      if (last != NULL && compare_sizes (last->shape, group.shape) == 0
          && hotpix_camera_compare (last->camera, group.camera) == 0)
        g_array_index (groups, Group, groups->len - 1).n_photos++;
      else
        g_array_append_val (groups, group);
    }
  return groups;
}

/* The groups of one size, and what is being tried for their body: its fields are borrowed. */
typedef struct
{
  const Group *groups;
  guint n_groups;
  HotpixCamera body;
} Size;

static guint
count_photos (const Size *size)
{
  guint n = 0;

  for (guint i = 0; i < size->n_groups; i++)
    if (hotpix_camera_may_be_same (size->groups[i].camera, &size->body))
      n += size->groups[i].n_photos;
  return n;
}

/* The group of most photos that may be by the body and tells more of it, or NULL. */
static const Group *
find_teacher (const Size *size)
{
  const Group *best = NULL;

  for (guint i = 0; i < size->n_groups; i++)
    {
      const Group *group = &size->groups[i];
      HotpixCamera learnt = size->body;

      if (group->camera != NULL && hotpix_camera_may_be_same (group->camera, &size->body)
          && (best == NULL || group->n_photos >= best->n_photos)
          && hotpix_camera_learn (&learnt, group->camera))
        best = group;
    }
  return best;
}

/* From what one group tells to a body of which no photo that may be by it tells more: else photos
 * of two bodies might both be by the one that is neither.
 * Returns how many photos may be by it. */
static guint
try_body (Size *size, const HotpixCamera *seed)
{
  const Group *teacher;

  size->body = seed != NULL ? *seed : (HotpixCamera){ NULL };
  while ((teacher = find_teacher (size)) != NULL)
    (void) hotpix_camera_learn (&size->body, teacher->camera);
  return count_photos (size);
}

/* The most photos first; of equal numbers what comes last in the order of cameras. */
static gint
compare_seeds (gconstpointer a, gconstpointer b)
{
  const Group *group_a = *(const Group *const *) a, *group_b = *(const Group *const *) b;

  if (group_a->n_photos != group_b->n_photos)
    return group_a->n_photos > group_b->n_photos ? -1 : 1;
  return hotpix_camera_compare (group_b->camera, group_a->camera);
}

static gboolean
is_called (const HotpixCamera *body, const gchar *name)
{
  g_autofree gchar *words = hotpix_camera_describe (body);

  return strcmp (words, name) == 0;
}

/* The groups of a size in the order in which their cameras are to be tried. */
static GPtrArray *
list_seeds (const Size *size)
{
  GPtrArray *seeds = g_ptr_array_new ();

  for (guint i = 0; i < size->n_groups; i++)
    g_ptr_array_add (seeds, (gpointer) &size->groups[i]);
  g_ptr_array_sort (seeds, compare_seeds);
  g_ptr_array_set_size (seeds, (gint) MIN (seeds->len, MOST_SEEDS));
  return seeds;
}

/* The body of most photos of one size. name: nullable; the only body that will do.
 * Returns how many they are. */
static guint
find_body (Size *size, const gchar *name)
{
  g_autoptr (GPtrArray) seeds = list_seeds (size);
  HotpixCamera best = { NULL };
  guint most = 0;

  for (guint i = 0; i < seeds->len; i++)
    {
      guint n = try_body (size, ((const Group *) g_ptr_array_index (seeds, i))->camera);

      if (n > most && (name == NULL || is_called (&size->body, name)))
        {
          most = n;
          best = size->body;
        }
    }
  size->body = best;
  return most;
}

/* The groups of the size that begins with group `first`. */
static Size
size_at (const GArray *groups, guint first)
{
  Size size = { .groups = group_at (groups, first) };

  while (first + size.n_groups < groups->len
         && compare_sizes (size.groups[size.n_groups].shape, size.groups->shape) == 0)
    size.n_groups++;
  return size;
}

static gint
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const gchar *const *) a, *(const gchar *const *) b);
}

/* Every body in words, sorted. */
static GPtrArray *
list_bodies (const GArray *groups)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *bodies = g_ptr_array_new_with_free_func (g_free);
  Size size;

  for (guint first = 0; first < groups->len; first += size.n_groups)
    {
      g_autoptr (GPtrArray) seeds = NULL;

      size = size_at (groups, first);
      seeds = list_seeds (&size);
      for (guint i = 0; i < seeds->len; i++)
        {
          gchar *words;

          (void) try_body (&size, ((const Group *) g_ptr_array_index (seeds, i))->camera);
          words = hotpix_camera_describe (&size.body);
          if (hotpix_camera_compare (&size.body, &(HotpixCamera){ NULL }) != 0
              && g_hash_table_add (seen, words))
            g_ptr_array_add (bodies, words);
          else
            g_free (words);
        }
    }
  g_ptr_array_sort (bodies, compare_words);
  return bodies;
}

static void
set_name_error (const gchar *name, const GPtrArray *bodies, guint n_fit, GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < MIN (bodies->len, MOST_NAMED); i++)
    g_string_append_printf (words, "%s%s", i == 0 ? "" : "; ",
                            (const gchar *) g_ptr_array_index (bodies, i));
  if (bodies->len > MOST_NAMED)
    g_string_append (words, "; …");
  if (bodies->len == 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("the camera \"%s\" cannot be chosen: no photo names its camera"), name);
  else if (n_fit == 0)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("no photo is by a camera \"%s\"; the photos are by %s"), name, words->str);
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                 _ ("\"%s\" fits several cameras; the photos are by %s"), name, words->str);
}

/* Returns (transfer full): the whole name of the one body that has the given one for a name or, if
 * there is none, for a part of it. */
static gchar *
complete_name (const GArray *groups, const gchar *name, GError **error)
{
  g_autoptr (GPtrArray) bodies = list_bodies (groups);
  g_autofree gchar *folded = g_utf8_casefold (name, -1);
  const gchar *fit = NULL;
  guint n_fit = 0;

  for (guint i = 0; i < bodies->len; i++)
    {
      const gchar *words = g_ptr_array_index (bodies, i);
      g_autofree gchar *folded_words = g_utf8_casefold (words, -1);

      if (strcmp (folded_words, folded) == 0)
        return g_strdup (words);
      if (strstr (folded_words, folded) == NULL)
        continue;
      fit = words;
      n_fit++;
    }
  if (n_fit == 1)
    return g_strdup (fit);
  set_name_error (name, bodies, n_fit, error);
  return NULL;
}

gboolean
hotpix_choice_init (HotpixChoice *choice, const GPtrArray *frames, HotpixCameraChoice which,
                    const gchar *name, GError **error)
{
  g_autoptr (GArray) groups = make_groups (frames, which);
  g_autofree gchar *whole_name = NULL;
  HotpixCamera best = { NULL };
  guint most = 0;
  Size size;

  *choice = (HotpixChoice){ { 0 } };
  if (name != NULL && (whole_name = complete_name (groups, name, error)) == NULL)
    return FALSE;
  for (guint first = 0; first < groups->len; first += size.n_groups)
    {
      guint n;

      size = size_at (groups, first);
      n = find_body (&size, whole_name);
      if (n < most || n == 0)
        continue;
      most = n;
      best = size.body;
      choice->shape = *size.groups->shape;
    }
  choice->body = hotpix_camera_copy (&best);
  return TRUE;
}

void
hotpix_choice_init_on (HotpixChoice *choice, const GPtrArray *frames, const HotpixShape *shape,
                       HotpixCameraChoice which, const HotpixCamera *body)
{
  g_autoptr (GArray) groups = make_groups (frames, which);
  HotpixCamera known = body != NULL ? *body : (HotpixCamera){ NULL };
  Size size;

  for (guint first = 0; first < groups->len; first += size.n_groups)
    {
      size = size_at (groups, first);
      if (compare_sizes (size.groups->shape, shape) != 0)
        continue;
      (void) try_body (&size, &known);
      known = size.body;
    }
  *choice = (HotpixChoice){ *shape, hotpix_camera_copy (&known) };
}

void
hotpix_choice_clear (HotpixChoice *choice)
{
  g_clear_pointer (&choice->body, hotpix_camera_free);
}
