/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lockstep.h"
#include "sum-kernel.h"

#include <string.h>

typedef struct
{
  HotpixFrame *frame;
  guint8 *band; /* the rows at hand, behind room for the halo above them */
  gboolean open;
  guint rows_added; /* rows above this one are in the sums */
  GError **failure;
} Member;

typedef struct
{
  HotpixSharedSums *sums;
  Member members[HOTPIX_LOCKSTEP_FRAMES];
  guint n_members;
  guint8 *bands;  /* one for each member */
  guint8 *narrow; /* a band of 8-bit rows on their way to 16 bits */
} Lockstep;

static gboolean
allocate_bands (Lockstep *self, GError **error)
{
  const HotpixShape *shape = hotpix_shared_sums_get_shape (self->sums);
  gsize row_bytes = hotpix_shape_row_bytes (shape);
  gsize halo_bytes = row_bytes * hotpix_shared_sums_halo_rows (self->sums);
  gsize band_bytes = halo_bytes + row_bytes * HOTPIX_BAND_ROWS;

  self->bands = g_try_malloc_n (self->n_members, band_bytes);
  self->narrow = g_try_malloc (band_bytes);
  if (self->bands == NULL || self->narrow == NULL)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY,
                   "rows of %u photos need %" G_GSIZE_FORMAT
                   " bytes of memory, which the system does not give",
                   self->n_members, (self->n_members + 1) * band_bytes);
      return FALSE;
    }
  for (guint i = 0; i < self->n_members; i++)
    self->members[i].band = self->bands + i * band_bytes + halo_bytes;
  return TRUE;
}

static void
close_member (Member *member)
{
  if (member->open)
    member->frame->frame_class->close (member->frame);
  member->open = FALSE;
}

/* The next band of a frame, in the sums' bits, behind the last rows of the band before it.
 * 257·x says the same in 16 bits as x in 8. */
static gboolean
read_band (Lockstep *self, Member *member, guint row, GError **error)
{
  const HotpixShape *shape = hotpix_shared_sums_get_shape (self->sums);
  gsize halo_bytes = hotpix_shared_sums_halo_rows (self->sums) * hotpix_shape_row_bytes (shape);
  gsize whole_band_bytes = HOTPIX_BAND_ROWS * hotpix_shape_row_bytes (shape);
  guint n_rows = hotpix_shared_sums_band_rows (self->sums, row);
  HotpixFrame *frame = member->frame;

  if (row > 0)
    memcpy (member->band - halo_bytes, member->band + whole_band_bytes - halo_bytes,
            halo_bytes);

  if (frame->shape.bits == shape->bits)
    return frame->frame_class->read (frame, n_rows, member->band, error);
  if (!frame->frame_class->read (frame, n_rows, self->narrow, error))
    return FALSE;
  hotpix_sum_kernel_widen ((guint16 *) (gpointer) member->band, self->narrow, 257,
                           n_rows * hotpix_shape_row_samples (shape));
  return TRUE;
}

static gboolean
subtract_again (Lockstep *self, Member *member, GError **error)
{
  if (!member->frame->frame_class->rewind (member->frame, error))
    return FALSE;
  for (guint row = 0; row < member->rows_added; row += HOTPIX_BAND_ROWS)
    {
      if (!read_band (self, member, row, error))
        return FALSE;
      hotpix_shared_sums_subtract (self->sums, row, member->band);
    }
  return TRUE;
}

static gboolean
take_back (Lockstep *self, Member *member, GError **error)
{
  g_autoptr (GError) again = NULL;

  if (member->rows_added == 0 || subtract_again (self, member, &again))
    return TRUE;
  g_set_error (
      error, HOTPIX_ERROR, HOTPIX_ERROR_READ,
      "%s failed half-way (%s) and cannot be taken out of the sums again (%s): give the "
      "photos without it",
      member->frame->name, (*member->failure)->message, again->message);
  return FALSE;
}

/* A lack of memory is no fault of the photo: it ends the run, rather than leave photos out by
 * chance. */
static gboolean
drop_member (Lockstep *self, Member *member, GError **error)
{
  gboolean taken_back;

  if (g_error_matches (*member->failure, HOTPIX_ERROR, HOTPIX_ERROR_MEMORY))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (member->failure),
                                  "%s: ", member->frame->name);
      return FALSE;
    }
  taken_back = take_back (self, member, error);
  close_member (member);
  return taken_back;
}

static gboolean
open_members (Lockstep *self, GError **error)
{
  for (guint i = 0; i < self->n_members; i++)
    {
      Member *member = &self->members[i];

      member->open = member->frame->frame_class->open (member->frame, member->failure);
      if (!member->open && !drop_member (self, member, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_band (Lockstep *self, guint row, GError **error)
{
  gconstpointer bands[HOTPIX_LOCKSTEP_FRAMES];
  guint n_rows = hotpix_shared_sums_band_rows (self->sums, row);
  guint n_bands = 0;

  for (guint i = 0; i < self->n_members; i++)
    {
      Member *member = &self->members[i];

      if (!member->open)
        continue;
      if (read_band (self, member, row, member->failure))
        bands[n_bands++] = member->band;
      else if (!drop_member (self, member, error))
        return FALSE;
    }
  hotpix_shared_sums_add (self->sums, row, bands, n_bands);
  for (guint i = 0; i < self->n_members; i++)
    if (self->members[i].open)
      self->members[i].rows_added = row + n_rows;
  return TRUE;
}

static gboolean
add_all_bands (Lockstep *self, HotpixProceed proceed, gpointer user_data, GError **error)
{
  guint height = hotpix_shared_sums_get_shape (self->sums)->height;

  for (guint row = 0; row < height; row += HOTPIX_BAND_ROWS)
    {
      guint n_rows = hotpix_shared_sums_band_rows (self->sums, row);

      if (!add_band (self, row, error))
        return FALSE;
      if (!proceed (n_rows * self->n_members, user_data))
        {
          g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_CANCELLED, "cancelled");
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
hotpix_lockstep_run (HotpixSharedSums *sums, HotpixFrame *const *frames, guint n_frames,
                     GError **failures, HotpixProceed proceed, gpointer user_data,
                     GError **error)
{
  Lockstep self = { .sums = sums, .n_members = n_frames };
  gboolean success;

  g_return_val_if_fail (n_frames >= 1 && n_frames <= HOTPIX_LOCKSTEP_FRAMES, FALSE);
  for (guint i = 0; i < n_frames; i++)
    {
      self.members[i].frame = frames[i];
      self.members[i].failure = &failures[i];
      failures[i] = NULL;
    }
  success = allocate_bands (&self, error) && open_members (&self, error)
            && add_all_bands (&self, proceed, user_data, error);
  for (guint i = 0; i < n_frames; i++)
    close_member (&self.members[i]);
  g_free (self.bands);
  g_free (self.narrow);
  return success;
}
