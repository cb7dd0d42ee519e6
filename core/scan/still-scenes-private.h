/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "photos/frame-set.h"
#include "scan/scene-sketch-private.h"

G_BEGIN_DECLS

/* Photos whose scene did not move since another photo of the set tell nothing new of the sensor: each detail
 * of the scene is at the same photosites again. One of them is enough for the evidence.
 *
 *   g_autofree gboolean *is_repeat = NULL;
 *   hotpix_still_scenes_find (set, &shape, sketches, &is_repeat, &error);
 *
 * Two photos are of one scene, from one place, where the details of their sketches correlate by
 * HOTPIX_SAME_SCENE. A cell's detail is what differs from the mean of the scenes, in its standard deviations
 * over them, three at most. What hardly varies, such as a mask, a text or a plain field, does not count. A plain photo among others shows no scene, and is never a repeat. */
#define HOTPIX_SAME_SCENE 0.7

/* With fewer photos than these to judge by, all count. */
#define HOTPIX_LEAST_TO_JUDGE_BY 10

/* With more photos all count: sketches of 5,000 take 60 MB, and each is held against all others. */
#define HOTPIX_MOST_TO_COMPARE 5000

/* sketches: by the index of a photo in the set; those of photos that count are whole, of that shape.
 * is_repeat: out (transfer full); for each photo whether another one shows its scene; NULL where none does, or
 * too few photos would be left. Of those of one scene, the one of the longest exposure × ISO is no repeat; the
 * order of the photos changes nothing.
 * Fails with HOTPIX_ERROR_MEMORY. */
gboolean hotpix_still_scenes_find (HotpixFrameSet *set, const HotpixShape *shape,
                                   HotpixSceneSketch *const *sketches, gboolean **is_repeat,
                                   GError **error);

G_END_DECLS
