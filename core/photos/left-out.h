/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame-set.h"

G_BEGIN_DECLS

/* What was left out of a set and why: for a user, who wants to see at a glance whether the right
 * photos count, and for a script, which wants all of it. */

/* In sentences without a capital and a full stop, to follow "left out: ": one for a photo
 * that is alone in its kind, "IMG_1.JPG is empty", and one for all of a kind, "31 files that are no
 * photos: IMG_1.MP4, IMG_2.MP4 and 29 more". No sentence is longer than about 900 bytes.
 * Returns (transfer full): an array of gchar * with a free function set; empty where nothing was left
 * out. */
GPtrArray *hotpix_left_out_describe (const HotpixFrameSet *set);

/* One line for each, in the order given: the photo's name as it was given, byte for byte, a tab and the
 * reason. A backslash, tab or line break in the name stands as \\, \t or \n.
 * Returns (transfer full): the text, empty where nothing was left out. */
gchar *hotpix_left_out_format (const HotpixFrameSet *set);

G_END_DECLS
