/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The core's only error domain. Messages are for users: they name what is wrong, then what to do.
 * A message about one photo can follow the photo's name, which the caller has ("is empty"). The
 * code is for callers, to choose what to do next. */
#define HOTPIX_ERROR (hotpix_error_quark ())

/* HOTPIX_ERROR_ARGUMENT: a value out of range; the message gives the range.
 * HOTPIX_ERROR_FORMAT: not a JPEG; a host may know another reader for it.
 * HOTPIX_ERROR_UNSUPPORTED: a photo of a kind that is never counted, CMYK for one.
 * HOTPIX_ERROR_READ: a file that cannot be opened or read.
 * HOTPIX_ERROR_DAMAGED: a photo that is cut short or broken inside.
 * HOTPIX_ERROR_FRAMES: fewer than two frames remain, or more than can be summed exactly.
 * HOTPIX_ERROR_MEMORY: not enough memory; the message says how much is needed.
 * HOTPIX_ERROR_CANCELLED: the progress function asked to stop.
 * HOTPIX_ERROR_SHAPE: accumulators of different shapes or sums.
 * HOTPIX_ERROR_WRITE: a file that cannot be written.
 * HOTPIX_ERROR_NO_PHOTO: a file that is no photo at all, and is not to be asked of others.
 * HOTPIX_ERROR_BUSY: what others use for too long, or too many ask at once. */
typedef enum
{
  HOTPIX_ERROR_ARGUMENT,
  HOTPIX_ERROR_FORMAT,
  HOTPIX_ERROR_UNSUPPORTED,
  HOTPIX_ERROR_READ,
  HOTPIX_ERROR_DAMAGED,
  HOTPIX_ERROR_FRAMES,
  HOTPIX_ERROR_MEMORY,
  HOTPIX_ERROR_CANCELLED,
  HOTPIX_ERROR_SHAPE,
  HOTPIX_ERROR_WRITE,
  HOTPIX_ERROR_NO_PHOTO,
  HOTPIX_ERROR_BUSY,
} HotpixError;

GQuark hotpix_error_quark (void);

G_END_DECLS
