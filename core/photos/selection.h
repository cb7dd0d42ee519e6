/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/counted.h"
#include "photos/frame-set.h"

G_BEGIN_DECLS

/* What a selection goes on from: photos counted before, whose size and body all others must have. */
typedef struct
{
  HotpixShape shape;
  gboolean any_body;
  const HotpixCamera *body;     /* borrowed; NULL where any_body or where they tell nothing */
  const HotpixCounted *counted; /* borrowed */
} HotpixBasis;

/* Which photos of a set a user wants to count. */
typedef struct
{
  HotpixCameraChoice camera;
  const gchar
      *body; /* nullable, borrowed; with HOTPIX_CAMERA_MOST the body in words, or a part of them
                          * that fits one alone, instead of that of most photos */
  gboolean count_again;     /* a photo as often as it was given */
  gboolean count_edited;    /* also what is surely no longer as the sensor saw it */
  const HotpixBasis *basis; /* nullable, borrowed */
  gboolean may_be_few;      /* one photo or none will do */
} HotpixSelection;

/* Leaves out what does not belong together. Of all photos not yet left out:
 *
 * - what was edited, by its EXIF, is left out, and what was taken with digital zoom, unless
 *   count_edited;
 * - of photos whose image data are the same the first stays, unless count_again;
 * - those of one size and number of channels and, by HOTPIX_CAMERA_MOST, of one camera body stay: the
 *   size and body that the most photos have or may have. What a photo does not tell, its serial
 *   number or all of it, is no difference. Of equal numbers the larger photos win, so the order of
 *   the photos decides nothing.
 *
 * With a basis, its size and body are those that stay, instead of those of the most photos and of
 * `camera` and `body`; and what it has counted is left out, unless count_again.
 *
 * May be called again after more photos were left out; what an earlier selection left out is then
 * up for choice again.
 *
 * shape: out; of those that stay, with 16 bits when any of them or the basis has.
 * Fails with HOTPIX_ERROR_FRAMES when fewer than two stay, unless may_be_few, HOTPIX_ERROR_ARGUMENT when the body is that
 * of no photo or may be several, or with HOTPIX_ERROR_MEMORY where a photo's header found none. */
gboolean hotpix_frame_set_select (HotpixFrameSet *set, const HotpixSelection *selection,
                                  HotpixShape *shape, GError **error);

G_END_DECLS
