/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photos/selection.h"
#include "base/error.h"
#include "base/text.h"
#include "photos/alteration-private.h"
#include "photos/choice-private.h"
#include "photos/display-name.h"
#include "photos/frame-set-private.h"
#include "photos/repeats-private.h"

/* The photos that are not left out yet. */
typedef struct
{
  GPtrArray *frames;
  GArray *indices; /* of these in the set */
} Candidates;

static void
candidates_init (Candidates *candidates, const HotpixFrameSet *set)
{
  candidates->frames = g_ptr_array_new ();
  candidates->indices = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < hotpix_frame_set_get_length (set); i++)
    if (hotpix_frame_set_get_reason (set, i) == NULL)
      {
        g_ptr_array_add (candidates->frames, hotpix_frame_set_get_frame (set, i));
        g_array_append_val (candidates->indices, i);
      }
}

static void
candidates_clear (Candidates *candidates)
{
  g_ptr_array_unref (candidates->frames);
  g_array_unref (candidates->indices);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Candidates, candidates_clear)

static HotpixFrame *
candidate (const Candidates *candidates, guint i)
{
  return g_ptr_array_index (candidates->frames, i);
}

static guint
index_of (const Candidates *candidates, guint i)
{
  return g_array_index (candidates->indices, guint, i);
}

static void
leave_edited_out (HotpixFrameSet *set)
{
  g_auto (Candidates) candidates;

  candidates_init (&candidates, set);
  for (guint i = 0; i < candidates.frames->len; i++)
    {
      const HotpixExif *exif = candidate (&candidates, i)->exif;
      gboolean is_zoomed = exif != NULL && exif->digital_zoom > 1;
      gchar *detail = NULL, *reason;

      if (is_zoomed)
        reason = g_strdup_printf (_ ("was taken with a digital zoom of %.3g times"),
                                  exif->digital_zoom);
      else
        reason = hotpix_alteration_describe (exif, &detail);
      if (reason != NULL)
        hotpix_frame_set_pass_over (set, index_of (&candidates, i),
                                    is_zoomed ? HOTPIX_LEFT_OUT_ZOOMED : HOTPIX_LEFT_OUT_EDITED,
                                    reason, detail);
    }
}

static void
leave_counted_out (HotpixFrameSet *set, const HotpixCounted *counted)
{
  g_auto (Candidates) candidates;

  candidates_init (&candidates, set);
  for (guint i = 0; i < candidates.frames->len; i++)
    if (hotpix_counted_have (counted, candidate (&candidates, i)))
      hotpix_frame_set_pass_over (set, index_of (&candidates, i), HOTPIX_LEFT_OUT_COUNTED,
                                  g_strdup (_ ("was counted before")), NULL);
}

static void
leave_repeats_out (HotpixFrameSet *set)
{
  g_auto (Candidates) candidates;
  g_autofree guint *first = NULL;

  candidates_init (&candidates, set);
  first = hotpix_repeats_find (candidates.frames);
  for (guint i = 0; i < candidates.frames->len; i++)
    {
      g_autofree gchar *name = NULL;

      if (first[i] == i)
        continue;
      name = hotpix_display_name (candidate (&candidates, first[i])->name);
      hotpix_frame_set_pass_over (set, index_of (&candidates, i), HOTPIX_LEFT_OUT_REPEATED,
                                  g_strdup_printf (_ ("is the same photo as %s"), name),
                                  hotpix_display_base_name (name));
    }
}

static void
leave_size_out (HotpixFrameSet *set, guint index, const HotpixShape *shape,
                const HotpixShape *common)
{
  if (shape->width != common->width || shape->height != common->height)
    hotpix_frame_set_pass_over (set, index, HOTPIX_LEFT_OUT_SIZE,
                                g_strdup_printf (_ ("is %u x %u pixels, the set is %u x %u"),
                                                 shape->width, shape->height, common->width,
                                                 common->height),
                                g_strdup_printf ("%u x %u", shape->width, shape->height));
  else if (shape->channels != common->channels)
    hotpix_frame_set_pass_over (set, index, HOTPIX_LEFT_OUT_CHANNELS,
                                g_strdup (common->channels == 1
                                              ? _ ("is in colour, the set is grey")
                                              : _ ("is grey, the set is in colour")),
                                NULL);
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

static void
leave_body_out (HotpixFrameSet *set, guint index, const HotpixCamera *camera,
                const HotpixCamera *body)
{
  g_autofree gchar *words = NULL, *body_words = NULL;
  gchar *reason;

  if (hotpix_camera_may_be_same (camera, body))
    return;
  words = hotpix_camera_describe (camera);
  body_words = hotpix_camera_describe (body);
  if (is_another_lens (camera, body))
    reason = g_strdup_printf (_ ("is by another lens of the camera, %s; the set is by %s"),
                              words, body_words);
  else
    reason = g_strdup_printf (_ ("is by another camera body, %s; the set is by %s"), words,
                              body_words);
  hotpix_frame_set_pass_over (set, index, HOTPIX_LEFT_OUT_CAMERA, reason,
                              g_steal_pointer (&words));
}

static HotpixCameraChoice
camera_of (const HotpixSelection *selection)
{
  if (selection->basis == NULL)
    return selection->camera;
  return selection->basis->any_body ? HOTPIX_CAMERA_ANY : HOTPIX_CAMERA_MOST;
}

/* By the basis or, without one, by the most photos. */
static gboolean
choose (HotpixChoice *choice, const GPtrArray *frames, const HotpixSelection *selection,
        GError **error)
{
  const HotpixBasis *basis = selection->basis;

  if (basis == NULL)
    return hotpix_choice_init (choice, frames, selection->camera, selection->body, error);
  hotpix_choice_init_on (choice, frames, &basis->shape, camera_of (selection), basis->body);
  return TRUE;
}

static gboolean
leave_others_out (HotpixFrameSet *set, const HotpixSelection *selection, GError **error)
{
  g_auto (Candidates) candidates;
  HotpixChoice choice;

  candidates_init (&candidates, set);
  if (!choose (&choice, candidates.frames, selection, error))
    return FALSE;
  for (guint i = 0; i < candidates.frames->len; i++)
    {
      const HotpixFrame *frame = candidate (&candidates, i);
      guint index = index_of (&candidates, i);

      leave_size_out (set, index, &frame->shape, &choice.shape);
      if (hotpix_frame_set_get_reason (set, index) == NULL)
        leave_body_out (set, index, hotpix_frame_get_camera (frame), choice.body);
    }
  hotpix_frame_set_take_choice (set, camera_of (selection), &choice);
  return TRUE;
}

/* Where the camera took most of its photos in its ordinary way. */
static void
leave_custom_out (HotpixFrameSet *set)
{
  g_auto (Candidates) candidates;
  guint n_custom = 0;

  candidates_init (&candidates, set);
  for (guint i = 0; i < candidates.frames->len; i++)
    n_custom += hotpix_alteration_is_custom (candidate (&candidates, i)->exif);
  if (2 * n_custom >= candidates.frames->len)
    return;
  for (guint i = 0; i < candidates.frames->len; i++)
    if (hotpix_alteration_is_custom (candidate (&candidates, i)->exif))
      hotpix_frame_set_pass_over (
          set, index_of (&candidates, i), HOTPIX_LEFT_OUT_EDITED,
          g_strdup (_ ("was processed by the camera in another way than most of its photos")),
          NULL);
}

static guint
most_bits (const HotpixFrameSet *set)
{
  g_auto (Candidates) candidates;
  guint bits = 8;

  candidates_init (&candidates, set);
  for (guint i = 0; i < candidates.frames->len; i++)
    bits = MAX (bits, candidate (&candidates, i)->shape.bits);
  return bits;
}

gboolean
hotpix_frame_set_select (HotpixFrameSet *set, const HotpixSelection *selection,
                         HotpixShape *shape, GError **error)
{
  if (!hotpix_frame_set_check_memory (set, error))
    return FALSE;
  hotpix_frame_set_undo_choice (set);
  if (!selection->count_edited)
    leave_edited_out (set);
  if (!selection->count_again && selection->basis != NULL)
    leave_counted_out (set, selection->basis->counted);
  if (!selection->count_again)
    leave_repeats_out (set);
  if (!leave_others_out (set, selection, error))
    return FALSE;
  if (!selection->count_edited)
    leave_custom_out (set);
  if (!selection->may_be_few && !hotpix_frame_set_check_used (set, error))
    return FALSE;
  *shape = *hotpix_frame_set_get_chosen_shape (set);
  shape->bits = most_bits (set);
  if (selection->basis != NULL)
    shape->bits = MAX (shape->bits, selection->basis->shape.bits);
  return TRUE;
}
