/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/shared-sums-private.h"
#include "sums/evidence-kernel-private.h"

#include <pthread.h>

struct HotpixSharedSums
{
  HotpixAccumulator *accumulator;
  HotpixShape shape;
  /* POSIX locks rather than GMutex: the thread sanitizer sees what they order. */
  pthread_mutex_t *locks;
  guint n_bands;
};

HotpixSharedSums *
hotpix_shared_sums_new (const HotpixShape *shape, HotpixSums kind, guint n_frames,
                        GError **error)
{
  HotpixAccumulator *accumulator = hotpix_accumulator_new (shape, kind, n_frames, error);

  return accumulator != NULL ? hotpix_shared_sums_new_from (accumulator) : NULL;
}

HotpixSharedSums *
hotpix_shared_sums_new_from (HotpixAccumulator *accumulator)
{
  const HotpixShape *shape = hotpix_accumulator_get_shape (accumulator);
  HotpixSharedSums *sums = g_new0 (HotpixSharedSums, 1);

  sums->accumulator = accumulator;
  sums->shape = *shape;
  sums->n_bands = (shape->height - 1) / HOTPIX_BAND_ROWS + 1;
  sums->locks = g_new (pthread_mutex_t, sums->n_bands);
  for (guint i = 0; i < sums->n_bands; i++)
    pthread_mutex_init (&sums->locks[i], NULL);
  return sums;
}

void
hotpix_shared_sums_free (HotpixSharedSums *sums)
{
  if (sums == NULL)
    return;
  hotpix_accumulator_free (sums->accumulator);
  for (guint i = 0; i < sums->n_bands; i++)
    pthread_mutex_destroy (&sums->locks[i]);
  g_free (sums->locks);
  g_free (sums);
}

const HotpixShape *
hotpix_shared_sums_get_shape (const HotpixSharedSums *sums)
{
  return &sums->shape;
}

guint
hotpix_shared_sums_band_rows (const HotpixSharedSums *sums, guint row)
{
  return MIN ((guint) HOTPIX_BAND_ROWS, sums->shape.height - row);
}

/* The rows whose evidence belongs to the band that starts at `row`, and is under its lock.
 * Returns the first one. */
static guint
evidence_rows (const HotpixSharedSums *sums, guint row, guint *n_rows)
{
  guint first = row == 0 ? 0 : row - HOTPIX_EVIDENCE_REACH;
  guint end = row + hotpix_shared_sums_band_rows (sums, row);

  *n_rows = (end == sums->shape.height ? end : end - HOTPIX_EVIDENCE_REACH) - first;
  return first;
}

static gboolean
has_evidence (const HotpixSharedSums *sums)
{
  return hotpix_accumulator_get_sums (sums->accumulator) >= HOTPIX_SUMS_EVIDENCE;
}

static gboolean
has_long_evidence (const HotpixSharedSums *sums)
{
  return hotpix_accumulator_get_sums (sums->accumulator) >= HOTPIX_SUMS_LONG_EVIDENCE;
}

guint
hotpix_shared_sums_halo_rows (const HotpixSharedSums *sums)
{
  return has_evidence (sums) ? 2 * HOTPIX_EVIDENCE_REACH : 0;
}

gsize
hotpix_shared_sums_scratch_bytes (const HotpixSharedSums *sums)
{
  return has_evidence (sums) ? hotpix_shape_row_samples (&sums->shape) : 1;
}

void
hotpix_shared_sums_add (HotpixSharedSums *sums, guint row, const gconstpointer *frames,
                        guint n_frames, guint n_long, gpointer scratch)
{
  guint n_evidence, first_evidence = evidence_rows (sums, row, &n_evidence);
  pthread_mutex_t *lock = &sums->locks[row / HOTPIX_BAND_ROWS];

  pthread_mutex_lock (lock);
  hotpix_accumulator_add_rows (sums->accumulator, row, hotpix_shared_sums_band_rows (sums, row),
                               frames, n_frames);
  if (has_evidence (sums))
    hotpix_accumulator_add_evidence (sums->accumulator, first_evidence, n_evidence, frames, row,
                                     n_frames, has_long_evidence (sums) ? n_long : 0, scratch);
  pthread_mutex_unlock (lock);
}

void
hotpix_shared_sums_subtract_evidence (HotpixSharedSums *sums, guint row, gconstpointer frame,
                                      gboolean is_long, gpointer scratch)
{
  guint n_evidence, first_evidence = evidence_rows (sums, row, &n_evidence);
  pthread_mutex_t *lock = &sums->locks[row / HOTPIX_BAND_ROWS];

  pthread_mutex_lock (lock);
  hotpix_accumulator_subtract_evidence (sums->accumulator, first_evidence, n_evidence, frame,
                                        row, is_long && has_long_evidence (sums), scratch);
  pthread_mutex_unlock (lock);
}

void
hotpix_shared_sums_subtract (HotpixSharedSums *sums, guint row, gconstpointer frame,
                             gboolean is_long, gpointer scratch)
{
  pthread_mutex_t *lock = &sums->locks[row / HOTPIX_BAND_ROWS];

  pthread_mutex_lock (lock);
  hotpix_accumulator_subtract_rows (sums->accumulator, row,
                                    hotpix_shared_sums_band_rows (sums, row), frame);
  pthread_mutex_unlock (lock);
  if (has_evidence (sums))
    hotpix_shared_sums_subtract_evidence (sums, row, frame, is_long, scratch);
}

HotpixAccumulator *
hotpix_shared_sums_steal (HotpixSharedSums *sums)
{
  return g_steal_pointer (&sums->accumulator);
}
