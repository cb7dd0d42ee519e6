/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/options.h"
#include "base/text.h"

HotpixOptions
hotpix_options_default (void)
{
  return (HotpixOptions){
    .selection = { .camera = HOTPIX_CAMERA_MOST },
    .sums = HOTPIX_SUMS_VARIANCE,
  };
}

gboolean
hotpix_options_check (const HotpixOptions *options, GError **error)
{
  if (options->selection.camera != HOTPIX_CAMERA_MOST
      && options->selection.camera != HOTPIX_CAMERA_ANY)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("camera must be most or any, not choice %d"),
                   (gint) options->selection.camera);
      return FALSE;
    }
  if (options->threads > HOTPIX_MAX_THREADS)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("threads must be 1 to %d, not %u"), HOTPIX_MAX_THREADS, options->threads);
      return FALSE;
    }
  if (options->memory > HOTPIX_MAX_MEMORY)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   _ ("memory must be 1 to %d MiB, not %u"), HOTPIX_MAX_MEMORY,
                   options->memory);
      return FALSE;
    }
  return TRUE;
}
