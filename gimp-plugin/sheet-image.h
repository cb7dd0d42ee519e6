/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gimp-compat.h"
#include "survey.h"

G_BEGIN_DECLS

/* A new image with the survey's defects enlarged, a layer for each, named after what the list says of it.
 * Returns HOST_NONE without an error where nothing was found, else with the errors of
 * contact_sheet_new(). */
HostImage sheet_image_new (const HotpixSurvey *survey, GError **error);

G_END_DECLS
