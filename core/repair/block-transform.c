/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repair/block-transform-private.h"

#include <math.h>
#include <string.h>

#define SIDE HOTPIX_BLOCK_SIDE

/* Cosines: frequency by sample. */
static const gdouble *
get_basis (void)
{
  static gdouble basis[SIDE * SIDE];
  static gsize is_ready;

  if (g_once_init_enter (&is_ready))
    {
      for (guint k = 0; k < SIDE; k++)
        for (guint i = 0; i < SIDE; i++)
          basis[k * SIDE + i]
              = (k == 0 ? sqrt (0.125) : 0.5) * cos ((2 * i + 1) * k * G_PI / (2 * SIDE));
      g_once_init_leave (&is_ready, 1);
    }
  return basis;
}

void
hotpix_block_to_samples (HotpixBlock coefficients, HotpixBlock samples)
{
  const gdouble *basis = get_basis ();
  HotpixBlock half = { { 0 } };

  memset (samples, 0, sizeof (HotpixBlock));
  for (guint v = 0; v < SIDE; v++)
    for (guint u = 0; u < SIDE; u++)
      for (guint x = 0; coefficients[v][u] != 0 && x < SIDE; x++)
        half[v][x] += coefficients[v][u] * basis[u * SIDE + x];
  for (guint v = 0; v < SIDE; v++)
    for (guint y = 0; y < SIDE; y++)
      for (guint x = 0; x < SIDE; x++)
        samples[y][x] += half[v][x] * basis[v * SIDE + y];
}

void
hotpix_block_to_coefficients (HotpixBlock samples, HotpixBlock coefficients)
{
  const gdouble *basis = get_basis ();
  HotpixBlock half = { { 0 } };
  gboolean any[SIDE] = { FALSE };

  memset (coefficients, 0, sizeof (HotpixBlock));
  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      if (samples[y][x] != 0)
        {
          any[y] = TRUE;
          for (guint u = 0; u < SIDE; u++)
            half[y][u] += samples[y][x] * basis[u * SIDE + x];
        }
  /* Most of a defect's blocks have few rows with damage. */
  for (guint y = 0; y < SIDE; y++)
    for (guint v = 0; any[y] && v < SIDE; v++)
      for (guint u = 0; u < SIDE; u++)
        coefficients[v][u] += half[y][u] * basis[v * SIDE + y];
}
