/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/text.h"

/* The two procedures' names and, to be translated, how both generations of GIMP describe them. */

#define PLUGIN_MENU "<Image>/Filters/Enhance"

#define PLUGIN_LAYERS_PROCEDURE "plug-in-hotpix-layers"
#define PLUGIN_LAYERS_LABEL N_ ("Find Hot Pixels in _Layers…")
#define PLUGIN_LAYERS_TITLE N_ ("Find Hot Pixels in Layers")
#define PLUGIN_LAYERS_BLURB N_ ("Find hot, stuck and dead pixels in a stack of photos")
#define PLUGIN_LAYERS_HELP                                                                     \
  N_ ("Treats each layer as a photo of a different scene, taken with one camera, and marks "   \
      "the camera's defects on a new layer: hot pixels red, stuck ones yellow, dead ones "     \
      "blue. The list of defects is kept in the image as the parasite hotpix-defects.")

#define PLUGIN_PHOTOS_PROCEDURE "plug-in-hotpix-photos"
#define PLUGIN_PHOTOS_LABEL N_ ("Find Hot Pixels in Ph_otos…")
#define PLUGIN_PHOTOS_TITLE N_ ("Find Hot Pixels in Photos")
#define PLUGIN_PHOTOS_BLURB N_ ("Find hot, stuck and dead pixels in a set of photos")
#define PLUGIN_PHOTOS_HELP                                                                     \
  N_ ("Reads photos of different scenes, taken with one camera. JPEGs are streamed, so that "  \
      "hundreds need no more memory than a few. The result is a new image: the variance of "   \
      "the photos in 16 bits, and above it the marks: hot pixels red, stuck ones yellow, "     \
      "dead ones blue. The list of defects is kept in the image as the parasite "              \
      "hotpix-defects.")
