/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/options.h"

HotpixOptions
hotpix_options_default (void)
{
  return (HotpixOptions){
    .camera = HOTPIX_CAMERA_MOST, .threads = 0, .memory = 0, .sums = HOTPIX_SUMS_VARIANCE
  };
}

gboolean
hotpix_options_check (const HotpixOptions *options, GError **error)
{
  if (options->camera != HOTPIX_CAMERA_MOST && options->camera != HOTPIX_CAMERA_ANY)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   "the camera choice %d is not allowed: most or any is",
                   (gint) options->camera);
      return FALSE;
    }
  if (options->threads > HOTPIX_MAX_THREADS)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   "%u threads are not allowed: 1 to %d are", options->threads,
                   HOTPIX_MAX_THREADS);
      return FALSE;
    }
  if (options->memory > HOTPIX_MAX_MEMORY)
    {
      g_set_error (error, HOTPIX_ERROR, HOTPIX_ERROR_ARGUMENT,
                   "%u MiB of memory are not allowed: 1 to %d are", options->memory,
                   HOTPIX_MAX_MEMORY);
      return FALSE;
    }
  return TRUE;
}
