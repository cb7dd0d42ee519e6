/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/text.h"

/* The three procedures' names and, to be translated, how both generations of GIMP describe them. */

#define PLUGIN_MENU "<Image>/Filters/Enhance"

#define PLUGIN_AUTHORS "The hotpix developers"
#define PLUGIN_COPYRIGHT "GPL-3.0-or-later"
#define PLUGIN_DATE "2026, hotpix " HOTPIX_VERSION

#define PLUGIN_LAYERS_PROCEDURE "plug-in-hotpix-layers"
#define PLUGIN_LAYERS_LABEL N_ ("Find Hot Pixels in _Layers…")
#define PLUGIN_LAYERS_TITLE N_ ("Find Hot Pixels in Layers")
#define PLUGIN_LAYERS_ICON "gimp-tool-color-picker"
#define PLUGIN_LAYERS_BLURB N_ ("Find hot, stuck and dead pixels in a stack of photos")
#define PLUGIN_LAYERS_HELP                                                                     \
  N_ ("Treats each layer as a photo of a different scene, taken with one camera, and marks "   \
      "the camera's defects on a new layer: hot pixels red, stuck ones yellow, dead ones "     \
      "blue. The list of defects is kept in the image as the parasite hotpix-defects.")

#define PLUGIN_PHOTOS_PROCEDURE "plug-in-hotpix-photos"
#define PLUGIN_PHOTOS_LABEL N_ ("Find Hot Pixels in Ph_otos…")
#define PLUGIN_PHOTOS_TITLE N_ ("Find Hot Pixels in Photos")
#define PLUGIN_PHOTOS_ICON "gimp-tool-color-picker"
#define PLUGIN_PHOTOS_BLURB N_ ("Find hot, stuck and dead pixels in a set of photos")
#define PLUGIN_PHOTOS_HELP                                                                     \
  N_ ("Reads photos of different scenes, taken with one camera. JPEGs are streamed, so that "  \
      "hundreds need no more memory than a few. The result goes on the open image, a photo "   \
      "by "                                                                                    \
      "the same camera, or into a new image with the mean and the variance of the photos: a "  \
      "layer with the marks, hot pixels red, stuck ones yellow, dead ones blue. The list of "  \
      "defects is kept in the image as the parasite hotpix-defects.")

#define PLUGIN_REPAIR_PROCEDURE "plug-in-hotpix-repair"
#define PLUGIN_REPAIR_LABEL N_ ("Repair Hot Pi_xels…")
#define PLUGIN_REPAIR_TITLE N_ ("Repair Hot Pixels")
#define PLUGIN_REPAIR_ICON "gimp-tool-heal"
#define PLUGIN_REPAIR_BLURB N_ ("Repair the hot, stuck and dead pixels of a photo")
#define PLUGIN_REPAIR_HELP                                                                     \
  N_ ("Removes the damage of the camera's defects from a photo, and keeps the scene behind "   \
      "them. The defects come from the file of a list, from a folder of photos of the same "   \
      "camera, in which they are found first, or from the list that an earlier run left in "   \
      "an open image. The repaired pixels go on a new layer, or into the layer itself; a "     \
      "selection limits them.")

/* The argument that says where the defects are, before the options. */
#define PLUGIN_SOURCE "source"
#define PLUGIN_SOURCE_LABEL N_ ("Defects _from")
#define PLUGIN_SOURCE_BLURB                                                                    \
  N_ ("A list's file, a folder of photos by the same camera, or image:ID for what was found "  \
      "for an open image; nothing for this image or else any other")
