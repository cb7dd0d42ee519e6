/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/frame-set.h"
#include "base/error.h"
#include "base/text.h"
#include "photos/choice-private.h"

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
  HotpixChoice chosen;
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
  hotpix_choice_clear (&set->chosen);
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

void
hotpix_frame_set_drop_frames (HotpixFrameSet *set)
{
  for (guint i = 0; i < set->entries->len; i++)
    g_clear_pointer (&get_entry (set, i)->frame, hotpix_frame_free);
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
                 ngettext ("at least %d photos are needed, %u is given",
                           "at least %d photos are needed, %u are given", used),
                 MIN_FRAMES, used);
  else
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES,
                 _ ("at least %d photos are needed, %u of the %u given can be used"),
                 MIN_FRAMES, used, set->entries->len);
  return FALSE;
}

/* With photos of one model the lens alone can make the difference. */
static gboolean
is_another_lens (const HotpixCamera *camera, const HotpixCamera *body)
{
  HotpixCamera same_lens = *camera;

  same_lens.lens = body->lens;
  same_lens.micrometres = body->micrometres;
  return hotpix_camera_may_be_same (&same_lens, body);
}

static gchar *
reason_to_leave_out (const HotpixFrame *frame, const HotpixChoice *chosen)
{
  const HotpixShape *shape = &frame->shape, *common = &chosen->shape;
  const HotpixCamera *camera = hotpix_frame_get_camera (frame);
  g_autofree gchar *words = NULL, *body = NULL;

  if (shape->width != common->width || shape->height != common->height)
    return g_strdup_printf ("is %u x %u pixels, the set is %u x %u", shape->width,
                            shape->height, common->width, common->height);
  if (shape->channels != common->channels)
    return g_strdup_printf ("is %s, the set is %s", shape->channels == 1 ? "grey" : "in colour",
                            common->channels == 1 ? "grey" : "in colour");
  if (hotpix_camera_may_be_same (camera, chosen->body))
    return NULL;
  words = hotpix_camera_describe (camera);
  body = hotpix_camera_describe (chosen->body);
  return g_strdup_printf (is_another_lens (camera, chosen->body)
                              ? "is by another lens of the camera, %s; the set is by %s"
                              : "is by another camera body, %s; the set is by %s",
                          words, body);
}

static GPtrArray *
candidates (const HotpixFrameSet *set)
{
  GPtrArray *frames = g_ptr_array_new ();

  for (guint i = 0; i < set->entries->len; i++)
    if (get_entry (set, i)->reason == NULL)
      g_ptr_array_add (frames, get_entry (set, i)->frame);
  return frames;
}

gboolean
hotpix_frame_set_choose (HotpixFrameSet *set, HotpixCameraChoice choice, HotpixShape *shape,
                         GError **error)
{
  g_autoptr (GPtrArray) frames = NULL;
  guint bits = 8;

  if (set->no_memory != NULL)
    {
      g_propagate_error (error, g_error_copy (set->no_memory));
      return FALSE;
    }
  undo_choice (set);
  frames = candidates (set);
  hotpix_choice_clear (&set->chosen);
  hotpix_choice_init (&set->chosen, frames, choice);
  for (guint i = 0; i < set->entries->len; i++)
    {
      Entry *entry = get_entry (set, i);

      if (entry->reason != NULL)
        continue;
      entry->reason = reason_to_leave_out (entry->frame, &set->chosen);
      entry->not_chosen = entry->reason != NULL;
      if (entry->reason == NULL)
        bits = MAX (bits, entry->frame->shape.bits);
    }
  if (!hotpix_frame_set_check_used (set, error))
    return FALSE;
  *shape = set->chosen.shape;
  shape->bits = bits;
  set->choice = choice;
  return TRUE;
}

const HotpixCamera *
hotpix_frame_set_get_body (const HotpixFrameSet *set)
{
  return set->chosen.body;
}

gchar *
hotpix_frame_set_describe_body (const HotpixFrameSet *set)
{
  return set->choice == HOTPIX_CAMERA_ANY ? g_strdup ("any camera")
                                          : hotpix_camera_describe (set->chosen.body);
}
