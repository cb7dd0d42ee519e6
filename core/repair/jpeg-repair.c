/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/jpeg-repair.h"
#include "repair/damaged-blocks-private.h"
#include "repair/jpeg-damage-private.h"

static gboolean
repair_defect (HotpixJpegCoefficients *jpeg, const HotpixRepairer *repairer, guint index,
               const HotpixFootprintGuesses *guesses, gboolean *changed, GError **error)
{
  g_autoptr (GArray) blocks = NULL;
  g_autofree gfloat *damage = NULL;
  gboolean is_seen;
  guint x, y;

  hotpix_repairer_get_place (repairer, index, &x, &y);
  blocks = hotpix_damaged_blocks_read (jpeg, x, y, error);
  if (blocks == NULL)
    return FALSE;
  damage = g_new (gfloat, blocks->len * HOTPIX_JPEG_BLOCK_SAMPLES);
  if (!hotpix_jpeg_damage_estimate (jpeg, repairer, index, guesses, blocks, damage, &is_seen,
                                    error))
    return FALSE;
  return !is_seen || hotpix_damaged_blocks_clean (blocks, damage, jpeg, changed, error);
}

static gboolean
repair_defects (HotpixJpegCoefficients *jpeg, const HotpixRepairer *repairer, guint *n_repaired,
                GError **error)
{
  HotpixFootprintGuesses guesses;

  hotpix_footprint_guesses_init (&guesses,
                                 hotpix_jpeg_coefficients_get_layout (jpeg)->n_components);
  for (guint i = 0; i < hotpix_repairer_count (repairer); i++)
    {
      gboolean changed = FALSE;

      if (!repair_defect (jpeg, repairer, i, &guesses, &changed, error))
        return FALSE;
      *n_repaired += changed;
    }
  return TRUE;
}

GBytes *
hotpix_jpeg_repair (const HotpixRepairer *repairer, GBytes *jpeg, guint *n_repaired,
                    GError **error)
{
  g_autoptr (HotpixJpegCoefficients) coefficients = hotpix_jpeg_coefficients_new (jpeg, error);

  *n_repaired = 0;
  if (coefficients == NULL || !repair_defects (coefficients, repairer, n_repaired, error))
    return NULL;
  return *n_repaired > 0 ? hotpix_jpeg_coefficients_write (coefficients, error)
                         : g_bytes_ref (jpeg);
}
