/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "scan/lockstep-private.h"
#include "sums/sum-kernel-private.h"

#include <string.h>

/* Fewer bands than these are not worth splitting off. */
#define LEAST_BANDS_TO_SPLIT 3

typedef struct
{
  HotpixLockstepFrame of;
  guint8 *rows; /* owned; the halo and, below it, the current band; NULL until opened */
  gboolean open;
  guint rows_added; /* rows above this one are in the sums */
  GError *failure;
} Member;

struct HotpixLockstep
{
  HotpixSharedSums *sums;
  HotpixLockstepWork work;
  HotpixBufferPool *pool;
  Member members[HOTPIX_LOCKSTEP_FRAMES];
  guint n_members;
  guint next_row;
  gpointer scratch; /* for the sums; NULL until a frame is opened */
  guint8 *narrow;   /* a band of 8-bit rows to be widened to 16; NULL until needed */
};

HotpixLockstep *
hotpix_lockstep_new (HotpixSharedSums *sums, HotpixLockstepWork work, HotpixBufferPool *pool)
{
  HotpixLockstep *self = g_new0 (HotpixLockstep, 1);

  self->sums = sums;
  self->work = work;
  self->pool = pool;
  return self;
}

static void
close_member (HotpixLockstep *self, Member *member)
{
  if (member->open)
    member->of.frame->frame_class->close (member->of.frame);
  member->open = FALSE;
  member->of.frame->pool = NULL;
  hotpix_buffer_pool_give_back (self->pool, member->rows);
  member->rows = NULL;
}

void
hotpix_lockstep_free (HotpixLockstep *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_members; i++)
    {
      close_member (self, &self->members[i]);
      g_clear_error (&self->members[i].failure);
    }
  hotpix_buffer_pool_give_back (self->pool, self->scratch);
  hotpix_buffer_pool_give_back (self->pool, self->narrow);
  g_free (self);
}

void
hotpix_lockstep_append (HotpixLockstep *self, const HotpixLockstepFrame *frame)
{
  g_return_if_fail (self->n_members < HOTPIX_LOCKSTEP_FRAMES && self->next_row == 0);
  self->members[self->n_members++].of = *frame;
}

guint
hotpix_lockstep_get_length (const HotpixLockstep *self)
{
  return self->n_members;
}

guint
hotpix_lockstep_get_number (const HotpixLockstep *self, guint i)
{
  return self->members[i].of.number;
}

const GError *
hotpix_lockstep_get_failure (const HotpixLockstep *self, guint i)
{
  return self->members[i].failure;
}

static guint
count_open (const HotpixLockstep *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_members; i++)
    n += self->members[i].open;
  return n;
}

gboolean
hotpix_lockstep_has_more (const HotpixLockstep *self)
{
  if (self->next_row == 0)
    return self->n_members > 0;
  return self->next_row < hotpix_shared_sums_get_shape (self->sums)->height
         && count_open (self) > 0;
}

static gsize
halo_bytes (const HotpixLockstep *self)
{
  return hotpix_shared_sums_halo_rows (self->sums)
         * hotpix_shape_row_bytes (hotpix_shared_sums_get_shape (self->sums));
}

static gsize
band_bytes (const HotpixLockstep *self)
{
  return HOTPIX_BAND_ROWS * hotpix_shape_row_bytes (hotpix_shared_sums_get_shape (self->sums));
}

/* Room for rows. */
static guint8 *
allocate (HotpixLockstep *self, gsize n_bytes, GError **error)
{
  guint8 *rows = hotpix_buffer_pool_take (self->pool, n_bytes);

  if (rows == NULL)
    g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                 _ ("not enough memory: the rows of a photo need %u MiB"),
                 hotpix_text_mib (n_bytes));
  return rows;
}

/* Reads a band in 8 bits and widens it to 16, where 257·x stands for x. */
static gboolean
read_widened (HotpixLockstep *self, HotpixFrame *frame, guint n_rows, guint16 *band,
              GError **error)
{
  if (self->narrow == NULL)
    self->narrow = allocate (self, band_bytes (self) / 2, error);
  if (self->narrow == NULL || !frame->frame_class->read (frame, n_rows, self->narrow, error))
    return FALSE;
  hotpix_sum_kernel_widen (band, self->narrow, 257,
                           n_rows * hotpix_shape_row_samples (&frame->shape));
  return TRUE;
}

/* The next band of a frame, in the sums' bits, behind the last rows of the band before it. */
static gboolean
read_band (HotpixLockstep *self, Member *member, guint row, GError **error)
{
  gsize halo = halo_bytes (self);
  guint8 *band = member->rows + halo;
  guint n_rows = hotpix_shared_sums_band_rows (self->sums, row);

  if (row > 0)
    memcpy (member->rows, member->rows + band_bytes (self), halo);
  if (member->of.frame->shape.bits == hotpix_shared_sums_get_shape (self->sums)->bits)
    return member->of.frame->frame_class->read (member->of.frame, n_rows, band, error);
  return read_widened (self, member->of.frame, n_rows, (guint16 *) (gpointer) band, error);
}

static gboolean
subtract_again (HotpixLockstep *self, Member *member, GError **error)
{
  if (!member->of.frame->frame_class->rewind (member->of.frame, error))
    return FALSE;
  for (guint row = 0; row < member->rows_added; row += HOTPIX_BAND_ROWS)
    {
      if (!read_band (self, member, row, error))
        return FALSE;
      hotpix_shared_sums_subtract (self->sums, row, member->rows + halo_bytes (self),
                                   member->of.is_long, self->scratch);
    }
  return TRUE;
}

/* A frame that was read once, and now fails. Returns FALSE. */
static gboolean
fail_again (const Member *member, GError **error)
{
  g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
               _ ("%s was read, but cannot be read again (%s): run again"),
               member->of.frame->name, member->failure->message);
  return FALSE;
}

static gboolean
take_back (HotpixLockstep *self, Member *member, GError **error)
{
  g_autoptr (GError) again = NULL;

  if (member->rows_added == 0 || subtract_again (self, member, &again))
    return TRUE;
  if (g_error_matches (again, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&again),
                                  "%s: ", member->of.frame->name);
      return FALSE;
    }
  g_set_error (
      error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
      _ ("%s failed half-way (%s) and cannot be removed from the sums (%s): run again without "
         "it"),
      member->of.frame->name, member->failure->message, again->message);
  return FALSE;
}

/* A lack of memory is not the photo's fault: it ends the run, rather than leaving out photos by
 * chance. */
static gboolean
drop_member (HotpixLockstep *self, Member *member, GError **error)
{
  gboolean taken_back;

  if (g_error_matches (member->failure, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&member->failure),
                                  "%s: ", member->of.frame->name);
      return FALSE;
    }
  if (self->work == HOTPIX_LOCKSTEP_SUBTRACT_EVIDENCE)
    return fail_again (member, error);
  taken_back = take_back (self, member, error);
  close_member (self, member);
  return taken_back;
}

static gboolean
open_member (HotpixLockstep *self, Member *member)
{
  member->rows = allocate (self, halo_bytes (self) + band_bytes (self), &member->failure);
  member->of.frame->pool = self->pool;
  if (member->rows != NULL)
    member->open = member->of.frame->frame_class->open (member->of.frame, &member->failure);
  return member->open;
}

static gboolean
prepare_scratch (HotpixLockstep *self, GError **error)
{
  if (self->scratch == NULL)
    self->scratch = allocate (self, hotpix_shared_sums_scratch_bytes (self->sums), error);
  return self->scratch != NULL;
}

static gboolean
open_members (HotpixLockstep *self, GError **error)
{
  for (guint i = 0; i < self->n_members; i++)
    if (!open_member (self, &self->members[i]) && !drop_member (self, &self->members[i], error))
      return FALSE;
  return TRUE;
}

static void
sketch_band (HotpixLockstep *self, const Member *member)
{
  if (member->of.sketch != NULL)
    hotpix_scene_sketch_add_rows (member->of.sketch, self->next_row,
                                  hotpix_shared_sums_band_rows (self->sums, self->next_row),
                                  member->rows + halo_bytes (self));
}

/* Of those that are long exposures, or of the others: the next band, behind the bands that there are. */
static gboolean
read_bands (HotpixLockstep *self, gboolean is_long, gconstpointer *bands, guint *n_bands,
            GError **error)
{
  for (guint i = 0; i < self->n_members; i++)
    {
      Member *member = &self->members[i];

      if (!member->open || member->of.is_long != is_long)
        continue;
      if (read_band (self, member, self->next_row, &member->failure))
        {
          bands[(*n_bands)++] = member->rows + halo_bytes (self);
          sketch_band (self, member);
        }
      else if (!drop_member (self, member, error))
        return FALSE;
    }
  return TRUE;
}

static void
use_bands (HotpixLockstep *self, const gconstpointer *bands, guint n_bands, guint n_long)
{
  if (self->work == HOTPIX_LOCKSTEP_ADD)
    hotpix_shared_sums_add (self->sums, self->next_row, bands, n_bands, n_long, self->scratch);
  else
    for (guint i = 0; i < n_bands; i++)
      hotpix_shared_sums_subtract_evidence (self->sums, self->next_row, bands[i], i < n_long,
                                            self->scratch);
}

gboolean
hotpix_lockstep_add_band (HotpixLockstep *self, guint *n_rows, GError **error)
{
  gconstpointer bands[HOTPIX_LOCKSTEP_FRAMES];
  guint row = self->next_row, height = hotpix_shared_sums_band_rows (self->sums, row);
  guint n_bands = 0, n_long;

  if (!prepare_scratch (self, error) || (row == 0 && !open_members (self, error))
      || !read_bands (self, TRUE, bands, &n_bands, error))
    return FALSE;
  n_long = n_bands;
  if (!read_bands (self, FALSE, bands, &n_bands, error))
    return FALSE;
  use_bands (self, bands, n_bands, n_long);
  for (guint i = 0; i < self->n_members; i++)
    if (self->members[i].open)
      self->members[i].rows_added = row + height;
  self->next_row = row + height;
  if (n_rows != NULL)
    *n_rows = height * self->n_members;
  return TRUE;
}

HotpixLockstep *
hotpix_lockstep_split (HotpixLockstep *self)
{
  guint left = hotpix_shared_sums_get_shape (self->sums)->height - self->next_row;
  guint wanted = count_open (self) / 2, n_kept = 0;
  HotpixLockstep *other;

  if (wanted == 0 || left < LEAST_BANDS_TO_SPLIT * HOTPIX_BAND_ROWS)
    return NULL;
  other = hotpix_lockstep_new (self->sums, self->work, self->pool);
  other->next_row = self->next_row;
  for (guint i = 0; i < self->n_members; i++)
    if (self->members[i].open && other->n_members < wanted)
      other->members[other->n_members++] = self->members[i];
    else
      self->members[n_kept++] = self->members[i];
  self->n_members = n_kept;
  return other;
}
