/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gegl.h>

G_BEGIN_DECLS

/* The format in which samples go into a buffer and come out of it: perceptual R'G'B', or Y' for one
 * channel, of 8 or 16 bits and with or without alpha, in the buffer's own colour space, so that
 * values are neither converted nor clipped. */
const Babl *hotpix_sample_format (GeglBuffer *buffer, guint channels, guint bits,
                                  gboolean has_alpha);

G_END_DECLS
