/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one error domain of the core. Messages are for users: they name the value at fault, and what
 * is allowed or to be done. What concerns one photo is worded so that it can follow the photo's
 * name ("is empty"), which the caller has. The code tells a caller what it can do about it. */
#define HOTPIX_ERROR (hotpix_error_quark ())

/* HOTPIX_ERROR_ARGUMENT: a value that is not allowed; the message says what is.
 * HOTPIX_ERROR_FORMAT: not a JPEG; a host may know another reader for it.
 * HOTPIX_ERROR_UNSUPPORTED: a photo of a kind that is never counted, CMYK for one.
 * HOTPIX_ERROR_READ: a file that cannot be opened or read.
 * HOTPIX_ERROR_DAMAGED: a photo that is cut short or broken inside.
 * HOTPIX_ERROR_FRAMES: fewer than two frames remain, or more than can be summed exactly.
 * HOTPIX_ERROR_MEMORY: memory that the system does not give; the message says how much.
 * HOTPIX_ERROR_CANCELLED: the progress function asked to stop.
 * HOTPIX_ERROR_SHAPE: accumulators that do not fit together.
 * HOTPIX_ERROR_WRITE: a file that cannot be written. */
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
} HotpixError;

GQuark hotpix_error_quark (void);

G_END_DECLS
