/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "arguments.h"
#include "command-line.h"
#include "magick-compat.h"
#include "survey.h"

G_BEGIN_DECLS

/* The image that the module hands back: 16 bits, grey or RGB as the photos are, of their size, with
 * the samples of a picture (report/picture.h).
 *
 * Its values are proportional to what they show, but it does not claim a linear colour space: some of
 * ImageMagick's writers would then change the values on their way to the file.
 *
 * It has the image properties hotpix:frames, hotpix:left-out, hotpix:variance-minimum, -maximum
 * and -mean, hotpix:minimum-at and -maximum-at (x,y,channel) and hotpix:lowest; hotpix:defects
 * where they were looked for. */

/* survey: after its run, with detection for a mask or the evidence. n_threads: for the numbers among
 * the properties, as in HotpixOptions. sight: what of the result anything looks at; the rest is not
 * worked out, and pixels that nobody sees are not set.
 * Returns (transfer full), or NULL with HOTPIX_ERROR_MEMORY. */
Image *magick_result_new (const HotpixSurvey *survey, HotpixPicture picture, guint n_threads,
                          CommandLineSight sight, GError **error);

G_END_DECLS
