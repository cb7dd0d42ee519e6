/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/frame-set.h"
#include "photos/jpeg-frame.h"

/* One photo for a difference to be seen would be none. */
#define MIN_FRAMES 2

typedef struct
{
  gchar *name;
  HotpixFrame *frame;  /* nullable */
  gchar *reason;       /* nullable */
  gboolean not_chosen; /* the reason is a choice's, which another may undo */
} Entry;

struct HotpixFrameSet
{
  GPtrArray *entries; /* of Entry */
  GError *no_memory;  /* nullable; for the first photo whose header found none */

  /* Of the last choice. */
  HotpixCameraChoice choice;
  const HotpixCamera *body;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
  hotpix_frame_free (entry->frame);
  g_free (entry->reason);
  g_free (entry);
}

HotpixFrameSet *
hotpix_frame_set_new (void)
{
  HotpixFrameSet *set = g_new0 (HotpixFrameSet, 1);

  set->entries = g_ptr_array_new_with_free_func (entry_free);
  return set;
}

void
hotpix_frame_set_free (HotpixFrameSet *set)
{
  if (set == NULL)
    return;
  g_ptr_array_unref (set->entries);
  g_clear_error (&set->no_memory);
  g_free (set);
}

static void
add_entry (HotpixFrameSet *set, const gchar *name, HotpixFrame *frame, const gchar *reason)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->name = g_strdup (name);
  entry->frame = frame;
  entry->reason = g_strdup (reason);
  g_ptr_array_add (set->entries, entry);
}

void
hotpix_frame_set_add (HotpixFrameSet *set, HotpixFrame *frame)
{
  add_entry (set, frame->name, frame, NULL);
}

void
hotpix_frame_set_add_file (HotpixFrameSet *set, const gchar *path)
{
  g_autoptr (GError) error = NULL;
  HotpixFrame *frame = hotpix_jpeg_frame_new (path, &error);

  if (frame != NULL)
    hotpix_frame_set_add (set, frame);
  else
    hotpix_frame_set_add_failed (set, path, error);
}

void
hotpix_frame_set_add_left_out (HotpixFrameSet *set, const gchar *name, const gchar *reason)
{
  add_entry (set, name, NULL, reason);
}

void
hotpix_frame_set_add_failed (HotpixFrameSet *set, const gchar *name, const GError *error)
{
  add_entry (set, name, NULL, error->message);
  if (set->no_memory == NULL && g_error_matches (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY))
    set->no_memory
        = g_error_new (HOTPIX_ERROR, HOTPIX_ERROR_MEMORY, "%s: %s", name, error->message);
}

guint
hotpix_frame_set_get_length (const HotpixFrameSet *set)
{
  return set->entries->len;
}

static Entry *
get_entry (const HotpixFrameSet *set, guint index)
{
  return g_ptr_array_index (set->entries, index);
}

guint
hotpix_frame_set_count_used (const HotpixFrameSet *set)
{
  guint n = 0;

  for (guint i = 0; i < set->entries->len; i++)
    n += get_entry (set, i)->reason == NULL;
  return n;
}

HotpixFrame *
hotpix_frame_set_get_frame (const HotpixFrameSet *set, guint index)
{
  return get_entry (set, index)->frame;
}

const gchar *
hotpix_frame_set_get_name (const HotpixFrameSet *set, guint index)
{
  return get_entry (set, index)->name;
}

const gchar *
hotpix_frame_set_get_reason (const HotpixFrameSet *set, guint index)
{
  return get_entry (set, index)->reason;
}

void
hotpix_frame_set_leave_out (HotpixFrameSet *set, guint index, const gchar *reason)
{
  Entry *entry = get_entry (set, index);

  g_free (entry->reason);
  entry->reason = g_strdup (reason);
  entry->not_chosen = FALSE;
}

static void
undo_choice (HotpixFrameSet *set)
{
  for (guint i = 0; i < set->entries->len; i++)
    {
      Entry *entry = get_entry (set, i);

      if (entry->not_chosen)
        g_clear_pointer (&entry->reason, g_free);
      entry->not_chosen = FALSE;
    }
}

gboolean
hotpix_frame_set_check_used (const HotpixFrameSet *set, GError **error)
{
  guint used = hotpix_frame_set_count_used (set);

  if (used >= MIN_FRAMES)
    return TRUE;
  if (used == set->entries->len)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES,
                 "at least %d photos are needed, %u %s given", MIN_FRAMES, used,
                 used == 1 ? "is" : "are");
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES,
                 "at least %d photos are needed, %u of the %u given can be used", MIN_FRAMES,
                 used, set->entries->len);
  return FALSE;
}

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

  return order != 0 ? order : hotpix_camera_compare (frame_a->camera, frame_b->camera);
}

/* Walks the sorted frames in runs of one size and, within, of one camera. The frames of a size
 * that tell no camera come first in it and count for each of its cameras. */
static const HotpixFrame *
most_common (const GPtrArray *sorted, HotpixCameraChoice choice)
{
  const HotpixFrame *best = NULL, *first = NULL;
  guint best_count = 0, count = 0, untold = 0;

  for (guint i = 0; i < sorted->len; i++)
    {
      const HotpixFrame *frame = g_ptr_array_index (sorted, i);
      gboolean same_size = first != NULL && compare_sizes (&frame->shape, &first->shape) == 0;

      if (!same_size)
        count = untold = 0;
      else if (choice == HOTPIX_CAMERA_MOST
               && hotpix_camera_compare (frame->camera, first->camera) != 0)
        count = untold;
      first = frame;
      count++;
      if (frame->camera == NULL)
        untold++;
      if (count >= best_count)
        {
          best = frame;
          best_count = count;
        }
    }
  return best;
}

static gchar *
reason_to_leave_out (const HotpixFrame *frame, const HotpixFrame *chosen,
                     HotpixCameraChoice choice)
{
  const HotpixShape *shape = &frame->shape, *common = &chosen->shape;
  g_autofree gchar *camera = NULL, *body = NULL;

  if (shape->width != common->width || shape->height != common->height)
    return g_strdup_printf ("is %u x %u pixels, the set is %u x %u", shape->width,
                            shape->height, common->width, common->height);
  if (shape->channels != common->channels)
    return g_strdup_printf ("is %s, the set is %s", shape->channels == 1 ? "grey" : "in colour",
                            common->channels == 1 ? "grey" : "in colour");
  if (choice == HOTPIX_CAMERA_ANY || hotpix_camera_may_be (frame->camera, chosen->camera))
    return NULL;
  camera = hotpix_camera_describe (frame->camera);
  body = hotpix_camera_describe (chosen->camera);
  return g_strdup_printf ("is by another camera body, %s; the set is by %s", camera, body);
}

static GPtrArray *
sorted_frames (const HotpixFrameSet *set)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; i < set->entries->len; i++)
    if (get_entry (set, i)->reason == NULL)
      g_ptr_array_add (sorted, get_entry (set, i)->frame);
  g_ptr_array_sort (sorted, compare_frames);
  return sorted;
}

gboolean
hotpix_frame_set_choose (HotpixFrameSet *set, HotpixCameraChoice choice, HotpixShape *shape,
                         GError **error)
{
  g_autoptr (GPtrArray) sorted = NULL;
  const HotpixFrame *chosen;
  guint bits = 8;

  if (set->no_memory != NULL)
    {
      g_propagate_error (error, g_error_copy (set->no_memory));
      return FALSE;
    }
  undo_choice (set);
  sorted = sorted_frames (set);
  chosen = most_common (sorted, choice);
  for (guint i = 0; i < set->entries->len; i++)
    {
      Entry *entry = get_entry (set, i);

      if (entry->reason != NULL)
        continue;
      entry->reason = reason_to_leave_out (entry->frame, chosen, choice);
      entry->not_chosen = entry->reason != NULL;
      if (entry->reason == NULL)
        bits = MAX (bits, entry->frame->shape.bits);
    }
  if (!hotpix_frame_set_check_used (set, error))
    return FALSE;
  *shape = chosen->shape;
  shape->bits = bits;
  set->choice = choice;
  set->body = choice == HOTPIX_CAMERA_MOST ? chosen->camera : NULL;
  return TRUE;
}

const HotpixCamera *
hotpix_frame_set_get_body (const HotpixFrameSet *set)
{
  return set->body;
}

gchar *
hotpix_frame_set_describe_body (const HotpixFrameSet *set)
{
  return set->choice == HOTPIX_CAMERA_ANY ? g_strdup ("any camera")
                                          : hotpix_camera_describe (set->body);
}
