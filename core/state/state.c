/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "state/state.h"
#include "base/text.h"
#include "photos/display-name.h"
#include "state/state-file.h"
#include "state/state-lock-private.h"

#include <string.h>

/* From 8 bits to 16: 65535 / 255. */
#define WIDEN 257

/* Of photos in two states so many are named. */
#define MOST_NAMED 10

struct HotpixState
{
  gchar *path;
  HotpixStateLock *lock; /* nullable */
  gsize budget;
  HotpixBasis basis;
  HotpixCamera *body;      /* the basis has it */
  HotpixCounted *counted;  /* the basis has them */
  HotpixStateFile *file;   /* nullable: there is none, or its sums were taken */
  HotpixAccumulator *sums; /* nullable; of the file and what was merged, once they are needed */
  gboolean is_there;       /* the file, as this tells it */
};

/* Takes over what a file tells beside its photos. */
static void
adopt (HotpixState *state, const HotpixStateFile *file)
{
  state->basis.shape = *hotpix_state_file_get_shape (file);
  state->basis.any_body = hotpix_state_file_has_any_body (file);
  state->basis.body = state->body = hotpix_camera_copy (hotpix_state_file_get_body (file));
}

static gboolean
read_file (HotpixState *state, GError **error)
{
  state->file = hotpix_state_file_open (state->path, error);
  if (state->file == NULL)
    return FALSE;
  adopt (state, state->file);
  hotpix_counted_add_all (state->counted, hotpix_state_file_get_counted (state->file));
  state->is_there = TRUE;
  return TRUE;
}

HotpixState *
hotpix_state_new (const gchar *path, gboolean changes, HotpixStateWait wait, gpointer user_data,
                  GError **error)
{
  g_autoptr (HotpixState) state = g_new0 (HotpixState, 1);

  state->path = g_strdup (path);
  state->basis.counted = state->counted = hotpix_counted_new ();
  if (changes)
    {
      state->lock = hotpix_state_lock_new (path, wait, user_data, error);
      if (state->lock == NULL)
        return NULL;
    }
  if ((!changes || g_file_test (path, G_FILE_TEST_EXISTS)) && !read_file (state, error))
    return NULL;
  return g_steal_pointer (&state);
}

void
hotpix_state_free (HotpixState *state)
{
  if (state == NULL)
    return;
  hotpix_state_file_free (state->file);
  hotpix_accumulator_free (state->sums);
  hotpix_counted_free (state->counted);
  hotpix_camera_free (state->body);
  hotpix_state_lock_free (state->lock);
  g_free (state->path);
  g_free (state);
}

guint
hotpix_state_get_frames (const HotpixState *state)
{
  return hotpix_counted_get_length (state->counted);
}

const HotpixBasis *
hotpix_state_get_basis (const HotpixState *state)
{
  return hotpix_state_get_frames (state) > 0 ? &state->basis : NULL;
}

gchar *
hotpix_state_describe_body (const HotpixState *state)
{
  return state->basis.any_body ? g_strdup ("any camera") : hotpix_camera_describe (state->body);
}

static gboolean
is_part_of (const gchar *name, const gchar *words)
{
  g_autofree gchar *folded = g_utf8_casefold (name, -1);
  g_autofree gchar *folded_words = g_utf8_casefold (words, -1);

  return strstr (folded_words, folded) != NULL;
}

gboolean
hotpix_state_check_camera (const HotpixState *state, HotpixCameraChoice which,
                           const gchar *name, GError **error)
{
  g_autofree gchar *words = hotpix_state_describe_body (state);

  if (hotpix_state_get_frames (state) == 0
      || (name == NULL ? which == HOTPIX_CAMERA_MOST || state->basis.any_body
                       : is_part_of (name, words)))
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
               _ ("the state %s is of photos by %s: leave camera= out, or begin another state"),
               state->path, words);
  return FALSE;
}

void
hotpix_state_set_budget (HotpixState *state, gsize bytes)
{
  state->budget = bytes;
}

/* The same sums of photos of 16 bits. */
static HotpixAccumulator *
widen (const HotpixAccumulator *narrow, guint n_frames, GError **error)
{
  HotpixShape shape = *hotpix_accumulator_get_shape (narrow);
  gsize n = hotpix_shape_row_samples (&shape);
  g_autofree guint64 *sums = g_new (guint64, 2 * n);
  g_autofree gint32 *steps = g_new (gint32, n);
  guint n_narrow = hotpix_accumulator_get_frames (narrow);
  HotpixAccumulator *wide;

  shape.bits = 16;
  wide = hotpix_accumulator_new (&shape, HOTPIX_SUMS_EVIDENCE, n_frames, error);
  for (guint y = 0; wide != NULL && y < shape.height; y++)
    {
      hotpix_accumulator_sum_row (narrow, y, sums, sums + n);
      hotpix_accumulator_steps_row (narrow, HOTPIX_LOOK_ALL, y, steps);
      for (gsize i = 0; i < n; i++)
        {
          sums[i] *= WIDEN;
          sums[n + i] *= WIDEN * WIDEN;
        }
      (void) hotpix_accumulator_add_sums_row (wide, y, n_narrow, sums, sums + n, steps);
    }
  if (wide != NULL)
    hotpix_accumulator_count_frames (wide, n_narrow, 0);
  return wide;
}

static gboolean
check_budget (const HotpixState *state, const HotpixShape *shape, guint n_frames,
              GError **error)
{
  gsize bytes = hotpix_accumulator_bytes (shape, HOTPIX_SUMS_EVIDENCE, n_frames);

  if (state->budget == 0 || bytes <= state->budget)
    return TRUE;
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
               _ ("the sums of %u photos of %u x %u pixels need %u MiB, but memory= allows %u"),
               n_frames, shape->width, shape->height, hotpix_text_mib (bytes),
               (guint) (state->budget >> 20));
  return FALSE;
}

/* Sets state->sums, of these bits or more, with room for n_frames frames in all. */
static gboolean
get_sums (HotpixState *state, guint bits, guint n_frames, GError **error)
{
  HotpixShape shape = state->basis.shape;
  HotpixAccumulator *wide;

  shape.bits = MAX (shape.bits, bits);
  if (!check_budget (state, &shape, n_frames, error))
    return FALSE;
  state->basis.shape = shape;
  if (state->sums != NULL && hotpix_accumulator_get_shape (state->sums)->bits == shape.bits)
    return hotpix_accumulator_make_room (state->sums, n_frames, error);
  if (state->sums != NULL)
    {
      wide = widen (state->sums, n_frames, error);
      hotpix_accumulator_free (state->sums);
      state->sums = wide;
      return wide != NULL;
    }
  state->sums = hotpix_accumulator_new (&shape, HOTPIX_SUMS_EVIDENCE, n_frames, error);
  if (state->sums == NULL
      || (state->file != NULL && !hotpix_state_file_add_sums (state->file, state->sums, error)))
    return FALSE;
  hotpix_accumulator_count_frames (state->sums, hotpix_state_get_frames (state), 0);
  g_clear_pointer (&state->file, hotpix_state_file_free);
  return TRUE;
}

HotpixAccumulator *
hotpix_state_start (const HotpixShape *shape, guint n_frames, gpointer user_data,
                    GError **error)
{
  HotpixState *state = user_data;

  if (hotpix_state_get_frames (state) + n_frames == 0)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES,
                   _ ("there is no photo that can be used"));
      return NULL;
    }
  if (hotpix_state_get_frames (state) == 0)
    state->basis.shape = *shape;
  if (!get_sums (state, shape->bits, hotpix_state_get_frames (state) + n_frames, error))
    return NULL;
  return g_steal_pointer (&state->sums);
}

static gboolean
check_body (const HotpixState *state, const HotpixStateFile *part, GError **error)
{
  const HotpixCamera *body = hotpix_state_file_get_body (part);
  g_autofree gchar *words = NULL, *own_words = NULL;

  if (hotpix_state_file_has_any_body (part) == state->basis.any_body
      && (state->basis.any_body || hotpix_camera_may_be_same (body, state->body)))
    return TRUE;
  words = hotpix_state_file_has_any_body (part) ? g_strdup ("any camera")
                                                : hotpix_camera_describe (body);
  own_words = hotpix_state_describe_body (state);
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_SHAPE, _ ("is of photos by %s, not by %s"),
               words, own_words);
  return FALSE;
}

/* Whether no photo is in both. */
static gboolean
check_overlap (const HotpixState *state, const HotpixStateFile *part, GError **error)
{
  const HotpixCounted *counted = hotpix_state_file_get_counted (part);
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < hotpix_counted_get_length (counted); i++)
    {
      const HotpixCountedPhoto *photo = hotpix_counted_get (counted, i);

      if (!hotpix_counted_have_digest (state->counted, photo->digest))
        continue;
      if (n < MOST_NAMED)
        {
          g_autofree gchar *name
              = hotpix_display_name (photo->name != NULL ? photo->name : photo->digest);

          g_string_append_printf (names, "%s%s", n == 0 ? "" : ", ", name);
        }
      n++;
    }
  if (n == 0)
    return TRUE;
  if (n > MOST_NAMED)
    g_string_append_printf (names, ngettext (" and %u more", " and %u more", n - MOST_NAMED),
                            n - MOST_NAMED);
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_FRAMES,
               ngettext ("has %u photo that is counted already (%s): leave it out, or use "
                         "count-again=yes to count it twice",
                         "has %u photos that are counted already (%s): leave it out, or use "
                         "count-again=yes to count them twice",
                         n),
               n, names->str);
  return FALSE;
}

static void
learn_body (HotpixState *state, const HotpixCamera *body)
{
  HotpixCamera known = state->body != NULL ? *state->body : (HotpixCamera){ NULL };
  HotpixCamera *learnt;

  if (body == NULL || state->basis.any_body || !hotpix_camera_learn (&known, body))
    return;
  learnt = hotpix_camera_copy (&known);
  hotpix_camera_free (state->body);
  state->basis.body = state->body = learnt;
}

gboolean
hotpix_state_merge (HotpixState *state, const gchar *path, gboolean count_again, GError **error)
{
  g_autoptr (HotpixStateFile) part = hotpix_state_file_open (path, error);
  guint n_own = hotpix_state_get_frames (state), n_part;

  if (part == NULL)
    return FALSE;
  n_part = hotpix_state_file_get_frames (part);
  if (n_own == 0)
    adopt (state, part);
  if (!check_body (state, part, error) || (!count_again && !check_overlap (state, part, error)))
    {
      g_prefix_error (error, _ ("the state %s "), path);
      return FALSE;
    }
  if (!get_sums (state, hotpix_state_file_get_shape (part)->bits, n_own + n_part, error)
      || !hotpix_state_file_add_sums (part, state->sums, error))
    return FALSE;
  hotpix_accumulator_count_frames (state->sums, n_part, 0);
  hotpix_counted_add_all (state->counted, hotpix_state_file_get_counted (part));
  learn_body (state, hotpix_state_file_get_body (part));
  state->is_there = FALSE;
  return TRUE;
}

gboolean
hotpix_state_save (HotpixState *state, const HotpixAccumulator *accumulator,
                   const HotpixFrameSet *set, GError **error)
{
  guint n_used = hotpix_frame_set_count_used (set);

  if (n_used == 0 && state->is_there)
    return TRUE;
  if (hotpix_state_get_frames (state) == 0)
    state->basis.any_body = hotpix_frame_set_get_choice (set) == HOTPIX_CAMERA_ANY;
  for (guint i = 0; i < hotpix_frame_set_get_length (set); i++)
    if (hotpix_frame_set_get_reason (set, i) == NULL)
      hotpix_counted_add_frame (state->counted, hotpix_frame_set_get_frame (set, i));
  if (n_used > 0)
    learn_body (state, hotpix_frame_set_get_body (set));
  state->is_there = hotpix_state_file_write (state->path, accumulator, state->counted,
                                             state->body, state->basis.any_body, error);
  return state->is_there;
}
