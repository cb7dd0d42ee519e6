/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/text.h"

/* The two procedures' names, and what both generations of GIMP tell of them, to be translated. */

#define PLUGIN_MENU "<Image>/Filters/Enhance"

#define PLUGIN_LAYERS_PROCEDURE "plug-in-hotpix-layers"
#define PLUGIN_LAYERS_LABEL N_ ("Find Hot Pixels in _Layers…")
#define PLUGIN_LAYERS_TITLE N_ ("Find Hot Pixels in Layers")
#define PLUGIN_LAYERS_BLURB N_ ("Find hot, stuck and dead pixels in a stack of photos")
#define PLUGIN_LAYERS_HELP                                                                     \
  N_ ("Takes the image's layers for photos by one camera of different scenes, and marks the "  \
      "camera's defects on a new layer: hot ones red, stuck ones yellow, dead ones blue. The " \
      "list travels with the image as the parasite hotpix-defects.")

#define PLUGIN_PHOTOS_PROCEDURE "plug-in-hotpix-photos"
#define PLUGIN_PHOTOS_LABEL N_ ("Find Hot Pixels in Ph_otos…")
#define PLUGIN_PHOTOS_TITLE N_ ("Find Hot Pixels in Photos")
#define PLUGIN_PHOTOS_BLURB N_ ("Find hot, stuck and dead pixels in a set of photos")
#define PLUGIN_PHOTOS_HELP                                                                     \
  N_ ("Takes photos by one camera of different scenes, JPEGs as a stream that is never held. " \
      "The result is a new image: their variance with 16 bits, and above it the marks, hot "   \
      "pixels red, stuck ones yellow, dead ones blue. The list travels with the image as the " \
      "parasite hotpix-defects.")
