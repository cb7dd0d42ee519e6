/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/frame-set.h"
#include "base/error.h"
#include "base/text.h"
#include "photos/frame-set-private.h"

/* One photo for a difference to be seen would be none. */
#define MIN_FRAMES 2

typedef struct
{
  gchar *name;
  HotpixFrame *frame;  /* nullable */
  gchar *reason;       /* nullable */
  gchar *detail;       /* nullable */
  HotpixLeftOut kind;  /* of the reason */
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
  g_free (entry->detail);
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
add_entry (HotpixFrameSet *set, const gchar *name, HotpixFrame *frame, const gchar *reason,
           HotpixLeftOut kind)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->name = g_strdup (name);
  entry->frame = frame;
  entry->reason = g_strdup (reason);
  entry->kind = kind;
  g_ptr_array_add (set->entries, entry);
}

void
hotpix_frame_set_add (HotpixFrameSet *set, HotpixFrame *frame)
{
  add_entry (set, frame->name, frame, NULL, HOTPIX_LEFT_OUT_UNREAD);
}

void
hotpix_frame_set_add_left_out (HotpixFrameSet *set, const gchar *name, const gchar *reason)
{
  add_entry (set, name, NULL, reason, HOTPIX_LEFT_OUT_UNREAD);
}

static HotpixLeftOut
kind_of (const GError *error)
{
  if (g_error_matches (error, HOTPIX_ERROR, HOTPIX_ERROR_NO_PHOTO)
      || g_error_matches (error, HOTPIX_ERROR, HOTPIX_ERROR_FORMAT))
    return HOTPIX_LEFT_OUT_NO_PHOTO;
  return g_error_matches (error, HOTPIX_ERROR, HOTPIX_ERROR_DAMAGED) ? HOTPIX_LEFT_OUT_DAMAGED
                                                                     : HOTPIX_LEFT_OUT_UNREAD;
}

void
hotpix_frame_set_add_failed (HotpixFrameSet *set, const gchar *name, const GError *error)
{
  add_entry (set, name, NULL, error->message, kind_of (error));
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

HotpixLeftOut
hotpix_frame_set_get_kind (const HotpixFrameSet *set, guint index)
{
  return get_entry (set, index)->kind;
}

const gchar *
hotpix_frame_set_get_detail (const HotpixFrameSet *set, guint index)
{
  return get_entry (set, index)->detail;
}

void
hotpix_frame_set_leave_out (HotpixFrameSet *set, guint index, const GError *error)
{
  hotpix_frame_set_pass_over (set, index, kind_of (error), g_strdup (error->message), NULL);
  get_entry (set, index)->not_chosen = FALSE;
}

gboolean
hotpix_frame_set_check_memory (const HotpixFrameSet *set, GError **error)
{
  if (set->no_memory == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (set->no_memory));
  return FALSE;
}

void
hotpix_frame_set_pass_over (HotpixFrameSet *set, guint index, HotpixLeftOut why, gchar *reason,
                            gchar *detail)
{
  Entry *entry = get_entry (set, index);

  g_free (entry->reason);
  g_free (entry->detail);
  entry->reason = reason;
  entry->detail = detail;
  entry->kind = why;
  entry->not_chosen = TRUE;
}

void
hotpix_frame_set_undo_choice (HotpixFrameSet *set)
{
  for (guint i = 0; i < set->entries->len; i++)
    {
      Entry *entry = get_entry (set, i);

      if (!entry->not_chosen)
        continue;
      g_clear_pointer (&entry->reason, g_free);
      g_clear_pointer (&entry->detail, g_free);
      entry->not_chosen = FALSE;
    }
}

void
hotpix_frame_set_take_choice (HotpixFrameSet *set, HotpixCameraChoice which,
                              const HotpixChoice *choice)
{
  hotpix_choice_clear (&set->chosen);
  set->chosen = *choice;
  set->choice = which;
}

const HotpixShape *
hotpix_frame_set_get_chosen_shape (const HotpixFrameSet *set)
{
  return &set->chosen.shape;
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

const HotpixCamera *
hotpix_frame_set_get_body (const HotpixFrameSet *set)
{
  return set->chosen.body;
}

HotpixCameraChoice
hotpix_frame_set_get_choice (const HotpixFrameSet *set)
{
  return set->choice;
}

gchar *
hotpix_frame_set_describe_body (const HotpixFrameSet *set)
{
  return set->choice == HOTPIX_CAMERA_ANY ? g_strdup ("any camera")
                                          : hotpix_camera_describe (set->chosen.body);
}
