/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "frame-set.h"
#include "magick-compat.h"

G_BEGIN_DECLS

/* ImageMagick 6 drops photos that it cannot read, or for which its resource limits leave no
 * room, without a word to a module: a result over seven of eighty photos would look like any
 * other. This compares the images at hand with the files that the command line names before
 * -process, where the system tells it, and adds those that are missing to the set, left out. It
 * says nothing where the command may have dropped images itself (-delete, parentheses and the
 * like), nor in ImageMagick 7, which stops at the first photo that it cannot read. */
void handed_over_check (HotpixFrameSet *set, const Image *images);

G_END_DECLS
